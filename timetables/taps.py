"""What comes with every tap: the UUID made where it was tapped, and the moment."""

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from iap.errors import Refused

UNREADABLE = "This could not be read. Reload the page and tap again."


def uuid_of(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refused(UNREADABLE) from None


def entry_of(posted: Any) -> UUID:
    """The UUID made where it was tapped; a page without script carries one made here."""
    given = posted.get("entry", "")
    return uuid_of(given) if given else uuid4()


def moment_of(posted: Any, day: dt.date, began: dt.time) -> dt.datetime:
    """The moment of tapping, which may be a while ago; on an earlier day, when the lesson or session began.

    A moment before the day itself is a clock that is wrong, and is not believed.
    """
    try:
        moment = parse_datetime(posted.get("at", ""))
        if moment and timezone.is_aware(moment) and timezone.localdate(moment) >= day:
            return moment
    except (ValueError, OverflowError):
        pass
    if day == timezone.localdate():
        return timezone.now()
    return timezone.make_aware(dt.datetime.combine(day, began))
