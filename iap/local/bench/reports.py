"""What leaves: a pack made by a worker, a hundred of them, and a trust's page over forty schools."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from iap.schools.models import Membership, Role, School, Trust, User
from iap.tenancy import context
from reporting.facts import Facts
from reporting.models import Counted
from reporting.packs import governors, lines, paper, sheet
from reporting.periods import Kind
from reporting.trust.counting import count

from .overview import URN
from .worked import spent

PACKS, SETTLED, SCHOOLS = 100, 50, 40
WORKER = "import django; django.setup(); from iap.local.bench import reports; reports.make_many()"


def pack_figures(address: str) -> dict[str, Any]:
    """Of a fresh process, as a worker is after its start: seconds of the first pack with what has to be loaded, the
    middle of the later ones, and by how many megabytes it has grown from the fiftieth to the hundredth.
    """
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "iap.settings", "DATABASE_URL": address}
    made = subprocess.run([sys.executable, "-c", WORKER], env=env, capture_output=True, check=True)  # noqa: S603
    found: dict[str, Any] = json.loads(made.stdout)
    return found


def make_many() -> None:
    """Make the governors' packs of the bench's school, no two alike, and print what that took."""
    school = School.objects.get(urn=URN)
    took, megabytes = [], []
    for number in range(PACKS):
        started, at_work = time.perf_counter(), time.process_time()
        with transaction.atomic(), context.within(school.pk):
            _make(school, number)
        took.append((time.perf_counter() - started, time.process_time() - at_work))
        megabytes.append(_megabytes())
    later = sorted(took[1:])[len(took) // 2]
    print(
        json.dumps(
            {
                "packs": PACKS,
                "first_seconds": round(took[0][0], 2),
                "first_worked_seconds": round(took[0][1], 2),
                "seconds": round(later[0], 2),
                "worked_seconds": round(later[1], 2),
                "mb": round(megabytes[-1]),
                "grown_mb": round(megabytes[-1] - megabytes[SETTLED - 1], 1),
            }
        )
    )


def _make(school: School, number: int) -> None:
    facts = Facts(school, timezone.localdate())
    past = facts.periods.past(Kind.HALF_TERM)
    school.name = f"Bench Academy {number}"
    document = governors.document(facts, past[number % len(past)], made_on=facts.today)
    for content in (sheet.xlsx(document), lines.text(document), paper.pdf(document)):
        if not content:
            raise RuntimeError("A pack for the figures was not made.")


def _megabytes() -> float:
    """What the process holds, in 10⁶ bytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def trust_figures() -> dict[str, Any]:
    """The trust leader's page over forty schools that have been counted."""
    chief = _a_trust()
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(chief)
    url = reverse("reporting:trust")
    page = client.get(url).content.decode()
    if page.count('<th scope="row"') < SCHOOLS:
        raise RuntimeError("The page of the trust does not show its schools.")
    found = spent(lambda: client.get(url))
    return {"schools": SCHOOLS, "queries": found.queries, "ms": found.ms, "worked_ms": found.worked_ms}


def _a_trust() -> User:
    """Forty schools, of which one was counted; the others have its figures under their own names."""
    with transaction.atomic():
        trust = Trust.objects.create(name="Bench Trust")
        chief = User.objects.create_user("chief@bench.example", name="Ms T. Chief")
        first = School.objects.get(urn=URN)
        others = [
            School.objects.create(urn=f"9901{n:02}", name=f"Bench {n:02}", phase="secondary", trust=trust)
            for n in range(SCHOOLS - 1)
        ]
        School.objects.filter(pk=first.pk).update(trust=trust)
        with context.within(first.pk, *(each.pk for each in others)):
            count(first)
            kept = list(Counted.objects.filter(school=first))
            for school in others:
                for each in kept:
                    each.pk, each.school = None, school
                    each.save(force_insert=True)
            for school in (first, *others):
                Membership.objects.create(school=school, user=chief, role=Role.TRUST)
    return chief
