"""Today: the right pupils in the right period, one tap stored before it is shown, and nothing for the wrong person."""

import datetime as dt
import uuid
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from iap.audit.models import Read
from iap.schools.models import Closure, Period
from pupils.models import CheckIn, MovementBreak, Note
from tests.factories import PlacementFactory, PupilFactory, StaffMemberFactory, see
from tests.timetables.week import lesson_of, session_in, with_sessions
from timetables.actions.staffing import staff_session
from timetables.actions.steps import publish_step
from timetables.models import SessionMark

NOW = dt.datetime(2026, 11, 24, 10, 5, tzinfo=dt.UTC)  # a Tuesday, in the second lesson
TODAY = NOW.date()
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def _school_day() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def week(school: Any) -> str:
    from iap.schools.calendar import Calendar

    return Calendar.of(school, TODAY, TODAY).week_label(TODAY)


@pytest.fixture
def session(school: Any, lead: Any, week: str) -> Any:
    held = session_in(
        school, week, number=6, title="Reading together", room="Quiet room", strand="intervention"
    )
    for role, name, qualified in (("qt", "Patel", True), ("support", "Ortiz", False)):
        adult = StaffMemberFactory(school=school, title="Ms", family_name=name, qualified=qualified)
        staff_session(held, by=lead, adult=adult, role=role, valid_from=TODAY)
    return held


def seated(school: Any, lead: Any, session: Any, name: str = "Kai", **fields: Any) -> Any:
    """A pupil with a place, in this session and otherwise in mainstream."""
    pupil = PupilFactory(school=school, given_name=name, family_name="Mensah")
    placement = PlacementFactory(school=school, pupil=pupil, starts_on=TODAY, **fields)
    publish_step(
        placement,
        by=lead,
        kind="start",
        starts_on=TODAY,
        why="A first week.",
        places=with_sessions(school, session),
    )
    return pupil


@pytest.fixture
def kai(school: Any, lead: Any, session: Any) -> Any:
    return seated(school, lead, session, helps="Warn before changes")


def tap(client: Any, pupil: Any, session: Any, act: str, day: dt.date = TODAY, **data: Any) -> Any:
    fields = {"entry": str(uuid.uuid4()), "at": NOW.isoformat(), **data}
    if act not in {"check-in", "mark", "undo"}:
        fields["act"] = act
    extra = data.pop("extra", HTMX)
    fields.pop("extra", None)
    return client.post(reverse("timetables:tap", args=[day, session.uuid, pupil.uuid]), fields, **extra)


def test_the_period_the_bell_is_in_shows_its_session_pupils_and_adults(
    client: Any, iap_staff: Any, kai: Any
) -> None:
    client.force_login(iap_staff)
    page = client.get("/today/").content.decode()
    for words in ("Tuesday 24 November", "Period 2", "Reading together", "Kai M.", "Warn before changes"):
        assert words in page
    for words in ("Ms Patel", "Ms Ortiz", "2 adults to 1 pupil", "Not asked yet"):
        assert words in page
    assert "Mensah" not in page


def test_a_pupil_in_mainstream_is_shown_with_lesson_teacher_and_the_way_back(
    client: Any, iap_staff: Any, school: Any, lead: Any, week: str
) -> None:
    later = session_in(school, week, number=7, title="Garden")
    pupil = seated(school, lead, later, "Amira")
    period = Period.objects.filter(school=school, kind="lesson", weekday=2).in_order()[1]
    lesson_of(school, pupil, period, subject="Science", room="Lab 3")
    client.force_login(iap_staff)
    page = client.get("/today/").content.decode()
    for words in ("Amira M.", "Science", "Ms Kaur · Lab 3", "11:20", "Garden"):
        assert words in page


def test_one_tap_is_stored_and_the_tile_comes_back(
    client: Any, iap_staff: Any, kai: Any, session: Any
) -> None:
    client.force_login(iap_staff)
    answer = tap(client, kai, session, "check-in", readiness="4")
    assert answer.status_code == 200
    assert 'value="4" class="iap-mood__b mood-4" aria-pressed="true"' in answer.content.decode()
    assert "Undo" in answer.content.decode()
    entry = CheckIn.objects.get(school=kai.school)
    assert (entry.readiness, entry.period, entry.by) == (4, session.period, iap_staff)


