"""Hours in a week agree with counting by hand, and are told in words."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iap.schools.models import Period
from pupils.models import ReducedHours
from tests.factories import StaffMemberFactory
from timetables.agreements import agreed_until
from timetables.hours_panel import in_words
from timetables.measures.hours import Hours, guideline, hours_of, whole_week
from timetables.models import HybridStep, Place, StepPlace

from .test_panels import drawn
from .test_share import step
from .week import TODAY, lesson_of, placement_at

WEEK = dt.timedelta(weeks=1)


def minutes(period):
    return (period.ends.hour - period.starts.hour) * 60 + period.ends.minute - period.starts.minute


def by_hand(placement, week):
    """A second, slow implementation from the definition: nothing is shared with the first."""
    held = [
        s
        for s in HybridStep.objects.filter(placement=placement)
        if s.starts_on <= TODAY and (s.ends_on is None or s.ends_on > TODAY)
    ]
    if not held:
        return None
    rows = list(StepPlace.objects.filter(step=held[0]))

    def place(period):
        special = [r.place for r in rows if r.period_id == period.pk and r.week == week]
        usual = [r.place for r in rows if r.period_id == period.pk and r.week == ""]
        return (special or usual or [None])[0]

    sums = dict.fromkeys(("lessons", "offsite", "social", "reduced", "unplaced", "whole", "bell"), 0)
    for weekday in range(1, 6):
        day = list(Period.objects.filter(school=placement.school, weekday=weekday).order_by("starts"))
        # None where it follows its neighbours, otherwise whether the pupil is in education or in school
        told = [
            (place(p) is not None and place(p) != "reduced")
            if p.kind == "lesson" or place(p) is not None
            else None
            for p in day
        ]
        for n, period in enumerate(day):
            length = minutes(period)
            sums["bell"] += length
            here = told[n]
            if here is None:
                earlier, later = (
                    [t for t in told[:n] if t is not None],
                    [t for t in told[n:] if t is not None],
                )
                here = (not earlier or earlier[-1]) and (not later or later[0])
            if here:
                sums["whole"] += length
            if period.kind != "lesson":
                continue
            if place(period) in ("mainstream", "supported", "session", "offsite"):
                sums["lessons"] += length
            if place(period) in ("offsite", "social", "reduced"):
                sums[place(period)] += length
            if place(period) is None:
                sums["unplaced"] += length
    return Hours(week=week, **sums)


@given(data=st.data())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_hours_agree_with_counting_by_hand(school, data):
    periods = list(Period.objects.filter(school=school))
    placement = placement_at(school, starts_on=TODAY - 6 * WEEK)
    drawn_places = st.lists(
        st.tuples(st.sampled_from(["", "A", "B"]), st.sampled_from(periods), st.sampled_from(Place.values)),
        unique_by=lambda each: (each[0], each[1].pk),
        max_size=60,
    )
    step(
        placement, data.draw(drawn_places), starts_on=data.draw(st.sampled_from([TODAY - WEEK, TODAY + WEEK]))
    )
    found = hours_of(school, [placement.pupil_id], TODAY)
    if placement.pupil_id not in found:
        assert by_hand(placement, "A") is None
    else:
        assert found[placement.pupil_id] == [by_hand(placement, "A"), by_hand(placement, "B")]


def everywhere(school, place, **other):
    """Every lesson of the cycle in one place, but for these weekdays and names."""
    lessons = Period.objects.filter(school=school, kind="lesson")
    return [("", p, other.get(f"d{p.weekday}_{p.name}", place)) for p in lessons]


def test_off_site_education_is_education_in_full_and_reduced_hours_are_missing(school):
    one, other = placement_at(school), placement_at(school)
    step(one, everywhere(school, "offsite"))
    step(other, everywhere(school, "mainstream", d1_4="reduced", d1_5="reduced"))
    found = hours_of(school, [one.pupil_id, other.pupil_id], TODAY)
    away, less = found[one.pupil_id][0], found[other.pupil_id][0]
    assert (away.lessons, away.offsite, away.reduced) == (25 * 60, 25 * 60, 0)
    assert away.whole == away.bell
    assert (less.lessons, less.reduced) == (23 * 60, 120)


def test_lunch_before_going_home_is_no_school_time_and_between_lessons_it_is(school):
    placement = placement_at(school)
    step(placement, everywhere(school, "mainstream", d1_4="reduced", d1_5="reduced", d2_1="reduced"))
    week = hours_of(school, [placement.pupil_id], TODAY)[placement.pupil_id][0]
    gone = 120 + 45 + (60 + 20)  # Monday's afternoon and lunch; Tuesday's first lesson and registration
    assert week.bell - week.whole == gone


@pytest.mark.parametrize(
    ("year", "hours"),
    [
        ("R", None),
        ("1", 21),
        ("2", 21),
        ("3", 23.5),
        ("6", 23.5),
        ("7", 24),
        ("9", 24),
        ("10", 24),
        ("11", 25),
        ("12", None),
        ("", None),
    ],
)
def test_each_year_has_the_guideline_of_its_key_stage(school, year, hours):
    assert guideline(school.provision, year) == (hours and hours * 60)
    assert whole_week(school.provision) == 1950


def test_the_hours_cost_the_same_however_many_pupils(school, django_assert_num_queries):
    placements = [placement_at(school) for _ in range(5)]
    for placement in placements:
        step(placement, everywhere(school, "mainstream"))
    for wanted in (placements[:1], placements):
        with django_assert_num_queries(3):
            assert len(hours_of(school, [each.pupil_id for each in wanted], TODAY)) == len(wanted)


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0 hours"), (40, "40 minutes"), (61, "1 hour 1 minute"), (1500, "25 hours")],
)
def test_minutes_in_words(number, words):
    assert in_words(number) == words


def agreement(placement, first, last):
    return ReducedHours.objects.create(
        school=placement.school, placement=placement, agreed_by="Ms Mensah", agreed_on=TODAY,
        reason="medical", starts_on=first, ends_on=last, review_on=last,
    )  # fmt: skip


def test_the_page_says_the_hours_in_words_and_what_to_compare_with(school):
    placement = placement_at(school)
    step(placement, everywhere(school, "mainstream", d1_5="reduced"))
    shown = drawn(placement.pupil)["hours"]
    assert "24 hours" in shown
    assert "31 hours 5 minutes of the school’s 32 hours 5 minutes" in shown
    assert "Expected whole school week" in shown
    assert "Guideline for lesson time in Year 8" in shown
    assert "No agreement holds today" in shown


def test_a_whole_week_is_said_to_be_all_of_it(school):
    placement = placement_at(school)
    step(placement, everywhere(school, "mainstream"))
    assert "All 32 hours 5 minutes" in drawn(placement.pupil)["hours"]


def test_the_page_says_how_much_of_this_week_is_with_a_qualified_teacher(school):
    """Of 25 lessons one is a qualified teacher's and one is not; of the others nobody is known."""
    placement = placement_at(school, starts_on=TODAY - WEEK)
    step(placement, everywhere(school, "mainstream"), starts_on=TODAY - WEEK)
    one, other = Period.objects.filter(school=school, kind="lesson", weekday=1)[:2]
    lesson_of(school, placement.pupil, one, teacher=StaffMemberFactory(school=school))
    lesson_of(school, placement.pupil, other, teacher=StaffMemberFactory(school=school, qualified=False))
    shown = drawn(placement.pupil)["hours"]
    assert "With a qualified teacher this week" in shown
    assert "1 hour of 25 hours of lessons." in shown
    assert "For 23 hours the teacher is not known" in shown


