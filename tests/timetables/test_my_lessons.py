"""A teacher's own page: who comes, what helps, what was agreed, and one tap about how it went."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from iap.schools.models import Closure, CycleWeek, Membership, Period, Role
from pupils.actions.passports import save_passport
from tests.factories import (
    HybridStepFactory,
    MembershipFactory,
    PlacementFactory,
    PupilFactory,
    StaffMemberFactory,
)
from timetables.actions.returns import ChangeIn, agree_return, note_lesson_cover
from timetables.models import (
    AgreedChange,
    ChangeState,
    ClassReturn,
    LessonFeedback,
    MainstreamClass,
    Place,
    Receipt,
    StepPlace,
)

from .week import lesson_of

MONDAY = dt.date(2026, 11, 23)
# What the test's client asks around a request, to put back its own context.
HARNESS = ("SAVEPOINT", "RELEASE", "SELECT coalesce(current_setting", "SELECT set_config('app.school_ids'")
WEDNESDAY = MONDAY + dt.timedelta(days=2)


@pytest.fixture(autouse=True)
def _a_wednesday() -> Any:
    with time_machine.travel(dt.datetime(2026, 11, 25, 11, 30, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def mr_whitfield(school: Any, teacher: Any) -> Any:
    return StaffMemberFactory(
        school=school, title="Mr", family_name="Whitfield", user=teacher, linked_by=teacher
    )


def comes(
    school: Any,
    staff: Any,
    *,
    weekday: int = 3,
    since: dt.date = MONDAY - dt.timedelta(weeks=4),
    **named: Any,
) -> Any:
    """A pupil whose step brings them to this teacher's science, every week on that day in lesson 3."""
    pupil = PupilFactory(school=school, **named)
    placement = PlacementFactory(school=school, pupil=pupil, starts_on=since, helps="Warn before changes")
    step = HybridStepFactory(school=school, placement=placement)
    period = Period.objects.get(school=school, weekday=weekday, name="3")
    lesson = lesson_of(school, pupil, period, name="8R2", subject="Science", room="Lab 3", teacher=staff)
    for week in school.weeks:
        StepPlace.objects.create(school=school, step=step, week=week, period=period, place=Place.MAINSTREAM)
    return pupil, lesson


def page(client: Client, user: Any) -> str:
    client.force_login(user)
    return client.get(reverse("timetables:my_lessons")).content.decode()


def say(client: Client, pupil: Any, lesson: Any, outcome: str, day: dt.date = WEDNESDAY, **more: Any) -> Any:
    data = {"lesson": lesson.pk, "outcome": outcome, "entry": str(uuid4()), **more}
    return client.post(reverse("timetables:feedback", args=[day, pupil.uuid]), data)


def test_this_weeks_lesson_shows_who_comes_when_and_what_helps(client, school, teacher, mr_whitfield):
    pupil, _ = comes(school, mr_whitfield, given_name="Amira", family_name="Saleh")
    html = page(client, teacher)
    assert "Amira S." in html
    assert "Saleh" not in html
    assert "Today" in html and "Lab 3" in html and "Warn before changes" in html
    assert "Now" in html
    assert "5th lesson back" in html
    assert pupil.upn not in html


def test_the_page_names_the_week_of_the_cycle(client, school, teacher, mr_whitfield):
    comes(school, mr_whitfield)
    for label, other in (("A", "B"), ("B", "A")):
        CycleWeek.objects.filter(school=school, monday=MONDAY).update(label=label)
        html = page(client, teacher)
        assert f"week of 23 November, week {label}" in html and f"week {other}" not in html


def test_of_a_passport_the_first_three_lines_are_shown(client, school, teacher, mr_whitfield, lead):
    pupil, _ = comes(school, mr_whitfield)
    save_passport(
        pupil, by=lead, own_words="Art is me.", helps="Call me early\nTwo parts\nA quiet seat\nMy green card"
    )
    html = page(client, teacher)
    assert all(line in html for line in ("Call me early", "Two parts", "A quiet seat"))
    assert "My green card" not in html and "Warn before changes" not in html


