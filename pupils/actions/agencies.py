"""Agencies that work with a pupil: kept, left, and whether the school may share with them."""

import datetime as dt
from typing import Any

from django.db import transaction

from iap.audit.models import record
from iap.errors import Refused
from iap.ui.moments import day as said
from pupils.models import Agency, Consent, Pupil

from .days import refuse_what_has_not_come


def refuse_without_consent(agency: Agency, day: dt.date) -> None:
    """Nothing of a pupil is told to an agency without consent on that day."""
    if not Consent.objects.filter(school=agency.school_id, agency=agency).valid_on(day).exists():
        raise Refused(
            f"There is no consent to share with {agency} on {said(day)}. Record who gave it and from when, or "
            "untick that you told them something. A child at risk? Speak to the DSL: that needs no consent."
        )


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


@transaction.atomic
def end_consent(agency: Agency, *, by: Any, day: dt.date) -> Agency:
    """The family takes its consent back, or it has done its work: `day` is the last on which it held."""
    agency = _locked(agency)
    refuse_what_has_not_come(day)
    if not _end_consents(agency, day):
        raise Refused(f"There is no consent to share with {agency} on {said(day)}, so none ends.")
    record("agency.consent_ended", agency, by=by, day=str(day))
    return agency


@transaction.atomic
def end_involvement(agency: Agency, *, by: Any, day: dt.date) -> Agency:
    """The agency works with the pupil no longer, and nothing more is shared with it. What was said stays."""
    agency = _locked(agency)
    refuse_what_has_not_come(day)
    if day < agency.since:
        raise Refused(f"{agency} is involved since {said(agency.since)}. Choose that day or a later one.")
    _end_consents(agency, day)
    agency.until = day
    agency.save(update_fields=["until"])
    record("agency.left", agency, by=by, day=str(day))
    return agency


def _end_consents(agency: Agency, day: dt.date) -> int:
    held = Consent.objects.filter(school=agency.school_id, agency=agency).valid_on(day)
    return held.update(ends_on=day)


def _locked(agency: Agency) -> Agency:
    return Agency.objects.select_for_update(no_key=True).get(school=agency.school_id, pk=agency.pk)
