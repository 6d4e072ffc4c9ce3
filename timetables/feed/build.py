"""A calendar as RFC 5545 writes it, for the calendar programs of phones and desks."""

import datetime as dt
from collections.abc import Iterable

import icalendar
from django.utils import timezone

from .entries import Entry

REFRESH = dt.timedelta(hours=4)
MADE_BY = "-//Internal alternative provision//Calendar feed//EN"


def build(name: str, entries: Iterable[Entry], now: dt.datetime, days: tuple[dt.date, dt.date]) -> bytes:
    """These entries as a published calendar, with the clock's changes between the first and last of `days`.

    `DTSTAMP` and `LAST-MODIFIED` are `now`: with a method, they are when this copy was made.
    """
    now = now.astimezone(dt.UTC).replace(microsecond=0)
    calendar = icalendar.Calendar()
    calendar.add("prodid", MADE_BY)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", _zone_name())
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT4H")
    calendar.add_component(_zone(days))
    for entry in entries:
        calendar.add_component(_event(entry, now))
    return calendar.to_ical()


def _zone_name() -> str:
    return timezone.get_default_timezone_name()


def _zone(days: tuple[dt.date, dt.date]) -> icalendar.Timezone:
    """The clock of the school, from the year before to the year after: clients keep old copies."""
    year = dt.timedelta(days=366)
    return icalendar.Timezone.from_tzinfo(
        timezone.get_default_timezone(), _zone_name(), first_date=days[0] - year, last_date=days[1] + year
    )


def _event(entry: Entry, now: dt.datetime) -> icalendar.Event:
    zone = timezone.get_default_timezone()
    event = icalendar.Event()
    event.add("uid", str(entry.uid))
    event.add("dtstamp", now)
    event.add("last-modified", now)
    event.add("dtstart", dt.datetime.combine(entry.day, entry.starts, zone))
    event.add("dtend", dt.datetime.combine(entry.day, entry.ends, zone))
    event.add("summary", entry.summary)
    if entry.room:
        event.add("location", entry.room)
    event.add("class", "PRIVATE")
    event.add("status", "CONFIRMED")
    return event
