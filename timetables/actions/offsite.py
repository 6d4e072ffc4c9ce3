"""Off-site education: what was told of a pupil's day, and the checks of a provider."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Refused
from iap.schools.calendar import Calendar
from iap.ui.moments import day as said
from pupils.actions.entries import keep
from pupils.models import Placement, Pupil
from timetables.models import OffsiteAttendance, OffsiteOutcome, OffsiteProvider
from timetables.offsite import away_on, providers_of


def log_offsite(
    pupil: Pupil,
    *,
    by: Any,
    entry: UUID,
    day: dt.date,
    at: dt.datetime,
    provider: str,
    outcome: str,
    told_by: str = "",
) -> OffsiteAttendance:
    """Keep that the pupil was, or was not, with the provider on a day, and who said so.

    Refused where the pupil's week does not place them with that provider then.
    """
    if outcome not in OffsiteOutcome.values:
        raise Refused("Choose whether the pupil attended, was not there, or it is not known yet.")
    if len(told_by.strip()) > 120:
        raise Refused("Shorten who told you to 120 characters.")
    if not _is_known(pupil, entry) and provider not in _providers_on(pupil, day):
        raise Refused(
            f"{pupil.known_as}’s week does not place them there on {said(day)}. "
            "Reload the page to see where they are now."
        )
    attendance = OffsiteAttendance(
        school_id=pupil.school_id,
        pupil=pupil,
        by=by,
        entry=entry,
        day=day,
        at=at,
        provider=provider,
        outcome=outcome,
        told_by=told_by.strip(),
    )
    return keep(attendance, pupil)


def _is_known(pupil: Pupil, entry: UUID) -> bool:
    """What was kept is answered the same when it is sent again, also after the week has changed."""
    return OffsiteAttendance.objects.filter(school=pupil.school_id, entry=entry).exists()


def _providers_on(pupil: Pupil, day: dt.date) -> set[str]:
    found = away_on(pupil.school, day, calendar=Calendar.of(pupil.school, day, day), pupil=pupil)
    return {each.provider for each in found}


@transaction.atomic
def record_checks(
    placement: Placement,
    *,
    by: Any,
    name: str,
    contact: str,
    checks: str,
    checked_by: str,
    checked_on: dt.date,
    review_on: dt.date,
    today: dt.date | None = None,
) -> OffsiteProvider:
    """Keep what was checked about a provider of the pupil's week; checks made again replace the earlier."""
    today = today or timezone.localdate()
    placement = (
        Placement.objects.select_for_update(no_key=True, of=("self",))
        .select_related("school")
        .get(school=placement.school_id, pk=placement.pk)
    )
    if name not in providers_of(placement, today):
        raise Refused("Choose a provider of the pupil’s week.")
    if not checks.strip() or not checked_by.strip():
        raise Refused("Say which checks were made, and by whom.")
    if checked_on > today:
        raise Refused("The checks are recorded once they are made. Choose today or an earlier day.")
    if review_on <= checked_on:
        raise Refused("The next review must be after the checks.")
    provider, _ = OffsiteProvider.objects.update_or_create(
        school_id=placement.school_id,
        placement=placement,
        name=name,
        defaults={
            "contact": contact.strip(),
            "checks": checks.strip(),
            "checked_by": checked_by.strip(),
            "checked_on": checked_on,
            "review_on": review_on,
            "recorded_by": by,
        },
    )
    record("offsite.checked", placement, by=by, provider=provider.pk, checked_on=str(checked_on))
    return provider
