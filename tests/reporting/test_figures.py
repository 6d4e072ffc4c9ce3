"""A figure follows from its rows and from nothing else."""

import datetime as dt
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting import figures
from reporting.figures import Figure, Measure, Percent, Pounds, Row, Way, cell, percent, worked_out
from reporting.periods import Kind, Period
from reporting.suppression import hidden_among

DAY = dt.date(2026, 3, 3)
BEFORE = Period(Kind.TERM, "Autumn term", DAY, DAY, DAY)
PERIOD = Period(Kind.TERM, "Spring term", DAY, DAY, DAY, BEFORE)


def build(facts: Any, period: Period) -> list[Row]:
    """Pupils who are counted
    in this test."""
    return facts.rows[period.name]


def school_of(now: int, before: int) -> Any:
    """Facts of so many pupils now and before."""
    rows = {"Spring term": pupils(*[1] * now), "Autumn term": pupils(*[1] * before)}
    return SimpleNamespace(rows=rows, places=9, look_at=lambda period: None)


def figure(
    *rows: Row, way: Way = Way.COUNT, unit: str = "pupils", earlier: Any = None, **more: Any
) -> Figure:
    return Figure(Measure("test", "Test", build, way, unit, **more), PERIOD, rows, earlier)


def pupils(*parts: Any) -> list[Row]:
    return [Row(part=part, pupil=n) for n, part in enumerate(parts, start=1)]


def test_the_definition_is_what_the_function_says_of_itself():
    assert figure().definition == "Pupils who are counted in this test."


def test_each_way_of_working_a_figure_out():
    rows = [Row(part=1, whole=2), Row(part=3, whole=4), Row(part=None, whole=100)]
    assert worked_out(Way.COUNT, rows) == 4
    assert worked_out(Way.SHARE, rows) == Fraction(4, 6)
    assert worked_out(Way.MEDIAN, rows) == 2
    assert [worked_out(way, []) for way in Way] == [0, None, None, None]


def test_a_list_begins_with_what_is_to_be_looked_at():
    share = figure(Row(part=1), Row(part=0), Row(part=1), way=Way.SHARE)
    assert [row.part for row in share.listed] == [0, 1, 1]
    unsettled = figure(Row(part=0), Row(part=1), way=Way.SHARE, first=1)
    assert [row.part for row in unsettled.listed] == [1, 0]
    middle = figure(Row(part=2), Row(part=None), Row(part=1), way=Way.MEDIAN)
    assert [row.part for row in middle.listed] == [None, 2, 1]


def test_numbers_as_people_read_them():
    assert figure(Row(part=2), Row(part=12)).said == "14"
    assert figure(Row(part=1), Row(part=2), way=Way.MEDIAN).said == "1.5"
    assert figure(Row(part=2, whole=3), way=Way.SHARE).said == "67%"
    assert figure(Row(part=2469, whole=2), way=Way.RATIO, unit="£").said == "£1,235"
    assert figure(way=Way.SHARE).said == "–"


@given(part=st.integers(0, 2000), more=st.integers(0, 2000))
def test_a_share_is_0_or_100_only_when_it_is_exactly_that(part, more):
    if part + more:
        said = percent(Fraction(part, part + more))
        assert (said == 0) == (part == 0) and (said == 100) == (more == 0)
        assert abs(said - 100 * part / (part + more)) <= 1


def test_the_period_before_is_told_in_words():
    half = [Row(part=1, whole=2)]
    assert figure(*half, way=Way.SHARE, earlier=tuple(half)).comparison == "Autumn term: 50%"
    assert figure(*half, way=Way.SHARE, earlier=()).comparison == ""


def test_groups_are_the_rows_once_each_in_the_measures_order():
    rows = [Row(group="b", part=2), Row(group="a"), Row(group="c")]
    groups = figure(*rows, groups=("a", "z")).groups()
    assert [(each.group, each.value) for each in groups] == [("a", 1), ("z", 0), ("b", 2), ("c", 1)]


