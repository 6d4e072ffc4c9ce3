"""The list behind a figure: what its last column says, and that rows which are alike stand together."""

from fractions import Fraction
from typing import Any

import pytest

from reporting import lists
from reporting.figures import Figure, Measure, Row, Way
from reporting.periods import Kind


def _of(facts: Any, rows: list[Row], **words: Any) -> Figure:
    def build(*_: Any) -> list[Row]:
        """Something."""
        return rows

    return Figure(Measure("some", "Something", build, **words), facts.periods.now(Kind.TERM), tuple(rows))


def _lines(figure: Figure, told: set[str] | None = None) -> list[list[str]]:
    return [lists.cells(figure, row, number) for row, number in lists.rows(figure, told)]


def test_what_counts_in_every_row_is_not_said_of_each(facts):
    rows = [Row(("Monday",)), Row(("Tuesday",))]
    figure = _of(facts, rows, columns=("Day",), counts="Counted")
    assert [column.name for column in lists.columns(figure)] == ["Day"]
    assert _lines(figure) == [["Monday"], ["Tuesday"]]


def test_what_does_not_count_again_is_said(facts):
    rows = [Row(("Monday",)), Row(("Tuesday",), part=0)]
    figure = _of(facts, rows, columns=("Day",), counts="Counted")
    assert [column.name for column in lists.columns(figure)] == ["Day", "Counted"]
    assert _lines(figure) == [["Monday", "yes"], ["Tuesday", "counted above"]]


@pytest.mark.parametrize(
    ("row", "way", "words"),
    [
        (Row(part=1), Way.SHARE, "yes"),
        (Row(part=0), Way.SHARE, "no"),
        (Row(part=48, whole=56), Way.SHARE, "48 of 56"),
        (Row(part=None), Way.SHARE, "not known"),
        (Row(part=Fraction(5, 2)), Way.MEDIAN, "2.5"),
    ],
)
def test_how_a_row_counts_is_said_under_the_measures_own_heading(facts, row, way, words):
    figure = _of(facts, [row], way=way, counts="Within the guide")
    assert lists.columns(figure) == [lists.Column("Within the guide", is_last=True)]
    assert _lines(figure) == [[words]]


def test_rows_that_are_alike_stand_in_one_line_with_how_many_they_are(facts):
    rows = [Row((name,), pupil=n, group=name) for n, name in enumerate(["Girls", "Boys", "Girls", "Girls"])]
    figure = _of(facts, rows, columns=("Who",), alike="Pupils")
    assert [column.name for column in lists.columns(figure)] == ["Who", "Pupils"]
    assert _lines(figure) == [["Girls", "3"], ["Boys", "1"]]


def test_groups_that_would_tell_of_few_are_listed_together_without_their_names(facts):
    rows = [Row((name,), pupil=n, group=name) for n, name in enumerate(["A", "B", "C", "A", "B"])]
    figure = _of(facts, rows, columns=("Who",), alike="Pupils")
    assert _lines(figure, {"A"}) == [["A", "2"], ["not shown", "3"]]
