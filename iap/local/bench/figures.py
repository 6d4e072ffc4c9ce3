"""Every figure, as one dictionary."""

import datetime as dt
import statistics
import time
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from iap.local.demo_school.schools import PLANS
from iap.schools.models import Membership, Role, School
from iap.tenancy import context
from timetables.board.build import Board, build
from timetables.board.moment import moment

from . import load, referrals, reports, weight
from .copied import a_copy
from .importing import import_figures, mark_figures
from .overview import overview_figures
from .pack import pack_figures
from .pupils import pupil_figures
from .room import room_figures
from .weeks import heat_map, week_figures

WARM_UP, TIMES = 5, 50
TRANSACTION = ("BEGIN", "COMMIT")  # of each request, and no question
HTMX = {"HX-Request": "true"}


def measure() -> dict[str, Any]:
    """Medians over 50 after warm-up, on a copy of the demo's secondary school."""
    with a_copy() as address:
        school = School.objects.get(urn=PLANS[0].urn)
        client = _signed_in(school)
        board = _board(school)
        place = reverse("timetables:today_at", args=[board.moment.day, slugify(board.moment.period.name)])
        found = {
            "today": _today(client, place, board),
            "tap": _tap(client, board),
            "unchanged_board": _unchanged(client, place),
            "styles_and_scripts": weight.styles_and_scripts(),
            "queue_of_300": _queue(school),
            "panel_pack": pack_figures(),
            "import": import_figures(address),
            "marks": mark_figures(address),
            "find_room": room_figures(),
            **week_figures(school, _signed_in),
            **pupil_figures(school, _signed_in, _median),
            "overview": overview_figures(),
            "governors_pack": reports.pack_figures(address),
            "trust_of_40": reports.trust_figures(),
        }
        alone, beside = found["heat_map"], heat_map(school)
        alone["beside_others"] = round(beside.worked_ms / alone["worked_ms"], 2)
        connection.close()
        with load.gunicorn(address) as port:
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            found["tap_at_8_clients"] = load.tapping(port, session, _taps(board))
    return {"limits": LIMITS, **found}


LIMITS = {
    "today.queries": 16,
    "tap.queries": 12,
    "today.kb": 60,
    "today.compressed_kb": 12,
    "styles_and_scripts.compressed_kb": 75,
    "queue_of_300.queries": 16,
    "queue_of_300.kb": 120,
    "panel_pack.seconds": 3,
    "panel_pack.peak_mb": 300,
    "import.seconds": 20,
    "import.again_seconds": 10,
    "marks.ratio": 1.15,
    "marks.peak_mb": 400,
    "find_room.seconds": 5,
    "heat_map.queries": 12,
    "heat_map.median_ms": 60,
    "heat_map.beside_others": 1.5,
    "what_if.median_ms": 150,
    "planner.queries": 16,
    "my_lessons.queries": 10,
    "pupil_page.queries": 20,
    "pupil_page.more": 0,
    "timeline.queries": 8,
    "review_pre_fill.queries": 12,
    "overview.queries": 30,
    "overview.cold_ms": 400,
    "overview.warm_ms": 60,
    "overview.charts_ms": 600,
    "governors_pack.first_seconds": 5,
    "governors_pack.grown_mb": 10,
    "trust_of_40.queries": 20,
    "trust_of_40.ms": 300,
    "import.peak_mb": 400,
    "tap_at_8_clients.p95_ms": 60,
}


def _signed_in(school: School, role: Role = Role.STAFF) -> Client:
    with context.within(school.pk):
        user = Membership.objects.filter(school=school, role=role).order_by("pk")[0].user
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    return client


def _board(school: School) -> Board:
    """The board of the last school day with most pupils in the base."""
    with context.within(school.pk):
        school = School.objects.select_related("provision").get(pk=school.pk)
        first = moment(school, timezone.now())
        assert first is not None
        day = first.day if first.day < timezone.localdate() else first.day_before
        names = [slugify(period.name) for period in first.periods if period.is_lesson]
        moments = (moment(school, timezone.now(), day, name) for name in names)
        boards = [build(school, each) for each in moments if each is not None]
        return max(boards, key=lambda board: sum(len(group.tiles) for group in board.groups))


def _median(act: Callable[[], Any]) -> tuple[float, int]:
    """Median milliseconds, and queries, of an act."""
    times, queries = [], []
    for number in range(WARM_UP + TIMES):
        with CaptureQueriesContext(connection) as asked:
            started = time.perf_counter()
            act()
            spent = (time.perf_counter() - started) * 1000
        if number >= WARM_UP:
            times.append(spent)
            queries.append(sum(each["sql"] not in TRANSACTION for each in asked.captured_queries))
    return round(statistics.median(times), 1), int(statistics.median(queries))


def _today(client: Client, place: str, board: Board) -> dict[str, Any]:
    milliseconds, queries = _median(lambda: client.get(place))
    return {
        "queries": queries,
        "median_ms": milliseconds,
        "pupils": len(board.pupils),
        "tiles": sum(len(group.tiles) for group in board.groups),
        **weight.page(client.get(place).content),
    }


def _unchanged(client: Client, place: str) -> dict[str, Any]:
    tag = client.get(place, headers=HTMX)["ETag"]
    answer = client.get(place, headers={**HTMX, "If-None-Match": tag})
    return {"status": answer.status_code, "bytes": len(answer.content)}


def _tap(client: Client, board: Board) -> dict[str, Any]:
    taps = _taps(board)

    def once() -> None:
        one = taps(0)
        answer = client.post(one.path, one.fields, headers=HTMX)
        if answer.status_code != 200:
            raise RuntimeError(f"A tap was answered with {answer.status_code}.")

    milliseconds, queries = _median(once)
    return {"queries": queries, "median_ms": milliseconds}


def _queue(school: School) -> dict[str, Any]:
    number = referrals.fill(school)
    client = _signed_in(school, Role.LEAD)
    milliseconds, queries = _median(lambda: client.get(reverse("referrals:queue")))
    return {
        "referrals": number,
        "queries": queries,
        "median_ms": milliseconds,
        **referrals.queue_page(client),
    }


def _taps(board: Board) -> Callable[[int], load.Tap]:
    """The n-th tap: another pupil each time, each a real one with its own UUID."""
    tiles = [tile for group in board.groups for tile in group.tiles]
    day = board.moment.day
    began = timezone.make_aware(dt.datetime.combine(day, board.moment.lesson.starts))

    def tap(number: int) -> load.Tap:
        tile = tiles[number % len(tiles)]
        path = reverse("timetables:tap", args=[day, tile.session.uuid, tile.pupil.uuid])
        fields = {"entry": str(uuid.uuid4()), "readiness": str(number % 5 + 1), "at": began.isoformat()}
        return load.Tap(path, fields)

    return tap
