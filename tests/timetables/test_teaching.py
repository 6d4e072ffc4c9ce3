"""Qualified-teacher time agrees with counting by hand."""

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iap.schools.calendar import Calendar, monday_of
from iap.schools.models import Closure, CycleWeek, Period
from tests.factories import StaffMemberFactory
from timetables.lessons import lessons_at
from timetables.measures.groups import staffing
from timetables.measures.teaching import Teaching, teaching_in
from timetables.models import (
    Cover,
    HybridStep,
    LessonTeacher,
    Place,
    SessionStaff,
    StepPlace,
)

from .test_groups import cover, joins
from .test_share import step
from .week import LONG_AGO, TODAY, lesson_of, placement_at

DAY = dt.timedelta(days=1)
MONDAY = monday_of(TODAY)


def label():
    return CycleWeek.objects.get(monday=MONDAY).label


def found_for(school, placement):
    calendar = Calendar.of(school, TODAY, TODAY)
    return teaching_in(school, [placement.pupil_id], calendar, MONDAY).get(placement.pupil_id)


def by_hand(school, placement):
    """Day by day, slot by slot, row by row."""
    total = qualified = unknown = 0
    any_step = False
    for day in (MONDAY + n * DAY for n in range(5)):
        if Closure.objects.filter(school=school, day=day).exists():
            continue
        steps = [
            s for s in HybridStep.objects.filter(placement=placement)
            if s.starts_on <= day and (s.ends_on is None or day < s.ends_on)
        ]  # fmt: skip
        if not steps:
            continue
        any_step = True
        for period in Period.objects.filter(school=school, kind="lesson", weekday=day.isoweekday()):
            rows = StepPlace.objects.filter(step=steps[0], period=period)
            row = rows.filter(week=label()).first() or rows.filter(week="").first()
            if row is None or row.place in ("reduced", "social"):
                continue
            total += 60
            if row.place == "session":
                away = set(Cover.objects.filter(session=row.session, day=day).values_list("adult", flat=True))
                staff = [
                    s.adult for s in SessionStaff.objects.filter(session=row.session) if s.is_valid_on(day)
                ]
                room = [adult for adult in staff if adult.pk not in away]
                room += [
                    c.covered_by for c in Cover.objects.filter(session=row.session, day=day) if c.covered_by
                ]
                qualified += 60 if any(adult.qualified for adult in room) else 0
            elif row.place == "offsite":
                unknown += 60
            else:
                lesson = lessons_at(school, [placement.pupil_id], day).get((placement.pupil_id, period.pk))
                held = LessonTeacher.objects.filter(lesson=lesson.id if lesson else 0)
                teachers = [t.teacher for t in held if t.is_valid_on(day)]
                if not teachers:
                    unknown += 60
                elif any(teacher.qualified for teacher in teachers):
                    qualified += 60
    return Teaching(total, qualified, unknown) if any_step else None


@given(data=st.data())
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_time_agrees_with_counting_by_hand(school, data):
    Closure.objects.filter(school=school).delete()
    lessons = list(Period.objects.filter(school=school, kind="lesson"))
    placement = placement_at(school, starts_on=TODAY - 6 * 7 * DAY)
    chosen = data.draw(
        st.lists(
            st.tuples(
                st.sampled_from(["", "A", "B"]), st.sampled_from(lessons), st.sampled_from(Place.values)
            ),
            unique_by=lambda each: (each[0], each[1].pk),
            max_size=15,
        )
    )
    made = step(placement, chosen, starts_on=MONDAY + data.draw(st.sampled_from([-7, 0, 2, 9])) * DAY)
    adults = [StaffMemberFactory(school=school, qualified=data.draw(st.booleans())) for _ in range(4)]
    for row in StepPlace.objects.filter(step=made).select_related("session", "period"):
        day = MONDAY + (row.period.weekday - 1) * DAY
        since = data.draw(st.sampled_from([LONG_AGO, day, day + DAY]))
        until = data.draw(st.sampled_from([None, day + 2 * DAY]))
        teacher = data.draw(st.sampled_from([None, *adults]))
        if row.session and teacher:
            joins(row.session, teacher, "support", first=since, last=until)
            if data.draw(st.booleans()):
                cover(row.session, teacher, None, day)
        elif teacher:
            lesson_of(
                school, placement.pupil, row.period, week=row.week, name=f"{row.pk}",
                teacher=teacher, valid_from=since, valid_to=until,
            )  # fmt: skip
    if data.draw(st.booleans()):
        Closure.objects.create(school=school, day=MONDAY + DAY)
    assert found_for(school, placement) == by_hand(school, placement)


def one_session(school):
    placement = placement_at(school, starts_on=MONDAY)
    period = Period.objects.filter(school=school, kind="lesson", weekday=1)[0]
    made = step(placement, [(label(), period, "session")])
    return placement, StepPlace.objects.get(step=made).session


def test_cover_by_a_teacher_counts_and_an_absent_teacher_does_not(school):
    placement, session = one_session(school)
    teacher, other = StaffMemberFactory(school=school), StaffMemberFactory(school=school)
    assert found_for(school, placement) == Teaching(60, 0)
    joins(session, teacher, "qt", first=LONG_AGO)
    assert found_for(school, placement) == Teaching(60, 60)
    cover(session, teacher, None, MONDAY)
    assert found_for(school, placement) == Teaching(60, 0)
    cover(session, None, other, MONDAY)
    assert found_for(school, placement) == Teaching(60, 60)
    assert staffing(school, [session.pk], MONDAY)[session.pk].has_teacher


def test_a_mainstream_lesson_counts_by_its_teachers_record_and_not_where_nobody_is_known(school):
    placement = placement_at(school, starts_on=MONDAY)
    first, second, third = Period.objects.filter(school=school, kind="lesson", weekday=1)[:3]
    step(placement, [("", each, "mainstream") for each in (first, second, third)])
    lesson_of(school, placement.pupil, first, teacher=StaffMemberFactory(school=school))
    lesson_of(school, placement.pupil, second, teacher=StaffMemberFactory(school=school, qualified=False))
    assert found_for(school, placement) == Teaching(lessons=180, qualified=60, unknown=60)


def test_it_costs_the_same_however_many_pupils(school, django_assert_num_queries):
    calendar = Calendar.of(school, TODAY, TODAY)
    pupils = []
    for _ in range(4):
        placement, session = one_session(school)
        joins(session, StaffMemberFactory(school=school), "qt", first=LONG_AGO)
        lesson_of(school, placement.pupil, session.period)
        pupils.append(placement.pupil_id)
    for wanted in (pupils[:1], pupils):
        with django_assert_num_queries(6):
            assert len(teaching_in(school, wanted, calendar, MONDAY)) == len(wanted)