def test_the_page_says_that_an_agreement_ends_before_the_step(school):
    placement = placement_at(school)
    agreement(placement, TODAY - WEEK, TODAY + WEEK)
    made = step(placement, everywhere(school, "mainstream", d1_5="reduced"))
    assert "before this step does, which runs with no end yet" in drawn(placement.pupil)["hours"]
    made.ends_on = TODAY + 2 * WEEK
    made.save()
    assert "before this step does, which runs until" in drawn(placement.pupil)["hours"]
    made.ends_on = TODAY + WEEK + dt.timedelta(days=1)  # its last day is that of the agreement
    made.save()
    assert "before this step" not in drawn(placement.pupil)["hours"]


def test_agreements_that_follow_on_are_one(school):
    placement = placement_at(school)
    agreement(placement, TODAY - WEEK, TODAY + WEEK)
    agreement(placement, TODAY + WEEK + dt.timedelta(days=1), TODAY + 2 * WEEK)
    agreement(placement, TODAY + 3 * WEEK, TODAY + 4 * WEEK)
    assert agreed_until(placement, TODAY) == TODAY + 2 * WEEK
    assert agreed_until(placement, TODAY - 2 * WEEK) is None


def test_without_a_week_there_are_no_hours_to_show(school):
    assert "hours" not in drawn(placement_at(school).pupil)
