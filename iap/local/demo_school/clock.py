"""Holds the application's clock, so that an action of weeks ago is kept as having happened then."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from django.utils import timezone


@contextmanager
def at(day: dt.date, time: dt.time = dt.time(8, 0), *, later: int = 0) -> Iterator[dt.datetime]:
    """Everything that asks `timezone.now()` inside is told this moment of the school's clock.

    Or as many minutes later, as far as they are over: nothing is kept as having happened after now.
    """
    moment = timezone.make_aware(dt.datetime.combine(day, time))
    if later:
        moment = max(moment, min(moment + dt.timedelta(minutes=later), timezone.now()))
    with mock.patch.object(timezone, "now", lambda: moment):
        yield moment
