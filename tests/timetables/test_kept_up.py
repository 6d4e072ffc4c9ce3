"""Lessons missed in mainstream against lessons taught in the base."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from iap.schools.calendar import Calendar
from iap.schools.models import Period
from tests.factories import StaffMemberFactory
from tests.timetables.week import LONG_AGO, TODAY, lesson_of, placement_at, session_in, with_sessions
from timetables.actions.staffing import staff_session
from timetables.actions.steps import publish_step
from timetables.kept_up import kept_up, same_subject
from timetables.models import MainstreamClass, SessionMark, WorkMove
from timetables.work import Moved

SINCE = TODAY - dt.timedelta(weeks=4)


@pytest.mark.parametrize(
    ("name", "subject", "same"),
    [
        ("Maths", "Mathematics", True),
        ("Maths in small steps", "Mathematics", True),
        ("English", "English", True),
        ("PE", "Physical education", True),
        ("Science", "English", False),
        ("Artful cooking", "Art", False),
        ("Cooking", "", False),
    ],
)
def test_a_session_belongs_to_the_subject_its_name_begins_with(name, subject, same):
    assert same_subject(name, subject) is same


@pytest.fixture
def week(school, lead):
    """Maths on Monday 1 of week A in the base, by a specialist; science on Monday 2 nowhere, as it is not taught."""
    place = placement_at(school, starts_on=SINCE)
    maths, garden = (
        session_in(school, number=0, title="Maths"),
        session_in(school, number=1, title="Garden", strand="enrichment"),
    )
    periods = Period.objects.filter(school=school, kind="lesson").in_order()
    lesson_of(school, place.pupil, periods[0], name="8M1", subject="Mathematics")
    lesson_of(school, place.pupil, periods[1], name="8S1", subject="Science")
    publish_step(
        place,
        by=lead,
        starts_on=SINCE,
        kind="start",
        why="First.",
        places=with_sessions(school, maths, garden),
    )
    place.pupil.school = school
    return place, maths


def _mondays(school):
    calendar = Calendar.of(school, SINCE, TODAY)
    return [
        day for day in calendar.open_days() if SINCE <= day <= TODAY and day.weekday() == 0
        and calendar.week_label(day) == "A"
    ]  # fmt: skip


def test_what_is_missed_stands_beside_what_is_taught_and_by_whom(week, school, lead):
    place, maths = week
    mondays = _mondays(school)
    adult = StaffMemberFactory(school=school, qualified=True, subject="Mathematics")
    staff_session(maths, by=lead, adult=adult, role="qt", valid_from=LONG_AGO)
    found = {each.name: each for each in kept_up(place.pupil, SINCE, TODAY)}
    assert (found["Mathematics"].missed, found["Mathematics"].specialist) == (len(mondays), len(mondays))
    assert found["Mathematics"].gap == 0
    assert (found["Science"].missed, found["Science"].taught, found["Science"].gap) == (
        len(mondays), 0, len(mondays),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("qualified", "subject", "by"),
    [
        (True, "Art", "teacher"),
        (False, "", "support"),
        (False, "Mathematics", "support"),
        (None, "", "nobody"),
    ],
)
def test_who_is_no_specialist_is_said(week, school, lead, qualified, subject, by):
    place, maths = week
    if qualified is not None:
        adult = StaffMemberFactory(school=school, qualified=qualified, subject=subject)
        role = "qt" if qualified else "support"
        staff_session(maths, by=lead, adult=adult, role=role, valid_from=LONG_AGO)
    found = {each.name: each for each in kept_up(place.pupil, SINCE, TODAY)}
    assert found["Mathematics"].by == {by: len(_mondays(school))}


def test_a_session_the_pupil_was_not_in_was_not_taught(week, school, lead):
    place, maths = week
    day = _mondays(school)[0]
    SessionMark.objects.create(
        school=school, pupil=place.pupil, session=maths, by=lead, day=day, here=False, entry=uuid.uuid4(),
        at=timezone.now(),
    )  # fmt: skip
    found = {each.name: each for each in kept_up(place.pupil, SINCE, TODAY)}
    assert found["Mathematics"].gap == 1


def work(place, group, by, *moves, day=TODAY):
    for kind in moves:
        WorkMove.objects.create(
            school=place.school, pupil=place.pupil, mainstream_class=group, by=by, day=day, at=timezone.now(),
            entry=uuid.uuid4(), kind=kind,
        )  # fmt: skip


def row_of(subject, shown):
    """What the page says of one subject, in words."""
    (row,) = [each for each in shown.split("<tr>")[1:] if f">{subject}</th>" in each]
    return " ".join(strip_tags(row.partition("</tr>")[0]).split())


def test_work_that_was_sent_and_came_back_stands_beside_its_subject(client, iap_staff, week, school, lead):
    """Of all the pupil's classes of the subject, from the first day that is looked at."""
    place, _ = week
    third = Period.objects.filter(school=school, kind="lesson").in_order()[2]
    lesson_of(school, place.pupil, third, name="8M2", subject="Mathematics")
    maths, again, science = (
        MainstreamClass.objects.get(school=school, name=name) for name in ("8M1", "8M2", "8S1")
    )
    work(place, maths, lead, "sent", day=SINCE)
    work(place, maths, lead, "sent", "returned")
    work(place, again, lead, "sent")
    work(place, science, lead, "sent", day=SINCE - dt.timedelta(days=1))
    work(placement_at(school), maths, lead, "sent", "returned")
    found = {each.name: each.work for each in kept_up(place.pupil, SINCE, TODAY)}
    assert found == {"Mathematics": Moved(3, 1, TODAY), "Science": Moved()}
    work(place, science, lead, "returned")
    client.force_login(iap_staff)
    way = reverse("timetables:kept_up", args=[place.pupil.uuid])
    shown = client.get(way, {"since": "start"}).content.decode()
    assert row_of("Mathematics", shown).endswith("Sent 3, back 1")
    assert row_of("Science", shown).endswith("Sent 0, back 1"), "what was sent before these days"


def test_it_costs_the_same_for_a_day_and_for_weeks(week, django_assert_num_queries):
    place, _ = week
    with django_assert_num_queries(10):
        kept_up(place.pupil, SINCE, TODAY)


def test_the_page_shows_the_gap_and_nothing_without_a_place(client, iap_staff, week, school):
    place, _ = week
    client.force_login(iap_staff)
    way = reverse("timetables:kept_up", args=[place.pupil.uuid])
    assert "more missed than taught" in client.get(way, {"since": "start"}).content.decode()
    other = placement_at(school, starts_on=TODAY + dt.timedelta(days=9)).pupil
    shown = client.get(reverse("timetables:kept_up", args=[other.uuid])).content.decode()
    assert "Nothing to compare yet" in shown


def test_a_place_that_is_to_begin_says_from_when_lessons_are_compared(client, iap_staff, school):
    begins = timezone.localdate() + dt.timedelta(days=4)
    pupil = placement_at(school, starts_on=begins).pupil
    client.force_login(iap_staff)
    html = client.get(reverse("timetables:kept_up", args=[pupil.uuid])).content.decode()
    assert f"{pupil.known_as}, from {begins.day} " in html
