"""Timetables that need a look: steps name slots, so they carry over when the school's timetable changes."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from iap.imports.models import ImportRun
from iap.inbox.actions import tell
from iap.schools.calendar import Calendar
from iap.schools.models import Period, Role, School, Term, User
from iap.ui.words import plural
from pupils.models import Pupil

from .dated_lessons import DatedLessons
from .findings import Finding, Scene, findings_of
from .models import HybridStep, LookedAt, StepPlace

CHANGING = {"staff", "periods", "calendar", "timetable", "members"}  # kinds of files that may concern a step
LOOK = "Lessons or classes may have changed. The lead is told which pupils’ timetables need a look."


@dataclass(frozen=True)
class StepLook:
    """What nobody has looked at yet about one step."""

    step: HybridStep
    findings: list[Finding]

    @cached_property
    def lines(self) -> list[tuple[str, list[str], bool]]:
        """Each sentence once, with its slots, and whether it needs a decision; those that do first."""
        slots: dict[tuple[str, bool], list[str]] = defaultdict(list)
        for each in self.findings:
            slots[each.sentence, each.needs_decision] += [each.slot] if each.slot else []
        lines = [(sentence, where, needs) for (sentence, needs), where in slots.items()]
        return sorted(lines, key=lambda line: not line[2])


@dataclass(frozen=True)
class Look:
    """One pupil whose timetable needs a look."""

    pupil: Pupil
    steps: list[StepLook]

    @cached_property
    def findings(self) -> list[Finding]:
        return [each for step in self.steps for each in step.findings]

    @property
    def needs_decision(self) -> bool:
        return any(each.needs_decision for each in self.findings)


def looks_on(school: School, day: dt.date, *, today: dt.date | None = None) -> list[Look]:
    """Who is to be looked at by the timetable of `day`: decisions first, then what is only to be known.

    A step that begins later is read by the timetable of its first day. Nine queries, whatever the number of
    pupils.
    """
    today = today or timezone.localdate()
    steps = _standing(school, day)
    seen = _seen(school, steps)
    by_pupil: dict[Pupil, list[StepLook]] = defaultdict(list)
    for scene in _scenes(school, steps, day, today):
        found = [each for each in findings_of(scene) if each.seal not in seen[scene.step.pk]]
        if found:
            by_pupil[scene.step.pupil].append(StepLook(scene.step, found))
    looks = [Look(pupil, of) for pupil, of in by_pupil.items()]
    return sorted(looks, key=lambda each: (not each.needs_decision, each.pupil.family_name, each.pupil.pk))


def first_day_of_next_term(school: School, today: dt.date) -> dt.date | None:
    """The first school day of the next term that the calendar knows."""
    term = Term.objects.filter(school=school, starts_on__gt=today).order_by("starts_on").first()
    if term is None:
        return None
    open_days = Calendar.of(school, term.starts_on, term.ends_on).open_days()
    return next((day for day in open_days if day >= term.starts_on), term.starts_on)


def tell_after_import(school: School, kinds: frozenset[str]) -> None:
    """Tell the lead, once a day, how many timetables an import has left to look at."""
    today = timezone.localdate()
    if not kinds & CHANGING:
        return
    count = sum(look.needs_decision for look in looks_on(school, today))
    if not count:
        return
    leads = User.objects.filter(memberships__school=school, memberships__role=Role.LEAD).distinct()
    text = (
        f"After today’s import the {'timetable' if count == 1 else 'timetables'} of {plural(count, 'pupil')} "
    )
    tell(
        school,
        leads,
        kind="rollover",
        text=f"{text}{'needs' if count == 1 else 'need'} a look.",
        link=reverse("timetables:rollover"),
        key=f"rollover:{today}",
    )


def _standing(school: School, day: dt.date) -> list[HybridStep]:
    """Steps that hold on the day or begin after it, within their place."""
    rows = (
        HybridStep.objects.at([school])
        .filter(Q(ends_on=None) | Q(ends_on__gt=day))
        .filter(Q(placement__ends_on=None) | Q(placement__ends_on__gt=day))
    )
    steps = rows.select_related("pupil", "placement").by_date()
    return [s for s in steps if s.placement.ends_on is None or s.starts_on < s.placement.ends_on]


def _seen(school: School, steps: Iterable[HybridStep]) -> dict[int, set[str]]:
    rows = LookedAt.objects.at([school]).filter(step__in=[step.pk for step in steps])
    seen: dict[int, set[str]] = defaultdict(set)
    for step, findings in rows.values_list("step", "findings"):
        seen[step].update(findings)
    return seen


def _scenes(school: School, steps: list[HybridStep], day: dt.date, today: dt.date) -> Iterable[Scene]:
    if not steps:
        return
    runs = _runs(school, steps)
    planned = {step.pk: _planned_by(step, runs) for step in steps}
    first = min(day, *planned.values())
    lessons = DatedLessons.of(school, {step.pupil_id for step in steps}, first)
    places: dict[int, list[StepPlace]] = defaultdict(list)
    rows = StepPlace.objects.at([school]).filter(step__in=[step.pk for step in steps])
    for row in rows.select_related("period", "session").order_by("week", "period__weekday", "period__starts"):
        places[row.step_id].append(row)
    periods = list(Period.objects.at([school]).in_order())
    starts = [step.starts_on for step in steps]
    calendar = Calendar.of(school, max(min(starts), today), max(*starts, today))
    for step in steps:
        at = max(day, step.starts_on)
        yield Scene(
            step=step,
            places=places[step.pk],
            before=lessons.cycle(step.pupil_id, planned[step.pk]),
            now=lessons.cycle(step.pupil_id, at),
            at=at,
            today=today,
            ends_on=min((end for end in (step.ends_on, step.placement.ends_on) if end), default=None),
            weeks=school.weeks,
            periods=periods,
            calendar=calendar,
        )


def _runs(school: School, steps: list[HybridStep]) -> list[dt.datetime]:
    """When timetables were imported since the first of these steps was made."""
    changing = Q()
    for kind in CHANGING:
        changing |= Q(outcome__has_key=kind)
    made = min(step.made_at for step in steps)
    return list(ImportRun.objects.at([school]).filter(changing, at__gt=made).values_list("at", flat=True))


def _planned_by(step: HybridStep, runs: list[dt.datetime]) -> dt.date:
    """The day by whose timetable the step was planned.

    The timetable of its first day as it was known when the step was made, which for a step made ahead is that
    of the day it was made; and the day before, where an import on that very day came after it.
    """
    made = timezone.localdate(step.made_at)
    later = any(timezone.localdate(run) == made and run > step.made_at for run in runs)
    if step.starts_on < made:
        return step.starts_on
    return made - dt.timedelta(days=1) if later else made
