"""One stream of all that is kept about a pupil: by role, kind, day and words; wrong things struck through."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from iap.audit.models import Event, Read
from iap.schools.models import Code, Role
from pupils import timeline
from pupils.actions.interventions import end_intervention, extend, log_given, start_intervention
from pupils.actions.needs import end_need, note_need
from pupils.actions.programmes import keep_programme
from pupils.actions.voice import hand_over, say_day
from pupils.models import (
    AttendanceMark,
    CheckIn,
    ContactLog,
    ExitEvaluation,
    Incident,
    Intervention,
    MovementBreak,
    Note,
    Placement,
    PlannedContact,
    PupilSaid,
    ReducedHours,
    Suspension,
)
from pupils.models.entries import Entry
from pupils.models.written import Written
from tests.factories import (
    CheckInFactory,
    HybridStepFactory,
    IapSessionFactory,
    MembershipFactory,
    NoteFactory,
    ReferralFactory,
    see,
)
from timetables.actions.rooms import log_work, look_at_room
from timetables.models import (
    ClassReturn,
    LessonFeedback,
    MainstreamClass,
    MainstreamLesson,
    OffsiteAttendance,
    SessionMark,
)
from timetables.models.rooms import ROOM_AREAS

from .needs import word

# What a test adds: its own school's context before and after, and a savepoint.
IN_TESTS = 4
DAY = dt.timedelta(days=1)
NOW = timezone.now


@pytest.fixture
def made(pupil: Any) -> dict[str, Any]:
    return {"school": pupil.school, "pupil": pupil}


def address(pupil: Any) -> str:
    return reverse("pupils:timeline", args=[pupil.uuid])


def shown(client: Any, pupil: Any, **query: Any) -> list[timeline.Line]:
    answer = client.get(address(pupil), query)
    assert answer.status_code == 200
    return [line for _, lines in answer.context["days"] for line, _ in lines]


def said(client: Any, pupil: Any, **query: Any) -> set[str]:
    return {f"{line.headline}|{line.body}" for line in shown(client, pupil, **query)}


def striking(pupil: Any, stream: str, row: Any) -> str:
    return reverse("pupils:strike", args=[pupil.uuid, stream, row])


@pytest.fixture
def full(pupil: Any, place: Placement, made: dict[str, Any], iap_staff: Any, today: dt.date) -> Any:
    """One of everything that this product keeps about a pupil."""
    entry = {**made, "by": iap_staff, "day": today, "at": NOW()}
    CheckInFactory(**entry, readiness=4, kind="arrival", chips=["sleep", "food"], note="Had toast")
    NoteFactory(**entry, text="Chose to show his work")
    began = NOW() - dt.timedelta(minutes=20)
    MovementBreak.objects.create(
        **{**entry, "at": began}, entry=uuid.uuid4(), ended_at=began + dt.timedelta(minutes=6)
    )
    session = IapSessionFactory(school=pupil.school, title="Kitchen garden")
    SessionMark.objects.create(**entry, entry=uuid.uuid4(), session=session, here=True)
    OffsiteAttendance.objects.create(
        **entry, entry=uuid.uuid4(), provider="Rivers College", outcome="attended", told_by="Mr Ortiz"
    )
    group = MainstreamClass.objects.create(school=pupil.school, name="8R2", subject="Art")
    lesson = MainstreamLesson.objects.create(
        school=pupil.school, mainstream_class=group, period=session.period, week="A", valid_from=today
    )
    LessonFeedback.objects.create(**entry, entry=uuid.uuid4(), lesson=lesson, outcome="well", line="Settled")
    ClassReturn.objects.create(
        **made, mainstream_class=group, helps="A seat by the door", saved_at=NOW(), saved_by=iap_staff
    )
    HybridStepFactory(school=pupil.school, placement=place, why="Art first")
    Code.objects.create(
        school=pupil.school, set="attendance", code="I", label="Illness", valid_from=dt.date(2024, 9, 1)
    )
    for half in ("AM", "PM"):
        AttendanceMark.objects.create(**made, day=today - DAY, half=half, code="I")
    AttendanceMark.objects.create(**made, day=today - 2 * DAY, half="AM", code="/")
    Code.objects.create(
        school=pupil.school, set="suspension", code="DB", label="Disruption", valid_from=dt.date(2020, 9, 1)
    )
    Suspension.objects.create(**made, starts_on=today - 9 * DAY, sessions=2, reasons=["DB"])
    Incident.objects.create(**made, day=today - 9 * DAY, kind="Left the room", class_name="9Y")
    ReducedHours.objects.create(
        school=pupil.school,
        placement=place,
        agreed_by="Alex Mensah",
        agreed_on=today,
        reason="return",
        starts_on=today,
        ends_on=today + 9 * DAY,
        review_on=today + DAY,
    )
    ExitEvaluation.objects.create(
        **made, placement=place, by=iap_staff, day=today, feels="better", helped="Garden"
    )
    ContactLog.objects.create(
        **made,
        by=iap_staff,
        day=today,
        with_name="Alex Mensah",
        how="phone",
        tone="good",
        said="He read aloud",
    )
    ReferralFactory(**made, number=7, happening="Leaves the room")
    return pupil


EVERYBODY_READS = {
    "Steady · Arrival|sleep, food · Had toast",
    "Note|Chose to show his work",
    "Movement break|6 minutes",
    "Here: Kitchen garden|",
    "Rivers College: Attended|Mr Ortiz",
    "8R2: Went well|Settled",
    "Agreed for 8R2|A seat by the door",
    "Start|Art first",
    "Not at school|Morning: Illness · Afternoon: Illness",
    "Agreed reduced hours: Building up after long absence|Agreed by Alex Mensah",
    "The pupil on their time here|Better than when I came · Garden",
    "Telephone: Alex Mensah · Good news|He read aloud",
}
OF_CONDUCT = {"Suspension, half-days: 2|Disruption", "Left the room|9Y"}
OF_REFERRALS = {"Referral 7|Leaves the room"}


def test_all_that_is_kept_stands_in_one_stream(client: Any, lead: Any, full: Any) -> None:
    client.force_login(lead)
    found = {line for line in said(client, full) if not line.startswith("The place begins")}
    assert found == EVERYBODY_READS | OF_CONDUCT | OF_REFERRALS


@pytest.mark.parametrize(
    ("role", "reads"),
    [
        (Role.STAFF, EVERYBODY_READS),
        (Role.DSL, EVERYBODY_READS | OF_CONDUCT),
        (Role.SENCO, EVERYBODY_READS | OF_CONDUCT | OF_REFERRALS),
    ],
)
def test_each_role_reads_its_own_part(
    client: Any, school: Any, full: Any, role: Role, reads: set[str]
) -> None:
    client.force_login(MembershipFactory(school=school, role=role).user)
    assert {line for line in said(client, full) if not line.startswith("The place begins")} == reads


def test_the_newest_stands_first_and_days_have_headings(
    client: Any, iap_staff: Any, made: Any, today: Any
) -> None:
    for days, words in ((0, "today"), (3, "three days ago"), (1, "yesterday")):
        NoteFactory(**made, text=words, at=NOW() - days * DAY, day=today - days * DAY)
    client.force_login(iap_staff)
    notes = [line.body for line in shown(client, made["pupil"], kind="note")]
    assert notes == ["today", "yesterday", "three days ago"]
    days = client.get(address(made["pupil"]), {"kind": "note"}).context["days"]
    assert [day for day, _ in days] == [today, today - DAY, today - 3 * DAY]


def test_it_is_chosen_by_kinds_days_and_words(client: Any, lead: Any, full: Any, today: dt.date) -> None:
    client.force_login(lead)
    assert said(client, full, kind="log") == OF_CONDUCT
    assert said(client, full, kind=["log", "referral"]) == OF_CONDUCT | OF_REFERRALS
    assert said(client, full, words="TOAST sleep") == {"Steady · Arrival|sleep, food · Had toast"}
    assert said(client, full, since=today - DAY, until=today - DAY) == {
        "Not at school|Morning: Illness · Afternoon: Illness"
    }
    assert said(client, full, kind="nonsense", since="2026-02-31", until="soon", words="") == said(
        client, full
    )
    assert said(client, full, words="100% of_it") == set()
    assert said(client, full, until="9999-12-31", since="0001-01-01") == said(client, full)


@pytest.fixture
def helped(pupil: Any, place: Placement, iap_staff: Any, today: dt.date) -> Any:
    """What helps a pupil, from its beginning to its end, and what came from a class."""
    now = NOW()
    tapped = {"by": iap_staff, "day": today, "at": now}
    sleep = note_need(pupil, by=iap_staff, day=today, found_at="day", word=word(pupil.school, "Sleep"))
    end_need(sleep, by=iap_staff, day=today, words="Up on time for weeks")
    note_need(pupil, by=iap_staff, day=today, found_at="day", area="learning", detail="Reads maps")
    talking = keep_programme(
        pupil.school, by=iap_staff, name="Talking it through", strand="intervention", sessions=12
    )
    given = start_intervention(
        pupil,
        by=iap_staff,
        programme=talking,
        day=today,
        planned=12,
        delivered_by="Therapist",
        aim="Says what helps",
    )
    log_given(given, entry=uuid.uuid4(), here=True, **tapped)
    extend(given, by=iap_staff, planned=14, why="Two more weeks")
    end_intervention(given, by=iap_staff, day=today, ending="early", words="Moves to a group")
    group = MainstreamClass.objects.create(school=pupil.school, name="8R2", subject="Art")
    log_work(pupil, group, entry=uuid.uuid4(), kind="sent", **tapped)
    look_at_room(
        pupil, group, by=iap_staff, steps=dict.fromkeys(ROOM_AREAS, 3), next_change="A seat by the door"
    )
    say_day(
        hand_over(pupil, by=iap_staff),
        entry=uuid.uuid4(),
        mood=4,
        helped=["break", "food"],
        words="Art was good",
    )
    return pupil


OF_WHAT_HELPS = {
    "Wellbeing: Sleep|",
    "No longer holds: Sleep|Up on time for weeks",
    "Learning|Reads maps",
    "Began: Talking it through|Says what helps",
    "Took part: Talking it through|",
    "Planned longer: Talking it through, 14 sessions|Two more weeks",
    "Stopped early: Talking it through|Moves to a group",
    "8R2: Work sent|",
    "How ready the lesson is: 8R2|"
    "Place: Mostly; Work: Mostly; Adults: Mostly; Calm: Mostly; Welcome: Mostly · A seat by the door",
    "Said on their own page|Good · A break, Food or drink · Art was good",
}


def test_what_helps_stands_in_it_from_its_beginning_to_its_end(
    client: Any, iap_staff: Any, helped: Any
) -> None:
    client.force_login(iap_staff)
    assert {line for line in said(client, helped) if not line.startswith("The place begins")} == OF_WHAT_HELPS


def test_the_reason_stands_beside_what_a_pupil_said_and_an_intervention_goes_with_all_of_it(
    client: Any, lead: Any, helped: Any
) -> None:
    client.force_login(lead)
    strike(client, helped, "own-words", PupilSaid.objects.get().entry, "Handed to his brother")
    strike(client, helped, "intervention", Intervention.objects.get().uuid, "Meant for another pupil")
    struck = {(line.headline, line.why) for line in shown(client, helped) if line.struck}
    assert struck == {
        ("Said on their own page", "Handed to his brother"),
        ("Began: Talking it through", "Meant for another pupil"),
        ("Planned longer: Talking it through, 14 sessions", "Meant for another pupil"),
        ("Stopped early: Talking it through", "Meant for another pupil"),
    }


def test_a_kind_that_the_reader_may_not_read_cannot_be_chosen(client: Any, iap_staff: Any, full: Any) -> None:
    client.force_login(iap_staff)
    assert not said(client, full, kind="log") & OF_CONDUCT
    assert "School’s own log" not in client.get(address(full)).content.decode()


def test_fifty_come_on_a_page(client: Any, lead: Any, made: Any) -> None:
    for n in range(51):
        NoteFactory(**made, text=f"n{n}", at=NOW() - n * dt.timedelta(minutes=1))
    client.force_login(lead)
    assert len(shown(client, made["pupil"], kind="note")) == 50
    assert [line.body for line in shown(client, made["pupil"], kind="note", page=2)] == ["n50"]


def test_it_costs_eight_queries_whatever_there_is(
    client: Any, lead: Any, full: Any, made: Any, cost: Any
) -> None:
    client.force_login(lead)
    few = cost(address(full))
    for _ in range(40):
        NoteFactory(**made)
        CheckInFactory(**made)
    assert cost(address(full)) == few
    assert few <= 8 + IN_TESTS


def test_reading_it_is_kept(client: Any, senco: Any, pupil: Any) -> None:
    client.force_login(senco)
    shown(client, pupil)
    assert (Read.objects.get().page, Read.objects.get().pupil_ids) == ("pupil-timeline", [pupil.pk])


def test_another_pupils_records_are_not_in_it(client: Any, lead: Any, full: Any, school: Any) -> None:
    from tests.factories import PlacementFactory

    other = PlacementFactory(school=school, starts_on=dt.date(2026, 9, 1)).pupil
    client.force_login(lead)
    assert {line.headline for line in shown(client, other)} == {"The place begins"}


def test_what_people_typed_is_escaped(client: Any, lead: Any, made: Any) -> None:
    NoteFactory(**made, text="<script>alert(1)</script>")
    client.force_login(lead)
    assert "<script>alert" not in client.get(address(made["pupil"]), {"words": "<script>"}).content.decode()


# Entered in error


def strike(client: Any, pupil: Any, stream: str, row: Any, why: str = "About another pupil") -> Any:
    return client.post(striking(pupil, stream, row), {"why": why})


def test_its_writer_marks_a_note_as_entered_in_error(client: Any, iap_staff: Any, made: Any) -> None:
    note = NoteFactory(**made, by=iap_staff, text="Meant for his brother")
    Note.objects.update(saved_at=NOW() - 3 * DAY)
    client.force_login(iap_staff)
    page = client.get(striking(note.pupil, "note", note.entry))
    assert "Meant for his brother" in page.content.decode()
    assert strike(client, note.pupil, "note", note.entry).status_code == 302
    note.refresh_from_db()
    assert (note.undone_by, note.undone_why) == (iap_staff, "About another pupil")
    shown_now = client.get(address(note.pupil)).content.decode()
    assert '<del><b>Note</b><span class="d-block">Meant for his brother</span></del>' in shown_now
    assert "Entered in error: About another pupil" in shown_now
    assert Event.objects.filter(verb="note.in_error", by=iap_staff, pupil_id=note.pupil_id).exists()


def test_the_lead_may_a_colleague_may_not(
    client: Any, iap_staff: Any, lead: Any, senco: Any, full: Any
) -> None:
    check_in = CheckIn.objects.get()
    client.force_login(senco)
    assert striking(full, "check-in", check_in.entry) not in client.get(address(full)).content.decode()
    assert strike(client, full, "check-in", check_in.entry).status_code == 404
    client.force_login(lead)
    assert striking(full, "check-in", check_in.entry) in client.get(address(full)).content.decode()
    assert strike(client, full, "check-in", check_in.entry).status_code == 302
    check_in.refresh_from_db()
    assert check_in.undone_by == lead


def test_each_kind_of_entry_and_of_what_is_written_can_be_struck_through(
    client: Any, lead: Any, full: Any
) -> None:
    client.force_login(lead)
    keys = {
        "check-in": (CheckIn, "entry"),
        "note": (Note, "entry"),
        "break": (MovementBreak, "entry"),
        "mark": (SessionMark, "entry"),
        "lesson": (LessonFeedback, "entry"),
        "off-site": (OffsiteAttendance, "entry"),
        "evaluation": (ExitEvaluation, "uuid"),
        "contact-home": (ContactLog, "uuid"),
    }
    for stream, (model, key) in keys.items():
        before = model.objects.values().get()
        row = before[key]
        assert strike(client, full, stream, row, "Entered twice").status_code == 302, stream
        assert not model.objects.get().stands
        marked = {name for name, value in model.objects.values().get().items() if before[name] != value}
        assert all(name.startswith(("in_error_", "undone_")) for name in marked), "what was written stays"
        assert strike(client, full, stream, row, "Again").status_code == 404, "once"
    struck = [line for line in shown(client, full) if line.struck]
    assert {line.stream.name for line in struck} == set(keys)
    assert {line.why for line in struck} == {"Entered twice"}


def test_all_that_people_write_or_tap_stands_in_it_and_can_be_struck_through(pupil: Any) -> None:
    """Whatever an app keeps later: a stream has its rows, and names them, since what can be wrong can be struck."""
    named = {
        rows.model
        for rows in (stream.rows(pupil) for stream in timeline._streams.values())
        if issubclass(rows.model, Written | Entry)
        and f'"{rows.model._meta.db_table}"."{"entry" if issubclass(rows.model, Entry) else "uuid"}"'
        in str(rows.query)
    }
    kept = {model for model in apps.get_models() if issubclass(model, Written | Entry)}
    assert kept - named == {PlannedContact}, "what is only planned stands there once it is made"


def test_without_a_reason_it_comes_back(client: Any, lead: Any, full: Any) -> None:
    client.force_login(lead)
    row = Note.objects.get().entry
    answer = strike(client, full, "note", row, " ")
    assert answer.status_code == 422
    assert "Say in a few words" in answer.content.decode()
    assert Note.objects.get().stands


def test_what_has_no_writer_here_cannot_be_struck_through(client: Any, lead: Any, full: Any) -> None:
    from timetables.models import HybridStep

    client.force_login(lead)
    assert strike(client, full, "step", HybridStep.objects.get().uuid).status_code == 404
    assert strike(client, full, "nonsense", uuid.uuid4()).status_code == 404
    assert strike(client, full, "note", uuid.uuid4()).status_code == 404


def test_a_record_of_another_school_is_not_found(
    client: Any, lead: Any, other_school: Any, pupil: Any
) -> None:
    see(other_school)
    note = NoteFactory(school=other_school)
    client.force_login(lead)
    assert strike(client, note.pupil, "note", note.entry).status_code == 404
    assert strike(client, pupil, "note", note.entry).status_code == 404


def test_two_streams_of_one_name_are_a_mistake() -> None:
    stream = timeline._streams["note"]
    with pytest.raises(ValueError, match="'note'"):
        timeline.register(stream)


def test_a_stream_that_tells_more_stands_instead_of_one_that_tells_less(monkeypatch: Any) -> None:
    def rows(pupil: Any) -> Any:
        return timeline.as_rows(Note.objects.all(), "x", at="at", headline="x", **timeline.ENTRY)

    monkeypatch.setattr(timeline, "_streams", {})
    timeline.register(timeline.Stream("less", "X", {Role.LEAD, Role.DSL}, rows))
    timeline.register(timeline.Stream("more", "X", {Role.DSL}, rows, instead_of="less"))
    assert [stream.name for stream in timeline.shown_to({Role.LEAD})] == ["less"]
    assert [stream.name for stream in timeline.shown_to({Role.LEAD, Role.DSL})] == ["more"]
