"""Today at its edges: days the calendar does not know, tablets that were away for long, forgotten breaks."""

import datetime as dt
import uuid
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from iap.errors import Refused
from pupils.actions.entries import start_break
from pupils.models import CheckIn, MovementBreak
from tests.factories import MembershipFactory, PlacementFactory, PupilFactory, SchoolFactory, bell, open_weeks
from tests.timetables.week import session_in, with_sessions
from timetables.actions.steps import publish_step

NOW = dt.datetime(2026, 11, 24, 10, 5, tzinfo=dt.UTC)  # a Tuesday, in the second lesson
TODAY = NOW.date()
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def _school_day() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def session(school: Any) -> Any:
    return held_in(school)


def held_in(school: Any) -> Any:
    from iap.schools.calendar import Calendar

    week = Calendar.of(school, TODAY, TODAY).week_label(TODAY)
    return session_in(school, week, number=6, title="Reading together", room="Quiet room", places=14)


def seated(school: Any, by: Any, session: Any, name: str = "Kai") -> Any:
    pupil = PupilFactory(school=school, given_name=name, family_name="Mensah")
    placement = PlacementFactory(school=school, pupil=pupil, starts_on=TODAY, helps="Warn before changes")
    places = with_sessions(school, session)
    publish_step(placement, by=by, kind="start", starts_on=TODAY, why="A first week.", places=places)
    return pupil


@pytest.fixture
def kai(school: Any, lead: Any, session: Any) -> Any:
    return seated(school, lead, session)


def tap(client: Any, pupil: Any, session: Any, act: str, *, plain: bool = False, **data: Any) -> Any:
    fields = {"entry": str(uuid.uuid4()), "at": NOW.isoformat(), "act": act, **data}
    extra = {} if plain else HTMX
    return client.post(reverse("timetables:tap", args=[TODAY, session.uuid, pupil.uuid]), fields, **extra)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_at_the_end_of_time_is_no_page(client: Any, iap_staff: Any, school: Any, day: str) -> None:
    client.force_login(iap_staff)
    assert client.get(f"/today/{day}/").status_code == 404


def test_a_day_no_calendar_knows_is_no_page_and_is_not_said_to_lack_a_bell(
    client: Any, iap_staff: Any, school: Any
) -> None:
    client.force_login(iap_staff)
    answer = client.get("/today/2031-03-04/")
    assert answer.status_code == 404
    assert "needs the school’s calendar" not in answer.content.decode()


def test_a_break_forgotten_yesterday_does_not_keep_a_pupil_from_one_today(
    client: Any, iap_staff: Any, kai: Any, session: Any
) -> None:
    yesterday = NOW - dt.timedelta(days=1)
    MovementBreak.objects.create(
        school=kai.school, pupil=kai, by=iap_staff, entry=uuid.uuid4(), day=yesterday.date(), at=yesterday
    )
    client.force_login(iap_staff)
    assert tap(client, kai, session, "break").status_code == 200
    assert MovementBreak.objects.filter(school=kai.school, day=TODAY).count() == 1


def test_an_end_that_comes_late_does_not_end_a_break_begun_after_it(
    client: Any, iap_staff: Any, kai: Any, session: Any
) -> None:
    begun = NOW - dt.timedelta(minutes=5)
    later = MovementBreak.objects.create(
        school=kai.school, pupil=kai, by=iap_staff, entry=uuid.uuid4(), day=TODAY, at=begun
    )
    client.force_login(iap_staff)
    tap(client, kai, session, "end-break", at=(begun - dt.timedelta(minutes=20)).isoformat())
    later.refresh_from_db()
    assert later.ended_at is None


def test_an_end_that_comes_late_ends_the_break_it_was_tapped_for(
    client: Any, iap_staff: Any, kai: Any, session: Any
) -> None:
    """Also one that counts as over since its day ended, as long as no person has ended it."""
    begun = NOW - dt.timedelta(minutes=50)
    client.force_login(iap_staff)
    tap(client, kai, session, "break", at=begun.isoformat())
    tap(client, kai, session, "end-break", at=(begun + dt.timedelta(minutes=6)).isoformat())
    pause = MovementBreak.objects.get(school=kai.school)
    assert (pause.ended_at, pause.ended_by) == (begun + dt.timedelta(minutes=6), iap_staff)


def test_a_break_begins_on_its_own_day_or_not_at_all(kai: Any, iap_staff: Any) -> None:
    yesterday = TODAY - dt.timedelta(days=1)
    with pytest.raises(Refused, match="the day it is taken on"):
        start_break(kai, by=iap_staff, entry=uuid.uuid4(), day=yesterday, at=NOW)


