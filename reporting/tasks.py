"""Packs are made here, away from the request; and each morning those that are due, and the figures of each school."""

import logging

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from iap.schools.models import Membership, Role, School
from iap.tenancy import context
from iap.tenancy.tasks import InParts, SchoolTask

from .actions import packs as actions
from .models import Pack
from .packs import files
from .packs.due import ask_for_due
from .packs.make import keep_files, make_files
from .packs.telling import tell_readers
from .trust.board import board, document
from .trust.counting import count
from .versions import sum_up

log = logging.getLogger(__name__)


@shared_task(base=SchoolTask)
def make(*, school_id: int, pack: int) -> None:
    """Make the files of a pack, and tell those it is addressed to. Sent twice, it is made once."""
    held = _held(school_id, pack)
    if files.endings(held):
        return
    try:
        with transaction.atomic():
            make_files(held)
    except Exception:
        log.exception("Pack %s of school %s could not be made.", pack, school_id)
        actions.failed(held)
    else:
        actions.ready(held)
        tell_readers(held)


@shared_task(base=InParts)
def make_trust(*, school_id: int, pack: int, user_id: int) -> None:
    """A trust pack, over the schools in which who asked is a trust leader now."""
    with context.within(user_id=user_id):
        held = Membership.objects.filter(user=user_id, role=Role.TRUST)
        schools = list(held.values_list("school", flat=True))
    with context.within(*{*schools, school_id}):
        found = list(School.objects.filter(pk__in=schools).select_related("trust"))
        made = _held(school_id, pack)
        keep_files(made, document(board(found, made.period), made_on=timezone.localdate()))
        actions.ready(made)


def _held(school_id: int, pack: int) -> Pack:
    rows = Pack.objects.select_related("school__provision", "pupil__school", "asked_by")
    return rows.get(school=school_id, pk=pack)


@shared_task
def sweep_each_morning() -> None:
    """Send each school its own task."""
    for school in School.objects.values_list("pk", flat=True):
        morning.delay(school_id=school)


@shared_task(base=SchoolTask)
def morning(*, school_id: int) -> None:
    """What has run out goes, earlier changes become one row, due packs are asked for, and the school is counted."""
    school = School.objects.select_related("provision", "trust").get(pk=school_id)
    files.clear(school)
    sum_up(school)
    ask_for_due(school, timezone.localdate())
    if school.trust is not None:
        count(school)


@shared_task(base=SchoolTask)
def count_school(*, school_id: int) -> None:
    count(School.objects.select_related("provision").get(pk=school_id))
