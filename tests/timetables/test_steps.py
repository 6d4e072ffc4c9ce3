"""Publishing a step: the past stays, the week is whole, nobody sits where there is no place."""

import datetime as dt
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from iap.audit.models import Event
from iap.errors import Conflict, Refused
from iap.schools.calendar import Calendar
from iap.schools.models import Closure, Period
from iap.tenancy import context
from pupils.models import ReducedHours
from tests.factories import open_weeks
from timetables.actions import steps as actions
from timetables.actions.slots import PlaceIn, SlotsRefused
from timetables.actions.steps import publish_step, version_of
from timetables.journeys import journey_of
from timetables.models import HybridStep, Place, StepKind

from .race import committed, meet, together
from .week import TODAY, all_mainstream, placement_at, session_in, with_sessions

DAY = dt.timedelta(days=1)
WEEK = dt.timedelta(weeks=1)


def start(placement: Any, by: Any, **changes: Any) -> HybridStep:
    given = {"kind": StepKind.START, "starts_on": placement.starts_on, "why": "A first week."}
    given["places"] = all_mainstream(placement.school)
    return publish_step(placement, by=by, **{**given, **changes})


def forward(placement: Any, by: Any, starts_on: dt.date, **changes: Any) -> HybridStep:
    return start(
        placement, by, **{"kind": StepKind.FORWARD, "starts_on": starts_on, "why": "Art goes well."} | changes
    )


def test_a_first_step_covers_the_cycle_and_is_recorded(lead, school):
    placement = placement_at(school)
    step = start(placement, lead)
    assert step.places.count() == 50
    assert Event.objects.get(verb="step.published").pupil_id == placement.pupil_id


def test_a_new_step_ends_the_one_before_on_its_first_day(lead, school):
    placement = placement_at(school)
    first = start(placement, lead)
    second = forward(placement, lead, TODAY + WEEK)
    first.refresh_from_db()
    assert (first.ends_on, second.ends_on) == (TODAY + WEEK, None)


@pytest.mark.parametrize("kind", [StepKind.FORWARD, StepKind.HOLD, StepKind.BACK, StepKind.CORRECTION])
def test_the_first_step_is_a_start(lead, school, kind):
    with pytest.raises(Refused, match="first step"):
        start(placement_at(school), lead, kind=kind)


def test_a_place_starts_once(lead, school):
    placement = placement_at(school)
    start(placement, lead)
    with pytest.raises(Refused, match="started already"):
        start(placement, lead, starts_on=TODAY + WEEK)


def test_a_step_never_rewrites_the_past(lead, school):
    placement = placement_at(school, starts_on=TODAY - 4 * WEEK)
    start(placement, lead)
    with pytest.raises(Refused, match="never rewrites the past"):
        forward(placement, lead, TODAY - DAY)
    assert placement.steps.count() == 1


def test_a_start_may_be_told_afterwards_where_the_place_itself_began_then(lead, school):
    placement = placement_at(school, starts_on=TODAY - 4 * WEEK)
    with pytest.raises(Refused, match="never rewrites the past"):
        start(placement, lead, starts_on=TODAY - 3 * WEEK)
    assert start(placement, lead).starts_on == TODAY - 4 * WEEK


def test_history_is_told_as_decided_then(lead, school):
    placement = placement_at(school, starts_on=TODAY - 6 * WEEK)
    start(placement, lead, today=TODAY - 6 * WEEK)
    forward(placement, lead, TODAY - 4 * WEEK, today=TODAY - 4 * WEEK - DAY)
    forward(placement, lead, TODAY - 2 * WEEK, kind=StepKind.BACK, today=TODAY - 2 * WEEK - DAY)
    assert [step.kind for step in placement.steps.by_date()] == ["start", "forward", "back"]


def test_a_step_lies_within_the_place(lead, school):
    placement = placement_at(school, ends_on=TODAY + WEEK, destination="full-return")
    with pytest.raises(Refused, match="begins on"):
        start(placement, lead, starts_on=TODAY - DAY)
    with pytest.raises(Refused, match="ends on"):
        start(placement, lead, starts_on=TODAY + WEEK)


def test_a_step_that_has_not_begun_is_replaced_from_its_day(lead, school):
    placement = placement_at(school)
    start(placement, lead)
    planned = forward(placement, lead, TODAY + WEEK)
    session = session_in(school)
    again = forward(
        placement,
        lead,
        TODAY + WEEK,
        kind=StepKind.HOLD,
        why="Not yet.",
        places=with_sessions(school, session),
    )
    assert again.pk == planned.pk
    assert (again.kind, again.why, placement.steps.count()) == ("hold", "Not yet.", 2)
    assert again.places.filter(session=session).count() == 1
    assert again.places.count() == 50