def test_the_first_lesson_back_says_so_and_how_it_begins(client, school, teacher, mr_whitfield, lead):
    pupil, _ = comes(school, mr_whitfield, since=MONDAY)
    group = MainstreamClass.objects.get(school=school, name="8R2")
    agree_return(
        pupil, group, by=lead, first_lesson="Mr Ortiz walks over with Kai.", exit_plan="The library."
    )
    html = page(client, teacher)
    assert "First lesson back" in html
    assert "Mr Ortiz walks over with Kai." in html
    assert "The library." in html


def test_a_lesson_is_asked_about_once_it_has_begun(client, school, teacher, mr_whitfield):
    comes(school, mr_whitfield)
    assert "How did it go" in page(client, teacher)
    with time_machine.travel(dt.datetime(2026, 11, 25, 11, 15, tzinfo=dt.UTC), tick=False):
        assert "How did it go" not in page(client, teacher)


def test_a_closure_is_no_lesson(client, school, teacher, mr_whitfield):
    comes(school, mr_whitfield)
    Closure.objects.create(school=school, day=WEDNESDAY)
    Closure.objects.create(school=school, day=WEDNESDAY - dt.timedelta(weeks=1))
    assert "Nobody is returning to your lessons this week" in page(client, teacher)


def test_one_tap_is_kept_and_can_be_undone(client, school, teacher, mr_whitfield):
    pupil, lesson = comes(school, mr_whitfield)
    client.force_login(teacher)
    assert say(client, pupil, lesson, "mixed").status_code == 302
    said = LessonFeedback.objects.get()
    assert (said.outcome, said.day, said.by) == ("mixed", WEDNESDAY, teacher)
    assert "Mixed. Saved" in page(client, teacher)
    client.post(
        reverse("timetables:feedback", args=[WEDNESDAY, pupil.uuid]),
        {"lesson": lesson.pk, "undo": str(said.entry)},
    )
    assert not LessonFeedback.objects.standing().exists()


def test_what_awaits_a_word_and_what_is_to_come_stand_before_what_is_done(
    client, school, teacher, mr_whitfield
):
    monday, lesson = comes(school, mr_whitfield, weekday=1, given_name="Mo")
    comes(school, mr_whitfield, weekday=2, given_name="Tess")
    comes(school, mr_whitfield, weekday=3, given_name="Wes")
    comes(school, mr_whitfield, weekday=4, given_name="Thea")
    client.force_login(teacher)

    def named() -> list[str]:
        return [
            each.pupil.given_name for each in client.get(reverse("timetables:my_lessons")).context["visits"]
        ]

    assert named() == ["Wes", "Tess", "Mo", "Thea"]
    say(client, monday, lesson, "well", MONDAY)
    assert named() == ["Wes", "Tess", "Thea", "Mo"]


def test_what_helped_in_an_earlier_lesson_is_folded_until_read_and_spoken_of_all_of_it_is(
    client, school, teacher, mr_whitfield, lead
):
    pupil, lesson = comes(school, mr_whitfield, weekday=1, given_name="Mo")
    agree_return(pupil, lesson.mainstream_class, by=lead, exit_plan="The library.")
    client.force_login(teacher)
    assert " noprint" in _board(client) and "What helps Mo, and" in _board(client)
    assert "To read" in _board(client) and "The library." in _board(client)
    say(client, pupil, lesson, "well", MONDAY)
    assert "you have spoken of" not in _board(client)  # what is agreed is not read yet
    client.post(reverse("timetables:read_return", args=[ClassReturn.objects.get().uuid]))
    assert "1 lesson of this week that you have spoken of" in _board(client)
    assert "To read" not in _board(client) and "The library." in _board(client)


def test_a_fold_opens_where_what_was_typed_in_it_is_refused(client, school, teacher, mr_whitfield):
    pupil, lesson = comes(school, mr_whitfield, weekday=1, given_name="Mo")
    client.force_login(teacher)
    say(client, pupil, lesson, "well", MONDAY)
    assert '<details class="iap-det noprint">' in _board(client)
    answer = say(client, pupil, lesson, "", MONDAY, line="x" * 201)
    assert '<details class="iap-det noprint" open>' in answer.content.decode()


