"""Making and turning off the address of somebody's calendar."""

import secrets

from django.db import transaction
from django.utils import timezone

from iap.audit.models import record
from iap.schools.models import School, User
from timetables.models import CalendarFeed
from timetables.models.feeds import hash_of

BYTES = 32


@transaction.atomic
def make_feed(school: School, *, by: User) -> str:
    """A new address for `by`: its token, which is not kept. An address from before stops at once."""
    _end(school, by)
    token = secrets.token_urlsafe(BYTES)
    feed = CalendarFeed.objects.create(school=school, user=by, token_hash=hash_of(token))
    record("calendar.made", feed, by=by)
    return token


@transaction.atomic
def end_feed(school: School, *, by: User) -> bool:
    """Nobody reads the calendar of `by` any more. Whether there was an address to turn off."""
    ended = _end(school, by)
    for feed in ended:
        record("calendar.ended", feed, by=by)
    return bool(ended)


def _end(school: School, by: User) -> list[CalendarFeed]:
    User.objects.select_for_update().get(pk=by.pk)  # one at a time, also where there is no address yet
    working = list(CalendarFeed.objects.at([school]).working().filter(user=by))
    for feed in working:
        feed.ended_at = timezone.now()
        feed.save(update_fields=["ended_at"])
    return working