def test_nothing_slips_in_before_a_step_that_is_published(lead, school):
    placement = placement_at(school)
    start(placement, lead)
    forward(placement, lead, TODAY + 2 * WEEK)
    with pytest.raises(Refused, match="already published"):
        forward(placement, lead, TODAY + WEEK)


def test_a_step_in_force_is_put_right_by_a_correction_and_keeps_its_kind(lead, school):
    placement = placement_at(school)
    step = start(placement, lead)
    with pytest.raises(Refused, match="already holds"):
        start(placement, lead)
    right = start(placement, lead, kind=StepKind.CORRECTION, why="Monday 1 was wrong.")
    assert (right.pk, right.kind, right.why) == (step.pk, "start", "Monday 1 was wrong.")


def test_only_the_lead_corrects_days_that_are_past(lead, iap_staff, school):
    placement = placement_at(school, starts_on=TODAY - 2 * WEEK)
    start(placement, lead)
    with pytest.raises(Refused, match="Only the lead"):
        forward(placement, iap_staff, TODAY - WEEK, kind=StepKind.CORRECTION)
    assert forward(placement, lead, TODAY - WEEK, kind=StepKind.CORRECTION).kind == "correction"


def test_a_step_says_what_changed_and_why(lead, school):
    with pytest.raises(Refused, match="Say what changed"):
        start(placement_at(school), lead, why="  ")


def test_a_slot_without_a_place_is_named(lead, school):
    places = all_mainstream(school)
    left_out = places.pop()
    with pytest.raises(SlotsRefused) as refused:
        start(placement_at(school), lead, places=places)
    assert list(refused.value.slots) == [left_out.key]
    assert "Week B, Friday 5: choose where the pupil is." in str(refused.value)


def test_registration_break_and_lunch_may_be_left_out_or_given(lead, school):
    lunch = Period.objects.filter(school=school, kind="lunch").first()
    places = [*all_mainstream(school), PlaceIn("A", lunch, Place.SOCIAL)]
    assert start(placement_at(school), lead, places=places).places.count() == 51


def test_a_slot_has_one_place(lead, school):
    places = all_mainstream(school)
    with pytest.raises(SlotsRefused, match="has two places"):
        start(placement_at(school), lead, places=[*places, places[0]])


def test_a_slot_of_another_school_is_refused(lead, school, other_school):
    from tests.factories import bell

    foreign = bell(other_school)[1]
    with pytest.raises(SlotsRefused, match="not in this school"):
        start(
            placement_at(school),
            lead,
            places=[*all_mainstream(school), PlaceIn("A", foreign, Place.MAINSTREAM)],
        )


def changed(school: Any, **fields: Any) -> list[PlaceIn]:
    """A cycle in mainstream but for its first slot."""
    places = all_mainstream(school)
    return [replace(places[0], **fields), *places[1:]]


def test_a_session_is_named_in_its_own_slot_week_and_dates(lead, school):
    elsewhere = session_in(school, number=3)
    other_week = session_in(school, week="B")
    later = session_in(school, valid_from=TODAY + WEEK)
    over = session_in(school, valid_to=TODAY)
    placement = placement_at(school)
    for session, words in [
        (None, "choose the session"),
        (elsewhere, "at another time"),
        (other_week, "in week B"),
        (later, "begins on"),
        (over, "ended on"),
    ]:
        with pytest.raises(SlotsRefused, match=words):
            start(placement, lead, places=changed(school, place=Place.SESSION, session=session))


def test_off_site_education_names_its_provider(lead, school):
    with pytest.raises(SlotsRefused, match="provider"):
        start(placement_at(school), lead, places=changed(school, place=Place.OFFSITE))
    placement = placement_at(school)
    step = start(placement, lead, places=changed(school, place=Place.OFFSITE, provider=" Rivers College "))
    assert step.places.get(place=Place.OFFSITE).provider == "Rivers College"


