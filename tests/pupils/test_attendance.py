"""Attendance: what a code counts as, and the rate over any days. With a slow twin that counts by hand."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iap.schools.codes import ATTENDANCE
from iap.schools.models import Code
from pupils.attendance import (
    ATTENDED,
    CODES,
    POSSIBLE,
    Counts,
    Rate,
    counts_as,
    last_weeks,
    rate_of,
    rates,
    rates_of,
    weeks_before,
)
from pupils.models import AttendanceMark
from pupils.windows import Asked, outcomes_in
from tests.factories import PupilFactory, see

MONDAY = dt.date(2026, 9, 7)
MISSED = {"C", "C1", "C2", "E", "I", "J1", "M", "R", "S", "T", "G", "N", "O", "U"}
EVERY_CODE = sorted(code for codes in CODES.values() for code in codes)
counts = st.integers(0, 400)
known_rates = st.tuples(counts, counts).map(lambda pair: Rate(min(pair), max(pair)))


def marks(pupil, codes, first=MONDAY):
    """One code for each half-day, weekdays only, from a Monday."""
    days = [first + dt.timedelta(weeks=n // 10, days=n % 10 // 2) for n in range(len(codes))]
    AttendanceMark.objects.bulk_create(
        AttendanceMark(
            school=pupil.school, pupil=pupil, day=day, half="AM" if n % 2 == 0 else "PM", code=code
        )
        for n, (day, code) in enumerate(zip(days, codes, strict=True))
    )


def by_hand(pupil, first, last):
    """The twin: one mark after another, in plain Python."""
    attended = possible = 0
    for mark in AttendanceMark.objects.all():
        if mark.pupil_id != pupil.pk or mark.day < first or mark.day > last:
            continue
        if mark.code in {"/", "\\", "L", "B", "K", "P", "V", "W"}:
            attended += 1
            possible += 1
        elif mark.code in MISSED:
            possible += 1
    return Rate(attended, possible)


def test_a_code_counts_as_one_thing():
    assert len(EVERY_CODE) == len(set(EVERY_CODE))
    assert {code: counts_as(code) for code in EVERY_CODE} == {
        code: kind for kind, codes in CODES.items() for code in codes
    }
    assert counts_as("?") is None


def test_codes_agree_with_those_that_a_school_starts_with():
    assert {kind: set(codes) for kind, codes in ATTENDANCE.items()} == {
        kind.value: set(codes) for kind, codes in CODES.items()
    }


def test_off_site_education_is_attended_and_reduced_hours_are_missed():
    assert rate_of(["B", "V"]) == Rate(2, 2)
    assert rate_of(["C2", "/"]) == Rate(1, 2)
    assert rate_of(["X", "Y1", "D", "#", "?"]) == Rate(0, 0)


@given(st.lists(st.sampled_from(EVERY_CODE)))
def test_a_rate_counts_every_possible_half_day_once(codes):
    rate = rate_of(codes)
    assert rate.possible == sum(code in POSSIBLE for code in codes)
    assert rate.attended == sum(code in ATTENDED for code in codes)
    assert rate.attended + rate.missed == rate.possible


@given(st.lists(st.sampled_from(EVERY_CODE)), st.lists(st.sampled_from(EVERY_CODE)))
def test_rates_of_two_spans_add_up(some, more):
    assert rate_of(some) + rate_of(more) == rate_of(some + more)


@given(known_rates)
def test_a_percentage_is_whole_and_never_hides_a_missed_or_an_attended_half_day(rate):
    if not rate.possible:
        assert rate.percent is None
        assert not rate.known
        return
    assert 0 <= rate.percent <= 100
    assert abs(rate.percent - 100 * rate.attended / rate.possible) < 1
    assert (rate.percent == 100) == (rate.missed == 0)
    assert (rate.percent == 0) == (rate.attended == 0)


def test_one_half_day_in_four_hundred_still_shows():
    assert Rate(399, 400).percent == 99
    assert Rate(1, 400).percent == 1
    assert Rate(1, 8).percent == 13  # a half is rounded up


@given(known_rates)
def test_severe_absence_is_persistent_too(rate):
    assert rate.severe_absence <= rate.persistent_absence


@pytest.mark.parametrize(
    ("rate", "persistent", "severe"),
    [
        (Rate(91, 100), False, False),
        (Rate(90, 100), True, False),
        (Rate(51, 100), True, False),
        (Rate(50, 100), True, True),
        (Rate(0, 0), False, False),
    ],
)
def test_absence_is_persistent_from_a_tenth_and_severe_from_a_half(rate, persistent, severe):
    assert (rate.persistent_absence, rate.severe_absence) == (persistent, severe)


def test_nobody_attends_more_than_is_possible():
    with pytest.raises(ValueError, match="more than is possible"):
        Rate(2, 1)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    codes=st.lists(st.sampled_from(EVERY_CODE), max_size=40),
    others=st.lists(st.sampled_from(EVERY_CODE), max_size=20),
    spans=st.lists(st.tuples(st.integers(-3, 30), st.integers(0, 20)), min_size=1, max_size=4),
)
def test_rates_agree_with_counting_by_hand(school, codes, others, spans):
    see(school)
    one, other = PupilFactory(school=school), PupilFactory(school=school)
    marks(one, codes)
    marks(other, others)
    windows = [(MONDAY + dt.timedelta(days=at), MONDAY + dt.timedelta(days=at + n)) for at, n in spans]
    found = rates([one, other], windows)
    assert found == {pupil.pk: [by_hand(pupil, *window) for window in windows] for pupil in (one, other)}
    AttendanceMark.objects.filter(pupil__in=[one, other]).delete()


def test_a_span_takes_in_its_first_and_its_last_day(school):
    pupil = PupilFactory(school=school)
    marks(pupil, ["/"] * 10)
    friday = MONDAY + dt.timedelta(days=4)
    assert rates_of(pupil, [(MONDAY, friday), (MONDAY, MONDAY), (friday, friday)]) == [
        Rate(10, 10),
        Rate(2, 2),
        Rate(2, 2),
    ]


def test_days_without_marks_are_unknown_and_never_absence(school):
    pupil = PupilFactory(school=school)
    (rate,) = rates_of(pupil, [(MONDAY, MONDAY)])
    assert rate.percent is None
    assert not rate.persistent_absence


def test_marks_of_another_school_are_never_counted(school, other_school):
    """Two schools may hold the same keys; the pupils asked for are of the first one's school."""
    pupil, stranger = PupilFactory(school=school), PupilFactory(school=other_school)
    marks(stranger, ["/"] * 4)
    assert rates([pupil, stranger], [(MONDAY, MONDAY + dt.timedelta(days=4))])[stranger.pk] == [Rate()]


