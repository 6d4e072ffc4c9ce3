"""What stands beside the week while it is planned: suggestions, what is asked for, and how returned lessons go."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from iap.schools.calendar import Calendar

from .forms.steps import Offer, slot_name
from .journeys import Journey, SlotKey
from .lessons import Lesson
from .measures.success import Visit, visits_of
from .models import HybridStep
from .outcomes import LAST
from .suggestions.facts import Candidate
from .suggestions.gather import Week, facts_of
from .suggestions.weigh import Advice, suggest

BACK = ("mainstream", "supported")


@dataclass(frozen=True)
class Returned:
    """A class that the pupil is back in, at least for one of its lessons."""

    lesson: Lesson
    since: dt.date
    visits: tuple[Visit, ...] = ()

    @property
    def last(self) -> list[str]:
        return [visit.outcome for visit in self.visits[-LAST:]]

    @property
    def well(self) -> int:
        return self.last.count("well")

    @property
    def line(self) -> str:
        """The newest line that a teacher wrote."""
        return next((visit.line for visit in reversed(self.visits) if visit.line), "")


@dataclass(frozen=True)
class Beside:
    """Advice for one pupil on one day, the lessons they are back in, and those they ask for."""

    advice: Advice
    returned: tuple[Returned, ...] = ()
    visits: tuple[Visit, ...] = ()

    @classmethod
    def of(cls, offer: Offer, day: dt.date, calendar: Calendar) -> "Beside":
        """Four queries, whatever the number of lessons and steps."""
        way, placement = offer.way, offer.way.placement
        visits = visits_of(placement.school, [placement.pupil_id])
        week = Week(way, offer.lessons, offer.held)
        facts = facts_of(
            placement.school, [week], periods=offer.periods, day=day, calendar=calendar, visits=visits
        )
        mine = tuple(visits.get(placement.pupil_id, ()))
        return cls(suggest(facts[placement.pk]), tuple(_returned(way, offer, mine, day)), mine)

    @property
    def candidates(self) -> dict[str, Candidate]:
        advice = self.advice
        weighed = [each.candidate for each in (*advice.suggested, *advice.later)]
        return {each.key: each for each in (*weighed, *(one.candidate for one in advice.not_yet))}

    @property
    def classes(self) -> list[tuple[str, str, bool]]:
        """The classes that are not in mainstream as a whole: name, subject, and whether the pupil asks for it."""
        rows = {
            each.class_name: (each.class_name, each.subject, each.asked_for)
            for each in self.candidates.values()
        }
        return sorted(rows.values(), key=lambda row: (row[1], row[0]))


def _returned(way: Journey, offer: Offer, visits: Sequence[Visit], day: dt.date) -> list[Returned]:
    """The classes of the step that holds, or of the next, longest back first."""
    shown = way.now(day) or way.coming(day)
    if shown is None:
        return []
    steps = [(step, way.in_mainstream(step)) for step in way.steps if step.starts_on <= shown.starts_on]
    by_class: dict[int, list[SlotKey]] = {}
    for key, lesson in offer.lessons.items():
        by_class.setdefault(lesson.class_id, []).append(key)
    found = []
    for class_id, keys in by_class.items():
        since = _since(steps, set(keys))
        if since is not None:
            seen = tuple(visit for visit in visits if visit.class_id == class_id)
            found.append(Returned(offer.lessons[keys[0]], since, seen))
    return sorted(found, key=lambda each: (each.since, each.lesson.subject))


def _since(steps: Sequence[tuple[HybridStep, set[SlotKey]]], keys: set[SlotKey]) -> dt.date | None:
    """The first day of the run of steps up to the last one that have one of these slots in mainstream."""
    since = None
    for step, slots in reversed(steps):
        if not slots & keys:
            break
        since = step.starts_on
    return since


def with_ticked(posted: QueryDict, candidates: Mapping[str, Candidate], offer: Offer) -> QueryDict:
    """What was posted, with the ticked lessons in mainstream.

    A lesson that was ticked when the page was last drawn (`applied`) and no longer is goes back to where the
    pupil is now; a slot somebody has changed by hand since stays as they left it.
    """
    data = posted.copy()
    ticked, applied = set(posted.getlist("add")), set(posted.getlist("applied"))
    for key, candidate in candidates.items():
        for slot in candidate.slots:
            name = slot_name(slot)
            if key in ticked and key not in applied and data.get(name) not in BACK:
                data[name] = "mainstream"
            elif key in applied and key not in ticked and data.get(name) == "mainstream":
                data[name] = offer.initial(slot)
    return data