def test_speaking_to_the_dsl_is_one_tap_from_a_check_in(
    client: Any, iap_staff: Any, kai: Any, session: Any
) -> None:
    client.force_login(iap_staff)
    way = f'href="{reverse("pupils:speak", args=[kai.uuid])}"'
    assert way in client.get("/today/").content.decode()
    tile = tap(client, kai, session, "check-in", readiness="2").content.decode()
    assert way in tile and "Speak to the DSL now about Kai M." in tile
    assert "<textarea" not in tile, "no note has to be opened for it"


def test_a_tap_sent_again_answers_the_same_and_other_content_is_a_conflict(
    client: Any, iap_staff: Any, kai: Any, session: Any
) -> None:
    client.force_login(iap_staff)
    one = str(uuid.uuid4())
    first = tap(client, kai, session, "check-in", readiness="4", entry=one)
    assert tap(client, kai, session, "check-in", readiness="4", entry=one).content == first.content
    conflict = tap(client, kai, session, "check-in", readiness="1", entry=one)
    assert conflict.status_code == 409
    assert "kept before with other content" in conflict.content.decode()
    assert CheckIn.objects.get(school=kai.school).readiness == 4


def test_without_a_script_a_tap_leads_back_to_the_board(
    client: Any, iap_staff: Any, kai: Any, session: Any
) -> None:
    client.force_login(iap_staff)
    answer = tap(client, kai, session, "check-in", readiness="5", extra={})
    assert answer.status_code == 302
    assert answer["Location"] == f"/today/2026-11-24/2/#p-{kai.pk}"


def test_a_refused_note_comes_back_with_what_was_typed(
    client: Any, iap_staff: Any, kai: Any, session: Any
) -> None:
    client.force_login(iap_staff)
    long = "a" * 2001
    for extra in ({}, HTMX):
        answer = tap(client, kai, session, "note", text=long, extra=extra)
        assert answer.status_code == 422
        assert long in answer.content.decode()
        assert "2,000 characters" in answer.content.decode()
    assert not Note.objects.filter(school=kai.school).exists()


def test_here_break_note_and_undo(client: Any, iap_staff: Any, kai: Any, session: Any) -> None:
    client.force_login(iap_staff)
    tap(client, kai, session, "mark", here="yes")
    assert SessionMark.objects.get(school=kai.school).here
    assert "On a movement break since 10:05" in tap(client, kai, session, "break").content.decode()
    assert MovementBreak.objects.get(school=kai.school).ended_at is None
    tap(client, kai, session, "end-break")
    assert MovementBreak.objects.get(school=kai.school).ended_at == NOW
    tap(client, kai, session, "note", text="Helped set out the chairs.", follow_up="on")
    note = Note.objects.get(school=kai.school)
    assert (note.text, note.follow_up) == ("Helped set out the chairs.", True)
    answer = tap(client, kai, session, "undo", undo=f"note:{note.entry}")
    assert answer.status_code == 200
    note.refresh_from_db()
    assert not note.stands


def test_somebody_marked_not_here_needs_attention_and_can_be_marked_here(
    client: Any, iap_staff: Any, kai: Any, session: Any
) -> None:
    client.force_login(iap_staff)
    assert "Kai M. is here" in tap(client, kai, session, "mark", here="no").content.decode()
    page = client.get("/today/").content.decode()
    assert "Needs attention" in page
    assert "is not here" in page


def test_a_tap_from_a_tablet_that_was_offline_keeps_its_own_time(
    client: Any, iap_staff: Any, kai: Any, session: Any
) -> None:
    client.force_login(iap_staff)
    earlier = NOW - dt.timedelta(minutes=50)
    tap(client, kai, session, "check-in", readiness="2", at=earlier.isoformat())
    assert CheckIn.objects.get(school=kai.school).at == earlier


def test_an_unchanged_board_costs_a_304_and_a_changed_one_is_sent(
    client: Any, iap_staff: Any, kai: Any, session: Any
) -> None:
    client.force_login(iap_staff)
    first = client.get("/today/", **HTMX)
    tag = first["ETag"]
    again = client.get("/today/", **HTMX, HTTP_IF_NONE_MATCH=tag)
    assert (again.status_code, again.content) == (304, b"")
    tap(client, kai, session, "check-in", readiness="3")
    changed = client.get("/today/", **HTMX, HTTP_IF_NONE_MATCH=tag)
    assert changed.status_code == 200
    assert changed["ETag"] != tag


