"""Handing the tablet to a pupil, and what they then say."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Refused
from pupils.models import DayMood, Helped, Placement, Pupil, PupilSaid, VoiceTime

from .entries import keep

MINUTES = 20
ENDED_WITHIN = dt.timedelta(weeks=12)  # as long as follow-up goes on, a pupil may look back


@transaction.atomic
def hand_over(pupil: Pupil, *, by: Any, now: dt.datetime | None = None) -> VoiceTime:
    """The tablet is the pupil's for twenty minutes; an earlier time of theirs ends.

    Raises Refused for a pupil who has no place and has not lately had one, or who has left.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    pupil = Pupil.objects.select_for_update(no_key=True).get(school=pupil.school_id, pk=pupil.pk)
    if not pupil.is_on_roll(today):
        raise Refused(f"{pupil.known_as} is not on roll today, so their own page stays closed.")
    places = Placement.objects.filter(school=pupil.school_id, pupil=pupil, starts_on__lte=today)
    if not any(place.ends_on is None or today < place.ends_on + ENDED_WITHIN for place in places):
        raise Refused(f"{pupil.known_as}’s own page opens once they have a place.")
    VoiceTime.objects.filter(school=pupil.school_id, pupil=pupil).running_at(now).update(ended_at=now)
    time = VoiceTime.objects.create(
        school_id=pupil.school_id,
        pupil=pupil,
        opened_by=by,
        opened_at=now,
        until=now + dt.timedelta(minutes=MINUTES),
    )
    record("voice.opened", time, by=by)
    return time


def end_time(time: VoiceTime) -> None:
    """The pupil gives the tablet back. Ending twice changes nothing."""
    VoiceTime.objects.filter(school=time.school_id, pk=time.pk, ended_at=None).update(ended_at=timezone.now())


def say_day(
    time: VoiceTime,
    *,
    entry: UUID,
    mood: int | None = None,
    helped: Sequence[str] = (),
    words: str = "",
    now: dt.datetime | None = None,
) -> PupilSaid:
    """How the day was. Raises Refused once the time is over, or where nothing was said; Conflict for a used UUID."""
    now = now or timezone.now()
    if not time.is_running(now):
        raise Refused("This page has closed. Give the tablet back to an adult, who can open it again.")
    words = words.replace("\x00", "").strip()
    if mood is not None and mood not in DayMood.values:
        raise Refused("Choose one of the five faces.")
    if len(words) > 500:
        raise Refused("Your words are longer than fits here. Make them a little shorter.")
    if mood is None and not words and not helped:
        raise Refused("Choose a face or a picture, or write something.")
    said = PupilSaid(
        school_id=time.school_id,
        pupil=time.pupil,
        by=time.opened_by,
        entry=entry,
        day=timezone.localdate(now),
        at=now,
        mood=mood,
        helped=sorted(each for each in set(helped) if each in Helped.values),
        words=words,
    )
    return keep(said, time.pupil)
