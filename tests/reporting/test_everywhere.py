"""One figure is the same in the code, on the overview, in the PDF, in the spreadsheet and in the plain data; and one
row that changes changes it in all of them.
"""

import csv
import datetime as dt
import re
from html import unescape
from io import BytesIO, StringIO
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from iap.local.bench.years import Size
from reporting import fairness
from reporting.facts import Facts
from reporting.figures import Figure, figures_of, measures
from reporting.measures.fairness import COLUMNS, LABELS
from reporting.packs import governors, lines, paper, sheet
from reporting.packs.document import HIDDEN
from reporting.periods import Kind, Period
from reporting.release import Release
from tests.factories import MembershipFactory

from .conftest import TODAY, a_school
from .test_agreement import CHANGES

BATCHES = 7
MANY = Size(years=2, roll=80, places=36, logged=False)
NOON = dt.datetime.combine(TODAY, dt.time(12), tzinfo=dt.UTC)
TOLD = sorted(each.key for each in measures() if each.leaves and each.about not in {"fairness", "check-ins"})


class Everywhere:
    """Every figure of a school's year, as each of its forms tells it; that they are equal is held here."""

    def __init__(self, client: Any, school: Any) -> None:
        facts = Facts(school, TODAY)
        period = facts.periods.now(Kind.YEAR)
        assert period is not None
        self.period: Period = period
        self.figures: dict[str, Figure] = figures_of(facts, period)
        self.release = Release(facts)
        self.year = next(each for each in facts.periods.past(Kind.YEAR) if not each.runs)
        self.closed = figures_of(facts, self.year, measures("fairness"))
        self.overview = client.get(reverse("reporting:overview"), {"period": period.key}).content.decode()
        document = governors.document(facts, period, made_on=TODAY)
        self.paper = _text(paper.pdf(document))
        book = load_workbook(BytesIO(sheet.xlsx(document)))
        self.cells = {(row[1], row[2] or ""): row for row in book["Figures"].values}
        self.shares = {row[0]: row for row in book["Shares of each group"].values}
        self.plain = {(row[1], row[2]): row for row in csv.reader(StringIO(lines.text(document)))}

    def of(self, key: str) -> Any:
        """What the spreadsheet holds of it and of each of its windows, and how many rows these rest on, once all forms
        have been held against the code.
        """
        figure = self.figures[key]
        held = [self._hold(figure.label, self.release.leaving(figure))]
        if figure.measure.again:
            held += [
                self._hold(figure.label, each)
                for each in self.release.parts(figure)
                if each.rows or each.hidden
            ]
        if figure.measure.headline:
            assert f"{figure.label} {figure.said} {figure.unit}".strip() in _words(self.overview)
        return held

    def _hold(self, label: str, leaving: Figure) -> tuple[Any, Any]:
        words = HIDDEN if leaving.hidden else f"{leaving.said} {leaving.unit}".strip()
        row = self.cells[label, leaving.group]
        assert row[5] == words
        assert words in self.paper
        if leaving.value is not None:
            assert row[3] == pytest.approx(float(leaving.value))
            assert float(self.plain[label, leaving.group][4]) == pytest.approx(float(leaving.value))
        return row[3], row[7]

    def by_group(self) -> dict[str, Any]:
        """The spreadsheet's table of who gets a place, of the last closed year, held against the code and the paper."""
        for line in fairness.table(self.closed):
            row = self.shares[f"{line.characteristic}: {line.group}"]
            for told, cell in zip(row[1:4], (line.roll, line.referred, line.placed), strict=True):
                assert told == ("not shown" if cell.percent is None else f"{cell.percent}%")
            assert row[4] in {HIDDEN, f"{line.returned.count} of {line.placed.count}"}
            assert f"{line.characteristic}: {line.group}" in self.paper
            assert " ".join(map(str, row[1:])) in self.paper
        return self.shares


def _text(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def _words(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split())


@pytest.fixture
def everywhere(client):
    with time_machine.travel(NOON, tick=False):
        made = a_school(size=MANY)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # in use the planner knows how large its tables are
        client.force_login(MembershipFactory(school=made.school, role="leader").user)
        yield lambda: Everywhere(client, made.school)


def test_one_row_changed_changes_the_figure_everywhere_alike(everywhere):
    before = everywhere()
    hidden = {key for key in TOLD if set(before.of(key)) == {(None, None)}}
    assert len(hidden) < len(TOLD) / 2, hidden
    for n in range(BATCHES):  # several at once, as each form takes its time to make
        with transaction.atomic():
            for key in TOLD[n::BATCHES]:
                CHANGES[key](before.figures[key], before.period)
            after = everywhere()
            for key in TOLD[n::BATCHES]:
                assert after.of(key) != before.of(key) or key in hidden, key
            transaction.set_rollback(True)


def test_and_so_it_does_of_who_gets_a_place(everywhere):
    before = everywhere()
    table = before.by_group()
    assert tuple(table["Group"]) == ("Group", *LABELS.values())
    for column in set(COLUMNS) - {"returned"}:  # of few: told in no pack of this school
        key = f"{column}-by-sex"
        with transaction.atomic():
            for figure in before.closed[key].groups():
                if figure.rows:
                    CHANGES[key](figure, before.year)
            assert everywhere().by_group() != table, column
            transaction.set_rollback(True)