def test_what_leaves_the_school_tells_of_nobody_and_of_no_few():
    assert figure(*pupils(1, 1, 1, 1)).leaving().said == "not shown"
    five = figure(*(Row((DAY,), pupil=n) for n in range(5))).leaving()
    assert (five.value, five.pupils, {row.cells for row in five.rows}) == (5, set(), {()})
    assert figure(*pupils(*[1] * 9, 0), way=Way.SHARE).leaving().hidden, "9 of 10 tells of the one"
    assert not figure(*pupils(*[1] * 10), way=Way.SHARE).leaving().hidden
    assert not figure(*(Row() for _ in range(3)), unit="sessions").leaving().hidden, "sessions are no people"


def test_groups_that_leave_the_school_cannot_be_worked_out_from_their_total():
    rows = [Row(group="a", pupil=n) for n in range(7)]
    rows += [Row(group="b", pupil=n) for n in range(10, 13)]
    rows += [Row(group="c", pupil=n) for n in range(20, 40)]
    leaving = figure(*rows).groups_leaving()
    assert [(each.group, each.said) for each in leaving] == [
        ("a", "not shown"),
        ("b", "not shown"),
        ("c", "20"),
    ]


def windows(*counts: int) -> Figure:
    """So many pupils before, during and after; who is after was there before."""
    rows = [
        Row(part=4, whole=5, pupil=n, group=name)
        for name, count in zip(("Before", "During", "After"), counts, strict=True)
        for n in range(count)
    ]
    return figure(*rows, way=Way.SHARE, groups=("Before", "During", "After"), again=True)


@pytest.mark.parametrize(
    ("counts", "n", "told"),
    [
        ((12, 12, 6), [12, 12, 6], True),
        ((9, 9, 6), [9, 9, None], True),  # 3 have no window after their place
        ((12, 12, 3), [12, 12, None], False),
        ((7, 7, 7), [7, 7, 7], True),
    ],
)
def test_of_windows_no_number_tells_who_is_left_between_two(counts, n, told):
    """Before and during are of as many pupils: all windows together would tell those after."""
    parts = windows(*counts).groups_leaving()
    assert [each.n for each in parts] == n
    whole = windows(*counts).leaving()
    assert (whole.hidden, whole.n) == (not told, None)


def test_two_measures_never_share_a_key_and_each_is_defined():
    known = next(iter(figures.measures()))
    with pytest.raises(ValueError, match="Two measures"):
        figures.register(known)
    with pytest.raises(ValueError, match="no definition"):
        figures.register(Measure("new", "New", lambda facts, period: []))


def test_a_figure_and_the_one_before_come_from_one_function():
    made = figures.figure_of(school_of(2, 1), PERIOD, Measure("test", "Test", build))
    assert (made.value, made.before, made.comparison) == (2, 1, "Autumn term: 1")


def test_other_words_may_stand_beside_a_figure():
    measure = Measure("test", "Test", build, compared=lambda figure, facts: f"of {facts.places} places")
    assert figures.figure_of(school_of(2, 1), PERIOD, measure).comparison == "of 9 places"


def test_cells_are_said_by_what_they_are():
    row = (None, "", True, DAY, 1200, Percent(1, 3), Pounds(12345, 10), Fraction(5, 2), "Maths")
    assert [cell(each) for each in row] == [
        "–",
        "–",
        "yes",
        "3 March",
        "1,200",
        "33%",
        "£1,235",
        "2.5",
        "Maths",
    ]


def test_a_hidden_part_is_never_alone():
    assert hidden_among({"a": 9, "b": 3, "c": 20}) == {"a", "b"}
    assert hidden_among({"a": 6, "b": 8}) == set()
    assert hidden_among({"a": 1, "b": 1, "c": 9}) == {"a", "b", "c"}, "two parts of 2 in all are 1 and 1"
