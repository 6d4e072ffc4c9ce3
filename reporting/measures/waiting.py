"""Who waits, how long, and how they leave the waiting list."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from iap.ui.words import plural
from reporting.facts import Facts
from reporting.figures import Figure, Measure, Row, Way, register
from reporting.periods import Period


def joined(facts: Facts, period: Period) -> Iterable[Row]:
    """Pupils whom a panel accepted in the period, so that they then waited for a place."""
    for way in facts.ways:
        if way.joined and way.joined in period:
            yield Row((way.sent, way.joined), pupil=way.pupil, group=_month(way.joined))


def started(facts: Facts, period: Period) -> Iterable[Row]:
    """Pupils from the waiting list whose place began in the period."""
    for way in facts.ways:
        if way.joined and way.starts and way.starts in period:
            yield Row((way.joined, way.starts), pupil=way.pupil, group=_month(way.starts))


def helped_otherwise(facts: Facts, period: Period) -> Iterable[Row]:
    """Pupils who left the waiting list in the period without a place: their referral was withdrawn, as they were
    helped another way or no longer needed a place.
    """
    for way in facts.ways:
        if way.joined and way.left and way.left in period:
            yield Row((way.joined, way.left), pupil=way.pupil, group=_month(way.left))


def waiting(facts: Facts, period: Period) -> Iterable[Row]:
    """Pupils who were waiting for a place on the last day of the period: accepted by a panel, not yet started, and
    not helped another way.
    """
    for way in facts.ways:
        if way.joined and way.waits_on(period.last):
            gone = facts.calendar.school_days_between(way.joined, period.last)
            yield Row((way.sent, way.joined, gone), pupil=way.pupil)


def wait(facts: Facts, period: Period) -> Iterable[Row]:
    """How long a pupil typically waited: school days from the panel’s yes to the first day, the middle of all pupils
    from the waiting list whose place began in the period. Weekends, holidays and closures do not count.
    """
    for way in facts.ways:
        if way.joined and way.starts and way.starts in period:
            gone = facts.calendar.school_days_between(way.joined, way.starts)
            yield Row((way.joined, way.starts, gone), part=gone, pupil=way.pupil)


def decision(facts: Facts, period: Period) -> Iterable[Row]:
    """How long a decision typically took: school days from sending a referral to the panel’s first yes or no, the
    middle of all that were decided in the period. The clock never pauses.
    """
    for way in facts.ways:
        if way.decided and way.decided in period:
            gone = facts.calendar.school_days_between(way.sent, way.decided)
            yield Row((way.sent, way.decided, gone), part=gone, pupil=way.pupil)


def _month(day: dt.date) -> str:
    return f"{day:%Y-%m}"


def _target_of_waiting(figure: Figure, facts: Facts) -> str:
    return f"Target: {plural(facts.rules.waiting_days, 'school day')}"


def _target_of_decision(figure: Figure, facts: Facts) -> str:
    return f"Target: {plural(facts.rules.decision_days, 'school day')}"


def offer() -> None:
    people: dict[str, Any] = {"unit": "pupils", "one": "pupil", "about": "waiting"}
    days: dict[str, Any] = {"unit": "school days", "one": "school day", "about": "waiting", "way": Way.MEDIAN}
    for each in (
        Measure(
            "list-joined",
            "Joined the waiting list",
            joined,
            columns=("Referred", "Accepted"),
            order=30,
            **people,
        ),
        Measure(
            "list-started",
            "Started from the list",
            started,
            columns=("Accepted", "First day"),
            order=31,
            **people,
        ),
        Measure(
            "list-helped-otherwise",
            "Helped another way",
            helped_otherwise,
            columns=("Accepted", "Left the list"),
            order=32,
            **people,
        ),
        Measure(
            "list-waiting",
            "Waiting for a place",
            waiting,
            columns=("Referred", "Accepted", "School days"),
            order=33,
            **people,
        ),
        Measure(
            "wait",
            "Typical wait",
            wait,
            columns=("Accepted", "First day", "School days"),
            compared=_target_of_waiting,
            target=True,
            headline=True,
            order=34,
            **days,
        ),
        Measure(
            "decision",
            "Typical time to a decision",
            decision,
            columns=("Referred", "Decided", "School days"),
            compared=_target_of_decision,
            target=True,
            order=35,
            **days,
        ),
    ):
        register(each)
