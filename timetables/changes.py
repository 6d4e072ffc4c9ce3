"""What a step that is being planned would change: the week as it would be, the share, and the rooms."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from iap.schools.models import Period
from iap.ui.moments import day as said
from iap.ui.words import listed

from .actions.slots import PlaceIn
from .forms.steps import Offer, StepForm, slot_name
from .grids import cell_of, grid_of
from .measures.share import IN_MAINSTREAM, Share
from .measures.success import Visit
from .models import HybridStep, IapSession, Place

MARKS = 5  # of the last visits to a lesson


@dataclass(frozen=True)
class Room:
    """A session whose number would change: most pupils from the first day on, before and after."""

    where: str
    session: IapSession
    before: int
    after: int
    of: int


@dataclass(frozen=True)
class Changes:
    """The plan as it stands in the form, beside the step before. Nothing of it is published."""

    before: Share | None
    after: Share
    slots: tuple[tuple[str, str, str], ...]  # where, what it was, what it becomes
    rooms: tuple[Room, ...]
    lessons_before: int = 0
    lessons_after: int = 0
    lessons: int = 0

    @property
    def bar(self) -> list[tuple[str, float]]:
        """What stays in mainstream, and beside it what is added or given back."""
        stays = min(self.lessons_before, self.lessons_after) if self.before else self.lessons_after
        differs = abs(self.lessons_after - self.lessons_before) if self.before else 0
        return [("main", stays), ("plan", differs)]

    @property
    def bar_words(self) -> str:
        now = f"{self.lessons_before} lessons now, " if self.before else ""
        return f"{now}{self.lessons_after} with this step, of {self.lessons}"

    @property
    def room_lines(self) -> list[str]:
        """What a full session that is left, or one that becomes full, means to others."""
        freed = [room.where for room in self.rooms if room.before >= room.of > room.after]
        filled = [room.where for room in self.rooms if room.before < room.of <= room.after]
        return [
            *(
                [f"{listed(freed)} {'was' if len(freed) == 1 else 'were'} full. This frees a place."]
                if freed
                else []
            ),
            *([f"{listed(filled)} would be full."] if filled else []),
        ]


def changes_of(form: StepForm, before: HybridStep | None, share: Share | None) -> Changes:
    """What the plan changes; a slot that is not chosen yet changes nothing."""
    held = form.offer.after(before)
    slots, left, joined = [], [], []
    inside_before = inside_after = 0
    after = Share()
    for key, period in form.slots():
        was, now = held.initial(key) if before else "", form.chosen(key)
        inside_before += _kind(was) in IN_MAINSTREAM
        inside_after += _kind(now) in IN_MAINSTREAM
        after += Share(period.minutes if _kind(now) in IN_MAINSTREAM else 0, period.minutes)
        if now and was != now:
            words = _words(form[slot_name(key)].field)
            slots.append((form.label(key, period), words.get(was, "not in this week"), words.get(now, now)))
            left.append((was, form.label(key, period)))
            joined.append((now, form.label(key, period)))
    return Changes(
        share if before else None,
        after,
        tuple(slots),
        tuple(_rooms(form.offer, left, joined)),
        inside_before,
        inside_after,
        len(form.slots()),
    )


def _rooms(offer: Offer, left: Sequence[tuple[str, str]], joined: Sequence[tuple[str, str]]) -> list[Room]:
    """Sessions that are left or joined, in the order of the week; one of every week is told once."""
    sessions = {f"session:{each.uuid}": each for of in offer.sessions.values() for each in of}
    found: dict[int, Room] = {}
    for values, by in ((left, 1), (joined, -1)):
        for value, where in values:
            session = sessions.get(value)
            if session is not None and session.pk not in found:
                limit = offer.limit(session)
                others = offer.taken.get(session.pk, 0)
                before, after = (others + 1, others) if by == 1 else (others, others + 1)
                found[session.pk] = Room(where, session, before, after, limit)
    return list(found.values())


def week_planned(
    form: StepForm, week: str, before: HybridStep | None, visits: Sequence[Visit], starts_on: dt.date | None
) -> Any:
    """One week of the cycle as the form has it, with what changes flagged, and how each lesson went."""
    held = form.offer.after(before)
    went: dict[int, list[str]] = {}
    for visit in visits:
        went.setdefault(visit.lesson, []).append(visit.outcome)

    def cell(period: Period) -> Any:
        key = (week, period.pk)
        lesson = form.offer.lessons.get(key)
        if not period.is_lesson:
            return cell_of(period, form.offer.held.get(key), lesson)
        value = form.chosen(key)
        if not value:
            return None
        drawn = cell_of(period, _as_place(form.offer, key, period, value), lesson) or {}
        if lesson and _kind(value) in IN_MAINSTREAM:
            drawn["marks"] = went.get(lesson.id, [])[-MARKS:]
        if before is not None and held.initial(key) != value:
            day = said(starts_on, weekday=False) if starts_on else ""
            drawn |= {"planned": True, "flag": f"From {day}" if day else "Planned"}
        return drawn

    return grid_of(form.offer.periods, cell, today=None)


def _as_place(offer: Offer, key: tuple[str, int], period: Period, value: str) -> PlaceIn:
    kind, _, more = value.partition(":")
    session = next((each for each in offer.sessions.get(key, []) if str(each.uuid) == more), None)
    if kind == Place.SESSION and session is None:  # one that runs no more
        return PlaceIn(key[0], period, Place.SOCIAL)
    return PlaceIn(key[0], period, kind, session, more if kind == Place.OFFSITE else "")


def _kind(value: str) -> str:
    return value.partition(":")[0]


def _words(field: Any) -> Mapping[str, str]:
    flat: dict[str, str] = {}
    for value, label in field.choices:
        flat |= {str(value): str(label)} if isinstance(label, str) else {str(v): str(w) for v, w in label}
    return flat
