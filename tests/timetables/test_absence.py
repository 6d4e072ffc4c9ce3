"""Somebody is away: who is free, and one form for all their sessions."""

import datetime as dt

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from iap.errors import Refused
from iap.schools.calendar import Calendar, monday_of
from iap.schools.models import CycleWeek, Period
from tests.factories import PupilFactory, StaffMemberFactory
from timetables.actions.absence import AbsenceRefused, Pick, note_absence
from timetables.actions.cover import note_cover
from timetables.actions.returns import note_lesson_cover
from timetables.free import Whereabouts
from timetables.models import Cover, LessonCover

from .test_groups import cover, joins
from .week import LONG_AGO, TODAY, lesson_of, session_in

MONDAY = monday_of(TODAY) + dt.timedelta(weeks=1)


@pytest.fixture
def label(school):
    return CycleWeek.objects.get(school=school, monday=MONDAY).label


@pytest.fixture
def ours(school, label):
    """The first two lessons of Monday, both staffed by the same teacher."""
    teacher = StaffMemberFactory(school=school, family_name="Away")
    sessions = [session_in(school, label, number, title=f"Session {number}") for number in (0, 1)]
    for session in sessions:
        joins(session, teacher, "qt", first=LONG_AGO)
    return teacher, sessions


def free(school, session, but, day=MONDAY, teacher_first=True):
    where = Whereabouts.of(school, [day], Calendar.of(school, day, day))
    return [each.adult for each in where.free(session, day, but=but, teacher_first=teacher_first)]


def test_who_is_in_a_session_covers_teaches_or_is_away_is_not_free(school, ours, label):
    teacher, (first, second) = ours
    other_label = "B" if label == "A" else "A"
    staffing, covering, teaching, absent, idle, later, left = (
        StaffMemberFactory(school=school) for _ in range(7)
    )
    elsewhere = session_in(school, label, 0, title="Elsewhere")
    joins(elsewhere, staffing, "support", first=LONG_AGO)
    cover(elsewhere, None, covering, MONDAY)
    lesson_of(school, PupilFactory(school=school), first.period, week=label, teacher=teaching)
    lesson_of(
        school, PupilFactory(school=school), first.period, week=other_label, name="8y/En1", teacher=later
    )
    joins(second, absent, "support", first=LONG_AGO)
    cover(second, absent, None, MONDAY)
    left.left_on = MONDAY
    left.save()
    assert set(free(school, first, teacher)) == {idle, later}


def test_who_covers_a_lesson_is_not_free_and_who_is_in_a_session_takes_no_lesson(school, ours, label, lead):
    teacher, (first, second) = ours
    covering, own = StaffMemberFactory(school=school), StaffMemberFactory(school=school)
    pupil = PupilFactory(school=school)
    lesson = lesson_of(school, pupil, first.period, week=label, name="8R2", teacher=own)
    note_lesson_cover(lesson, by=lead, day=MONDAY, covered_by=covering)
    assert covering not in free(school, first, teacher)
    assert covering in free(school, second, teacher)
    given = {"by": lead, "day": MONDAY, "covered_by": covering, "role": "support"}
    with pytest.raises(Refused, match="takes 8R2 at that time"):
        note_cover(first, **given)
    assert note_cover(second, **given).pk
    with pytest.raises(Refused, match="at that time"):
        note_lesson_cover(lesson, by=lead, day=MONDAY, covered_by=teacher)
    cover(first, teacher, None, MONDAY)
    note_lesson_cover(lesson, by=lead, day=MONDAY, covered_by=teacher)
    assert LessonCover.objects.get().covered_by == teacher


def test_who_was_released_from_a_session_by_absence_stays_away_all_day(school, ours):
    teacher, (first, second) = ours
    cover(second, teacher, None, MONDAY)
    assert teacher not in free(school, first, StaffMemberFactory(school=school))


def test_those_of_the_provision_come_first_then_teachers(school, ours, label):
    teacher, (first, _) = ours
    stranger = StaffMemberFactory(school=school, family_name="Aa")
    helper = StaffMemberFactory(school=school, family_name="A", qualified=False)
    colleague = StaffMemberFactory(school=school, family_name="Cc")
    assistant = StaffMemberFactory(school=school, family_name="Bb", qualified=False)
    for adult in (colleague, assistant):
        joins(session_in(school, label, 4), adult, "support", first=LONG_AGO)
    assert free(school, first, teacher) == [colleague, assistant, stranger, helper]
    assert free(school, first, teacher, teacher_first=False) == [assistant, colleague, helper, stranger]


def posted(teacher, sessions, *chosen, day=MONDAY):
    rows = {
        f"cover-{session.uuid}-{day:%Y%m%d}": str(adult.uuid) if adult else ""
        for session, adult in zip(sessions, chosen, strict=True)
    }
    return {"adult": str(teacher.uuid), "first": day.isoformat(), "last": "", **rows}


def send(client, lead, *args):
    client.force_login(lead)
    return client.post(reverse("timetables:absence"), posted(*args))


def test_an_absence_is_noted_in_all_sessions_with_who_comes(client, school, lead, ours):
    teacher, sessions = ours
    comes = StaffMemberFactory(school=school)
    assert send(client, lead, teacher, sessions, comes, None).status_code == 302
    kept = {row.session_id: row for row in Cover.objects.all()}
    assert [kept[session.pk].covered_by for session in sessions] == [comes, None]
    assert {row.adult for row in kept.values()} == {teacher}
    assert kept[sessions[0].pk].role == "qt"


