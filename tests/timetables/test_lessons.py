"""Which lesson a pupil has in a slot on a day."""

import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext

from iap.schools.calendar import Calendar
from iap.schools.models import Closure, Period
from tests.factories import PupilFactory, StaffMemberFactory
from timetables.lessons import lessons_at, lessons_of_cycle
from timetables.models import ClassMember

from .week import LONG_AGO, TODAY, lesson_of

WEEK = dt.timedelta(weeks=1)


def a_monday(school, label):
    calendar = Calendar.of(school, TODAY, TODAY + 4 * WEEK)
    return next(d for d in calendar.open_days() if d.weekday() == 0 and calendar.week_label(d) == label)


def first(school):
    return Period.objects.filter(school=school, kind="lesson").in_order()[0]


def test_a_lesson_names_subject_class_room_and_teachers(school):
    pupil, period = PupilFactory(school=school), first(school)
    lesson_of(school, pupil, period, teacher=StaffMemberFactory(school=school, family_name="Kaur"))
    lesson_of(school, pupil, period, teacher=StaffMemberFactory(school=school, family_name="Byrne"))
    lesson = lessons_at(school, [pupil.pk], a_monday(school, "A"))[pupil.pk, period.pk]
    assert (lesson.subject, lesson.class_name, lesson.room) == ("English", "8x/En1", "A2")
    assert lesson.teachers == ("Ms Byrne", "Ms Kaur")


def test_a_lesson_of_one_week_is_not_in_the_other(school):
    pupil, period = PupilFactory(school=school), first(school)
    lesson_of(school, pupil, period, week="A")
    assert lessons_at(school, [pupil.pk], a_monday(school, "A"))
    assert lessons_at(school, [pupil.pk], a_monday(school, "B")) == {}


def test_a_lesson_of_every_week_stands_in_both_unless_one_has_its_own(school):
    pupil, period = PupilFactory(school=school), first(school)
    lesson_of(school, pupil, period, subject="English")
    lesson_of(school, pupil, period, week="B", name="8x/Dr1", subject="Drama")
    on = {label: lessons_at(school, [pupil.pk], a_monday(school, label)) for label in "AB"}
    assert on["A"][pupil.pk, period.pk].subject == "English"
    assert on["B"][pupil.pk, period.pk].subject == "Drama"
    cycle = lessons_of_cycle(school, [pupil.pk], TODAY)
    assert [cycle[pupil.pk, label, period.pk].subject for label in "AB"] == ["English", "Drama"]


def test_classes_change_on_their_day(school):
    pupil, period, monday = PupilFactory(school=school), first(school), a_monday(school, "A")
    lesson_of(school, pupil, period, name="old", subject="Maths")
    lesson_of(school, pupil, period, name="new", subject="Art")
    ClassMember.objects.filter(mainstream_class__name="old").update(valid_to=monday)
    ClassMember.objects.filter(mainstream_class__name="new").update(valid_from=monday)
    assert lessons_at(school, [pupil.pk], monday)[pupil.pk, period.pk].subject == "Art"
    before = lessons_at(school, [pupil.pk], monday - 2 * WEEK)
    assert before[pupil.pk, period.pk].subject == "Maths"


def test_a_closed_day_has_no_lessons(school):
    pupil, period, monday = PupilFactory(school=school), first(school), a_monday(school, "A")
    lesson_of(school, pupil, period)
    Closure.objects.create(school=school, day=monday)
    assert lessons_at(school, [pupil.pk], monday) == {}


def test_only_the_periods_asked_for_are_given(school):
    pupil = PupilFactory(school=school)
    one, two = Period.objects.filter(school=school, kind="lesson").in_order()[:2]
    lesson_of(school, pupil, one)
    lesson_of(school, pupil, two)
    assert list(lessons_at(school, [pupil.pk], a_monday(school, "A"), [two.pk])) == [(pupil.pk, two.pk)]


def test_lessons_cost_the_same_however_many_pupils(school):
    def cost(pupils):
        with CaptureQueriesContext(connection) as captured:
            found = lessons_at(school, [pupil.pk for pupil in pupils], a_monday(school, "A"))
        assert len(found) == len(pupils)
        return len(captured)

    pupils = PupilFactory.create_batch(12, school=school)
    for number, pupil in enumerate(pupils):
        lesson_of(school, pupil, first(school), name=f"8x/{number}", valid_from=LONG_AGO)
    assert cost(pupils[:1]) == cost(pupils)
