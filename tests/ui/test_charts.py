"""Charts drawn on the server."""

import datetime as dt
import re
from itertools import pairwise

import pytest
from django.conf import settings

from iap.ui.charts import drawing, step_chart
from tests.ui.charts import bare

JAN, FEB, MAR = dt.date(2026, 1, 5), dt.date(2026, 2, 2), dt.date(2026, 3, 2)
POINTS = [(JAN, 10.0), (FEB, 40.0), (MAR, 20.0)]
MARKS = [(JAN, 10.0, "start"), (FEB, 40.0, "forward"), (FEB, 40.0, "hold"), (MAR, 20.0, "back")]


def _chart(
    points=POINTS,
    marks=MARKS,
    title="From 10% to 20%",
    desc="It went up, then down.",
    end=dt.date(2026, 4, 6),
):
    return str(step_chart(title, desc, points, marks, end=end))


def _line(drawn):
    return re.findall(r'd="([^"]*)" class="main-l"', drawn)


def test_a_chart_is_drawn_for_several_widths():
    drawn = _chart()
    assert 'class="ch v-mid" viewBox="0 0 540 ' in drawn
    assert 'class="ch v-wide" viewBox="0 0 760 ' in drawn
    assert 'class="ch v-narrow" viewBox="0 0 358 ' in drawn


def test_colours_come_through_classes_alone():
    drawn = _chart()
    assert not re.search(r"style=|#[0-9a-f]{6}|font-", drawn)
    assert not re.search(r'(fill|stroke)="(?!none|currentColor)', drawn)


def test_a_change_is_a_step_and_not_a_slope():
    (wide, *_) = _line(_chart())
    corners = [tuple(map(float, pair.split(","))) for pair in re.findall(r"[\d.]+,[\d.]+", wide)]
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(corners))


def test_the_scale_runs_from_nothing_to_the_whole_week_however_small_the_share():
    drawn = _chart(points=[(JAN, 3.0)], marks=[])
    assert ">0%<" in drawn
    assert ">100%<" in drawn


def test_the_last_value_holds_to_the_end_and_is_named_there():
    drawn = _chart(points=[(JAN, 30.0)], marks=[], end=JAN + dt.timedelta(weeks=10))
    (wide, *_) = _line(drawn)
    assert wide.startswith("M0,133L640,133")
    assert ">30%</text>" in drawn


def test_what_is_not_known_is_a_gap_and_never_nothing():
    (wide, *_) = _line(_chart(points=[(JAN, 30.0), (FEB, None), (MAR, 30.0)], marks=[]))
    assert wide.count("M") == 2
    assert "190" not in re.findall(r",([\d.]+)", wide)


def test_each_kind_of_step_has_a_shape_of_its_own_and_is_named_in_the_key():
    drawn = _chart()
    for css in ["fwd", "hold", "back", "dot"]:
        assert drawn.count(f'class="{css}"') == 4  # three widths and the key
    for word in ["Step forward", "Hold", "Step back", "Start"]:
        assert f"</svg>{word}</li>" in drawn
    assert "Correction" not in drawn


def test_a_mark_stands_clear_of_the_line():
    drawn = _chart(marks=[(MAR, 20.0, "back")])
    (place, *_) = re.findall(r'translate\([\d.]+,([\d.]+)\)" d="[^"]*" class="back"', drawn)
    assert float(place) == pytest.approx(190 * 0.6 - 14)  # over the 40% it steps down from


def test_a_screen_reader_gets_a_title_and_a_description_under_names_of_their_own():
    drawn = _chart()
    names = re.findall(r'aria-labelledby="(\S+) (\S+)"', drawn)
    assert len({name for pair in names for name in pair}) == 6
    for pair in names:
        for name in pair:
            assert drawn.count(f'id="{name}"') == 1
    other = _chart(desc="Another pupil's.")
    assert not {*re.findall(r' id="(\S+)"', drawn)} & {*re.findall(r' id="(\S+)"', other)}


def test_the_numbers_stand_in_a_table_too():
    table = _chart().partition("<table")[2]
    assert "40%" in table
    assert "Step back" in table


def test_words_of_people_are_escaped():
    drawn = _chart(title="<b>Up</b>", desc='"><script>')
    assert "<b>" not in drawn
    assert "<script" not in drawn


def test_without_a_point_there_is_nothing_to_draw():
    assert _chart(points=[]) == ""


def test_one_point_on_the_day_itself_can_be_drawn():
    assert _line(_chart(points=[(JAN, 10.0)], marks=[], end=JAN))


def test_the_same_chart_is_drawn_once(monkeypatch):
    first = bare(_chart())
    monkeypatch.setattr(drawing, "_draw", lambda chart: pytest.fail("drawn again"))
    assert bare(_chart()) == first


def test_another_content_is_another_drawing():
    assert bare(_chart()) != bare(_chart(points=[(JAN, 11.0), *POINTS[1:]]))


THEME = (settings.BASE_DIR / "static" / "css" / "iap.css").read_text()
LIGHT, DARK = THEME.split("prefers-color-scheme: dark", 1)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("css", sorted(each for each in drawing.CLASSES if each.endswith(("-f", "-t"))))
def test_what_is_filled_stands_out_from_its_card_three_to_one(css, tokens):
    """Also without reading the table: WCAG 2.2, 1.4.11."""
    token = re.search(rf"\.ch \.{css} {{ fill: var\((--iap-[\w-]+)\)", THEME)[1]
    fill, surface = (re.search(rf"{name}: #(\w{{6}})", tokens)[1] for name in (token, "--iap-surface"))
    one, other = sorted(map(_luminance, (fill, surface)))
    assert (other + 0.05) / (one + 0.05) >= 3


def _luminance(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