def test_reduced_hours_need_an_agreement_that_holds_that_day(lead, school):
    placement = placement_at(school)
    at_home = changed(school, place=Place.REDUCED)
    with pytest.raises(SlotsRefused, match="agreement"):
        start(placement, lead, places=at_home)
    agreed = ReducedHours(
        school=school, placement=placement, agreed_by="Alex", agreed_on=TODAY, reason="medical",
        starts_on=TODAY + DAY, ends_on=TODAY + 6 * WEEK, review_on=TODAY + 2 * WEEK,
    )  # fmt: skip
    agreed.save()
    with pytest.raises(SlotsRefused, match="agreement"):
        start(placement, lead, places=at_home)
    agreed.starts_on = TODAY
    agreed.save()
    assert start(placement, lead, places=at_home).places.filter(place=Place.REDUCED).count() == 1


def test_reduced_hours_need_an_agreement_that_still_holds_when_their_lesson_first_comes(lead, school):
    """A step from Monday with a Friday at home, and an agreement that ends on Thursday."""
    monday = TODAY + dt.timedelta(days=7 - TODAY.weekday())
    placement = placement_at(school, starts_on=monday)
    friday = Period.objects.filter(school=school, kind="lesson", weekday=5).in_order()[0]
    week = school.weeks[0]
    places = [
        PlaceIn(each.week, each.period, Place.REDUCED) if (each.week, each.period) == (week, friday) else each
        for each in all_mainstream(school)
    ]
    label = Calendar.of(school, monday, monday).week_label(monday)
    comes = monday + 4 * DAY + (WEEK if label != week else 0 * DAY)
    agreed = ReducedHours.objects.create(
        school=school, placement=placement, agreed_by="Alex", agreed_on=TODAY, reason="medical",
        starts_on=monday, ends_on=comes - DAY, review_on=monday + DAY,
    )  # fmt: skip
    with pytest.raises(SlotsRefused, match="and this lesson first comes on") as refused:
        start(placement, lead, starts_on=monday, places=places)
    assert list(refused.value.slots) == [(week, friday.pk)]
    agreed.ends_on = comes
    agreed.save()
    assert start(placement, lead, starts_on=monday, places=places).places.filter(place=Place.REDUCED).exists()


def test_a_step_begins_on_a_school_day_and_one_that_is_closed_names_the_next(lead, school):
    placement = placement_at(school)
    start(placement, lead)
    monday = TODAY + dt.timedelta(days=14 - TODAY.weekday())
    Closure.objects.create(school=school, day=monday, reason="Staff training")
    with pytest.raises(
        Refused, match=r"closed on .* \(Staff training\). Choose a school day, such as Tuesday"
    ):
        forward(placement, lead, monday)
    with pytest.raises(Refused, match="The school is closed on Saturday"):
        forward(placement, lead, monday - 2 * DAY)
    with pytest.raises(Refused, match=r"no school day on .* or soon after it"):
        forward(placement, lead, TODAY + 60 * WEEK)
    assert forward(placement, lead, monday + DAY).starts_on == monday + DAY


def test_a_step_that_was_published_before_its_day_was_closed_can_still_be_put_right(lead, school):
    placement = placement_at(school)
    start(placement, lead)
    monday = TODAY + dt.timedelta(days=14 - TODAY.weekday())
    forward(placement, lead, monday)
    Closure.objects.create(school=school, day=monday, reason="Snow")
    assert forward(placement, lead, monday, why="The same, a day later in effect").starts_on == monday


def fill(session: Any, lead: Any, number: int) -> None:
    for _ in range(number):
        start(placement_at(session.school), lead, places=with_sessions(session.school, session))


def test_a_full_session_is_refused_unless_said_and_why(lead, school):
    session = session_in(school, places=2)
    fill(session, lead, 2)
    placement = placement_at(school)
    with pytest.raises(SlotsRefused, match="2 places, and 2 are taken") as refused:
        start(placement, lead, places=with_sessions(school, session))
    assert list(refused.value.slots) == [("A", session.period_id)]
    start(placement, lead, places=with_sessions(school, session), over_places=True)
    said = Event.objects.get(verb="step.published", pupil_id=placement.pupil_id)
    assert said.details["over_places"] is True


def test_a_place_given_up_later_is_free_from_that_day(lead, school):
    session = session_in(school, places=1)
    leaving = placement_at(school)
    start(leaving, lead, places=with_sessions(school, session))
    forward(leaving, lead, TODAY + WEEK)
    coming = placement_at(school)
    with pytest.raises(SlotsRefused, match="1 are taken"):
        start(coming, lead, places=with_sessions(school, session))
    start(coming, lead, starts_on=TODAY + WEEK, places=with_sessions(school, session))


