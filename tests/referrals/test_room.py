"""Find room on its page: from what is stored to a start for each pupil in line, or what is in the way."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from iap.audit.models import Read
from iap.schools.calendar import Calendar, monday_of
from referrals.actions.waiting import keep_apart
from referrals.models import Decision, GoodLesson, Rules
from referrals.queue import queue_of
from referrals.rooms.line import line_of
from tests.factories import PlacementFactory, PupilFactory, ReferralFactory, StaffMemberFactory
from tests.timetables.week import LONG_AGO, all_mainstream, lesson_of, session_in
from timetables.actions.slots import PlaceIn
from timetables.actions.steps import publish_step
from timetables.find_room import Answer, Problem, solve
from timetables.models import IapSession, MainstreamClass
from timetables.supported import supported

from .test_capacity import staffed, waiting

TODAY = dt.date.today()
NEXT = monday_of(TODAY) + dt.timedelta(weeks=1)
ADDRESS = "referrals:room"


@pytest.fixture
def rules(school: Any) -> Any:
    """A new pupil begins with one session a week."""
    return Rules.objects.create(school=school, sessions_a_week=1)


@pytest.fixture
def one_seat(school: Any, rules: Any) -> Any:
    """A session of each week, with one seat, and two adults."""
    return staffed(school, session_in(school, "", places=1))


def placed(school: Any, lead: Any, session: Any, **fields: Any) -> Any:
    """A pupil who has been in the session for long, with a science lesson at its time."""
    placement = PlacementFactory(
        school=school, starts_on=LONG_AGO, pupil=PupilFactory(school=school, given_name="Kai", **fields)
    )
    places = [each for each in all_mainstream(school) if each.period != session.period]
    publish_step(
        placement, by=lead, kind="start", starts_on=LONG_AGO, today=LONG_AGO, why="A start",
        places=[*places, PlaceIn("", session.period, "session", session=session)],
    )  # fmt: skip
    lesson_of(school, placement.pupil, session.period, name="8R2", subject="Science")
    return placement


def found(client: Any, **asked: Any) -> Any:
    return client.get(reverse(ADDRESS), {"find": "1", **asked})


def test_an_empty_line_says_what_fills_it(client, lead, school):
    client.force_login(lead)
    assert "Nobody is waiting for a place" in client.get(reverse(ADDRESS)).content.decode()


def test_a_free_seat_is_a_start_next_week_with_a_way_to_offer_it(client, lead, school, one_seat):
    referral = waiting(school)
    client.force_login(lead)
    answer = found(client)
    (start,) = answer.context["starts"]
    assert (start.line.pupil, start.monday) == (referral.pupil, NEXT)
    assert start.sessions == (one_seat,)
    html = answer.content.decode()
    assert f"{referral.pupil.known_as} could start in the week of {NEXT.day} {NEXT:%B}" in html
    assert f"{reverse('referrals:detail', args=[referral.uuid])}?starts={start.first_day.isoformat()}" in html
    page = client.get(
        reverse("referrals:detail", args=[referral.uuid]), {"starts": start.first_day.isoformat()}
    )
    assert page.context["offer_form"]["starts_on"].value() == start.first_day


@pytest.mark.parametrize(("gap", "said"), [(3, "at most 3 school weeks"), (1, "at most 1 school week ")])
def test_a_search_that_ended_early_says_by_how_much_starts_might_be_sooner(
    client, lead, school, one_seat, monkeypatch, gap, said
):
    waiting(school)
    client.force_login(lead)
    assert "The search ended" not in found(client).content.decode()

    def cut_short(problem: Problem, *, limit: float) -> Answer:
        return replace(solve(problem), gap=gap, optimal=False)

    monkeypatch.setattr("referrals.views.room.solve", cut_short)
    assert f"by {said}" in found(client).content.decode()


def test_who_is_higher_in_the_queue_has_the_seat_and_the_other_is_told_why_not(
    client, lead, school, one_seat
):
    first, second = waiting(school), waiting(school)
    first.override, first.override_reason, first.override_by = 90, "Agreed", lead
    first.save()
    client.force_login(lead)
    answer = found(client)
    assert [start.line.referral for start in answer.context["starts"]] == [first]
    ((line, reason),) = answer.context["reasons"]
    assert line.referral == second
    assert "are full" in reason.sentence or "is full" in reason.sentence


def test_a_seat_is_freed_only_by_a_step_forward_that_is_supported_and_ticked(client, lead, school, one_seat):
    placement = placed(school, lead, one_seat)
    referral = waiting(school)
    client.force_login(lead)
    page = found(client)
    assert page.context["starts"] == []
    ((forward, ticked),) = page.context["forwards"]
    assert (forward.placement, forward.sessions, ticked) == (placement, (one_seat,), False)
    answer = found(client, count=forward.key)
    (start,) = answer.context["starts"]
    assert (start.line.referral, start.forwards) == (referral, (forward,))
    html = answer.content.decode()
    assert "This counts on the step forward of Kai to Science on Monday P1" in html
    link = f"{reverse('timetables:new_step', args=[placement.pupil.uuid])}?add=8R2%7C1%7C1"
    assert link in html
    form = client.get(link).context["form"]
    assert {form[f"slot-{week}-{one_seat.period_id}"].value() for week in "AB"} == {"mainstream"}
    assert "nobody-s-lesson" not in html
    assert found(client, count="nobody-s-lesson").context["starts"] == []


def test_nobody_is_counted_on_before_their_pace_allows_it(client, lead, school, one_seat):
    placement = placed(school, lead, one_seat)
    assert len(supported(school, TODAY)[0]) == 1
    placement.steps.update(starts_on=TODAY)
    forwards, not_now = supported(school, TODAY)
    assert forwards == []
    assert "The week last changed this week" in not_now[0].why
    waiting(school)
    client.force_login(lead)
    assert "The week last changed this week" in found(client).content.decode()


def test_a_session_is_free_only_where_every_lesson_of_it_is_returned(lead, school, rules):
    """One lesson in week A of a session of both weeks leaves the seat taken."""
    session = staffed(school, session_in(school, "", places=1))
    placement = placed(school, lead, session)
    science = MainstreamClass.objects.get(name="8R2").lessons.get()
    science.week = "A"
    science.save()
    assert supported(school, TODAY)[0] == []
    lesson_of(school, placement.pupil, session.period, week="B", name="8R2", subject="Science")
    assert [each.sessions for each in supported(school, TODAY)[0]] == [(session,)]


def test_those_kept_apart_do_not_meet_and_it_is_said_without_a_name(client, lead, school, rules):
    session = staffed(school, session_in(school, "", places=5))
    here = placed(school, lead, session)
    referral = waiting(school)
    keep_apart(here.pupil, referral.pupil, by=lead, reason="A fight in the spring")
    client.force_login(lead)
    answer = found(client)
    ((_, reason),) = answer.context["reasons"]
    assert "somebody they are kept apart from" in reason.sentence
    assert here.pupil.family_name not in reason.sentence


def test_a_lesson_that_goes_well_is_not_given_up_for_a_session(client, lead, school, rules):
    one, two = (staffed(school, session_in(school, "", number=number)) for number in range(2))
    referral = waiting(school)
    lesson_of(school, referral.pupil, one.period, name="8x/Ar", subject="Art")
    art = MainstreamClass.objects.get(name="8x/Ar")
    GoodLesson.objects.create(school=school, referral=referral, mainstream_class=art)
    client.force_login(lead)
    (start,) = found(client).context["starts"]
    assert start.sessions == (two,)


def test_a_promised_place_comes_before_those_who_wait(client, lead, school, one_seat):
    """Somebody whose place is agreed and whose week is not planned yet takes the seat."""
    promised = PlacementFactory(school=school, starts_on=NEXT)
    referral = waiting(school)
    client.force_login(lead)
    answer = found(client)
    assert [start.line.pupil for start in answer.context["starts"]] == [promised.pupil]
    assert [line.referral for line, _ in answer.context["reasons"]] == [referral]
    assert "Has a place, and no week planned yet" in answer.content.decode()


def test_nobody_starts_before_the_day_that_was_hoped_for(client, lead, school, one_seat):
    later = NEXT + dt.timedelta(weeks=4)
    referral = waiting(school)
    Decision.objects.create(
        school=school, referral=referral, outcome="waiting", rationale="Yes", starts_on=later, priority=50,
        by=lead, at=referral.decided_at,
    )  # fmt: skip
    client.force_login(lead)
    (start,) = found(client).context["starts"]
    assert (start.monday, start.first_day) == (later, later)


def test_a_session_that_ends_soon_is_no_start(client, lead, school, one_seat):
    one_seat.valid_to = NEXT + dt.timedelta(weeks=3)
    one_seat.save()
    waiting(school)
    client.force_login(lead)
    assert found(client).context["starts"] == []


def test_opening_it_is_kept_as_a_read_of_those_in_line(client, lead, school, one_seat):
    referral = waiting(school)
    client.force_login(lead)
    client.get(reverse(ADDRESS))
    assert Read.objects.get(page="find-room").pupil_ids == [referral.pupil_id]


def test_the_order_of_the_line_is_that_of_the_queue(school, lead):
    for number in range(4):
        waiting(school, override=20 * number, override_reason="Agreed", override_by=lead)
    queue = queue_of(school, TODAY)
    in_queue = [row.referral.pk for row in queue.rows]
    assert [each.referral.pk for each in line_of(school, queue, TODAY)] == in_queue


def test_finding_room_costs_the_same_however_many_wait_and_have_places(client, lead, school, rules):
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            found(client)
        return len(asked)

    client.force_login(lead)
    session = staffed(school, session_in(school, "", places=20))
    placed(school, lead, session)
    ReferralFactory(school=school, state="offered")
    waiting(school)
    client.get(reverse(ADDRESS))
    few = cost()
    for number in range(1, 6):
        other = staffed(school, session_in(school, "", number=number, places=20))
        placed(school, lead, other)
        waiting(school)
        StaffMemberFactory(school=school)
    assert cost() == few
    assert IapSession.objects.count() == 6


def test_weeks_without_a_school_day_are_not_looked_at(client, lead, school, one_seat):
    waiting(school)
    client.force_login(lead)
    weeks = found(client).context["weeks"]
    assert len(weeks) == 12
    assert all(Calendar.of(school, week.monday, week.monday).open_days() for week in weeks)
