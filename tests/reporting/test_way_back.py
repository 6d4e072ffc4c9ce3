"""The way back and the check-ins: one figure is the same in the code, on the page, in its list, in the PDF, in the
spreadsheet and in the plain data; and one row that changes changes it in all of them.
"""

import csv
import datetime as dt
from fractions import Fraction
from functools import partial
from io import BytesIO, StringIO
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse
from openpyxl import load_workbook

from iap.local.bench.years import Made, Size
from reporting import tasks
from reporting.facts import Facts
from reporting.figures import figure_of, figures_of, measures
from reporting.measures.check_ins import GROUPINGS
from reporting.models import Pack, PackKind
from reporting.packs import files, governors, lines, paper, sheet, way_back
from reporting.packs.document import HIDDEN, Document
from reporting.patterns import patterns
from reporting.periods import Kind
from reporting.reintegration.report import everything, period_of, report
from tests.factories import MembershipFactory

from .conftest import LOGGED, TODAY, a_school, kept_for_the_module, on_its_own
from .test_agreement import CHANGES
from .test_everywhere import _text, _words

NOON = dt.datetime.combine(TODAY, dt.time(12), tzinfo=dt.UTC)
BACK = sorted(each.key for each in measures("way-back"))


@pytest.fixture(autouse=True)
def _on_the_day() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


class Forms:
    """A document in each of its forms."""

    def __init__(self, document: Document) -> None:
        self.paper = _text(paper.pdf(document))
        self.book = load_workbook(BytesIO(sheet.xlsx(document)))
        self.cells = {(row[1], row[2] or ""): row for row in self.book["Figures"].values}
        self.plain = {(row[1], row[2]): row for row in csv.reader(StringIO(lines.text(document)))}
        self.lines = {tuple(row[1:5]) for row in csv.reader(StringIO(lines.text(document)))}

    def hold(self, figure: Any, group: str = "") -> Any:
        """What they tell of a figure, once all have been held against it."""
        words = HIDDEN if figure.hidden else f"{figure.said} {figure.unit}".strip()
        row = self.cells[figure.label, group]
        assert row[5] == words and words in self.paper
        if figure.hidden:
            assert row[3] is None
        else:
            assert row[3] == pytest.approx(float(figure.value))
            assert float(self.plain[figure.label, group][4]) == pytest.approx(float(figure.value))
        assert row[7] == figure.n
        return row[3:]

    def hold_chart(self, chart: Any, page: str) -> None:
        """Every number of a chart, wherever it stands."""
        head, rows = chart.table()
        assert chart.title in page and chart.title in self.paper
        said = [[_plain(cell) for cell in row] for row in (head, *rows)]
        assert said in [[[_plain(cell.value) for cell in row] for row in each] for each in self.book]
        for row in rows:
            assert " ".join(filter(None, map(_plain, row))) in page
            for column, cell in zip(head[1:], row[1:], strict=True):
                assert (chart.title, str(row[0]), column, str(cell)) in self.lines


def _plain(cell: Any) -> str:
    return "" if cell is None else str(cell)


class WayBack:
    """The way back of a school, as each of its forms tells it."""

    def __init__(self, client: Any, school: Any) -> None:
        self.client, self.facts = client, Facts(school, TODAY)
        self.period = everything(self.facts)
        self.report = report(self.facts, self.period)
        self.page = _words(client.get(reverse("reporting:reintegration")).content.decode())
        self.forms = Forms(way_back.document(self.facts, self.period, made_on=TODAY))

    def of(self, key: str) -> Any:
        figure = self.report.figures[key]
        assert figure.rows == figure_of(self.facts, self.period, figure.measure).rows
        listed = self.client.get(reverse("reporting:figure", args=[key]), {"period": self.period.key})
        assert f'<span class="iap-kpi__v">{figure.said}' in listed.content.decode()
        assert listed.context["page"].paginator.count == len(figure.rows)
        return self.forms.hold(figure), figure.rows

    @property
    def charts(self) -> list[Any]:
        found = self.report
        drawn = [
            *(each.chart for each in found.marks),
            found.steps,
            found.sustained,
            found.subjects,
            found.periods,
        ]
        return [chart for chart in drawn if chart is not None]


few = kept_for_the_module(partial(a_school, size=LOGGED), NOON)
many = kept_for_the_module(partial(a_school, size=Size(years=1, roll=40, places=24, logged=True)), NOON)


def a_reader(client: Any, kept: Made) -> Any:
    made = on_its_own(kept)
    client.force_login(MembershipFactory(school=made.school, role="leader").user)
    return made


def test_one_row_changed_changes_the_way_back_everywhere_alike(client, few):
    made = a_reader(client, few)
    before = WayBack(client, made.school)
    told = {each: before.of(each) for each in BACK}
    for batch in (BACK[::2], BACK[1::2]):  # several at once, as each form takes its time to make
        with transaction.atomic():
            for each in batch:
                CHANGES[each](before.report.figures[each], before.period)
            after = WayBack(client, made.school)
            for each in batch:
                assert after.of(each) != told[each], each
            transaction.set_rollback(True)


def test_below_twenty_places_the_counts_are_the_same_everywhere(client, few):
    told = WayBack(client, a_reader(client, few).school)
    for each in told.report.marks:
        assert each.chart is None
        assert f"{len(each.times)} of {told.report.places} places {each.middle}" in told.page
        assert f"{each.label} {len(each.times)} {told.report.places} {each.middle}" in told.forms.paper


