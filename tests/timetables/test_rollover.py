"""After a change of timetable: which pupils' weeks need a look, and in which words."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from iap.audit.models import Event, Read
from iap.imports import after
from iap.imports.models import ImportRun
from iap.imports.reading import File
from iap.imports.run import import_files
from iap.inbox.models import Message
from iap.schools.models import Closure, CycleWeek, Period, Role, School, Term
from iap.tenancy import context
from pupils.models import Pupil
from tests.factories import (
    HybridStepFactory,
    MembershipFactory,
    PlacementFactory,
    StaffMemberFactory,
)
from timetables.actions.slots import PlaceIn
from timetables.actions.steps import publish_step
from timetables.dated_lessons import DatedLessons
from timetables.findings import Kind
from timetables.lessons import lessons_of_cycle
from timetables.models import HybridStep, LookedAt, MainstreamLesson, Place, StepPlace
from timetables.rollover import first_day_of_next_term, looks_on, tell_after_import

from .week import LONG_AGO, TODAY, all_mainstream, lesson_of, placement_at, session_in, slots, with_sessions

DAY, WEEK = dt.timedelta(days=1), dt.timedelta(weeks=1)
CHANGED = TODAY - WEEK
URL = reverse("timetables:rollover")


def planned(school: Any, by: Any, *, places: Any = None, starts_on: dt.date = TODAY - 4 * WEEK) -> HybridStep:
    """A pupil whose week was planned four weeks ago, before anything changed."""
    placement = placement_at(school, starts_on=starts_on)
    return publish_step(
        placement,
        by=by,
        kind="start",
        starts_on=starts_on,
        why="Start",
        places=places or all_mainstream(school),
        today=starts_on,
    )


def period(school: Any, number: int = 0) -> Period:
    return Period.objects.filter(school=school, kind="lesson").in_order()[number]


def found(school: Any, day: dt.date = TODAY) -> list[tuple[str, str, bool]]:
    """Kind, slot and whether it needs a decision, of everything on the page."""
    return [
        (each.kind, each.slot, each.needs_decision)
        for look in looks_on(school, day)
        for each in look.findings
    ]


def sentences(school: Any, day: dt.date = TODAY) -> str:
    return " ".join(each.sentence for look in looks_on(school, day) for each in look.findings)


BOTH = ("Week A, Monday 1", "Week B, Monday 1")


def in_both(kind: Kind, needs_decision: bool = True) -> list[tuple[str, str, bool]]:
    return [(kind, slot, needs_decision) for slot in BOTH]


def test_a_week_around_which_nothing_changed_needs_no_look(lead, school):
    step = planned(school, lead)
    lesson_of(school, step.pupil, period(school))
    assert looks_on(school, TODAY) == []


def test_a_lesson_that_is_no_more(lead, school):
    step = planned(school, lead)
    lesson_of(school, step.pupil, period(school), valid_to=CHANGED)
    assert found(school) == in_both(Kind.NO_LESSON)
    assert "had English (8x/En1) and has no lesson there any more" in sentences(school)


def test_a_slot_that_never_had_a_lesson_is_not_asked_about(lead, school):
    planned(school, lead)
    assert looks_on(school, TODAY) == []


def test_another_class(lead, school):
    step = planned(school, lead)
    lesson_of(school, step.pupil, period(school), valid_to=CHANGED)
    lesson_of(school, step.pupil, period(school), name="8y/En2", valid_from=CHANGED)
    assert found(school) == in_both(Kind.LESSON)
    assert "English (8x/En1) has become English (8y/En2)." in sentences(school)


def test_another_subject_in_a_slot_spent_in_the_provision(lead, school):
    session = session_in(school, title="Garden")
    step = planned(school, lead, places=with_sessions(school, session))
    lesson_of(school, step.pupil, period(school), week="A", name="8/Fr", subject="French", valid_to=CHANGED)
    lesson_of(school, step.pupil, period(school), week="A", name="8/Pe", subject="PE", valid_from=CHANGED)
    assert found(school) == [(Kind.LESSON, "Week A, Monday 1", True)]
    assert "that Garden takes the place of is now PE" in sentences(school)


def test_another_teacher(lead, school):
    step = planned(school, lead)
    kaur, ortiz = (StaffMemberFactory(school=school, family_name=name) for name in ("Kaur", "Ortiz"))
    lesson = lesson_of(school, step.pupil, period(school), teacher=kaur)
    lesson.teachers.update(valid_to=CHANGED)
    lesson.teachers.create(school=school, teacher=ortiz, valid_from=CHANGED)
    assert found(school) == in_both(Kind.TEACHER)
    assert "is now with Ms Ortiz, before with Ms Kaur" in sentences(school)


@pytest.mark.parametrize(("days", "listed"), [(0, True), (1, False)])
def test_a_teacher_who_has_left(lead, school, days, listed):
    step = planned(school, lead)
    kaur = StaffMemberFactory(school=school, family_name="Kaur", left_on=TODAY + days * DAY)
    lesson_of(school, step.pupil, period(school), teacher=kaur)
    assert found(school) == (in_both(Kind.TEACHER) if listed else [])
    assert ("Ms Kaur, who takes English (8x/En1), has left the school." in sentences(school)) is listed


def test_one_of_two_teachers_who_leaves_is_for_information(lead, school):
    step = planned(school, lead)
    lesson = lesson_of(school, step.pupil, period(school))
    gone = StaffMemberFactory(school=school, left_on=TODAY)
    lesson.teachers.create(school=school, teacher=gone, valid_from=LONG_AGO)
    assert found(school) == in_both(Kind.TEACHER, needs_decision=False)


def test_a_lesson_that_lost_its_teacher_needs_a_decision_and_one_that_never_had_any_does_not(lead, school):
    step = planned(school, lead)
    lesson = lesson_of(school, step.pupil, period(school))
    lesson.teachers.update(valid_to=CHANGED)
    assert found(school) == in_both(Kind.NO_TEACHER)
    lesson.teachers.all().delete()
    assert found(school) == in_both(Kind.NO_TEACHER, needs_decision=False)


def test_another_room_is_for_information(lead, school):
    step = planned(school, lead)
    kaur = StaffMemberFactory(school=school)
    lesson_of(school, step.pupil, period(school), teacher=kaur)
    group = MainstreamLesson.objects.get(school=school)
    group.valid_to = CHANGED
    group.save()
    moved = MainstreamLesson.objects.create(
        school=school,
        mainstream_class=group.mainstream_class,
        period=group.period,
        room="B1",
        valid_from=CHANGED,
    )
    moved.teachers.create(school=school, teacher=kaur, valid_from=CHANGED)
    assert found(school) == in_both(Kind.ROOM, needs_decision=False)
    assert "is now in B1, before in A2" in sentences(school)


@pytest.mark.parametrize(("days", "words"), [(0, "Garden ended on"), (7, "before this step does")])
def test_a_session_that_has_ended_or_will(lead, school, days, words):
    session = session_in(school, title="Garden")
    planned(school, lead, places=with_sessions(school, session))
    session.valid_to = TODAY + days * DAY
    session.save()
    assert found(school) == [(Kind.SESSION, "Week A, Monday 1", True)]
    assert words in sentences(school)


def test_a_session_that_ends_with_the_step_or_later_is_as_planned(lead, school):
    session = session_in(school)
    step = planned(school, lead, places=with_sessions(school, session))
    session.valid_to = step.ends_on = TODAY + WEEK
    session.save()
    step.save()
    assert looks_on(school, TODAY) == []


def test_a_lesson_added_to_the_bell_has_no_place_yet(lead, school):
    planned(school, lead)
    Period.objects.create(school=school, weekday=5, name="6", starts="15:10", ends="16:00", kind="lesson")
    assert found(school) == [(Kind.NO_PLACE, f"Week {week}, Friday 6", True) for week in "AB"]


def test_a_slot_that_is_no_lesson_any_more(lead, school):
    planned(school, lead)
    Period.objects.filter(pk=period(school).pk).update(kind="registration")
    assert found(school) == in_both(Kind.NO_SLOT)
    assert "the bell has registration then" in sentences(school)


def test_a_school_that_turns_to_two_weeks(lead, school):
    School.objects.filter(pk=school.pk).update(cycle_weeks=1)
    school.refresh_from_db()
    planned(school, lead)
    assert looks_on(school, TODAY) == []
    school.cycle_weeks = 2
    assert found(school) == [(Kind.WEEKS, "", True)]
    assert "a week A and a week B" in sentences(school)


def test_a_school_that_turns_to_one_week(lead, school):
    planned(school, lead)
    school.cycle_weeks = 1
    assert found(school) == [(Kind.WEEKS, "", True)]


def test_a_week_of_which_one_half_is_missing(lead, school):
    step = planned(school, lead)
    StepPlace.objects.filter(step=step, week="B").delete()
    listed = found(school)
    assert {(kind, needs) for kind, _, needs in listed} == {(Kind.NO_PLACE, True)}
    assert [slot for _, slot, _ in listed] == [f"Week B, {p}" for week, p in slots(school) if week == "B"]


def test_a_session_of_every_week_is_no_week_of_one(lead, school):
    session = session_in(school, week="")
    rest = [each for each in all_mainstream(school) if each.period != session.period]
    planned(school, lead, places=[PlaceIn("", session.period, Place.SESSION, session), *rest])
    assert looks_on(school, TODAY) == []


def monday_ahead() -> dt.date:
    return TODAY - dt.timedelta(days=TODAY.weekday()) + 2 * WEEK


def test_a_step_that_is_to_begin_in_a_closure(lead, school):
    planned(school, lead)
    step = HybridStep.objects.get(school=school)
    publish_step(
        step.placement,
        by=lead,
        kind="hold",
        starts_on=monday_ahead(),
        why="Hold",
        places=all_mainstream(school),
    )
    assert looks_on(school, TODAY) == []
    Closure.objects.create(school=school, day=monday_ahead(), reason="Staff training")
    assert found(school) == [(Kind.CLOSED, "", True)]
    assert "the school is closed that day (Staff training)" in sentences(school)


def test_a_step_that_is_to_begin_outside_the_calendar(lead, school):
    step = HybridStepFactory(school=school, placement=placement_at(school), starts_on=monday_ahead(), by=lead)
    StepPlace.objects.bulk_create(
        StepPlace(school=school, step=step, week=w, period=p, place="mainstream") for w, p in slots(school)
    )
    assert looks_on(school, TODAY) == []
    CycleWeek.objects.filter(school=school, monday=monday_ahead()).delete()
    assert found(school) == [(Kind.CLOSED, "", True)]
    assert "no school day then" in sentences(school)


def test_a_step_that_began_on_a_day_now_closed_is_past(lead, school):
    step = planned(school, lead)
    Closure.objects.create(school=school, day=step.starts_on)
    assert looks_on(school, TODAY) == []


def test_a_day_ahead_is_read_by_its_own_timetable(lead, school):
    step = planned(school, lead)
    lesson_of(school, step.pupil, period(school), valid_to=TODAY + 2 * WEEK)
    assert found(school) == []
    assert found(school, TODAY + 2 * WEEK) == in_both(Kind.NO_LESSON)


def of_lessons(school: Any) -> list[tuple[str, str, bool]]:
    """Without what is said of a first day on which this test may happen to run: a weekend."""
    return [each for each in found(school) if each[0] != Kind.CLOSED]


def test_a_step_made_ahead_is_read_by_what_was_known_when_it_was_made(lead, school):
    placement = placement_at(school)
    step = publish_step(
        placement, by=lead, kind="start", starts_on=TODAY, why="Start", places=all_mainstream(school)
    )
    lesson_of(school, step.pupil, period(school), valid_to=TODAY)
    assert of_lessons(school) == []  # the week was planned by today's timetable
    HybridStep.objects.filter(pk=step.pk).update(made_at=timezone.now() - WEEK)
    assert of_lessons(school) == in_both(Kind.NO_LESSON)


@pytest.mark.parametrize(("kind", "listed"), [("members", True), ("attendance", False)])
def test_an_import_later_on_the_day_a_step_was_made_came_after_it(lead, school, kind, listed):
    step = publish_step(
        placement_at(school),
        by=lead,
        kind="start",
        starts_on=TODAY,
        why="Start",
        places=all_mainstream(school),
    )
    lesson_of(school, step.pupil, period(school), valid_to=TODAY)
    ImportRun.objects.create(school=school, outcome={kind: {}}, at=timezone.now())
    assert bool(of_lessons(school)) is listed


def test_a_pupil_whose_place_has_ended_is_not_listed(lead, school):
    step = planned(school, lead)
    lesson_of(school, step.pupil, period(school), valid_to=CHANGED)
    step.placement.ends_on, step.placement.destination = TODAY, "full-return"
    step.placement.save()
    assert looks_on(school, TODAY) == []


def test_dated_lessons_agree_with_the_lessons_of_a_day(lead, school):
    pupil = placement_at(school).pupil
    first, second = period(school), period(school, 1)
    lesson_of(school, pupil, first, valid_to=CHANGED)
    lesson_of(school, pupil, first, name="8y/En2", valid_from=CHANGED)
    lesson_of(school, pupil, first, name="8x/En0", valid_from=CHANGED)
    lesson_of(school, pupil, first, week="A", name="8/Zz", subject="Art")
    lesson_of(school, pupil, second, week="B", name="8/Ma", subject="", valid_from=TODAY + DAY)
    over_time = DatedLessons.of(school, [pupil.pk], LONG_AGO)
    for day in (LONG_AGO - DAY, LONG_AGO, CHANGED - DAY, CHANGED, TODAY, TODAY + DAY):
        told = {
            (pupil.pk, *key): (had.class_name, had.subject, had.room, had.taught_by)
            for key, had in over_time.cycle(pupil.pk, day).items()
        }
        by_day = {
            key: (each.class_name, each.subject, each.room, " and ".join(each.teachers))
            for key, each in lessons_of_cycle(school, [pupil.pk], day).items()
        }
        assert told == by_day, day


def queries_for(school: Any, user: Any, client: Any, pupils: int) -> int:
    have = HybridStep.objects.filter(school=school).count()
    for _ in range(pupils - have):
        placement = PlacementFactory(school=school)
        step = HybridStepFactory(school=school, placement=placement, by=user)
        session = session_in(school)
        StepPlace.objects.create(
            school=school, step=step, week="A", period=session.period, place="session", session=session
        )
        lesson_of(school, placement.pupil, period(school, 2), valid_to=CHANGED)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(URL).status_code == 200
    return len(caught)


def test_the_page_costs_the_same_for_one_pupil_and_for_thirty(client, lead, school):
    client.force_login(lead)
    client.get(URL)
    one = queries_for(school, lead, client, 1)
    assert queries_for(school, lead, client, 30) == one
    assert len(looks_on(school, TODAY)) == 30


def test_the_page_says_what_changed_where_and_leads_to_the_plan(client, lead, senco, school):
    step = planned(school, lead)
    lesson_of(school, step.pupil, period(school), valid_to=CHANGED)
    client.force_login(lead)
    page = client.get(URL).content.decode()
    assert "has no lesson there any more" in page
    assert "Week A, Monday 1 · Week B, Monday 1" in page
    assert reverse("timetables:new_step", args=[step.pupil.uuid]) in page
    assert Read.objects.of(step.pupil).filter(page="rollover").exists()
    client.force_login(senco)
    assert reverse("timetables:new_step", args=[step.pupil.uuid]) not in client.get(URL).content.decode()


def test_a_day_that_is_none_comes_back_as_typed(client, lead, school):
    client.force_login(lead)
    answer = client.get(URL, {"day": "2026-13-45"})
    assert answer.status_code == 422
    assert 'value="2026-13-45"' in answer.content.decode()
    assert "No timetable needs a look" in answer.content.decode()


def test_the_first_day_of_next_term_is_offered(client, lead, school):
    client.force_login(lead)
    assert "First day of next term" not in client.get(URL).content.decode()
    starts = monday_ahead()
    Term.objects.create(school=school, name="Next", starts_on=starts, ends_on=starts + 4 * WEEK)
    Closure.objects.create(school=school, day=starts)
    assert first_day_of_next_term(school, TODAY) == starts + DAY
    assert f"?day={starts + DAY}" in client.get(URL).content.decode()


def press_seen(client: Any, pupil: Any) -> Any:
    look = next(each for each in client.get(URL).context["looks"] if each.pupil == pupil)
    seals = [finding.seal for finding in look.findings]
    return client.post(reverse("timetables:rollover_seen", args=[pupil.uuid]), {"finding": seals})


def test_a_pupil_who_was_seen_is_off_the_list_until_something_new(client, senco, lead, school):
    step, other = planned(school, lead), planned(school, lead)
    for each in (step, other):
        lesson_of(school, each.pupil, period(school), name=f"8/{each.pk}", valid_to=CHANGED)
    client.force_login(senco)
    assert press_seen(client, step.pupil).status_code == 302
    assert [look.pupil for look in looks_on(school, TODAY)] == [other.pupil]
    kept = LookedAt.objects.get(school=school)
    assert (kept.pupil, kept.step, kept.by, len(kept.findings)) == (step.pupil, step, senco, 2)
    assert Event.objects.filter(verb="step.looked_at", pupil_id=step.pupil_id, by=senco).exists()
    lesson_of(school, step.pupil, period(school, 1), name="8/new", valid_to=CHANGED)
    again = next(look for look in looks_on(school, TODAY) if look.pupil == step.pupil)
    assert {each.slot for each in again.findings} == {"Week A, Monday 2", "Week B, Monday 2"}


def test_what_came_up_after_the_page_was_opened_is_not_taken_for_seen(client, lead, school):
    step = planned(school, lead)
    lesson_of(school, step.pupil, period(school), valid_to=CHANGED)
    client.force_login(lead)
    address = reverse("timetables:rollover_seen", args=[step.pupil.uuid])
    answer = client.post(address, {"finding": ["0" * 64]}, follow=True)
    assert "Look again below" in answer.content.decode()
    assert not LookedAt.objects.filter(school=school).exists()
    assert len(looks_on(school, TODAY)) == 1


def test_the_sessions_page_leads_here(client, senco, school):
    client.force_login(senco)
    assert URL in client.get(reverse("timetables:sessions")).content.decode()


def test_the_lead_is_told_once_a_day_and_without_names(lead, leader, school):
    step = planned(school, lead)
    tell_after_import(school, frozenset({"members"}))
    assert not Message.objects.filter(school=school).exists()
    lesson_of(school, step.pupil, period(school), valid_to=CHANGED)
    tell_after_import(school, frozenset({"attendance"}))
    assert not Message.objects.filter(school=school).exists()
    for _ in range(2):
        tell_after_import(school, frozenset({"members"}))
    told = Message.objects.get(school=school)
    assert (told.to, told.link) == (lead, URL)
    assert told.text == "After today’s import the timetable of 1 pupil needs a look."


PUPILS = (
    "UPN,Surname,First name,Date of birth,Year group\n"
    "B801200005001,Mensah,Kai,05/03/2014,Year 8\n"
    "M80120000500A,Adler,Mia,05/03/2014,Year 8\n"
    "P207000016049,Okoro,Ben,05/03/2014,Year 8\n"
)
EXPORT = {
    "staff": "Staff Code,Surname\nABC,Adeyemi\n",
    "periods": "Day,Period,Start,End,Kind\nMonday,1,09:00,10:00,lesson\nMonday,2,10:00,11:00,lesson\n",
    "calendar": "Week commencing,Week,Closures\n"
    + "".join(f"{dt.date(2026, 8, 31) + n * WEEK:%d/%m/%Y},,\n" for n in range(16)),
    "pupils": PUPILS,
    "timetable": "Day,Period,Class,Subject,Staff,Room\nMonday,1,8x/En,English,ABC,E1\nMonday,2,8x/En,English,ABC,E1\n"
    "Monday,1,8y/Fr,French,ABC,E2\n",
    "members": "Class,UPN\n8x/En,B801200005001\n8x/En,M80120000500A\n8x/En,P207000016049\n",
}


def files(**changed: str) -> list[File]:
    return [File(f"{name}.csv", text.encode()) for name, text in {**EXPORT, **changed}.items()]


def test_an_import_that_changes_a_class_lists_the_pupil_and_tells_the_lead(
    django_capture_on_commit_callbacks,
):
    with time_machine.travel("2026-11-23 09:00"), django_capture_on_commit_callbacks(execute=True):
        import_files(files(), "123456")
    school = School.objects.get(urn="123456")
    context.enter([school.pk])
    lead = MembershipFactory(school=school, role=Role.LEAD).user
    pupil = Pupil.objects.get(school=school, given_name="Kai")
    with time_machine.travel("2026-11-24 09:00"):
        placement = PlacementFactory(school=school, pupil=pupil, starts_on=dt.date(2026, 11, 24))
        publish_step(
            placement,
            by=lead,
            kind="start",
            starts_on=dt.date(2026, 11, 24),
            why="Start",
            places=all_mainstream(school),
        )
        assert looks_on(school, dt.date(2026, 11, 24)) == []
    with time_machine.travel("2026-11-30 09:00"), django_capture_on_commit_callbacks(execute=True):
        moved = EXPORT["members"].replace("8x/En,B8", "8y/Fr,B8")
        import_files(files(members=moved), "123456")
    with time_machine.travel("2026-11-30 10:00"):
        (look,) = looks_on(school, dt.date(2026, 11, 30))
        assert look.pupil == pupil
        assert {(each.kind, each.slot) for each in look.findings} == {
            (Kind.LESSON, "Monday 1"),
            (Kind.NO_LESSON, "Monday 2"),
        }
        assert Message.objects.get(school=school).to == lead


def test_a_dry_run_tells_nobody_and_what_fails_afterwards_leaves_the_import(
    monkeypatch, django_capture_on_commit_callbacks
):
    called = []

    def fails(school: Any, kinds: frozenset[str]) -> None:
        called.append(kinds)
        raise ValueError("later")

    monkeypatch.setattr(after, "_registered", [fails])
    with django_capture_on_commit_callbacks(execute=True):
        import_files(files(), "123456", dry_run=True)
    assert called == []
    with django_capture_on_commit_callbacks() as callbacks:
        assert import_files(files(), "123456").applied
    with pytest.raises(ValueError, match="later"):
        callbacks[0]()
    assert called == [frozenset(EXPORT)]
