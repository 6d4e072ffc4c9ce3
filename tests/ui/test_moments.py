"""Dates and times as a school says them."""

import datetime as dt

import pytest
import time_machine

from iap.ui import moments

LONDON_SUMMER = dt.datetime(2026, 6, 2, 9, 30, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-06-02 12:00:00Z", tick=False):
        yield


def test_a_day_is_its_weekday_and_date():
    assert moments.day(dt.date(2026, 3, 3)) == "Tuesday 3 March"
    assert moments.day(dt.date(2026, 3, 3), weekday=False) == "3 March"


def test_another_year_is_named():
    assert moments.day(dt.date(2025, 12, 1)) == "Monday 1 December 2025"


def test_a_time_is_on_the_schools_clock_and_has_no_leading_nought():
    assert moments.clock(LONDON_SUMMER) == "10:30"
    assert moments.clock(dt.time(9, 5)) == "9:05"
    assert moments.span(dt.time(11), dt.time(11, 50)) == "11:00 to 11:50"


def test_near_midnight_the_day_is_the_schools_too():
    assert moments.day(dt.datetime(2026, 6, 1, 23, 30, tzinfo=dt.UTC)) == "Tuesday 2 June"


@pytest.mark.parametrize(
    ("hours", "said"),
    [(1, "12:00"), (24, "Monday, 13:00"), (24 * 6, "Wednesday, 13:00"), (24 * 7, "26 May, 13:00")],
)
def test_when_says_no_more_than_is_needed(hours, said):
    now = dt.datetime(2026, 6, 2, 12, tzinfo=dt.UTC)
    assert moments.when(now - dt.timedelta(hours=hours)) == said


def test_a_time_to_come_is_given_with_its_date():
    assert moments.when(dt.datetime(2026, 6, 4, 12, tzinfo=dt.UTC)) == "4 June, 13:00"


def test_nothing_is_said_of_no_time():
    assert moments.day(None) == moments.short_day(None) == moments.clock(None) == moments.when(None) == ""