def test_on_a_closed_day_today_opens_the_last_school_day_and_says_so(
    client: Any, iap_staff: Any, school: Any
) -> None:
    Closure.objects.create(school=school, day=TODAY)
    client.force_login(iap_staff)
    page = client.get("/today/").content.decode()
    assert "The school is closed on Tuesday 24 November. This is Monday 23 November." in page


def test_a_period_that_does_not_exist_gives_the_nearest_and_says_so(
    client: Any, iap_staff: Any, school: Any
) -> None:
    client.force_login(iap_staff)
    assert "has no period “9”. This is Period 2." in client.get("/today/2026-11-24/9/").content.decode()


@pytest.mark.parametrize("address", ["/today/2026-13-45/", "/today/yesterday/", "/today/2026-11-24/../"])
def test_an_unknown_date_is_no_page(client: Any, iap_staff: Any, address: str) -> None:
    client.force_login(iap_staff)
    assert client.get(address).status_code == 404


def test_a_school_without_a_bell_says_what_fills_the_board(client: Any, iap_staff: Any, school: Any) -> None:
    Period.objects.filter(school=school).delete()
    client.force_login(iap_staff)
    assert "needs the school’s calendar and bell" in client.get("/today/").content.decode()


def test_initials_are_one_tap_and_stay(client: Any, iap_staff: Any, kai: Any) -> None:
    client.force_login(iap_staff)
    client.get("/today/?show=initials")
    page = client.get("/today/").content.decode()
    assert "Kai M." not in page
    assert ">KM<" in page
    client.get("/today/?show=names")
    assert "Kai M." in client.get("/today/").content.decode()


def test_a_session_that_moved_says_so_and_the_check_in_is_kept(
    client: Any, iap_staff: Any, kai: Any, session: Any
) -> None:
    session.valid_from = TODAY + dt.timedelta(days=1)
    session.save(update_fields=["valid_from"])
    client.force_login(iap_staff)
    answer = tap(client, kai, session, "check-in", readiness="4")
    assert "This session has moved" in answer.content.decode()
    assert CheckIn.objects.filter(school=kai.school).count() == 1
    assert tap(client, kai, session, "mark", here="yes").status_code == 422


def test_leaders_see_the_board_and_tap_nothing(client: Any, leader: Any, kai: Any, session: Any) -> None:
    client.force_login(leader)
    page = client.get("/today/").content.decode()
    assert "Kai M." in page
    assert "data-tap" not in page
    assert tap(client, kai, session, "check-in", readiness="4").status_code == 403


def test_every_board_that_is_shown_is_kept_as_a_read_and_an_unchanged_one_is_not(
    client: Any, iap_staff: Any, kai: Any
) -> None:
    client.force_login(iap_staff)
    tag = client.get("/today/", **HTMX)["ETag"]
    see(kai.school)
    assert Read.objects.filter(school=kai.school, page="today").latest("at").pupil_ids == [kai.pk]
    before = Read.objects.filter(school=kai.school).count()
    client.get("/today/", **HTMX, HTTP_IF_NONE_MATCH=tag)
    assert Read.objects.filter(school=kai.school).count() == before


def test_today_costs_at_most_16_queries_however_many_pupils_there_are(
    client: Any, iap_staff: Any, school: Any, lead: Any, session: Any
) -> None:
    seated(school, lead, session, "Kai")
    client.force_login(iap_staff)
    client.get("/today/")
    one = _queries(client, "/today/")
    for number in range(8):
        seated(school, lead, session, f"Pupil{number}")
    assert _queries(client, "/today/") == one <= 16


def test_a_tap_costs_at_most_12_queries(client: Any, iap_staff: Any, kai: Any, session: Any) -> None:
    client.force_login(iap_staff)
    tap(client, kai, session, "check-in", readiness="4")
    with CaptureQueriesContext(connection) as asked:
        tap(client, kai, session, "check-in", readiness="5")
    assert _of_the_site(asked) <= 12, [each["sql"][:80] for each in asked]


def _queries(client: Any, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return _of_the_site(asked)


def _of_the_site(asked: Any) -> int:
    """All but the two with which the test's client keeps its own context; savepoints stand for BEGIN and COMMIT."""
    own = ("SELECT coalesce(current_setting", "SELECT set_config('app.school_ids'")
    return sum(not each["sql"].startswith(own) for each in asked)
