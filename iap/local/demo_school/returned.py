"""The lessons pupils have returned to: what their rooms changed, and how each visit went."""

import datetime as dt
from random import Random
from uuid import UUID

from django.utils import timezone

from iap.schools.models import Membership, Role, StaffMember, User
from pupils.models import Placement
from timetables.actions.feedback import log_feedback
from timetables.actions.returns import ChangeIn, agree_return, note_change, note_read
from timetables.lessons import Lesson, lessons_at
from timetables.models import ChangeState, LessonTeacher, MainstreamLesson, Place, StepPlace
from timetables.visits import Visit, visits_on

from . import clock
from .provision import Base
from .school import Invented

SAID = 0.8  # the share of visits after which the teacher says how it went
HELPS = (
    "Tell them two minutes before you ask them a question",
    "Instructions in two short parts, also written down",
    "Break card: let them go, they come back",
    "Ten seconds to answer",
    "Greet them at the door by name",
    "Works best beside a friend they choose",
)
CHANGES = (
    "A seat near the door",
    "Steps for the task printed on the desk",
    "No reading aloud without warning",
    "Word list for the unit, in advance",
    "A quieter start: the task is on the board",
)
LINES = (
    "Settled quickly.",
    "Practicals suit them.",
    "Used the break card once and came straight back.",
    "Long writing tasks need breaking up.",
    "Shared their method with the table.",
)


class Lessons:
    """Tells, day by day, how visits to mainstream lessons went."""

    def __init__(self, invented: Invented, base: Base) -> None:
        self.school, self.random = base.school, invented.random("lessons")
        _sign_in_teachers(base)
        taught = LessonTeacher.objects.filter(school=self.school, teacher__user__isnull=False)
        self.teacher = {row.lesson_id: row.teacher.user for row in taught.select_related("teacher__user")}
        self.lessons = {row.pk: row for row in MainstreamLesson.objects.filter(school=self.school)}

    def live(
        self, day: dt.date, label: str, until: dt.time, moods: dict[int, float], absent: set[int]
    ) -> None:
        """Feedback for the visits of one day that are over; `moods` and `absent` are by pupil."""
        places = (
            StepPlace.objects.filter(school=self.school, place__in=[Place.MAINSTREAM, Place.SUPPORTED])
            .filter(week__in=["", label], period__weekday=day.isoweekday(), step__starts_on__lte=day)
            .exclude(step__ends_on__lte=day)
            .select_related("step__pupil", "period")
            .order_by("period__starts", "step__pupil")
        )
        held = [place for place in places if place.period.ends < until and place.step.pupil_id in moods]
        lessons = lessons_at(self.school, {place.step.pupil_id for place in held}, day)
        for place in held:
            lesson = lessons.get((place.step.pupil_id, place.period_id))
            if lesson and lesson.id in self.teacher and self.random.random() < SAID:
                self._say(day, place, lesson, moods[place.step.pupil_id], place.step.pupil_id in absent)

    def _say(self, day: dt.date, place: StepPlace, lesson: Lesson, mood: float, absent: bool) -> None:
        random, ends = self.random, place.period.ends
        shade = mood + (0.6 if lesson.subject in ("Art", "Music", "Physical education", "Computing") else 0)
        felt = random.gauss(shade, 0.8)
        outcome = "absent" if absent else "well" if felt > 3 else "mixed" if felt > 2 else "hard"
        with clock.at(day, ends, later=random.randrange(1, 20)) as at:
            log_feedback(
                place.step.pupil,
                by=self.teacher[lesson.id],
                entry=UUID(int=random.getrandbits(128), version=4),
                day=day,
                at=at,
                lesson=self.lessons[lesson.id],
                outcome=outcome,
                line=random.choice(LINES) if random.random() < 0.12 else "",
            )


def agree_all(invented: Invented, base: Base, on: dt.date) -> None:
    """What each class to which somebody comes in this week has agreed, and how it stands."""
    random = invented.random("agreed")
    seen = set()
    week = (on + dt.timedelta(days=number) for number in range(5))
    for visit in (visit for day in week for visit in visits_on(base.school, day, user=base.lead)):
        key = visit.pupil.pk, visit.lesson.mainstream_class_id
        if key in seen or random.random() < 0.2:
            continue
        seen.add(key)
        _agree(base, visit, random, on)


def _agree(base: Base, visit: Visit, random: Random, on: dt.date) -> None:
    lesson = visit.lesson
    taught = lesson.teachers.select_related("teacher__user").first()
    if taught is None:
        return
    due = on + dt.timedelta(days=random.choice([-14, -7, 4, 9]))
    whats = random.sample(CHANGES, random.choice([1, 2]))
    with clock.at(min(on, timezone.localdate())):
        held = agree_return(
            visit.pupil,
            lesson.mainstream_class,
            by=base.lead,
            helps="\n".join(random.sample(HELPS, 2)),
            first_lesson="Somebody from the provision walks over, and stays for the first ten minutes.",
            exit_plan="Show the break card, walk to the library, and one of us comes.",
            changes=[ChangeIn(what, taught.teacher, due) for what in whats],
        )
        for change in held.changes.all():  # type: ignore[attr-defined]
            if due <= on or random.random() < 0.4:
                note_change(change, by=taught.teacher.user or base.lead, state=ChangeState.IN_PLACE)
    if taught.teacher.user and random.random() < 0.6:
        note_read(held, by=taught.teacher.user)


def _sign_in_teachers(base: Base) -> None:
    """The teachers who have pupils coming have accounts; only the one who is named has a password."""
    pupils = Placement.objects.filter(school=base.school).values("pupil")
    rows = LessonTeacher.objects.filter(
        school=base.school, teacher__user=None, lesson__mainstream_class__members__pupil__in=pupils
    )
    members = {row.teacher_id: row.teacher for row in rows.select_related("teacher")}
    for member in members.values():
        user = User(email=f"{member.code}@school.example".lower(), name=str(member))
        user.set_unusable_password()
        user.save()
        Membership.objects.create(school=base.school, user=user, role=Role.TEACHER)
        StaffMember.objects.filter(pk=member.pk).update(user=user, linked_by=base.lead)
