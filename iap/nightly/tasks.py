"""What comes by itself: folders are looked into, Wonde is asked, and who is needed is told.

Each school has a task of its own, so that one school's trouble is not another's.
"""

from celery import shared_task

from iap.schools.models import School
from iap.tenancy.tasks import InParts, SchoolTask

from . import folder, sending
from .wonde import run


@shared_task
def sweep_folders() -> None:
    """Look into the folders in which something lies."""
    for school in School.objects.order_by("pk"):
        there = folder.folder_of(school)
        if there is not None and folder.whole(there):
            take_folder.delay(school_id=school.pk)


@shared_task(base=SchoolTask)
def take_folder(*, school_id: int) -> None:
    """Bring in what lies in a school's folder."""
    folder.take(School.objects.get(pk=school_id))


@shared_task
def sweep_wonde() -> None:
    """Ask Wonde for each school; those that have not switched it on are not asked about."""
    run.sweep()
    for school in School.objects.order_by("pk").values_list("pk", flat=True):
        ask_wonde.delay(school_id=school)


@shared_task(base=InParts)
def ask_wonde(*, school_id: int) -> None:
    """Not one transaction: Wonde may take long to answer. Each part opens its school for itself."""
    run.ask(School.objects.get(pk=school_id))


@shared_task
def sweep_needs() -> None:
    """Send each school its own task."""
    for school in School.objects.order_by("pk").values_list("pk", flat=True):
        tell_who_is_needed.delay(school_id=school)


@shared_task(base=SchoolTask)
def tell_who_is_needed(*, school_id: int) -> None:
    """Tell a school's data managers of imports that wait for somebody, and of people who have perhaps left."""
    school = School.objects.get(pk=school_id)
    sending.tell_who_is_needed(school)
    sending.tell_who_is_missing(school)