def test_what_helps_folds_once_todays_lesson_is_spoken_of(client, school, teacher, mr_whitfield):
    pupil, lesson = comes(school, mr_whitfield, given_name="Wes")
    client.force_login(teacher)
    assert "What helps Wes, and" not in _board(client)
    say(client, pupil, lesson, "well")
    assert "What helps Wes, and" in _board(client) and "you have spoken of" not in _board(client)


def test_what_helps_stands_open_once_for_a_pupil_and_class(client, school, teacher, mr_whitfield):
    pupil, lesson = comes(school, mr_whitfield)
    step, later = StepPlace.objects.first().step, Period.objects.get(school=school, weekday=4, name="3")
    lesson_of(school, pupil, later, name="8R2", subject="Science", room="Lab 3", teacher=mr_whitfield)
    for week in school.weeks:
        StepPlace.objects.create(school=school, step=step, week=week, period=later, place=Place.MAINSTREAM)
    client.force_login(teacher)

    def folded() -> list[bool]:
        return [visit.folded for visit in client.get(reverse("timetables:my_lessons")).context["visits"]]

    assert folded() == [False, True]
    say(client, pupil, lesson, "well")
    assert folded() == [True, False]


def in_class_all_week(school: Any, staff: Any) -> list[Any]:
    """A pupil who is back in their own class of one teacher, in every lesson; and the lessons of the week."""
    pupil = PupilFactory(school=school, given_name="Wes", family_name="Ashe")
    placement = PlacementFactory(
        school=school, pupil=pupil, starts_on=MONDAY - dt.timedelta(weeks=4), helps="Warn before changes"
    )
    step = HybridStepFactory(school=school, placement=placement)
    lessons = []
    for period in Period.objects.filter(school=school, kind="lesson").in_order():
        lessons.append(lesson_of(school, pupil, period, name="4W", subject="", room="Willow", teacher=staff))
        for week in school.weeks:
            StepPlace.objects.create(
                school=school, step=step, week=week, period=period, place=Place.MAINSTREAM
            )
    return lessons


def test_a_class_teacher_reads_a_pupil_who_is_there_all_week_in_one_look(
    client, school, teacher, mr_whitfield
):
    lessons = in_class_all_week(school, mr_whitfield)
    client.force_login(teacher)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(reverse("timetables:my_lessons"))
    assert len([each for each in asked.captured_queries if not each["sql"].startswith(HARNESS)]) <= 10
    visits = answer.context["visits"]
    assert len(visits) == len(lessons) >= 25
    assert f"1 pupil, {len(lessons)} lessons" in answer.content.decode()
    today = [visit for visit in visits if visit.day == WEDNESDAY]
    assert visits[: len(today)] == today  # what is asked about now needs no looking for
    assert [visit.lesson.period.starts for visit in today] == sorted(
        visit.lesson.period.starts for visit in today
    )
    assert [visit.folded for visit in visits].count(False) == 1 and not visits[0].folded
    assert {visit.number for visit in visits if visit.day <= WEDNESDAY} == {5}


def test_a_class_teacher_speaks_of_each_lesson_of_the_day_by_itself(client, school, teacher, mr_whitfield):
    lessons = in_class_all_week(school, mr_whitfield)
    pupil = StepPlace.objects.first().step.pupil
    first, second = [each for each in lessons if each.period.weekday == 3][:2]
    client.force_login(teacher)
    assert say(client, pupil, first, "well").status_code == 302
    assert say(client, pupil, second, "hard").status_code == 302
    said = {
        visit.lesson.pk: visit.feedback
        for visit in client.get(reverse("timetables:my_lessons")).context["visits"]
    }
    assert said[first.pk].outcome == "well" and said[second.pk].outcome == "hard"
    assert sum(feedback is not None for feedback in said.values()) == 2


