"""One night's questions to Wonde for one school."""

import datetime as dt
import logging
import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from iap.ages import DAY, is_older
from iap.imports.models import ImportJob
from iap.nightly.locks import alone
from iap.nightly.models import Nightly
from iap.nightly.sending import send, tell_data_managers
from iap.schools.models import AcademicYear, School
from iap.tenancy import context

from .client import Client, Trouble
from .tables import cycle_of, write

SOURCE = "Wonde"
UNFORESEEN = (
    "Wonde’s answer was not as we know it, and nothing was brought in. Tell whoever runs this service."
)
log = logging.getLogger(__name__)
KEPT = DAY  # what a run that was broken off has fetched is of use for some hours
AGAIN = dt.timedelta(days=3)  # marks are mended for some days after they were given


def token_of(school: School) -> str:
    """The key, from the environment alone: one for the school, else one for all."""
    return os.environ.get(f"WONDE_TOKEN_{school.urn}") or os.environ.get("WONDE_TOKEN", "")


def ask(school: School, *, wait: float = 1.0) -> ImportJob | None:
    """Fetch the school's data and have it brought in. Gives the job; nothing where Wonde is not asked, or in vain.

    What came before something went wrong is kept for some hours, and the next run goes on from there.
    """
    with alone(school, "wonde") as still:
        if still is None:
            return None
        with context.within(school.pk):
            nightly = Nightly.objects.filter(school=school, wonde_on=True).first()
            if nightly is None:
                return None
            Nightly.objects.filter(pk=nightly.pk).update(wonde_asked_at=timezone.now())
        try:
            return _fetch(school, nightly, still, wait)
        except Trouble as trouble:
            _note(school, str(trouble))
        except Exception:
            log.exception("What Wonde gave for school %s could not be read.", school.pk)
            _note(school, UNFORESEEN)
        return None


def sweep() -> None:
    """Remove what was fetched and never asked for again."""
    for folder in _root().glob("*/*"):
        if all(is_older(file, KEPT) for file in folder.iterdir()):
            shutil.rmtree(folder, ignore_errors=True)


def _root() -> Path:
    return Path(settings.MEDIA_ROOT) / "wonde"


def _fetch(school: School, nightly: Nightly, still: Callable[[], None], wait: float) -> ImportJob:
    folder = _root() / str(school.uuid)
    client = Client(
        settings.WONDE_URL,
        nightly.wonde_id,
        token_of(school),
        folder / "fetched",
        tell=lambda resource, things: still(),
        wait=wait,
    )
    today = timezone.localdate()
    with context.within(school.pk):
        weeks, since = cycle_of(school, today), _marks_since(school, nightly, today)
    paths = write(client, folder / "files", weeks=weeks, marks_since=since)
    if not paths:
        raise Trouble("Wonde gave nothing for this school. Check in Wonde that access is granted.")
    with context.within(school.pk):
        files: list[Any] = [File(path.open("rb"), path.name) for path in paths]
        try:
            job = send(school, files, source=SOURCE)
        finally:
            for file in files:
                file.close()
        Nightly.objects.filter(pk=nightly.pk).update(wonde_given_at=timezone.now(), wonde_problem="")
        transaction.on_commit(partial(_forget, client, paths))
    return job


def _forget(client: Client, paths: list[Path]) -> None:
    """What was fetched is children's data and of no use once a job holds it."""
    client.forget()
    for path in paths:
        path.unlink()


def _marks_since(school: School, nightly: Nightly, today: dt.date) -> dt.date:
    """Since the last time, and some days more; the first time since the school year began."""
    if nightly.wonde_given_at:
        return timezone.localdate(nightly.wonde_given_at) - AGAIN
    year = AcademicYear.objects.filter(school=school, starts_on__lte=today).order_by("-starts_on").first()
    return year.starts_on if year else today - dt.timedelta(days=365)


def _note(school: School, problem: str) -> None:
    with context.within(school.pk):
        Nightly.objects.filter(school=school).update(wonde_problem=problem[:300])
        said = "Wonde could not be asked last night. See why, and what to do."
        key = f"wonde-{timezone.localdate().isoformat()}"
        tell_data_managers(school, said, link=reverse("nightly:show"), key=key)
