"""`{% load lessons %}`: how a teacher's lessons are worded."""

import datetime as dt
from typing import Any

from django import template

from iap.ui import moments
from timetables.grids import name_of

register = template.Library()
ENDINGS = {1: "st", 2: "nd", 3: "rd"}

register.filter("bell", name_of)


@register.filter
def near(day: dt.date, today: dt.date) -> str:
    """Today, Yesterday or Tomorrow, otherwise Friday 6 March."""
    words = {0: "Today", -1: "Yesterday", 1: "Tomorrow"}
    return words.get((day - today).days) or moments.day(day)


@register.filter
def nth(number: int) -> str:
    """6th lesson back"""
    ending = "th" if 10 <= number % 100 <= 20 else ENDINGS.get(number % 10, "th")
    return f"{number}{ending} lesson back"


@register.filter
def is_now(visit: Any, moment: dt.datetime) -> bool:
    """Whether the bell is in the visit's lesson at this local moment."""
    period = visit.lesson.period
    return visit.day == moment.date() and period.starts <= moment.time() < period.ends


@register.filter
def has_begun(visit: Any, moment: dt.datetime) -> bool:
    """Whether the visit's lesson has begun at this local moment: from then on it can be spoken of."""
    return (visit.day, visit.lesson.period.starts) <= (moment.date(), moment.time())
