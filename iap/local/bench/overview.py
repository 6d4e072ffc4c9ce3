"""The overview of a school with three years of data and sixty places, as its leader opens it."""

import datetime as dt
import statistics
import time
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from iap.schools.models import AcademicYear, Closure, Membership, Provision, Role, School, User
from iap.tenancy import context

from . import weight
from .years import Size, fill

URN, TIMES = "990001", 15
TRANSACTION = ("BEGIN", "COMMIT")  # of each request, and no question


def overview_figures(size: Size | None = None) -> dict[str, Any]:
    """Medians of a leader's request. Cold: the figures are worked out anew, what was drawn before is kept by its
    content; first: nothing is kept at all; warm: nothing has changed.
    """
    school, leader = a_school(size or Size())
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(leader)
    url = reverse("reporting:overview")
    first, _ = _timed(client, url, before=cache.clear, times=3)
    cold, queries = _timed(client, url, before=lambda: _change(school))
    warm, warm_queries = _timed(client, url)
    year, _ = _timed(client, f"{url}?period=year:{_year(school)}", before=lambda: _change(school), times=5)
    return {
        "queries": queries,
        "warm_queries": warm_queries,
        "first_ms": first,
        "cold_ms": cold,
        "cold_year_ms": year,
        "warm_ms": warm,
        **weight.page(client.get(url).content),
    }


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


def _timed(
    client: Client, url: str, *, before: Callable[[], Any] = lambda: None, times: int = TIMES
) -> tuple[float, int]:
    spent, queries = [], []
    for _ in range(times):
        before()
        with CaptureQueriesContext(connection) as asked:
            started = time.perf_counter()
            answer = client.get(url)
            spent.append((time.perf_counter() - started) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(f"The overview was answered with {answer.status_code}.")
        queries.append(sum(query["sql"] not in TRANSACTION for query in asked))
    return round(statistics.median(spent), 1), int(statistics.median(queries))


def _change(school: School) -> None:
    """Something of the school changes, so that whatever was kept of it no longer holds."""
    with context.within(school.pk):
        Closure.objects.create(school=school, day=dt.date(2000, 1, 3))
        Closure.objects.filter(school=school, day=dt.date(2000, 1, 3)).delete()


def _year(school: School) -> str:
    with context.within(school.pk):
        return str(AcademicYear.objects.filter(school=school).latest("starts_on").starts_on)
