"""What a change of the school's timetable, bell, staff or calendar means for a step that was made before it."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from iap.schools.calendar import Calendar
from iap.schools.models import Period
from iap.ui.moments import day as said

from .actions.slots import name_of
from .dated_lessons import Had, SlotKey
from .measures.share import IN_MAINSTREAM
from .models import HybridStep, Place, StepPlace


class Kind(StrEnum):
    NO_LESSON = "no-lesson"
    LESSON = "lesson"
    TEACHER = "teacher"
    NO_TEACHER = "no-teacher"
    ROOM = "room"
    SESSION = "session"
    NO_PLACE = "no-place"
    NO_SLOT = "no-slot"
    WEEKS = "weeks"
    CLOSED = "closed"


@dataclass(frozen=True)
class Finding:
    """One thing about one slot. `seal` is the same as long as it is the same thing, on whatever day it is read."""

    kind: Kind
    slot: str
    sentence: str
    needs_decision: bool
    seal: str


@dataclass(frozen=True)
class Scene:
    """All that the checks of one step look at."""

    step: HybridStep
    places: list[StepPlace]
    before: dict[SlotKey, Had]
    now: dict[SlotKey, Had]
    at: dt.date
    today: dt.date
    ends_on: dt.date | None
    weeks: list[str]
    periods: list[Period]
    calendar: Calendar

    def found(
        self,
        kind: Kind,
        sentence: str,
        *facts: object,
        key: tuple[str, Period] | None = None,
        needs_decision: bool = True,
    ) -> Finding:
        slot = name_of(*key) if key else ""
        named = (self.step.pk, kind, *((key[0], key[1].pk) if key else ()), *facts)
        seal = hashlib.sha256("|".join(map(str, named)).encode()).hexdigest()
        return Finding(kind, slot, sentence, needs_decision, seal)


def findings_of(scene: Scene) -> list[Finding]:
    """Everything about one step, slot by slot in the order of the week."""
    found = [*_start(scene), *_cycle(scene)]
    for row in scene.places:
        if row.week and row.week not in scene.weeks:
            continue  # said once, by _cycle
        found += _session(scene, row)
        for week in [row.week] if row.week else scene.weeks:
            found += _slot(scene, row, week)
    return [*found, *_uncovered(scene)]


def _start(scene: Scene) -> Iterator[Finding]:
    day = scene.step.starts_on
    if day < scene.today or scene.calendar.is_open(day):
        return
    reason = scene.calendar.closures.get(day)
    why = f" ({reason})" if reason else ""
    said_so = "the school is closed that day" if reason is not None else "the calendar has no school day then"
    yield scene.found(Kind.CLOSED, f"This step is to begin on {said(day)}, but {said_so}{why}.", day)


def _cycle(scene: Scene) -> Iterator[Finding]:
    """A week planned for one timetable week where there are now two, or the other way round."""
    one = any(
        not row.week and row.period.is_lesson and (row.session is None or row.session.week)
        for row in scene.places
    )
    if len(scene.weeks) == 2 and one:
        yield scene.found(
            Kind.WEEKS,
            "This was planned as one week. The school now has a week A and a week B, and the plan stands in both.",
            2,
        )
    if len(scene.weeks) == 1 and any(row.week for row in scene.places):
        yield scene.found(
            Kind.WEEKS, "This was planned for a week A and a week B. The school now has one week.", 1
        )


def _session(scene: Scene, row: StepPlace) -> Iterator[Finding]:
    session = row.session
    if session is None or session.valid_to is None:
        return
    if scene.ends_on is not None and session.valid_to >= scene.ends_on:
        return
    day = said(session.valid_to)
    ended = session.valid_to <= scene.at
    yield scene.found(
        Kind.SESSION,
        f"{session} ended on {day}." if ended else f"{session} ends on {day}, before this step does.",
        session.pk,
        session.valid_to,
        key=(row.week, row.period),
    )


def _slot(scene: Scene, row: StepPlace, week: str) -> Iterator[Finding]:
    key = (week, row.period)
    before, now = scene.before.get((week, row.period_id)), scene.now.get((week, row.period_id))
    if row.place not in {*IN_MAINSTREAM, Place.SESSION}:
        return
    if not row.period.is_lesson:
        kind = row.period.get_kind_display().lower()
        sentence = f"This is no lesson any more: the bell has {kind} then."
        yield scene.found(Kind.NO_SLOT, sentence, kind, key=key)
        return
    if row.place == Place.SESSION:
        if before and now and before.subject != now.subject:
            sentence = (
                f"The lesson that {row.session} takes the place of is now {now}. When this was planned "
                f"it was {before}."
            )
            yield scene.found(Kind.LESSON, sentence, before.class_id, now.class_id, key=key)
        return
    if now is None:
        if before is not None:
            sentence = f"{scene.step.pupil.known_as} had {before} and has no lesson there any more."
            yield scene.found(Kind.NO_LESSON, sentence, before.class_id, key=key)
    else:
        yield from _changed(scene, key, before, now)
        yield from _teachers(scene, key, before, now)


def _changed(scene: Scene, key: tuple[str, Period], before: Had | None, now: Had) -> Iterator[Finding]:
    if before is None:
        return
    had, has = ({teacher.id for teacher in each.teachers} for each in (before, now))
    if (before.class_id, before.subject) != (now.class_id, now.subject):
        facts = (before.class_id, before.subject, now.class_id, now.subject)
        yield scene.found(Kind.LESSON, f"{before} has become {now}.", *facts, key=key)
    elif had != has and now.teachers:
        sentence = f"{now} is now with {now.taught_by}" + (
            f", before with {before.taught_by}." if before.teachers else "."
        )
        yield scene.found(Kind.TEACHER, sentence, sorted(had), sorted(has), key=key)
    elif before.room != now.room:
        was_in = f", before in {before.room}" if before.room else ""
        sentence = f"{now} is now in {now.room or 'a room that is not known'}{was_in}."
        yield scene.found(Kind.ROOM, sentence, before.room, now.room, key=key, needs_decision=False)


def _teachers(scene: Scene, key: tuple[str, Period], before: Had | None, now: Had) -> Iterator[Finding]:
    left = [teacher for teacher in now.teachers if teacher.has_left(scene.at)]
    for teacher in left:
        others = len(left) < len(now.teachers)
        sentence = f"{teacher.name}, who takes {now}, " + (
            "has left the school; the other teacher stays." if others else "has left the school."
        )
        yield scene.found(Kind.TEACHER, sentence, teacher.id, "left", key=key, needs_decision=not others)
    if not now.teachers:
        # Where nobody was named when the week was planned, the school's system may name no teachers at all.
        known = before is not None and bool(before.teachers)
        yield scene.found(
            Kind.NO_TEACHER, f"{now} has no teacher.", now.class_id, key=key, needs_decision=known
        )


def _uncovered(scene: Scene) -> Iterator[Finding]:
    covered = {(week, row.period_id) for row in scene.places for week in _stands_in(row, scene.weeks)}
    for week in scene.weeks:
        for period in scene.periods:
            if period.is_lesson and (week, period.pk) not in covered:
                yield scene.found(Kind.NO_PLACE, "No place is chosen for this lesson.", key=(week, period))


def _stands_in(row: StepPlace, weeks: list[str]) -> list[str]:
    """The weeks of the cycle that a place speaks of; one of a week that is no more speaks of all (see `_cycle`)."""
    return [row.week] if row.week in weeks else weeks