def test_a_forgotten_break_ends_with_its_day_and_names_nobody(kai: Any, iap_staff: Any) -> None:
    yesterday = NOW - dt.timedelta(days=1)
    MovementBreak.objects.create(
        school=kai.school, pupil=kai, by=iap_staff, entry=uuid.uuid4(), day=yesterday.date(), at=yesterday
    )
    start_break(kai, by=iap_staff, entry=uuid.uuid4(), day=TODAY, at=NOW)
    old = MovementBreak.objects.get(school=kai.school, day=yesterday.date())
    assert (old.ended_at, old.ended_by) == (dt.datetime(2026, 11, 24, tzinfo=dt.UTC), None)


def test_a_break_does_not_end_in_the_future(client: Any, iap_staff: Any, kai: Any, session: Any) -> None:
    MovementBreak.objects.create(
        school=kai.school,
        pupil=kai,
        by=iap_staff,
        entry=uuid.uuid4(),
        day=TODAY,
        at=NOW - dt.timedelta(minutes=5),
    )
    client.force_login(iap_staff)
    tap(client, kai, session, "end-break", at=(NOW + dt.timedelta(days=900)).isoformat())
    assert not MovementBreak.objects.filter(
        school=kai.school, ended_at__gt=NOW + dt.timedelta(minutes=5)
    ).exists()


@pytest.mark.parametrize("fields", [{"readiness": "²"}, {"readiness": ""}, {"readiness": "99999999999"}])
def test_a_face_that_is_none_is_refused_in_words(
    client: Any, iap_staff: Any, kai: Any, session: Any, fields: Any
) -> None:
    client.force_login(iap_staff)
    assert tap(client, kai, session, "check-in", **fields).status_code == 422


@pytest.mark.parametrize(
    "at", ["0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59+00:00", "2026-99-01T00:00:00Z", "x"]
)
def test_a_time_that_cannot_be_is_an_answer_not_an_error(
    client: Any, iap_staff: Any, kai: Any, session: Any, at: str
) -> None:
    client.force_login(iap_staff)
    assert tap(client, kai, session, "check-in", readiness="3", at=at).status_code in {200, 422}


def test_a_note_with_a_character_no_database_keeps_is_answered(
    client: Any, iap_staff: Any, kai: Any, session: Any
) -> None:
    client.force_login(iap_staff)
    assert tap(client, kai, session, "note", text="a\x00b").status_code in {200, 422}


def test_a_tap_belongs_to_the_day_it_was_tapped_on(
    client: Any, iap_staff: Any, kai: Any, session: Any
) -> None:
    """At a time of last week under today's day: refused, or kept under one day with that day's time."""
    client.force_login(iap_staff)
    tap(client, kai, session, "check-in", readiness="3", at=(NOW - dt.timedelta(days=4)).isoformat())
    kept = CheckIn.objects.filter(school=kai.school).first()
    assert kept is None or kept.at.date() == kept.day


def test_a_pupil_who_left_takes_no_entries(client: Any, iap_staff: Any, kai: Any, session: Any) -> None:
    kai.left_on = TODAY - dt.timedelta(days=1)
    kai.joined_on = TODAY - dt.timedelta(days=99)
    kai.save(update_fields=["left_on", "joined_on"])
    client.force_login(iap_staff)
    assert tap(client, kai, session, "check-in", readiness="3").status_code == 422


def test_another_schools_pupil_and_session_are_not_there(
    client: Any, iap_staff: Any, kai: Any, session: Any, other_school: Any
) -> None:
    bell(other_school)
    open_weeks(other_school, TODAY, TODAY)
    theirs = held_in(other_school)
    child = PlacementFactory(school=other_school).pupil
    client.force_login(iap_staff)
    for pupil, held in ((child, theirs), (kai, theirs), (child, session)):
        assert tap(client, pupil, held, "check-in", readiness="3").status_code == 404
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize("role", ["leader", "senco", "dsl", "teacher", "trust", "data"])
def test_who_may_not_tap_is_stopped(client: Any, school: Any, kai: Any, session: Any, role: str) -> None:
    client.force_login(MembershipFactory(school=school, role=role).user)
    for act in ("check-in", "mark", "note", "break", "end-break", "undo"):
        assert tap(client, kai, session, act).status_code == 403


def test_in_two_schools_a_refused_form_comes_back_on_the_board_of_its_own_school(
    client: Any, iap_staff: Any, kai: Any, session: Any
) -> None:
    first = SchoolFactory(name="Aardvark Academy")
    bell(first)
    open_weeks(first, TODAY - dt.timedelta(weeks=2), TODAY + dt.timedelta(weeks=2))
    MembershipFactory(school=first, user=iap_staff)
    client.force_login(iap_staff)
    answer = tap(client, kai, session, "note", plain=True, text="a" * 2001)
    assert "a" * 2001 in answer.content.decode()
