"""Opening, changing and ending a pupil's place."""

import datetime as dt
from typing import Any

from django.db import transaction

from iap.audit.models import record
from iap.errors import Refused
from iap.schools.calendar import Calendar
from iap.schools.models import School, StaffMember
from iap.ui.moments import day as said
from pupils.attendance import Window, weeks_before
from pupils.models import Destination, Placement, PlacementExit, Pupil, ReducedHours

from .exits import plan_follow_ups

CHANGEABLE = ("key_adult", "model", "expected_weeks", "first_review_on", "helps")
BASELINE_LIES_IN = dt.timedelta(days=120)  # six school weeks, whatever holidays lie between


@transaction.atomic
def open_placement(
    pupil: Pupil,
    *,
    by: Any,
    starts_on: dt.date,
    key_adult: StaffMember,
    model: str,
    expected_weeks: int | None = None,
    first_review_on: dt.date | None = None,
    helps: str = "",
) -> Placement:
    """Give the pupil a place from a day on. The day may be past: the place is recorded as it was.

    Raises Refused while another place of theirs is open or begins later, where they are not on roll that
    day, and where the key adult is of another school or has left.
    """
    pupil = Pupil.objects.select_for_update(no_key=True).get(school=pupil.school_id, pk=pupil.pk)
    if not pupil.is_on_roll(starts_on):
        raise Refused(
            f"{pupil.known_as} is not on roll on {said(starts_on)}. Choose a day on which they are."
        )
    _refuse_an_adult_who_cannot(key_adult, pupil, starts_on)
    for other in Placement.objects.filter(school=pupil.school_id, pupil=pupil).by_start():
        if other.ends_on is None or other.ends_on > starts_on:
            until = f" until {said(other.ends_on)}" if other.ends_on else ""
            raise Refused(
                f"{pupil.known_as} already has a place from {said(other.starts_on)}{until}. "
                "End that one first, or begin after it."
            )
    _refuse_a_review_before(starts_on, first_review_on)
    baseline = _weeks_before(pupil.school, starts_on)
    placement = Placement.objects.create(
        school_id=pupil.school_id,
        baseline_from=baseline[0] if baseline else None,
        baseline_until=baseline[1] if baseline else None,
        pupil=pupil,
        starts_on=starts_on,
        key_adult=key_adult,
        model=model,
        expected_weeks=expected_weeks,
        first_review_on=first_review_on,
        helps=helps.strip(),
    )
    record("placement.opened", placement, by=by, starts_on=str(starts_on), key_adult=key_adult.pk)
    return placement


@transaction.atomic
def change_placement(placement: Placement, *, by: Any, **changes: Any) -> Placement:
    """Change who is the key adult, what helps, the expected length, the first review or the model."""
    placement = _locked(placement)
    if unknown := set(changes) - set(CHANGEABLE):
        raise TypeError(f"A place has no {', '.join(sorted(unknown))} to change here.")
    if placement.ends_on is not None:
        raise Refused(f"This place ended on {said(placement.ends_on)}, so it is kept as it was.")
    if "key_adult" in changes and changes["key_adult"].pk != placement.key_adult_id:
        _refuse_an_adult_who_cannot(changes["key_adult"], placement, placement.starts_on)
    if changes.get("first_review_on") != placement.first_review_on:
        _refuse_a_review_before(placement.starts_on, changes.get("first_review_on"))
    before = {name: str(getattr(placement, name) or "") for name in changes}
    for name, value in changes.items():
        setattr(placement, name, value)
    placement.save(update_fields=list(changes))
    after = {name: str(getattr(placement, name) or "") for name in changes}
    if before != after:
        record("placement.changed", placement, by=by, before=before, after=after)
    return placement


@transaction.atomic
def end_placement(
    placement: Placement,
    *,
    by: Any,
    ends_on: dt.date,
    destination: str,
    handed_to: str = "",
    handover: str = "",
    outcomes: str = "",
) -> Placement:
    """End the place: `ends_on` is the first day without it. Its steps hold until then and not after.

    Who looks after the pupil from then on, what they need to know and what has changed are kept with it; checks
    after 2, 6 and 12 school weeks plan themselves.
    """
    placement = _locked(placement)
    if placement.ends_on is not None:
        raise Refused(f"This place already ended on {said(placement.ends_on)}.")
    _end(placement, ends_on, destination)
    _hand_over(placement, by, handed_to, handover, outcomes)
    record("placement.ended", placement, by=by, ends_on=str(ends_on), destination=destination)
    return placement


