"""The overview of a school with three years of data and sixty places, as its leader opens it."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from iap.schools.models import AcademicYear, Closure, Membership, Provision, Role, School, User
from iap.tenancy import context
from reporting.facts import Facts
from reporting.overview import board
from reporting.periods import Kind

from . import weight
from .worked import settle, spent
from .years import Size, fill

URN = "990001"


def overview_figures(size: Size | None = None) -> dict[str, Any]:
    """Medians of a leader's request. Cold: the figures are worked out anew, what was drawn before is kept by its
    content; charts: what drawing all of them adds to that; warm: nothing has changed.
    """
    school, leader = a_school(size or Size())
    settle()
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(leader)
    url = reverse("reporting:overview")
    changed = partial(_change, school)
    cold = spent(lambda: _open(client, url), before=changed)
    warm = spent(lambda: _open(client, url))
    of_year = f"{url}?period=year:{_year(school)}"
    year = spent(lambda: _open(client, of_year), before=changed, times=5)
    with context.within(school.pk):
        drawn = spent(_charts(school), before=cache.clear, times=5)
    return {
        "queries": cold.queries,
        "warm_queries": warm.queries,
        "cold_ms": cold.ms,
        "cold_worked_ms": cold.worked_ms,
        "cold_year_ms": year.ms,
        "warm_ms": warm.ms,
        "warm_worked_ms": warm.worked_ms,
        "charts_ms": drawn.ms,
        "charts_worked_ms": drawn.worked_ms,
        **weight.page(client.get(url).content),
    }


def _charts(school: School) -> Callable[[], Any]:
    """Draw every chart of the page, in every width."""
    facts = Facts(school, timezone.localdate())
    period = facts.periods.now(Kind.TERM)
    assert period is not None
    held = board(facts, period, [Role.LEADER])
    return lambda: [chart.html() for chart in held.charts.values()]


def a_school(size: Size, urn: str = URN) -> tuple[School, User]:
    """A school of its own, filled with years of data, and its leader. Others may make as many as they need."""
    with transaction.atomic():
        school = School.objects.create(urn=urn, name="Bench Academy", phase="secondary", cycle_weeks=2)
        leader = User.objects.create_user(f"leader{urn}@bench.example", name="Ms B. Leader")
    with context.within(school.pk):
        Provision.objects.create(school=school)
        Membership.objects.create(school=school, user=leader, role=Role.LEADER)
        fill(school, by=leader, today=timezone.localdate(), size=size)
    return school, leader


def _open(client: Client, url: str) -> None:
    answer = client.get(url)
    if answer.status_code != 200:
        raise RuntimeError(f"The page of the figures was answered with {answer.status_code}.")


def _change(school: School) -> None:
    """Something of the school changes, so that whatever was kept of it no longer holds."""
    with context.within(school.pk):
        Closure.objects.create(school=school, day=dt.date(2000, 1, 3))
        Closure.objects.filter(school=school, day=dt.date(2000, 1, 3)).delete()


def _year(school: School) -> str:
    with context.within(school.pk):
        return str(AcademicYear.objects.filter(school=school).latest("starts_on").starts_on)
