"""Holds the application's clock, so that an action of weeks ago is kept as having happened then."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from django.utils import timezone


@contextmanager
def at(day: dt.date, time: dt.time = dt.time(8, 0)) -> Iterator[dt.datetime]:
    """Everything that asks `timezone.now()` inside is told this moment of the school's clock."""
    moment = timezone.make_aware(dt.datetime.combine(day, time))
    with mock.patch.object(timezone, "now", lambda: moment):
        yield moment
