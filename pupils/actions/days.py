"""Days that a record about a pupil can have, and the lock under which one is written."""

import datetime as dt

from django.utils import timezone

from iap.errors import Refused
from iap.ui.moments import day as said
from pupils.models import Placement, Pupil

BEFORE_THE_PLACE = dt.timedelta(days=366)  # how far back what a referral brought may lie


def locked(pupil: Pupil) -> Pupil:
    """The pupil's row, held until the transaction ends: what is written about them comes one after another."""
    return (
        Pupil.objects.select_for_update(no_key=True, of=("self",))
        .select_related("school")
        .get(school=pupil.school_id, pk=pupil.pk)
    )


def refuse_what_has_not_come(day: dt.date) -> None:
    if day > timezone.localdate():
        raise Refused("That day has not come yet. Choose today or an earlier day.")


def refuse_long_before(pupil: Pupil, day: dt.date) -> None:
    """A day yet to come, or more than a year before the pupil's first place (before today without one)."""
    refuse_what_has_not_come(day)
    places = Placement.objects.filter(school=pupil.school_id, pupil=pupil).by_start()
    first = places.values_list("starts_on", flat=True).first() or timezone.localdate()
    if day < first - BEFORE_THE_PLACE:
        raise Refused(
            f"{said(day)} is more than a year before {pupil.known_as}’s first place. Check the year."
        )


def place_on(pupil: Pupil, day: dt.date) -> Placement:
    """The place that holds on the day. Raises Refused with the days that would do."""
    places = list(Placement.objects.filter(school=pupil.school_id, pupil=pupil).by_start())
    held = next((place for place in places if place.is_open_on(day)), None)
    if held is not None:
        return held
    coming = next((place for place in places if place.starts_on > day), None)
    if coming is not None:
        raise Refused(
            f"{pupil.known_as}’s place begins on {said(coming.starts_on)}. Choose that day or a later one."
        )
    if places and places[-1].ends_on is not None:
        raise Refused(
            f"{pupil.known_as}’s place ended on {said(places[-1].ends_on)}. Choose a day before that."
        )
    raise Refused(f"{pupil.known_as} has no place here. It can be kept once a place is agreed.")
