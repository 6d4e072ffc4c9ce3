"""The invented schools: the same every time, open whatever the day, and free of clashes."""

import csv
import datetime as dt
from collections import Counter
from pathlib import Path

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from iap.local.demo_school import clock, files
from iap.local.demo_school.school import Invented
from iap.local.demo_school.schools import PLANS
from iap.local.demo_school.years import year_around
from pupils import upn

TODAY = dt.date(2026, 11, 24)


@pytest.fixture(params=PLANS, ids=lambda plan: plan.phase)
def invented(request: pytest.FixtureRequest) -> Invented:
    return Invented(request.param, TODAY)


def test_the_same_day_gives_the_same_school(invented: Invented) -> None:
    again = Invented(invented.plan, TODAY)
    assert (again.children, again.lessons) == (invented.children, invented.lessons)


@given(today=st.dates(dt.date(2024, 1, 1), dt.date(2032, 12, 31)))
def test_on_any_date_there_are_twelve_school_weeks_of_history_and_weekdays_are_open(today: dt.date) -> None:
    year = year_around(today, 2)
    assert (
        len([monday for monday in year.labels if monday < today - dt.timedelta(days=today.weekday())]) >= 12
    )
    assert today.weekday() > 4 or today in year.days
    assert all(day.weekday() < 5 for day in year.days)


def test_no_teacher_is_asked_to_be_in_two_rooms(invented: Invented) -> None:
    taught = Counter((x.week, x.weekday, x.period, x.teacher.code) for x in invented.lessons)
    assert max(taught.values()) == 1


def test_every_upn_is_valid_and_used_once(invented: Invented) -> None:
    upns = [child.upn for child in invented.children]
    assert all(map(upn.is_valid, upns))
    assert len(set(upns)) == len(upns)


def test_staff_codes_and_addresses_are_used_once(invented: Invented) -> None:
    codes = [adult.code for adult in invented.plan.team]
    codes += [teacher.code for teachers in invented.teachers.values() for teacher in teachers]
    assert len(set(codes)) == len(codes)


def test_each_story_has_a_child_of_its_own_in_the_right_year(invented: Invented) -> None:
    children = invented.story_children
    assert len({child.upn for child in children}) == len(invented.plan.stories)
    assert [child.year for child in children] == [story.year for story in invented.plan.stories]


def test_the_exports_end_yesterday_and_hold_every_kind(invented: Invented, tmp_path: Path) -> None:
    files.write(invented, tmp_path)
    assert len(list(tmp_path.glob("*.csv"))) == 11
    with (tmp_path / "attendance.csv").open(encoding="utf-8-sig") as file:
        days = {row["Date"] for row in csv.DictReader(file)}
    assert max(days) == "2026-11-23"


@pytest.mark.parametrize(("minutes", "told"), [(0, "10:00"), (5, "10:05"), (20, "10:12")])
def test_nothing_is_kept_as_having_happened_after_now(minutes: int, told: str) -> None:
    now = dt.datetime.combine(TODAY, dt.time(10, 12), tzinfo=dt.UTC)
    with time_machine.travel(now, tick=False), clock.at(TODAY, dt.time(10), later=minutes) as at:
        assert at.strftime("%H:%M") == told
