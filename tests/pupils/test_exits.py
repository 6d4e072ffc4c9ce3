"""Ending a place: handed over to somebody, asked about after 2, 6 and 12 school weeks, and evaluated by the pupil."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iap.errors import Refused
from iap.inbox.models import Message
from iap.schools.calendar import Calendar
from iap.schools.models import Closure, CycleWeek
from pupils.actions.exits import answer_follow_up, chase_follow_ups, keep_evaluation, plan_follow_ups
from pupils.actions.placements import correct_end, end_placement
from pupils.follow_ups import follow_ups_due, school_weeks_after
from pupils.models import AttendanceMark, FollowUpCheck, PlacementExit
from tests.factories import HybridStepFactory, PlacementFactory
from tests.timetables.week import lesson_of, session_in
from timetables.models import StepPlace

DAY, WEEK = dt.timedelta(days=1), dt.timedelta(weeks=1)
MONDAY = dt.date(2026, 9, 7)


@pytest.fixture
def ended(place: Any, lead: Any, today: dt.date) -> Any:
    return end_placement(
        place,
        by=lead,
        ends_on=today,
        destination="full-return",
        handed_to="Mr Lund, tutor of 8R",
        handover="Greet him at the door.",
        outcomes="In every lesson, and asks for help.",
    )


def days_of(placement: Any) -> dict[int, dt.date]:
    return dict(FollowUpCheck.objects.filter(placement=placement).values_list("weeks", "due_on"))


def test_a_place_that_ends_is_asked_about_three_times(ended: Any, today: dt.date) -> None:
    days = days_of(ended)
    assert sorted(days) == [2, 6, 12]
    assert days[2] < days[6] < days[12]
    assert days[2] - today in {2 * WEEK, *(2 * WEEK + n * DAY for n in (1, 2))}  # today may be a weekend


def test_who_takes_over_and_what_changed_is_kept(ended: Any, lead: Any) -> None:
    kept = PlacementExit.objects.get(placement=ended)
    assert (kept.handed_to, kept.handover, kept.by) == (
        "Mr Lund, tutor of 8R",
        "Greet him at the door.",
        lead,
    )


def test_the_checks_move_with_a_corrected_end_but_answers_stay(ended: Any, lead: Any, today: dt.date) -> None:
    first = FollowUpCheck.objects.get(placement=ended, weeks=2)
    answer_follow_up(first, by=lead, answer="yes", line="Every lesson this week.")
    before = days_of(ended)
    correct_end(ended, by=lead, ends_on=today - WEEK, destination="full-return", handed_to="Ms Holt")
    after = days_of(ended)
    assert after[2] == before[2]
    assert (after[6], after[12]) == (before[6] - WEEK, before[12] - WEEK)
    assert PlacementExit.objects.get(placement=ended).handed_to == "Ms Holt"


def test_a_corrected_end_does_not_run_into_the_next_place(ended: Any, lead: Any, today: dt.date) -> None:
    PlacementFactory(school=ended.school, pupil=ended.pupil, starts_on=today + WEEK)
    with pytest.raises(Refused, match="Another place begins"):
        correct_end(ended, by=lead, ends_on=today + 2 * WEEK, destination="full-return")


def test_an_open_place_has_no_end_to_correct(place: Any, lead: Any, today: dt.date) -> None:
    with pytest.raises(Refused, match="has not ended"):
        correct_end(place, by=lead, ends_on=today, destination="other")


def test_the_checks_follow_the_calendar_when_it_changes(ended: Any, lead: Any, today: dt.date) -> None:
    before = days_of(ended)
    monday = before[6] - dt.timedelta(days=before[6].weekday()) - WEEK
    CycleWeek.objects.get(school=ended.school, monday=monday).delete()
    plan_follow_ups(ended)
    after = days_of(ended)
    assert (after[2], after[6], after[12]) == (before[2], before[6] + WEEK, before[12] + WEEK)


def test_an_answer_is_given_by_a_person_in_one_line(ended: Any, lead: Any) -> None:
    check = FollowUpCheck.objects.get(placement=ended, weeks=2)
    for answer, line in (("yes", " "), ("", "Going well"), ("perhaps", "Going well")):
        with pytest.raises(Refused, match="in one line"):
            answer_follow_up(check, by=lead, answer=answer, line=line)
    with pytest.raises(IntegrityError, match="answered_by_a_person"), transaction.atomic():
        FollowUpCheck.objects.filter(pk=check.pk).update(answer="yes")
    kept = answer_follow_up(check, by=lead, answer="partly", line="Misses\nMondays.")
    assert (kept.answer, kept.line, kept.answered_by) == ("partly", "Misses Mondays.", lead)


def test_nobody_answers_before_the_place_has_ended(place: Any, lead: Any, today: dt.date) -> None:
    end_placement(place, by=lead, ends_on=today + WEEK, destination="full-return")
    check = FollowUpCheck.objects.get(placement=place, weeks=2)
    with pytest.raises(Refused, match="has not ended yet"):
        answer_follow_up(check, by=lead, answer="yes", line="Fine")


def test_a_pupils_evaluation_answers_at_least_one_question(ended: Any, iap_staff: Any) -> None:
    with pytest.raises(Refused, match="at least one"):
        keep_evaluation(ended, by=iap_staff, helped=" ", feels="")
    with pytest.raises(Refused, match="began on"):
        keep_evaluation(ended, by=iap_staff, day=ended.starts_on - DAY, feels="better")
    kept = keep_evaluation(ended, by=iap_staff, feels="better", helped="The garden.")
    assert (kept.pupil, kept.own_hand, kept.helped) == (ended.pupil, False, "The garden.")


OPEN = st.integers(0, 2**50 - 1).map(lambda bits: [bits >> n & 1 == 1 for n in range(50)])
CLOSED = st.sets(st.integers(0, 299), max_size=12)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(weeks=OPEN, closed=CLOSED, start=st.integers(0, 120), after=st.sampled_from([2, 6, 12]))
def test_school_weeks_are_counted_as_by_hand(
    weeks: list[bool], closed: set[int], start: int, after: int
) -> None:
    """A second way: walk day by day and count the weeks in which the school was open at all."""
    labels = {MONDAY + n * WEEK: "" for n, is_open in enumerate(weeks) if is_open}
    closures = {MONDAY + n * DAY: "" for n in closed}
    calendar, day = Calendar(labels, closures), MONDAY + start * DAY
    found = school_weeks_after(calendar, day, after)

    walk = day
    while not calendar.is_open(walk):
        walk += DAY
        if walk > MONDAY + 60 * WEEK:
            return  # nothing is known of the time after: see the next test
    weekday, counted, monday = walk.weekday(), 0, walk - dt.timedelta(days=walk.weekday())
    while counted < after:
        monday += WEEK
        counted += any(calendar.is_open(monday + n * DAY) for n in range(5))
        if monday > MONDAY + 60 * WEEK:
            return
    days = [monday + n * DAY for n in range(5) if calendar.is_open(monday + n * DAY)]
    assert found == next((each for each in days if each.weekday() >= weekday), days[-1])


def test_weeks_the_calendar_does_not_know_yet_are_taken_to_be_open() -> None:
    calendar = Calendar({MONDAY: "", MONDAY + WEEK: ""}, {})
    assert school_weeks_after(calendar, MONDAY, 6) == MONDAY + 6 * WEEK
    assert school_weeks_after(Calendar(), MONDAY - DAY, 2) == MONDAY + 2 * WEEK


def test_a_closed_day_moves_the_question_within_its_week(school: Any) -> None:
    calendar = Calendar({MONDAY + n * WEEK: "" for n in range(9)}, {MONDAY + 2 * WEEK: "Training"})
    assert school_weeks_after(calendar, MONDAY, 2) == MONDAY + 2 * WEEK + DAY
    assert not Closure.objects.exists()


# The page


def page(placement: Any) -> str:
    return reverse("pupils:exit", args=[placement.pupil.uuid, placement.uuid])


def test_the_page_asks_answers_and_keeps_what_was_typed(client: Any, iap_staff: Any, ended: Any) -> None:
    client.force_login(iap_staff)
    shown = client.get(page(ended)).content.decode()
    assert "Does the return hold?" in shown
    assert "Mr Lund, tutor of 8R" in shown
    assert "In every lesson, and asks for help." in shown
    refused = client.post(page(ended), {"act": "answer-2", "c2-answer": "partly", "c2-line": " "})
    assert refused.status_code == 422
    assert "Say in one line how you know" in refused.content.decode()
    kept = client.post(page(ended), {"act": "answer-2", "c2-answer": "partly", "c2-line": "Misses Mondays"})
    assert kept.status_code == 302
    check = FollowUpCheck.objects.get(placement=ended, weeks=2)
    assert (check.answer, check.answered_by) == ("partly", iap_staff)


def test_what_was_measured_at_both_ends_stands_beside_what_a_person_says_of_it(
    client: Any, leader: Any, ended: Any, today: dt.date
) -> None:
    client.force_login(leader)
    assert "Nothing was measured at both ends." in client.get(page(ended)).content.decode()
    ended.baseline_from, ended.baseline_until = ended.starts_on - 6 * WEEK, ended.starts_on - DAY
    ended.save()
    for day, codes in ((ended.baseline_until, "/I"), (today - DAY, "/\\"), (today, "II")):
        for half, code in zip(("AM", "PM"), codes, strict=True):
            AttendanceMark.objects.create(
                school=ended.school, pupil=ended.pupil, day=day, half=half, code=code
            )
    week = {"school": ended.school, "placement": ended}
    first = HybridStepFactory(**week, ends_on=today - WEEK)
    last = HybridStepFactory(**week, starts_on=today - WEEK, kind="forward")
    sessions = [session_in(ended.school, number=number) for number in (0, 1)]
    for session in sessions:
        lesson_of(ended.school, ended.pupil, session.period, name=f"8x/{session.period}")
    for step, places in ((first, ("session", "session")), (last, ("session", "mainstream"))):
        for session, place in zip(sessions, places, strict=True):
            StepPlace.objects.create(
                school=ended.school, step=step, week="A", period=session.period, place=place,
                session=session if place == "session" else None,
            )  # fmt: skip
    rows = client.get(page(ended)).content.decode().partition("Measures at the beginning")[2].split("<tr>")
    said = [re.sub(r"<[^>]+>", " ", row.partition("</tr>")[0]).split() for row in rows[2:]]
    assert [" ".join(words) for words in said] == [
        "Attendance at school 50% 100%",
        "Share of the week in mainstream 0% 50%",
    ]


def test_what_the_pupil_told_somebody_is_kept_in_their_words(client: Any, iap_staff: Any, ended: Any) -> None:
    client.force_login(iap_staff)
    assert client.post(page(ended), {"act": "evaluate"}).status_code == 422
    client.post(page(ended), {"act": "evaluate", "said-feels": "better", "said-proud": "My bread"})
    assert "My bread" in client.get(page(ended)).content.decode()


def test_only_the_lead_puts_the_end_right(
    client: Any, iap_staff: Any, lead: Any, ended: Any, today: dt.date
) -> None:
    end = {
        "act": "correct",
        "end-ends_on": today - WEEK,
        "end-destination": "moved",
        "end-handed_to": "Ms Holt",
    }
    client.force_login(iap_staff)
    client.post(page(ended), end)
    ended.refresh_from_db()
    assert ended.destination == "full-return"
    client.force_login(lead)
    assert client.post(page(ended), end).status_code == 302
    ended.refresh_from_db()
    assert (ended.destination, ended.ends_on) == ("moved", today - WEEK)


def test_a_leader_reads_it_and_writes_nothing(client: Any, leader: Any, ended: Any) -> None:
    client.force_login(leader)
    assert (
        "<form method"
        not in client.get(page(ended)).content.decode().split('id="main"')[1].split("iap-toasts")[0]
    )
    client.post(page(ended), {"act": "answer-2", "c2-answer": "yes", "c2-line": "Fine"})
    assert FollowUpCheck.objects.get(placement=ended, weeks=2).answer == ""


def test_due_checks_are_a_duty_and_the_lead_is_told_once(ended: Any, lead: Any, school: Any) -> None:
    check = FollowUpCheck.objects.get(placement=ended, weeks=2)
    assert follow_ups_due(school, check.due_on - DAY) == []
    assert [due.pupil for due in follow_ups_due(school, check.due_on)] == [ended.pupil]
    assert chase_follow_ups(school, day=check.due_on - DAY) == 0
    for _ in range(2):
        assert chase_follow_ups(school, day=check.due_on) == 1
    message = Message.objects.get()
    assert (message.to, ended.pupil.family_name in message.text) == (lead, False)
    answer_follow_up(check, by=lead, answer="unknown", line="Nobody has heard.")
    assert chase_follow_ups(school, day=check.due_on) == 0


def test_the_morning_keeps_checks_to_the_calendar(ended: Any, lead: Any, school: Any, today: dt.date) -> None:
    before = days_of(ended)
    monday = before[2] - dt.timedelta(days=before[2].weekday())
    CycleWeek.objects.get(school=school, monday=monday).delete()
    chase_follow_ups(school, day=today)
    assert days_of(ended)[2] == before[2] + WEEK