def test_whoever_leaves_takes_no_lesson_from_that_day_on_and_covers_none(
    client, school, teacher, mr_whitfield, lead
):
    friday = MONDAY + dt.timedelta(days=4)
    comes(school, mr_whitfield, given_name="Amira")
    comes(school, mr_whitfield, weekday=5, given_name="Tess")
    _, covered = comes(school, StaffMemberFactory(school=school), weekday=5, given_name="Wes")
    note_lesson_cover(covered, day=friday, by=lead, covered_by=mr_whitfield)
    html = page(client, teacher)
    assert all(name in html for name in ("Amira", "Tess", "Wes"))
    mr_whitfield.left_on = friday
    mr_whitfield.save(update_fields=["left_on"])
    html = page(client, teacher)
    assert "Amira" in html and "Tess" not in html and "Wes" not in html


def test_whoever_has_left_opens_no_page_of_a_teacher_though_the_account_still_stands(
    client, school, teacher, mr_whitfield
):
    pupil, lesson = comes(school, mr_whitfield)
    pages = ("my_lessons", "my_lessons_coming", "my_pupils")
    client.force_login(teacher)
    for left_on, status in ((WEDNESDAY + dt.timedelta(days=1), 200), (WEDNESDAY, 403), (None, 200)):
        mr_whitfield.left_on = left_on
        mr_whitfield.save(update_fields=["left_on"])
        assert {client.get(reverse(f"timetables:{name}")).status_code for name in pages} == {status}
        assert client.get(reverse("timetables:passport", args=[pupil.uuid])).status_code == status
        assert client.get(reverse("referrals:mine")).status_code == status
    mr_whitfield.left_on = WEDNESDAY
    mr_whitfield.save(update_fields=["left_on"])
    assert say(client, pupil, lesson, "well").status_code == 403


def test_the_lead_who_has_left_by_a_wrong_date_is_not_shut_out(client, school, lead):
    StaffMemberFactory(school=school, user=lead, linked_by=lead, left_on=MONDAY)
    client.force_login(lead)
    assert client.get(reverse("timetables:today")).status_code == 200


def _board(client: Client) -> str:
    """What stands below the head of the page."""
    html = client.get(reverse("timetables:my_lessons")).content.decode()
    return html[html.index('id="board"') :]


def test_the_same_tap_twice_is_one_and_another_under_its_uuid_a_conflict(
    client, school, teacher, mr_whitfield
):
    pupil, lesson = comes(school, mr_whitfield)
    client.force_login(teacher)
    entry = str(uuid4())
    for _ in range(2):
        say(client, pupil, lesson, "well", entry=entry)
    assert LessonFeedback.objects.count() == 1
    assert say(client, pupil, lesson, "hard", entry=entry).status_code == 409
    assert LessonFeedback.objects.get().outcome == "well"


def test_a_line_joins_what_was_tapped_and_a_refused_one_still_stands_in_its_box(
    client, school, teacher, mr_whitfield
):
    pupil, lesson = comes(school, mr_whitfield)
    client.force_login(teacher)
    say(client, pupil, lesson, "well")
    say(client, pupil, lesson, "", line="Shared his method with the table.")
    latest = LessonFeedback.objects.latest("pk")
    assert (latest.outcome, latest.line) == ("well", "Shared his method with the table.")
    too_long = "x" * 201
    answer = say(client, pupil, lesson, "", line=too_long)
    assert answer.status_code == 422
    assert too_long in answer.content.decode()


def test_a_lesson_of_a_colleague_cannot_be_spoken_of(client, school, teacher, mr_whitfield):
    pupil, lesson = comes(school, StaffMemberFactory(school=school, family_name="Kaur"))
    client.force_login(teacher)
    assert say(client, pupil, lesson, "well").status_code == 404
    assert not LessonFeedback.objects.exists()


def test_a_lesson_the_pupil_does_not_come_to_cannot_be_spoken_of(client, school, teacher, mr_whitfield):
    pupil, lesson = comes(school, mr_whitfield, since=WEDNESDAY)
    client.force_login(teacher)
    assert say(client, pupil, lesson, "well", day=WEDNESDAY - dt.timedelta(weeks=1)).status_code == 404