@transaction.atomic
def correct_end(
    placement: Placement,
    *,
    by: Any,
    ends_on: dt.date,
    destination: str,
    handed_to: str = "",
    handover: str = "",
    outcomes: str = "",
) -> Placement:
    """Put right when and how a place ended. Checks that nobody has answered yet move with the date."""
    placement = _locked(placement)
    if placement.ends_on is None:
        raise Refused("This place has not ended.")
    before = {"ends_on": str(placement.ends_on), "destination": placement.destination}
    _refuse_an_overlap(placement, ends_on)
    _end(placement, ends_on, destination)
    _hand_over(placement, by, handed_to, handover, outcomes)
    after = {"ends_on": str(ends_on), "destination": destination}
    record("placement.end_corrected", placement, by=by, before=before, after=after)
    return placement


@transaction.atomic
def agree_reduced_hours(
    placement: Placement,
    *,
    by: Any,
    agreed_by: str,
    agreed_on: dt.date,
    reason: str,
    explanation: str,
    starts_on: dt.date,
    ends_on: dt.date,
    review_on: dt.date,
) -> ReducedHours:
    """Keep a parent's agreement to reduced hours: a reason that is not behaviour, an end and a review."""
    placement = _locked(placement)
    if placement.ends_on is not None and starts_on >= placement.ends_on:
        raise Refused(f"This place ends on {said(placement.ends_on)}. Reduced hours belong to an open place.")
    if ends_on <= starts_on:
        raise Refused("The last day must be after the first.")
    if not starts_on <= review_on <= ends_on:
        raise Refused("Choose a review on or between the first and the last day.")
    if agreed_on > starts_on:
        raise Refused("Reduced hours begin once they are agreed. Choose a first day on or after that day.")
    agreed = ReducedHours.objects.create(
        school_id=placement.school_id,
        placement=placement,
        agreed_by=agreed_by.strip(),
        agreed_on=agreed_on,
        reason=reason,
        explanation=explanation.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        review_on=review_on,
    )
    record("placement.reduced_hours_agreed", placement, by=by, until=str(ends_on), reason=reason)
    return agreed


def _end(placement: Placement, ends_on: dt.date, destination: str) -> None:
    if ends_on <= placement.starts_on:
        raise Refused(f"The place began on {said(placement.starts_on)}. Choose a day after that.")
    if destination not in Destination.values:
        raise Refused("Say where the pupil goes next.")
    placement.ends_on, placement.destination = ends_on, destination
    placement.save(update_fields=["ends_on", "destination"])
    plan_follow_ups(placement)


def _hand_over(placement: Placement, by: Any, handed_to: str, handover: str, outcomes: str) -> None:
    """Keep to whom the pupil was handed over; without a name nothing is kept yet."""
    if handed_to := " ".join(handed_to.split()):
        PlacementExit.objects.update_or_create(
            school_id=placement.school_id,
            placement=placement,
            pupil_id=placement.pupil_id,
            defaults={
                "handed_to": handed_to,
                "handover": handover.strip(),
                "outcomes": outcomes.strip(),
                "by": by,
            },
        )


def _refuse_an_overlap(placement: Placement, ends_on: dt.date) -> None:
    others = Placement.objects.filter(
        school=placement.school_id, pupil=placement.pupil_id, starts_on__gt=placement.starts_on
    )
    later = others.by_start().first()
    if later is not None and later.starts_on < ends_on:
        raise Refused(f"Another place begins on {said(later.starts_on)}. Choose that day or an earlier one.")


def _locked(placement: Placement) -> Placement:
    return (
        Placement.objects.select_for_update(no_key=True, of=("self",))
        .select_related("pupil", "key_adult", "school")
        .get(school=placement.school_id, pk=placement.pk)
    )


def _weeks_before(school: School, starts_on: dt.date) -> Window | None:
    """The six school weeks before the place, to which equal windows during and after it are compared."""
    calendar = Calendar.of(school, starts_on - BASELINE_LIES_IN, starts_on)
    return weeks_before(calendar.open_weeks(), starts_on)


def _refuse_an_adult_who_cannot(adult: StaffMember, owner: Any, day: dt.date) -> None:
    if adult.school_id != owner.school_id:
        raise Refused("Choose a key adult who works at this school.")
    if adult.left_on is not None and adult.left_on <= day:
        raise Refused(f"{adult} left on {said(adult.left_on)}. Choose another key adult.")


def _refuse_a_review_before(starts_on: dt.date, review: dt.date | None) -> None:
    if review is not None and review < starts_on:
        raise Refused("The first review comes after the first day. Choose a later day.")