def test_a_place_promised_for_later_is_taken(lead, school):
    session = session_in(school, places=1)
    start(placement_at(school, starts_on=TODAY + 2 * WEEK), lead, places=with_sessions(school, session))
    with pytest.raises(SlotsRefused):
        start(placement_at(school), lead, places=with_sessions(school, session))


def test_a_pupil_does_not_take_their_own_place_twice(lead, school):
    session = session_in(school, places=1)
    placement = placement_at(school)
    start(placement, lead, places=with_sessions(school, session))
    forward(placement, lead, TODAY + WEEK, kind=StepKind.HOLD, places=with_sessions(school, session))


def test_a_step_published_meanwhile_is_not_overwritten(lead, school):
    placement = placement_at(school)
    start(placement, lead)
    seen = version_of(placement)
    forward(placement, lead, TODAY + WEEK, seen=seen)
    with pytest.raises(Conflict, match="since you opened"):
        forward(placement, lead, TODAY + WEEK, kind=StepKind.BACK, seen=seen)
    assert placement.steps.by_date().last().kind == "forward"


@pytest.mark.django_db(transaction=True)
def test_two_steps_published_at_once_leave_one_in_force(monkeypatch):
    school, lead = committed()
    with context.within(school.pk):
        placement = placement_at(school)
    meet(monkeypatch, actions, "check")
    answers = together(school, *[lambda: start(placement, lead)] * 2)
    assert [type(answer) for answer in answers].count(HybridStep) == 1
    assert any(isinstance(answer, Refused) and "already holds" in str(answer) for answer in answers)


@pytest.mark.django_db(transaction=True)
def test_two_pupils_do_not_take_the_last_place_at_once(monkeypatch):
    school, lead = committed()
    with context.within(school.pk):
        session, placements = session_in(school, places=1), [placement_at(school) for _ in range(2)]
    meet(monkeypatch, actions, "full_sessions")
    answers = together(
        school, *[lambda p=p: start(p, lead, places=with_sessions(school, session)) for p in placements]
    )
    assert [type(answer) for answer in answers].count(HybridStep) == 1
    assert any(isinstance(answer, SlotsRefused) for answer in answers)


@pytest.mark.django_db(transaction=True)
def test_two_tablets_with_different_days_leave_one_step_after_the_other(monkeypatch):
    school, lead = committed()
    with context.within(school.pk):
        open_weeks(school, TODAY - WEEK, TODAY + 6 * WEEK)
        placement = placement_at(school)
        start(placement, lead)
    meet(monkeypatch, actions, "check")
    days = (TODAY + WEEK, TODAY + 2 * WEEK)
    answers = together(school, *[lambda day=day: forward(placement, lead, day) for day in days])
    assert HybridStep in map(type, answers)
    assert all(isinstance(answer, HybridStep | Refused) for answer in answers)
    with context.within(school.pk):
        steps = list(placement.steps.by_date())
    assert len(steps) == 1 + sum(isinstance(answer, HybridStep) for answer in answers)
    assert all(one.ends_on == two.starts_on for one, two in pairwise(steps))
    assert steps[-1].ends_on is None


def test_the_database_itself_refuses_two_steps_at_a_time(lead, school):
    placement = placement_at(school)
    start(placement, lead)
    with pytest.raises(IntegrityError, match="a_pupil_has_one_step_at_a_time"), transaction.atomic():
        HybridStep.objects.create(
            school=school, placement=placement, pupil=placement.pupil, kind="forward",
            starts_on=TODAY + WEEK, why="Written past the action.", by=lead,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("monday", "midnight"),
    [
        (dt.date(2027, 3, 29), dt.datetime(2027, 3, 28, 23, 0, tzinfo=dt.UTC)),  # summer time began on Sunday
        (dt.date(2026, 10, 26), dt.datetime(2026, 10, 26, 0, 0, tzinfo=dt.UTC)),  # and ended
    ],
)
def test_a_step_begins_at_the_schools_midnight_when_the_clocks_have_changed(lead, school, monday, midnight):
    first = monday - WEEK
    placement = placement_at(school, starts_on=first)
    start(placement, lead, today=first)
    step = forward(placement, lead, monday, today=first)
    held = []
    for moment in (midnight - dt.timedelta(minutes=1), midnight):
        with time_machine.travel(moment, tick=False):
            held.append(journey_of(placement).now(timezone.localdate()))
    assert held[0] != step and held[1] == step