def test_who_covers_sees_that_days_lesson_and_no_other(client, school, teacher, mr_whitfield, lead):
    _, lesson = comes(school, StaffMemberFactory(school=school, family_name="Kaur"))
    assert "Nobody is returning" in page(client, teacher)
    note_lesson_cover(lesson, by=lead, day=WEDNESDAY, covered_by=mr_whitfield)
    html = page(client, teacher)
    assert "You cover" in html
    with time_machine.travel(dt.datetime(2026, 12, 2, 11, 30, tzinfo=dt.UTC), tick=False):
        assert "Nobody is returning" in page(client, teacher)


def test_what_was_agreed_is_shown_with_owner_and_day_and_its_teacher_says_how_it_stands(
    client, school, teacher, mr_whitfield, lead
):
    pupil, _ = comes(school, mr_whitfield)
    group = MainstreamClass.objects.get(school=school, name="8R2")
    agree_return(
        pupil, group, by=lead, helps="Sit near the door\nTwo-part instructions",
        changes=[ChangeIn("Side bench", mr_whitfield, dt.date(2026, 12, 1))],
    )  # fmt: skip
    html = page(client, teacher)
    assert "Side bench" in html and "Mr Whitfield, by 1 December" in html and "Two-part instructions" in html
    change = AgreedChange.objects.get()
    client.post(reverse("timetables:note_change", args=[change.uuid]), {"state": "in-place"})
    change.refresh_from_db()
    assert (change.state, change.state_by) == (ChangeState.IN_PLACE, teacher)
    assert "In place since 25 November" in page(client, teacher)


def test_reading_is_receipted_until_something_new_is_agreed(client, school, teacher, mr_whitfield, lead):
    pupil, _ = comes(school, mr_whitfield)
    group = MainstreamClass.objects.get(school=school, name="8R2")
    held = agree_return(pupil, group, by=lead, helps="Sit near the door")
    assert "I have read this" in page(client, teacher)
    client.post(reverse("timetables:read_return", args=[held.uuid]))
    assert "I have read this" not in page(client, teacher)
    assert Receipt.objects.get().by == teacher
    agree_return(pupil, group, by=lead, helps="Sit by the window")
    assert "I have read this" in page(client, teacher)


def test_what_belongs_to_a_colleagues_class_is_out_of_reach(client, school, teacher, mr_whitfield, lead):
    pupil, _ = comes(school, StaffMemberFactory(school=school, family_name="Kaur"))
    group = MainstreamClass.objects.get(school=school, name="8R2")
    held = agree_return(
        pupil, group, by=lead, changes=[ChangeIn("Side bench", mr_whitfield, dt.date(2026, 12, 1))]
    )
    client.force_login(teacher)
    assert client.post(reverse("timetables:read_return", args=[held.uuid])).status_code == 404
    change = AgreedChange.objects.get()
    assert (
        client.post(reverse("timetables:note_change", args=[change.uuid]), {"state": "ended"}).status_code
        == 404
    )


def test_the_page_costs_ten_queries_however_many_come(client, school, teacher, mr_whitfield, lead):
    for number in range(12):
        pupil, lesson = comes(school, mr_whitfield, weekday=1 + number % 5)
        group = lesson.mainstream_class
        agree_return(
            pupil, group, by=lead, changes=[ChangeIn("Side bench", mr_whitfield, dt.date(2026, 12, 1))]
        )
    client.force_login(teacher)
    with CaptureQueriesContext(connection) as asked:
        html = client.get(reverse("timetables:my_lessons")).content.decode()
    own = [each["sql"] for each in asked.captured_queries if not each["sql"].startswith(HARNESS)]
    assert html.count("<article") == 12
    assert len(own) <= 10


def test_a_teacher_of_two_schools_acts_in_the_school_of_the_pupil(
    client, school, other_school, teacher, mr_whitfield
):
    MembershipFactory(school=other_school, user=teacher, role=Role.TEACHER)
    pupil, lesson = comes(school, mr_whitfield)
    assert Membership.objects.filter(user=teacher).count() == 2
    client.force_login(teacher)
    client.post(reverse("schools:choose"), {"school": other_school.uuid})
    assert say(client, pupil, lesson, "well").status_code == 302
    assert LessonFeedback.objects.get().school == school
