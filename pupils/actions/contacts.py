"""Contacts with home and with agencies: the log, what was agreed, what is planned."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Conflict, Refused
from iap.schools.models import StaffMember
from pupils.models import Agency, AgreedAction, ContactLog, PlannedContact, Pupil, Tone

from .agencies import refuse_without_consent
from .days import refuse_long_before

SAME = ("pupil_id", "by_id", "day", "with_name", "how", "said", "tone", "reached", "shared", "agency_id")


@dataclass(frozen=True)
class Agreed:
    """What was agreed: by a colleague, or by somebody else named."""

    what: str
    due_on: dt.date
    owner: StaffMember | None = None
    owner_name: str = ""


@transaction.atomic
def log_contact(
    pupil: Pupil,
    *,
    by: Any,
    entry: UUID,
    day: dt.date,
    with_name: str,
    how: str,
    said: str,
    tone: str = "",
    reached: bool = True,
    shared: bool = True,
    agency: Agency | None = None,
    agreed: Sequence[Agreed] = (),
) -> ContactLog:
    """Keep one contact with what was agreed in it. Sent twice under one `entry` it is kept once.

    Raises Refused for a day to come or long before the place, and where something was shared with an agency without
    consent on that day.
    """
    asked = ContactLog(
        school_id=pupil.school_id,
        uuid=entry,
        pupil=pupil,
        by=by,
        day=day,
        with_name=with_name.strip(),
        how=how,
        said=said.strip(),
        tone="" if agency else tone,
        reached=reached,
        shared=shared,
        agency=agency,
    )
    known = ContactLog.objects.filter(school=pupil.school_id, uuid=entry).first()
    if known is not None:
        return _the_same(known, asked, agreed)
    if day > timezone.localdate():
        raise Refused("That day has not come yet. Plan the contact instead.")
    refuse_long_before(pupil, day)
    if agency is None and tone not in Tone.values:
        raise Refused("Choose what it was about.")
    if agency is not None and shared and reached:
        refuse_without_consent(agency, day)
    asked.save(force_insert=True)
    AgreedAction.objects.bulk_create(
        AgreedAction(
            school_id=pupil.school_id,
            contact=asked,
            pupil=pupil,
            what=each.what,
            due_on=each.due_on,
            owner=each.owner,
            owner_name="" if each.owner else each.owner_name,
        )
        for each in agreed
    )
    _made(asked)
    record("contact.logged", asked, by=by, agency=agency.pk if agency else None)
    return asked


def _the_same(known: ContactLog, asked: ContactLog, agreed: Sequence[Agreed]) -> ContactLog:
    """What was kept under this identifier, if it says the same; Conflict if it does not."""
    held = {
        (each.what, each.due_on, each.owner_id, each.owner_name)
        for each in AgreedAction.objects.filter(school=known.school_id, contact=known)
    }
    sent = {
        (each.what, each.due_on, each.owner.pk if each.owner else None, "" if each.owner else each.owner_name)
        for each in agreed
    }
    if held != sent or any(getattr(known, name) != getattr(asked, name) for name in SAME):
        raise Conflict(
            "This contact was kept already, and now says something else. What was kept stands below; to add this "
            "too, press the button once more."
        )
    return known


def _made(log: ContactLog) -> None:
    """The earliest contact that was planned with the same person, or agency, is made by this."""
    planned = PlannedContact.objects.to_be_made().filter(school=log.school_id, pupil=log.pupil_id)
    mine = planned.filter(agency=log.agency) if log.agency_id else planned.filter(agency=None)
    first = (
        mine.filter(with_name__iexact=log.with_name)
        .order_by("day", "pk")
        .select_for_update(of=("self",))
        .first()
    )
    if first is not None and log.reached:
        first.made = log
        first.save(update_fields=["made"])


@transaction.atomic
def plan_contact(
    pupil: Pupil, *, by: Any, day: dt.date, with_name: str, why: str = "", agency: Agency | None = None
) -> PlannedContact:
    if day < timezone.localdate():
        raise Refused("That day has passed. Choose today or a later day, or log the contact.")
    planned = PlannedContact.objects.create(
        school_id=pupil.school_id, pupil=pupil, by=by, day=day, with_name=with_name, why=why, agency=agency
    )
    record("contact.planned", planned, by=by, day=str(day))
    return planned


@transaction.atomic
def drop_planned(planned: PlannedContact, *, by: Any) -> PlannedContact:
    """It is no longer needed. Doing so twice, or after it was made, changes nothing."""
    planned = PlannedContact.objects.select_for_update(of=("self",)).get(
        school=planned.school_id, pk=planned.pk
    )
    was_made = planned.made is not None and planned.made.stands
    if not was_made and planned.dropped_on is None:
        planned.made, planned.dropped_on = None, timezone.localdate()
        planned.save(update_fields=["made", "dropped_on"])
        record("contact.dropped", planned, by=by)
    return planned


@transaction.atomic
def finish_action(action: AgreedAction, *, by: Any) -> AgreedAction:
    """What was agreed is done. Saying so twice changes nothing."""
    action = AgreedAction.objects.select_for_update(of=("self",)).get(school=action.school_id, pk=action.pk)
    if action.done_on is None:
        action.done_on, action.done_by = timezone.localdate(), by
        action.save(update_fields=["done_on", "done_by"])
        record("contact.action_done", action, by=by)
    return action
