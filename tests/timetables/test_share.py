"""The share of the week in mainstream agrees with counting by hand."""

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iap.schools.calendar import Calendar
from iap.schools.models import Closure, Period
from tests.factories import HybridStepFactory
from timetables.measures.share import Share, mainstream_share, share_by_week
from timetables.models import HybridStep, IapSession, Place, StepPlace

from .week import LONG_AGO, TODAY, placement_at

WEEK = dt.timedelta(weeks=1)


def by_hand(placement, day):
    """A second, slow implementation from the definition: nothing is shared with the first."""
    if not (placement.starts_on <= day and (placement.ends_on is None or day < placement.ends_on)):
        return None
    steps = [s for s in HybridStep.objects.filter(placement=placement) if s.starts_on <= day]
    steps = [s for s in steps if s.ends_on is None or s.ends_on > day]
    if not steps:
        return None
    inside = whole = 0
    for week in placement.school.weeks:
        for row in StepPlace.objects.filter(step=steps[0]):
            if row.week not in ("", week) or row.period.kind != "lesson":
                continue
            starts, ends = row.period.starts, row.period.ends
            minutes = (ends.hour - starts.hour) * 60 + ends.minute - starts.minute
            whole += minutes
            if row.place in ("mainstream", "supported"):
                inside += minutes
    return Fraction(inside, whole) if whole else None


def step(placement, places, **fields):
    made = HybridStepFactory(school=placement.school, placement=placement, **fields)
    sessions = {}
    for week, period, place in places:
        if place == Place.SESSION:
            sessions[week, period.pk] = IapSession.objects.create(
                school=placement.school,
                title="Maths",
                strand="curriculum",
                week=week,
                period=period,
                valid_from=LONG_AGO,
            )
    StepPlace.objects.bulk_create(
        StepPlace(
            school=placement.school, step=made, week=week, period=period, place=place,
            session=sessions.get((week, period.pk)), provider="College" if place == Place.OFFSITE else "",
        )
        for week, period, place in places
    )  # fmt: skip
    return made


def fraction(share):
    return Fraction(share.mainstream, share.lessons) if share and share.lessons else None


@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_share_agrees_with_counting_by_hand(school, data):
    periods = list(Period.objects.filter(school=school))
    placement = placement_at(school, starts_on=TODAY - 6 * WEEK)
    if data.draw(st.booleans()):
        placement.ends_on, placement.destination = TODAY + WEEK, "moved"
        placement.save()
    drawn = st.lists(
        st.tuples(st.sampled_from(["", "A", "B"]), st.sampled_from(periods), st.sampled_from(Place.values)),
        unique_by=lambda each: (each[0], each[1].pk),
        max_size=12,
    )
    change = TODAY - data.draw(st.integers(-14, 30)) * dt.timedelta(days=1)
    step(placement, data.draw(drawn), starts_on=placement.starts_on, ends_on=change)
    step(placement, data.draw(drawn), starts_on=change, kind="forward")
    for days in data.draw(st.lists(st.integers(-50, 30), min_size=1, max_size=4)):
        day = TODAY + dt.timedelta(days=days)
        found = mainstream_share(school, [placement.pupil_id], day).get(placement.pupil_id)
        assert fraction(found) == by_hand(placement, day)


def test_breaks_do_not_count_and_off_site_counts_only_below_the_line(school):
    lesson = Period.objects.filter(school=school, kind="lesson").in_order()
    lunch = Period.objects.filter(school=school, kind="lunch").first()
    placement = placement_at(school)
    step(
        placement,
        [
            ("A", lesson[0], "mainstream"),
            ("A", lesson[1], "supported"),
            ("A", lesson[2], "offsite"),
            ("A", lesson[3], "session"),
            ("A", lunch, "mainstream"),
        ],
    )
    assert mainstream_share(school, [placement.pupil_id], TODAY)[placement.pupil_id] == Share(120, 240)


@pytest.mark.parametrize(
    "minutes,whole,percent", [(0, 0, None), (1, 200, 1), (1999, 2000, 99), (60, 60, 100), (0, 60, 0)]
)
def test_a_share_is_rounded_and_only_all_is_100(minutes, whole, percent):
    assert Share(minutes, whole).percent == percent


def test_a_weeks_share_is_that_of_its_last_school_day(school):
    period = Period.objects.filter(school=school, kind="lesson").first()
    monday = TODAY - dt.timedelta(days=TODAY.weekday()) - 3 * WEEK
    friday = monday + dt.timedelta(days=4)
    placement = placement_at(school, starts_on=monday)
    step(placement, [("A", period, "session")], starts_on=monday, ends_on=friday)
    step(placement, [("A", period, "mainstream")], starts_on=friday, kind="forward")

    def weeks():
        found = share_by_week(school, [placement.pupil_id], Calendar.of(school, monday - WEEK, monday))
        return [(day, share and share.percent) for day, share in found[placement.pupil_id]]

    assert weeks() == [(monday - WEEK, None), (monday, 100)]
    Closure.objects.create(school=school, day=friday)
    assert weeks() == [(monday - WEEK, None), (monday, 0)]
