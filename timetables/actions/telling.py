"""Telling people that a pupil's week changes. No message names a pupil."""

from django.urls import reverse

from iap.inbox.actions import tell
from iap.schools.models import User
from iap.ui.moments import day as said
from timetables.lessons import lessons_of_cycle
from timetables.measures.share import IN_MAINSTREAM
from timetables.models import HybridStep, LessonTeacher, StepPlace


def tell_teachers(step: HybridStep) -> None:
    """The teachers to whose lessons the pupil comes by this step, once for each step."""
    school = step.placement.school
    cycle = lessons_of_cycle(school, [step.pupil_id], step.starts_on)
    rows = StepPlace.objects.filter(school=school, step=step, place__in=IN_MAINSTREAM).values_list(
        "week", "period"
    )
    slots = {(week, period) for label, period in rows for week in ([label] if label else school.weeks)}
    lessons = {lesson.id for (_, week, period), lesson in cycle.items() if (week, period) in slots}
    taught = LessonTeacher.objects.valid_on(step.starts_on).filter(school=school, lesson__in=lessons)
    tell(
        school,
        User.objects.filter(staff_records__lessons__in=taught).distinct(),
        kind="step",
        text=f"A pupil’s week with your lessons changes from {said(step.starts_on)}.",
        link=reverse("timetables:my_lessons_coming"),
        key=f"step:{step.uuid}:{step.made_at.timestamp():.0f}",
    )
