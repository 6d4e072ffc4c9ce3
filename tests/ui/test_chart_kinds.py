"""The kinds of chart: each says what it shows, has its numbers in a table, and is drawn by classes alone."""

import json
import re
from dataclasses import replace

import pytest
from defusedxml import ElementTree as ET

from iap.ui.charts import Chart, Multiples, Parts, Scores, chart, chart_of, drawing, paper
from tests.ui.charts import KINDS, bare, ids

NAMED = [pytest.param(each, id=type(each).__name__) for each in KINDS]
DRAWN = [pytest.param(each, id=type(each).__name__) for each in KINDS if not isinstance(each, Multiples)]


@pytest.fixture(autouse=True)
def _checked(monkeypatch):
    monkeypatch.setattr(chart, "CHECKED", True)


def test_there_is_one_of_each_kind_here():
    assert {type(each) for each in KINDS} == set(Chart.KINDS.values())


@pytest.mark.parametrize("shown", NAMED)
@pytest.mark.parametrize("words", ["", "Sessions", "Group size"])
def test_there_is_no_chart_without_a_sentence_that_says_what_it_shows(shown, words):
    for name in ("title", "desc"):
        with pytest.raises(ValueError, match="says in a sentence"):
            replace(shown, **{name: words})


@pytest.mark.parametrize("shown", NAMED)
def test_the_sentence_stands_over_it_and_its_numbers_stand_in_a_table(shown):
    html = str(shown.html())
    assert f"<figcaption>{shown.title}</figcaption>" in html
    assert "See this as a table" in html
    head, rows = shown.table()
    for cell in [*head, *(cell for row in rows for cell in row)]:
        assert f">{cell}</t" in html


@pytest.mark.parametrize("shown", DRAWN)
def test_somebody_who_does_not_see_it_is_told(shown):
    html = str(shown.picture())
    assert html.count('role="img"') == html.count(f">{shown.title}</title>") == 3
    assert html.count(f">{shown.desc}</desc>") == 3
    names = re.findall(r' id="([^"]+)"', html)
    assert len(names) == len(set(names))
    used = [name for pair in re.findall(r'aria-labelledby="([^"]+)"', html) for name in pair.split()]
    assert set(used) | set(re.findall(r"url\(#([^)]+)\)", html)) == set(names)


@pytest.mark.parametrize("shown", DRAWN)
def test_it_is_drawn_for_three_widths_so_that_its_words_keep_their_size(shown):
    boxes = re.findall(r'viewBox="0 0 (\d+) \d+"', str(shown.picture()))
    assert [int(box) for box in boxes] == [pytest.approx(width, abs=6) for width in (760, 540, 358)]


@pytest.mark.parametrize("shown", NAMED)
def test_colours_come_through_classes_alone_and_nothing_is_fetched(shown):
    html = str(shown.html())
    assert not re.search(r"style=|<style|#[0-9a-f]{6}\b|font-|href=\"http|src=", html)
    for fill in re.findall(r' (?:fill|stroke)="([^"]*)"', html):
        assert fill in {"none", "currentColor"} or fill.startswith("url(#c")


@pytest.mark.parametrize("shown", NAMED)
def test_every_class_it_is_drawn_with_is_in_the_theme(shown):
    rules = paper.style()
    classes = re.findall(r'<(?:path|rect|line|circle|text)[^>]* class="([^"]+)"', str(shown.html()))
    assert classes
    for css in set(classes):
        assert re.search(rf"\.{css}[ ,]", rules), css


@pytest.mark.parametrize("shown", NAMED)
def test_it_can_be_kept_and_is_the_same_afterwards(shown):
    again = chart_of(json.loads(json.dumps(shown.as_json())))
    assert again == shown
    assert bare(again.html()) == bare(shown.html())


@pytest.mark.parametrize("shown", DRAWN)
def test_on_paper_it_brings_its_colours_along(shown):
    svg = shown.svg()
    assert ET.fromstring(svg).tag == "{http://www.w3.org/2000/svg}svg"
    assert "var(" not in svg
    assert "#1d5c4f" in svg  # pine
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")


def test_the_same_chart_is_drawn_once(monkeypatch):
    shown = KINDS[0]
    first = bare(shown.html())
    monkeypatch.setattr(drawing, "_draw", lambda *_: pytest.fail("drawn again"))
    assert bare(shown.html()) == first


@pytest.mark.parametrize("shown", DRAWN)
def test_shown_twice_on_a_page_each_drawing_has_names_of_its_own(shown):
    page = f"{shown.html()}{shown.html()}"
    assert ids(page)
    assert len(ids(page)) == len(set(ids(page)))
    for name in re.findall(r"url\(#([^)]*)\)", page) + re.findall(r'aria-labelledby="(\S+) ', page):
        assert name in ids(page)


def test_words_of_people_are_escaped():
    shown = replace(KINDS[0], title="<b>Up</b> and away", rows=[("<script>", 3), ("4", 4)])
    assert "<script" not in shown.html()
    assert "<b>" not in shown.html()


def test_what_is_hidden_is_said_and_never_drawn_as_nothing():
    """Three of Art's visits would draw; hidden ones have no bar and their words instead."""
    shown = next(each for each in KINDS if isinstance(each, Parts))
    html = str(shown.html())
    assert "fewer than 5 pupils</text>" in html
    bars = re.findall(r'class="(?:iap-f|sand-t|plum-t|main-a)"', html.partition("iap-key")[0])
    assert len(bars) == 3 * 7  # of eight parts one is nothing; each width


def test_more_than_four_series_are_refused():
    shown = next(each for each in KINDS if isinstance(each, Parts))
    with pytest.raises(ValueError, match="four series"):
        replace(shown, series=(*shown.series, ("Other", "iap-f")), rows=())


def test_ways_share_one_scale():
    """The same share stands at the same height, and the same day at the same place, in each of them."""
    shown = next(each for each in KINDS if isinstance(each, Multiples))
    first, second = re.findall(r'class="main-l" d="([^"]*)"', str(shown.picture()))
    assert first == "M0 43.6H46.7V34.8H81.7V39.2H140"
    assert second == "M93.3 42.3H140"  # not known before, which is a gap


def test_a_score_without_bands_is_drawn_without_them():
    (banded,) = (each for each in KINDS if isinstance(each, Scores))
    plain = replace(banded, zones=())
    assert "Much raised" in str(banded.picture())
    assert "Much raised" not in str(plain.picture())


def test_the_name_of_a_band_lies_on_no_point():
    day = "2026-03-0"
    crowded = Scores(
        title="From 27 to 31", desc="Two scores, the last 31.", low=0, high=40, first=f"{day}1", last=f"{day}9",
        points=((f"{day}1", 27.0, "27"), (f"{day}9", 31.0, "31")), zones=((0.0, "Low"), (20.0, "High")),
    )  # fmt: skip
    assert crowded._clear(0, 20, 8) == {"end": "left", "at": 10}, "the middle, where nothing is in the way"
    place = crowded._clear(20, 40, 8)
    assert 20 < place["at"] < 40
    assert not 27 - 0.09 * 40 < place["at"] < 27 + 0.17 * 40
    assert crowded._clear(26, 33, 8)["end"] == "left", "no better at the other end"
    falling = replace(crowded, points=((f"{day}1", 29.0, "29"), (f"{day}9", 3.0, "3")))
    assert falling._clear(24, 34, 8)["end"] == "right", "the point is at the left"
