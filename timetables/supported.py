"""Steps forward that are supported now: for each pupil with a place the lessons that are suggested next."""

import datetime as dt
from dataclasses import dataclass

from iap.schools.models import Period, ProvisionModel, School
from pupils.models import Placement

from .journeys import SlotKey, journeys_of
from .lessons import Lesson, lessons_of_cycle
from .models import IapSession, Place
from .suggestions.gather import Week, facts_of
from .suggestions.weigh import Advice, Suggestion, suggest


@dataclass(frozen=True)
class Forward:
    """A suggested lesson of a pupil, and the sessions in which it would free their seat in every week of theirs."""

    placement: Placement
    suggestion: Suggestion
    sessions: tuple[IapSession, ...]

    @property
    def key(self) -> str:
        """Names the lesson and whose it is."""
        return f"{self.placement.pupil.uuid}|{self.suggestion.candidate.key}"


@dataclass(frozen=True)
class NotNow:
    """A pupil for whom nothing is suggested at present, and why."""

    placement: Placement
    why: str


def supported(school: School, day: dt.date) -> tuple[list[Forward], list[NotNow]]:
    """What each pupil on a way back is ready for by their own pace. Ten queries, whatever the number of pupils."""
    places = Placement.objects.filter(school=school).open_on(day)
    placements = list(
        places.exclude(model=ProvisionModel.STABLE_COHORT)
        .select_related("pupil")
        .order_by("pupil__family_name", "pupil__given_name", "pk")
    )
    for each in placements:
        each.school = each.pupil.school = school
    ways = journeys_of(school, placements)
    named = {pk for way in ways.values() for pk in way.sessions()}
    sessions = {
        each.pk: each
        for each in IapSession.objects.filter(school=school, pk__in=named).select_related("period")
    }
    periods = list(Period.objects.filter(school=school).in_order())
    by_pk = {period.pk: period for period in periods}
    mine: dict[int, dict[SlotKey, Lesson]] = {}
    for (pupil, label, period), lesson in lessons_of_cycle(
        school, [each.pupil_id for each in placements], day
    ).items():
        mine.setdefault(pupil, {})[label, period] = lesson
    weeks = [
        Week(way, mine.get(way.placement.pupil_id, {}), way.held(way.steps[-1], by_pk, sessions))
        for way in ways.values()
        if way.steps and way.steps[0].starts_on <= day
    ]
    facts = facts_of(school, weeks, periods=periods, day=day)
    forwards: list[Forward] = []
    not_now: list[NotNow] = []
    for week in weeks:
        advice = suggest(facts[week.placement.pk])
        forwards += _forwards(week, advice)
        if advice.wait:
            not_now.append(NotNow(week.placement, advice.wait))
    return forwards, not_now


def _forwards(week: Week, advice: Advice) -> list[Forward]:
    """Those suggestions that free a seat; a session is freed where no lesson of it is left in the cycle."""
    rows = {
        key: row.session
        for key, row in week.held.items()
        if row.place == Place.SESSION and row.session is not None
    }
    found = []
    for each in advice.suggested:
        slots = set(each.candidate.slots)
        stays = {session.pk for key, session in rows.items() if key not in slots}
        freed = {rows[key].pk: rows[key] for key in sorted(slots & rows.keys()) if rows[key].pk not in stays}
        if freed:
            found.append(Forward(week.placement, each, tuple(freed.values())))
    return found
