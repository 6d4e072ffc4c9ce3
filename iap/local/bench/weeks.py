"""What the lead and a teacher open about hybrid weeks: capacity, what if, the planner, My lessons."""

import datetime as dt
from collections.abc import Callable
from itertools import cycle
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from iap.schools.calendar import Calendar, monday_of
from iap.schools.models import Role, School
from iap.tenancy import context
from pupils.models import Placement, Pupil
from referrals.heat import heat_of
from referrals.models import Referral
from referrals.queue import WAITING_STATES
from referrals.what_if import Answer
from timetables.measures.forecast import weeks_ahead
from timetables.models import HybridStep, StepPlace

from .worked import Spent, settle, spent

AHEAD = dt.timedelta(weeks=20)
PLACED, WEEKS = 30, 12


def week_figures(school: School, signed_in: Callable[[School, Role], Any]) -> dict[str, Any]:
    """Milliseconds and queries: of whole pages, and of the heat map of twelve weeks alone."""
    lead, teacher = signed_in(school, Role.LEAD), signed_in(school, Role.TEACHER)
    with context.within(school.pk):
        placed = fill_places(school)
        waiting = Referral.objects.filter(school=school, state__in=WAITING_STATES)
        asked = [str(each) for each in waiting.values_list("uuid", flat=True)]
    settle()
    capacity, mine = reverse("referrals:capacity"), reverse("timetables:my_lessons")
    planner = reverse("timetables:new_step", args=[placed[0].pupil.uuid])
    return {
        "heat_map": _told(heat_map(school)) | {"pupils": len(placed)},
        "capacity": _page(lead, capacity),
        "what_if": _page(lead, capacity, p=asked) | {"waiting": len(asked)},
        "planner": _page(lead, planner),
        "my_lessons": _page(teacher, mine) | {"visits": teacher.get(mine).content.count(b"<article")},
    }


def heat_map(school: School) -> Spent:
    """The heat map of every one of twelve weeks, from the database to its cells."""
    today = timezone.localdate()

    def draw() -> None:
        calendar = Calendar.of(school, today, today + AHEAD)
        for week in weeks_ahead(school, monday_of(today), today + AHEAD, calendar=calendar, most=WEEKS):
            heat_of(week, Answer())

    with context.within(school.pk):
        school = School.objects.select_related("provision").get(pk=school.pk)
        draw()
        return spent(draw)


def fill_places(school: School) -> list[Placement]:
    """Give places to more pupils, with weeks like those of the others, until thirty have one."""
    today = timezone.localdate()
    placed = list(
        Placement.objects.filter(school=school).open_on(today).select_related("pupil").order_by("pk")
    )
    last = HybridStep.objects.filter(school=school, placement__in=placed, ends_on=None)
    steps = list(last.filter(starts_on__lte=today).select_related("placement").order_by("pk"))
    held = {step.pk: list(StepPlace.objects.filter(school=school, step=step)) for step in steps}
    others = Pupil.objects.filter(school=school).exclude(placements__school=school).order_by("pk")
    for pupil, like in zip(others[: PLACED - len(placed)], cycle(steps), strict=False):
        given = {"model": like.placement.model, "key_adult_id": like.placement.key_adult_id}
        placement = Placement.objects.create(school=school, pupil=pupil, starts_on=like.starts_on, **given)
        step = HybridStep.objects.create(
            school=school, placement=placement, pupil=pupil, kind="start", starts_on=like.starts_on,
            why="As others.", by=like.by,
        )  # fmt: skip
        for row in held[like.pk]:
            row.pk, row.step = None, step
        StepPlace.objects.bulk_create(held[like.pk])
        placed.append(placement)
    return placed


def _page(client: Client, address: str, **query: Any) -> dict[str, Any]:
    client.get(address, query)
    return _told(spent(lambda: client.get(address, query)))


def _told(took: Spent) -> dict[str, Any]:
    return {"queries": took.queries, "median_ms": took.ms, "worked_ms": took.worked_ms}