@pytest.mark.parametrize(
    ("category", "rate"), [("off-site", (2, 2)), ("authorised", (1, 2)), ("not-possible", (1, 1))]
)
def test_a_code_of_the_schools_own_counts_as_the_school_has_said(school, other_school, category, rate):
    see(other_school)
    for where, counts in ((school, category), (other_school, "unauthorised")):
        Code.objects.create(school=where, set="attendance", code="J", category=counts, valid_from=MONDAY)
    pupil = PupilFactory(school=school)
    marks(pupil, ["/", "J"])
    assert rates_of(pupil, [(MONDAY, MONDAY)]) == [Rate(*rate)]
    asked = [Asked(pupil.pk, MONDAY, MONDAY)]
    assert outcomes_in(school, asked)[0].attendance == Rate(*rate)


def test_rates_cost_one_query_whoever_and_whenever(school, django_assert_num_queries):
    pupils = [PupilFactory(school=school) for _ in range(20)]
    windows = [(MONDAY + dt.timedelta(weeks=n), MONDAY + dt.timedelta(weeks=n, days=6)) for n in range(14)]
    for few, short in ((pupils[:1], windows[:1]), (pupils, windows)):
        with django_assert_num_queries(1):
            rates(few, short)
    with django_assert_num_queries(0):
        assert rates([], windows) == {}
        assert rates(pupils[:1], []) == {pupils[0].pk: []}


@given(st.sets(st.integers(0, 60)), st.integers(0, 500), st.integers(1, 8))
def test_windows_are_whole_school_weeks_that_do_not_overlap(weeks, day, number):
    mondays = sorted(MONDAY + dt.timedelta(weeks=week) for week in weeks)
    today = MONDAY + dt.timedelta(days=day)
    begun = [monday for monday in mondays if monday <= today]
    last = last_weeks(mondays, today, number)
    assert (last is None) == (not begun)
    if last is None:
        return
    assert last[1] == today
    assert sum(last[0] <= monday <= last[1] for monday in mondays) == min(number, len(begun))
    before = weeks_before(mondays, last[0], number)
    earlier = [monday for monday in mondays if monday < last[0]]
    assert (before is None) == (not earlier)
    if before:
        assert before[1] < last[0]
        assert sum(before[0] <= monday <= before[1] for monday in mondays) == min(number, len(earlier))


def test_every_kind_of_mark_is_asked_about():
    assert set(Counts) == set(CODES)
