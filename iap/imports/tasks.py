"""Checking and applying a sending, away from the request."""

from uuid import UUID

from celery import shared_task
from django.core.cache import cache

from iap.errors import Refused
from iap.schools.models import School, User
from iap.tenancy.tasks import SchoolTask

from . import uploads
from .reading import Unreadable
from .run import import_files

TOLD_FOR = 600  # seconds that progress is remembered


@shared_task(base=SchoolTask)
def run(*, school_id: int, upload: str, user_id: int, apply: bool) -> None:
    """Try the files, or bring them in. What comes of it is kept beside them."""
    school = School.objects.get(pk=school_id)
    sent = uploads.find(school, UUID(upload))
    if sent is None or sent.outcome["state"] == "applied":
        return

    def tell(kind: str, done: int) -> None:
        cache.set(progress_key(upload), kind, TOLD_FOR)

    try:
        user = User.objects.get(pk=user_id)
        report = import_files(sent.files, school.urn, by=user, dry_run=not apply, progress=tell)
    except (Refused, Unreadable) as problem:
        sent.keep("failed", problem=str(problem))
        return
    except Exception:
        sent.keep(
            "failed", problem="Something went wrong on our side, and nothing was brought in. Try again."
        )
        raise
    sent.keep("applied" if apply else "checked", report=report.as_json())
    if apply:
        sent.forget_files()


def progress_key(upload: str) -> str:
    return f"import-progress-{upload}"
