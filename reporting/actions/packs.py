"""Asking for packs, making and freezing them, and setting who gets one by itself."""

import datetime as dt
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Refused
from iap.schools.actions.settings import lock
from iap.schools.models import Membership, School, User
from pupils.models import Pupil
from reporting.models import Pack, PackKind, PackReader, PackState, Recipient, Schedule, Snapshot
from reporting.packs.document import Document, document_of
from reporting.periods import Period

KEPT = {PackKind.CASE: dt.timedelta(days=1)}
PATIENCE = dt.timedelta(minutes=10)  # that a worker is waited for
USUALLY = dt.timedelta(days=60)
NAMED = ("lead", "leader", "senco", "dsl", "trust")  # roles of people a pack may be addressed to


@transaction.atomic
def ask(
    school: School,
    kind: PackKind,
    name: str,
    *,
    by: Any,
    period: Period | None = None,
    snapshot: Snapshot | None = None,
    pupil: Pupil | None = None,
    readers: Iterable[User] = (),
) -> Pack:
    """Have a pack made by the worker; it is there in a few seconds."""
    from reporting.tasks import make

    pack = Pack.objects.create(
        school=school,
        kind=kind,
        name=name,
        period=period.key if period else snapshot.period if snapshot else "",
        snapshot=snapshot,
        pupil=pupil,
        asked_by=by,
        expires_at=timezone.now() + KEPT.get(kind, USUALLY),
    )
    PackReader.objects.bulk_create(PackReader(school=school, pack=pack, user=user) for user in readers)
    record("pack.asked", pack, by=by, kind=kind, name=name)
    transaction.on_commit(partial(make.delay, school_id=school.pk, pack=pack.pk))
    return pack


@transaction.atomic
def freeze(pack: Pack, document: Document, period: Period) -> Document:
    """Keep the figures of a period that is over, the first time that they are reported; afterwards, those kept.

    Two at once freeze once: who comes second is given what the first has frozen.
    """
    lock(pack.school)
    held = Snapshot.objects.filter(school=pack.school, kind=pack.kind, period=period.key).first()
    if held is None:
        held = Snapshot.objects.create(
            school=pack.school,
            kind=pack.kind,
            period=period.key,
            name=period.name,
            first=period.first,
            last=period.last,
            document=document.as_json(),
            made_by=pack.asked_by,
        )
        record("snapshot.made", held, by=pack.asked_by, period=period.key)
    pack.snapshot = held
    pack.save(update_fields=["snapshot"])
    return document_of(held.document)


@transaction.atomic
def ask_trust(school: School, *, by: Any, period: str) -> Pack:
    """A trust pack, for who asks alone; the worker finds the schools that they lead then."""
    from reporting.tasks import make_trust

    pack = Pack.objects.create(
        school=school,
        kind=PackKind.TRUST,
        name={"term": "this term", "year": "this school year"}[period],
        period=period,
        asked_by=by,
        expires_at=timezone.now() + USUALLY,
    )
    record("pack.asked", pack, by=by, kind=PackKind.TRUST, name=pack.name)
    transaction.on_commit(partial(make_trust.delay, school_id=school.pk, pack=pack.pk, user_id=by.pk))
    return pack


@transaction.atomic
def ask_again(held: Snapshot, *, by: Any) -> Pack:
    """The pack of a frozen period once more: it tells what was frozen, whatever has changed since."""
    return ask(held.school, PackKind(held.kind), held.name, by=by, snapshot=held)


@transaction.atomic
def opened(pack: Pack, *, by: Any, ending: str) -> None:
    """Keep that somebody took a file of it away."""
    record("pack.opened", pack, by=by, ending=ending)


@transaction.atomic
def ready(pack: Pack) -> None:
    pack.state, pack.made_at = PackState.READY, timezone.now()
    pack.save(update_fields=["state", "made_at"])


@transaction.atomic
def failed(pack: Pack) -> None:
    pack.state = PackState.FAILED
    pack.save(update_fields=["state"])


@transaction.atomic
def schedule(school: School, *, by: Any, kind: str, rhythm: str, people: Iterable[User]) -> Schedule:
    """Make a pack by itself for these people. The same pack and rhythm again changes who gets it."""
    lock(school)
    wanted = list(people)
    if not wanted:
        raise Refused("Name at least one person who gets it.")
    here = set(
        Membership.objects.filter(school=school, user__in=wanted, role__in=NAMED).values_list(
            "user", flat=True
        )
    )
    if {user.pk for user in wanted} - here:
        raise Refused("Choose people who lead at this school; a pack opens behind their sign-in.")
    held, _ = Schedule.objects.update_or_create(
        school=school, kind=kind, rhythm=rhythm, active=True, defaults={"set_by": by}
    )
    Recipient.objects.filter(school=school, schedule=held).exclude(user__in=wanted).delete()
    Recipient.objects.bulk_create(
        [Recipient(school=school, schedule=held, user=user) for user in wanted], ignore_conflicts=True
    )
    record("pack.scheduled", held, by=by, kind=kind, rhythm=rhythm, people=len(wanted))
    return held


@transaction.atomic
def end_schedule(held: Schedule, *, by: Any) -> None:
    held = Schedule.objects.select_for_update().get(school=held.school_id, pk=held.pk)
    held.active = False
    held.save(update_fields=["active"])
    record("pack.schedule-ended", held, by=by)