def test_every_curve_and_bar_is_the_same_everywhere_and_made_of_the_rows_of_its_figure(client, many):
    told = WayBack(client, a_reader(client, many).school)
    assert len(told.charts) == 7
    for chart in told.charts:
        told.forms.hold_chart(chart, told.page)
    found, of = told.report, told.report.figures
    for each in found.marks:
        assert sum(stay.reached for stay in each.curve.stays) == sum(row.part for row in each.figure.rows)
    for chart, key in ((found.steps, "way-back-steps"), (found.sustained, "way-back-lasting")):
        assert sum(sum(row.values) for row in chart.rows) == len(of[key].rows)
    for chart, key in ((found.subjects, "way-back-by-subject"), (found.periods, "way-back-by-period")):
        for row, group in zip(chart.rows, of[key].groups(), strict=True):
            assert row.label == group.group
            assert row.values is None or Fraction(row.values[0], sum(row.values)) == group.value


def test_of_one_year_it_tells_what_began_in_it(client, few):
    made = a_reader(client, few)
    facts = Facts(made.school, TODAY)
    for year in facts.periods.past(Kind.YEAR):
        began = [place for place in facts.placements if place.starts_on in year]
        assert report(facts, period_of(facts, year.key)).places == len(began)
    assert period_of(facts, "year:1066-09-01") is None


def test_the_pack_is_asked_for_on_its_page_and_made_by_the_worker(client, few):
    made = a_reader(client, few)
    client.post(reverse("reporting:make_way_back"), {"began": ""})
    pack = Pack.objects.get(school=made.school)
    assert (pack.kind, pack.name) == (PackKind.WAY_BACK, "All places so far")
    tasks.make(school_id=made.school.pk, pack=pack.pk)
    assert files.endings(pack) == ["pdf", "xlsx", "csv"]
    assert "stays in school" in client.get(reverse("reporting:pack", args=[pack.uuid])).content.decode()
    assert client.post(reverse("reporting:make_way_back"), {"began": "year:1066-09-01"}).status_code == 404


def test_a_pack_of_one_year_is_of_that_year(client, few):
    made = a_reader(client, few)
    year = Facts(made.school, TODAY).periods.past(Kind.YEAR)[0]
    client.post(reverse("reporting:make_way_back"), {"began": year.key})
    pack = Pack.objects.get(school=made.school)
    tasks.make(school_id=made.school.pk, pack=pack.pk)
    assert year.name in files.find(pack, "csv").read_text() or year.name in pack.name


def test_without_a_place_there_is_no_pack_to_make(client, school):
    client.force_login(MembershipFactory(school=school, role="leader").user)
    answer = client.post(reverse("reporting:make_way_back"), {"began": ""}, follow=True)
    assert "No place has begun yet" in answer.content.decode()
    assert not Pack.objects.filter(school=school).exists()


def test_no_name_is_in_it_and_it_says_that_it_stays_inside(client, few):
    made = a_reader(client, few)
    facts = Facts(made.school, TODAY)
    document = way_back.document(facts, everything(facts), made_on=TODAY)
    text = document.as_text()
    assert document.confidential and "stays inside the school" in text
    assert not [pupil for pupil in made.pupils if pupil.family_name in text]


def test_nothing_of_the_way_back_leaves_the_school(client, few):
    """Its rows are single pupils: whatever somebody makes of these figures, they are hidden once they leave."""
    facts = Facts(a_reader(client, few).school, TODAY)
    for figure in figures_of(facts, everything(facts), measures("way-back")).values():
        assert figure.rows and figure.leaving().hidden and not figure.leaving().rows
    pack = governors.document(facts, facts.periods.now(Kind.YEAR), made_on=TODAY)
    assert not {each.key for each in pack.figures()} & set(BACK)


def test_check_ins_are_told_alike_on_their_page_in_their_list_and_in_the_pack(client, many):
    made = a_reader(client, many)
    period = Facts(made.school, TODAY).periods.now(Kind.YEAR)

    def everywhere() -> dict[str, Any]:
        facts = Facts(made.school, TODAY)
        found = patterns(facts, period)
        page = _words(client.get(reverse("reporting:check_ins"), {"period": period.key}).content.decode())
        forms = Forms(governors.document(facts, period, made_on=TODAY))
        told = {}
        for each in found.each:
            figure = each.figure
            assert f"{figure.said} of {len(figure.counted)} check-ins were stuck or shaky" in page
            listed = client.get(reverse("reporting:figure", args=[figure.key]), {"period": period.key})
            assert listed.context["figure"].rows == figure.rows
            assert sum(group.of for group in each.groups) == len(figure.rows)
            told[figure.key] = (forms.hold(figure.leaving()), figure.rows)
            for group in each.groups:
                words = f"{group.unsettled} of {group.of}" if group.is_known else f"of {group.of}"
                assert words in page
        return told

    before, facts = everywhere(), Facts(made.school, TODAY)
    for measure in measures("check-ins"):
        CHANGES[measure.key](figure_of(facts, period, measure), period)
    after = everywhere()
    assert len(after) == len(GROUPINGS)
    assert all(after[each] != before[each] for each in after)
