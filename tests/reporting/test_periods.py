"""Which days a report is about, and with which it is compared."""

import datetime as dt
from typing import Any

import pytest

from iap.schools.models import AcademicYear, Closure, CycleWeek, Term
from reporting.periods import Kind, Periods
from tests.factories import SchoolFactory

D = dt.date
MONDAYS = [  # two half terms of the autumn, one and a half of the spring, as most schools had them
    *(D(2025, 9, 1) + dt.timedelta(weeks=n) for n in range(8)),
    *(D(2025, 11, 3) + dt.timedelta(weeks=n) for n in range(7)),
    *(D(2026, 1, 5) + dt.timedelta(weeks=n) for n in range(6)),
    *(D(2026, 2, 23) + dt.timedelta(weeks=n) for n in range(5)),
]
WEDNESDAY = D(2026, 1, 14)


@pytest.fixture
def school() -> Any:
    school = SchoolFactory()
    CycleWeek.objects.bulk_create(CycleWeek(school=school, monday=day, label="A") for day in MONDAYS)
    AcademicYear.objects.create(
        school=school, name="2025/26", starts_on=D(2025, 9, 1), ends_on=D(2026, 7, 22)
    )
    return school


def halves(school: Any, *names: str) -> None:
    spans = [
        (D(2025, 9, 1), D(2025, 10, 24)),
        (D(2025, 11, 3), D(2025, 12, 19)),
        (D(2026, 1, 5), D(2026, 2, 13)),
        (D(2026, 2, 23), D(2026, 3, 27)),
    ]
    for name, (first, last) in zip(names, spans, strict=False):
        Term.objects.create(school=school, name=name, starts_on=first, ends_on=last)


def test_a_half_term_is_a_run_of_open_weeks_and_ends_today_while_it_runs(school):
    halves(school, "Autumn 1", "Autumn 2", "Spring 1", "Spring 2")
    period = Periods(school, WEDNESDAY).now(Kind.HALF_TERM)
    assert (period.name, period.first, period.last, period.closes) == (
        "Spring 1", D(2026, 1, 5), WEDNESDAY, D(2026, 2, 13),
    )  # fmt: skip
    assert period.words == "Spring 1, to Wednesday 14 January"


def test_a_period_that_runs_is_compared_with_as_many_school_days_of_the_one_before(school):
    halves(school, "Autumn 1", "Autumn 2", "Spring 1", "Spring 2")
    Closure.objects.create(school=school, day=D(2025, 11, 4))
    before = Periods(school, WEDNESDAY).now(Kind.HALF_TERM).before
    assert (before.name, before.first) == ("Autumn 2", D(2025, 11, 3))
    assert before.last == D(2025, 11, 13), "eight school days, of which a closure is none"
    assert before.runs


def test_a_period_that_is_over_is_compared_with_the_whole_one_before(school):
    halves(school, "Autumn 1", "Autumn 2", "Spring 1", "Spring 2")
    period = Periods(school, D(2026, 3, 2)).past(Kind.HALF_TERM)[1]
    assert (period.name, period.last, period.runs) == ("Spring 1", D(2026, 2, 13), False)
    assert period.before.window == (D(2025, 11, 3), D(2025, 12, 19))


def test_two_half_terms_of_the_school_are_a_term(school):
    halves(school, "Autumn 1", "Autumn 2", "Spring 1", "Spring 2")
    period = Periods(school, WEDNESDAY).now(Kind.TERM)
    assert (period.name, period.first, period.closes) == ("Spring term", D(2026, 1, 5), D(2026, 3, 27))
    assert period.before.name == "Autumn term"


def test_a_row_that_holds_two_half_terms_is_a_term_as_it_stands(school):
    Term.objects.create(school=school, name="Michaelmas", starts_on=D(2025, 9, 1), ends_on=D(2025, 12, 19))
    Term.objects.create(school=school, name="Lent", starts_on=D(2026, 1, 5), ends_on=D(2026, 3, 27))
    periods = Periods(school, WEDNESDAY)
    assert periods.now(Kind.TERM).name == "Lent"
    assert periods.now(Kind.HALF_TERM).name == "Half term from 5 January"


def test_numbered_half_terms_make_terms_that_can_be_told_apart(school):
    halves(school, "Half term 1", "Half term 2", "Half term 3", "Half term 4")
    assert Periods(school, WEDNESDAY).now(Kind.TERM).name == "Half terms 3 and 4"


def test_a_school_without_terms_and_years_has_them_by_its_weeks(school):
    AcademicYear.objects.all().delete()
    periods = Periods(school, WEDNESDAY)
    assert periods.now(Kind.YEAR).window == (D(2025, 9, 1), WEDNESDAY)
    assert periods.now(Kind.TERM).first == D(2026, 1, 5)


def test_a_first_year_is_compared_with_nothing(school):
    assert Periods(school, WEDNESDAY).now(Kind.YEAR).before is None


def test_own_days_are_compared_with_as_many_school_days_right_before(school):
    period = Periods(school, WEDNESDAY).own(D(2026, 1, 5), D(2026, 1, 9))
    assert period.before.window == (D(2025, 12, 15), D(2025, 12, 19))
    assert Periods(school, WEDNESDAY).own(D(2026, 1, 9), D(2026, 1, 5)) is None
    assert Periods(school, WEDNESDAY).own(D(2026, 2, 9), D(2026, 2, 13)) is None, "not begun"


def test_every_period_is_found_again_by_its_key(school):
    halves(school, "Autumn 1", "Autumn 2", "Spring 1", "Spring 2")
    periods = Periods(school, WEDNESDAY)
    every = [each for kind in (Kind.HALF_TERM, Kind.TERM, Kind.YEAR) for each in periods.past(kind)]
    every.append(periods.own(D(2025, 12, 1), D(2026, 3, 1)))
    assert [periods.find(each.key) for each in every] == every


@pytest.mark.parametrize(
    "key", ["", "term", "term:", "term:2026-01-06", "own:2026-01-05", "week:2026-01-05", "x:y"]
)
def test_what_is_no_period_is_not_found(school, key):
    assert Periods(school, WEDNESDAY).find(key) is None


def test_a_school_without_weeks_has_no_periods(other_school):
    assert Periods(other_school, WEDNESDAY).now(Kind.TERM) is None
    assert Periods(other_school, WEDNESDAY).past(Kind.YEAR) == []


def test_periods_cost_three_queries(school, django_assert_num_queries):
    with django_assert_num_queries(3):
        periods = Periods(school, WEDNESDAY)
        for kind in (Kind.HALF_TERM, Kind.TERM, Kind.YEAR):
            periods.past(kind)
