"""Contacts with home and with agencies: consent, the log, what was agreed, what is planned."""

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
from iap.ui.moments import day as said_day
from pupils.models import Agency, AgreedAction, Consent, ContactLog, PlannedContact, Pupil, Tone


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

    Raises Refused for a day to come, and where something was shared with an agency without consent on that day.
    """
    known = ContactLog.objects.filter(school=pupil.school_id, uuid=entry).first()
    if known is not None:
        if (known.said, known.by_id, known.pupil_id) != (said.strip(), by.pk, pupil.pk):
            raise Conflict("This was kept before with other content. What was kept first stands.")
        return known
    if day > timezone.localdate():
        raise Refused("That day has not come yet. Plan the contact instead.")
    if agency is None and tone not in Tone.values:
        raise Refused("Choose what it was about.")
    if agency is not None and shared and reached:
        _refuse_without_consent(agency, day)
    log = ContactLog.objects.create(
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
    AgreedAction.objects.bulk_create(
        AgreedAction(
            school_id=pupil.school_id,
            contact=log,
            pupil=pupil,
            what=each.what,
            due_on=each.due_on,
            owner=each.owner,
            owner_name="" if each.owner else each.owner_name,
        )
        for each in agreed
    )
    _made(log)
    record("contact.logged", log, by=by, agency=agency.pk if agency else None)
    return log


def _refuse_without_consent(agency: Agency, day: dt.date) -> None:
    if not Consent.objects.filter(school=agency.school_id, agency=agency).valid_on(day).exists():
        raise Refused(
            f"There is no consent to share with {agency} on {said_day(day)}. Record who gave it and from when, or "
            "untick that you told them something. A child at risk? Speak to the DSL: that needs no consent."
        )


def _made(log: ContactLog) -> None:
    """The earliest contact that was planned with the same person, or agency, is made by this."""
    planned = PlannedContact.objects.to_be_made().filter(school=log.school_id, pupil=log.pupil_id)
    mine = planned.filter(agency=log.agency) if log.agency_id else planned.filter(agency=None)
    first = mine.filter(with_name__iexact=log.with_name).order_by("day", "pk").select_for_update().first()
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
    if planned.made_id is None and planned.dropped_on is None:
        planned.dropped_on = timezone.localdate()
        planned.save(update_fields=["dropped_on"])
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


@transaction.atomic
def keep_agency(
    pupil: Pupil, *, by: Any, name: str, since: dt.date, worker: str = "", phone: str = "", email: str = ""
) -> Agency:
    agency = Agency.objects.create(
        school_id=pupil.school_id,
        pupil=pupil,
        name=name,
        worker=worker,
        phone=phone,
        email=email,
        since=since,
    )
    record("agency.kept", agency, by=by)
    return agency


@transaction.atomic
def record_consent(
    agency: Agency, *, by: Any, given_by: str, starts_on: dt.date, ends_on: dt.date | None = None
) -> Consent:
    """Who agreed that the school shares with the agency, from when, until when. Earlier ones stay."""
    if ends_on is not None and ends_on < starts_on:
        raise Refused("The last day cannot be before the first.")
    consent = Consent.objects.create(
        school_id=agency.school_id,
        agency=agency,
        given_by=given_by,
        starts_on=starts_on,
        ends_on=ends_on,
        recorded_by=by,
    )
    record("agency.consent", agency, by=by, given_by=given_by, until=str(ends_on or ""))
    return consent
