"""Background work of imports: jobs, and those whose worker was lost."""

import datetime as dt
from typing import Any
from uuid import UUID

from celery import shared_task
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from iap.errors import Refused
from iap.schools.models import School, User
from iap.tenancy import context
from iap.tenancy.tasks import SchoolTask

from . import progress, uploads, working
from .models import ImportJob, ImportRun, RunWrite
from .models.jobs import WAITING
from .undo import undo

TOLD_FOR = 600  # seconds that a page remembers what stood in the way
MOST_ATTEMPTS = 3
LOST_AFTER = dt.timedelta(seconds=progress.TOLD_FOR)
UNDOABLE = dt.timedelta(days=60)
GONE = "These files were kept for a day, and nobody brought them in. Send them again."


@shared_task(base=SchoolTask)
def work(*, school_id: int, job: str) -> None:
    """Take a job as far as it goes."""
    found = ImportJob.objects.filter(school=school_id, uuid=UUID(job)).first()
    if found is not None:
        working.work(found)


@shared_task
def sweep_lost() -> None:
    """Take up jobs whose worker has not been heard of; one that was lost again and again is reported."""
    for school in School.objects.all():
        with context.within(school.pk):
            for job in (
                ImportJob.objects.at([school]).at_work().filter(state_at__lt=timezone.now() - LOST_AFTER)
            ):
                if not progress.of(job):
                    _take_up(job)


@shared_task
def sweep_old() -> None:
    """What is needed to undo goes once nobody will: it holds what pupils' records said before. So do old files."""
    for school in School.objects.all():
        uploads.sweep(school)
        with context.within(school.pk):
            RunWrite.objects.at([school]).filter(run__at__lt=timezone.now() - UNDOABLE).delete()
            for job in ImportJob.objects.at([school]).select_related("school").filter(state__in=WAITING):
                if not uploads.stored(job):
                    working.stop(job, GONE)


def _take_up(job: Any) -> None:
    held = ImportJob.objects.select_for_update(skip_locked=True).filter(pk=job.pk).at_work().first()
    if held is None:
        return  # somebody is at it
    lost = progress.was_taken(held)  # else it only waits for its turn, or for a queue that was emptied
    if lost and held.attempts + 1 >= MOST_ATTEMPTS:
        working.stop(held, working.LOST)
        return
    held.attempts, held.state_at = held.attempts + lost, timezone.now()
    held.save(update_fields=["attempts", "state_at"])
    transaction.on_commit(lambda: work.delay(school_id=held.school_id, job=str(held.uuid)))


@shared_task(base=SchoolTask)
def take_back(*, school_id: int, run: str, user_id: int) -> None:
    """Undo a run. What stands in the way is told on its page."""
    held = ImportRun.objects.get(school=school_id, uuid=UUID(run))
    try:
        undo(held, by=User.objects.get(pk=user_id))
    except Refused as refusal:
        cache.set(undo_key(held), {"problem": str(refusal)}, TOLD_FOR)
    else:
        cache.delete(undo_key(held))


def undo_key(run: ImportRun) -> str:
    return f"import-undo-{run.uuid}"
