"""What was logged day by day: who came, how they were, breaks, notes and cover; with some of it forgotten."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from uuid import UUID

from django.utils import timezone

from iap.schools.models import User
from pupils.actions.entries import end_break, log_check_in, log_note, start_break
from pupils.models import AttendanceMark, CheckInKind, Pupil
from timetables.actions.cover import note_cover
from timetables.actions.marks import log_mark
from timetables.models import IapSession, Place, StepPlace

from . import clock
from .plans import WEEKDAYS, Story
from .provision import Base
from .returned import Lessons
from .school import Invented

NOTES = (
    "Arrived with a smile and helped set out the chairs.",
    "Tired this morning; had breakfast with us and was fine by break.",
    "Asked for the break card before it got too much.",
    "Wrote a whole page about the garden and read it out.",
    "Quiet today. Said the weekend had been long.",
    "Walked over to the lesson alone for the first time.",
    "Found the change of room hard; knew what to do about it.",
)
CHIPS = ("sleep", "food", "worry", "friends")
FORGOTTEN = 0.12  # the share of marks and check-ins that a busy day leaves out


@dataclass(frozen=True)
class Sitting:
    """A pupil in a session on a date."""

    pupil: Pupil
    story: Story
    session: IapSession
    starts: dt.time


class Replay:
    """Lives through the days before today, and today until now."""

    def __init__(self, invented: Invented, base: Base, staff: list[User]) -> None:
        self.invented, self.base, self.staff = invented, base, staff
        self.random = invented.random("days")
        upns = {
            child.upn: story
            for child, story in zip(invented.story_children, invented.plan.stories, strict=True)
        }
        self.stories = {
            pupil.pk: (pupil, upns[pupil.upn])
            for pupil in Pupil.objects.filter(school=base.school, upn__in=upns)
        }
        self.lessons = Lessons(invented, base)
        self.absent = set(
            AttendanceMark.objects.filter(school=base.school, pupil__in=self.stories, half="AM")
            .filter(code__in=["I", "M", "O"])
            .values_list("pupil", "day")
        )

    def days(self) -> list[dt.date]:
        return [day for day in self.invented.year.days if day <= self.invented.today]

    def live(self, day: dt.date) -> None:
        """Log what happened on this day, no later than this moment."""
        until = timezone.localtime().time() if day == self.invented.today else dt.time(23)
        for sitting in self._sittings(day):
            if sitting.starts < until:
                self._session(day, sitting)
        moods = {pupil: story.mood for pupil, (_, story) in self.stories.items()}
        away = {pupil for pupil, missed in self.absent if missed == day}
        self.lessons.live(day, self.invented.year.label(day), until, moods, away)
        if day == self.days()[-3]:
            self._cover(day)

    def _sittings(self, day: dt.date) -> Iterator[Sitting]:
        places = (
            StepPlace.objects.filter(school=self.base.school, place=Place.SESSION)
            .filter(step__in=self._steps_on(day), week=self.invented.year.label(day))
            .filter(period__weekday=day.isoweekday())
            .select_related("session", "step", "period")
            .order_by("period__starts", "step__pupil")
        )
        for place in places:
            pupil, story = self.stories[place.step.pupil_id]
            assert place.session is not None
            yield Sitting(pupil, story, place.session, place.period.starts)

    def _steps_on(self, day: dt.date) -> list[int]:
        from timetables.models import HybridStep

        steps = HybridStep.objects.filter(school=self.base.school, pupil__in=self.stories).in_force_on(day)
        return list(steps.values_list("pk", flat=True))

    def _session(self, day: dt.date, sitting: Sitting) -> None:
        random, by = self.random, self.random.choice(self.staff)
        here = (sitting.pupil.pk, day) not in self.absent
        if random.random() > FORGOTTEN:
            with clock.at(day, sitting.starts, later=random.randrange(1, 9)) as at:
                log_mark(
                    sitting.pupil,
                    by=by,
                    entry=_uuid(random),
                    day=day,
                    at=at,
                    session=sitting.session,
                    here=here,
                )
        if here and random.random() > 2 * FORGOTTEN:
            self._check_in(day, sitting, by)
        if here and random.random() < 0.05:
            self._break(day, sitting, by)
        if here and random.random() < 0.04:
            with clock.at(day, sitting.starts, later=50) as at:
                log_note(
                    sitting.pupil,
                    by=by,
                    entry=_uuid(random),
                    day=day,
                    at=at,
                    text=random.choice(NOTES),
                    follow_up=random.random() < 0.15,
                )

    def _check_in(self, day: dt.date, sitting: Sitting, by: User) -> None:
        random = self.random
        first = sitting.starts < dt.time(10)
        readiness = min(5, max(1, round(random.gauss(sitting.story.mood, 0.9))))
        with clock.at(day, sitting.starts, later=random.randrange(2, 12)) as at:
            log_check_in(
                sitting.pupil,
                by=by,
                entry=_uuid(random),
                day=day,
                at=at,
                kind=CheckInKind.ARRIVAL if first else CheckInKind.BEFORE,
                period=sitting.session.period,
                readiness=readiness,
                chips=[random.choice(CHIPS)] if readiness < 3 and random.random() < 0.5 else [],
            )

    def _break(self, day: dt.date, sitting: Sitting, by: User) -> None:
        with clock.at(day, sitting.starts, later=25) as at:
            pause = start_break(sitting.pupil, by=by, entry=_uuid(self.random), day=day, at=at)
        with clock.at(day, sitting.starts, later=25 + self.random.randrange(4, 10)) as at:
            end_break(pause, by=by, at=at)

    def _cover(self, day: dt.date) -> None:
        """On one recent day a support was away and a colleague came."""
        team = [adult for adult in self.invented.plan.team if not adult.qualified]
        weekday, label = WEEKDAYS[day.weekday()], self.invented.year.label(day)
        session = self.base.sessions[0, (label, weekday, "2")]
        away = next(code for code, role in self.invented.plan.groups[0].adults if role == "support")
        planned = {code for group in self.invented.plan.groups for code, _ in group.adults}
        free = next((adult.code for adult in team if adult.code not in planned), None)
        with clock.at(day):
            note_cover(
                session,
                by=self.base.lead,
                day=day,
                adult=self.base.staff[away],
                covered_by=self.base.staff[free] if free else None,
                role="support",
            )


def _uuid(random: Random) -> UUID:
    return UUID(int=random.getrandbits(128), version=4)
