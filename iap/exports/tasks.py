"""Making an export, away from the request."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from iap.audit.models import record
from iap.schools.actions.settings import provision_of
from iap.schools.models import Membership, School, User
from iap.tenancy.tasks import SchoolTask

from . import kept, tables
from .kept import Export
from .words import scope_of
from .writing import write


@shared_task(base=SchoolTask)
def make(*, school_id: int, user_id: int, export: str) -> None:
    """Write what this person may take out, by the roles they hold now. Run again, it is made again."""
    school = School.objects.get(pk=school_id)
    roles = set(Membership.objects.filter(school=school, user=user_id).values_list("role", flat=True))
    asked = Export(school, user_id, UUID(export), tables.sees_everything(roles))
    models = tables.open_to(roles)
    if not models:
        asked.give_up()
        return

    def tell(table: str, done: int) -> None:
        asked.tell("making", table=table, done=done, of=len(models))

    try:
        moment = timezone.localtime()
        counts = write(
            asked.room(),
            school,
            models,
            scope=scope_of(roles),
            moment=f"{moment:%d/%m/%Y %H:%M}",
            progress=tell,
        )
        record(
            "export.made", provision_of(school), by=User.objects.get(pk=user_id), export=export, rows=counts
        )
    except Exception:
        asked.give_up()
        raise
    asked.finish()


@shared_task
def sweep() -> None:
    """Let no export lie about after its hour."""
    kept.sweep()