def test_who_is_no_teacher_comes_as_support(client, school, lead, ours):
    teacher, sessions = ours
    send(client, lead, teacher, sessions, StaffMemberFactory(school=school, qualified=False), None)
    assert Cover.objects.get(session=sessions[0]).role == "support"


def test_one_session_that_refuses_leaves_all_of_them_and_says_so_beside_it(client, school, lead, ours, label):
    teacher, sessions = ours
    comes, busy = StaffMemberFactory(school=school), StaffMemberFactory(school=school)
    joins(session_in(school, label, 1, title="Garden"), busy, "support", first=LONG_AGO)
    answer = send(client, lead, teacher, sessions, comes, busy)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert not Cover.objects.exists()
    assert "They are no longer free then." in page
    assert f'<option value="{comes.uuid}" selected>' in page


def test_all_or_nothing_also_where_the_database_has_the_last_word(school, lead, ours):
    teacher, (first, second) = ours
    comes = StaffMemberFactory(school=school)
    cover(second, teacher, None, MONDAY)
    with pytest.raises(AbsenceRefused) as refused:
        note_absence(
            school, by=lead, adult=teacher,
            picks=[Pick(first, MONDAY, "qt", comes), Pick(second, MONDAY, "qt", comes)],
        )  # fmt: skip
    assert list(refused.value.rows) == [(second.pk, MONDAY)]
    assert Cover.objects.count() == 1


def test_sessions_that_changed_meanwhile_are_shown_again_before_anything_is_noted(client, school, lead, ours):
    teacher, sessions = ours
    answer = send(client, lead, teacher, sessions[:1], None)
    assert answer.status_code == 422
    assert "have changed since this page was opened" in answer.content.decode()
    assert not Cover.objects.exists()


def test_the_page_lists_sessions_of_several_days_and_those_already_noted(client, school, lead, ours, label):
    teacher, sessions = ours
    tuesday = session_in(school, label, 5, title="Tuesday maths")
    joins(tuesday, teacher, "support", first=LONG_AGO)
    cover(sessions[0], teacher, None, MONDAY)
    client.force_login(lead)
    until = MONDAY + dt.timedelta(days=4)
    asked = {"adult": teacher.uuid, "first": MONDAY.isoformat(), "last": until.isoformat()}
    page = client.get(reverse("timetables:absence"), asked).content.decode()
    assert "Tuesday maths" in page
    assert "Already noted as away" in page


@pytest.mark.parametrize("last", [MONDAY - dt.timedelta(days=1), MONDAY + dt.timedelta(weeks=3)])
def test_days_that_cannot_be_are_refused_with_what_to_do(client, lead, ours, last):
    client.force_login(lead)
    asked = {"adult": ours[0].uuid, "first": MONDAY.isoformat(), "last": last.isoformat()}
    assert client.get(reverse("timetables:absence"), asked).status_code == 422


def test_an_adult_of_another_school_cannot_be_chosen(client, lead, school, other_school, ours):
    client.force_login(lead)
    foreign = StaffMemberFactory(school=other_school)
    asked = {"adult": foreign.uuid, "first": MONDAY.isoformat(), "last": ""}
    assert client.get(reverse("timetables:absence"), asked).status_code == 422
    answer = send(client, lead, ours[0], ours[1], foreign, None)
    assert answer.status_code == 422
    assert not Cover.objects.exists()


def test_a_mainstream_lesson_of_who_covers_is_a_warning_and_no_refusal(client, school, lead, ours, label):
    teacher, sessions = ours
    comes = StaffMemberFactory(school=school, family_name="Busy")
    lesson_of(school, PupilFactory(school=school), sessions[0].period, week=label, teacher=comes)
    noted = note_cover(sessions[0], by=lead, day=MONDAY, adult=teacher, covered_by=comes, role="qt")
    assert noted.warning.startswith(f"{comes} teaches 8x/En1 at that time.")
    free_then = note_cover(sessions[1], by=lead, day=MONDAY, adult=teacher, covered_by=comes, role="qt")
    assert free_then.warning == ""


def test_the_warning_is_said_where_cover_is_noted_in_the_session(client, school, lead, ours, label):
    teacher, sessions = ours
    comes = StaffMemberFactory(school=school)
    lesson_of(school, PupilFactory(school=school), sessions[0].period, week=label, teacher=comes)
    client.force_login(lead)
    answer = client.post(
        reverse("timetables:cover", args=[sessions[0].uuid]),
        {"day": MONDAY.isoformat(), "adult": teacher.uuid, "covered_by": comes.uuid, "role": "qt"},
    )
    assert any("teaches 8x/En1" in str(message) for message in get_messages(answer.wsgi_request))


def test_the_page_costs_the_same_however_many_adults_and_sessions(
    client, school, lead, ours, label, django_assert_num_queries
):
    teacher, _ = ours
    client.force_login(lead)
    asked = {"adult": teacher.uuid, "first": MONDAY.isoformat(), "last": ""}

    def page():
        return client.get(reverse("timetables:absence"), asked)

    page()
    with CaptureQueriesContext(connection) as few:
        page()
    for number in (2, 3):
        joins(session_in(school, label, number), teacher, "qt", first=LONG_AGO)
    for period in Period.objects.filter(school=school, kind="lesson")[:6]:
        adult = StaffMemberFactory(school=school)
        lesson_of(school, PupilFactory(school=school), period, name=f"c{period.pk}", teacher=adult)
    with django_assert_num_queries(len(few)):
        page()
