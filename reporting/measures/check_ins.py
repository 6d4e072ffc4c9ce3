"""How settled pupils are, by what surrounds their check-ins. For asking questions, not for answers."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from iap.schools.models import Role, Weekday
from reporting.facts import Facts
from reporting.figures import INSIDE, Measure, Row, Way, register
from reporting.periods import Period
from timetables.measures.check_ins import Said

DEFINITION = "Check-ins at Stuck or Shaky: of all in the period whose {} is known; those undone are left out."
NEVER = dt.time.max
READERS = INSIDE | {Role.STAFF}


@dataclass(frozen=True)
class Grouping:
    """A way of putting check-ins side by side."""

    key: str
    label: str
    of: Callable[[Said], str]
    phrase: str  # "on Mondays"
    known: str  # what has to be known of a check-in
    order: tuple[str, ...] = ()  # of its groups, where these are known before
    by: Callable[[Said], Any] | None = None  # what puts them in order otherwise


GOING_TO, COMING_FROM = attrgetter("going_to"), attrgetter("coming_from")
GROUPINGS = (
    Grouping("weekday", "By weekday", lambda said: said.weekday, "on {}s", "day", tuple(Weekday.labels)),
    Grouping(
        "period",
        "By time of day",
        lambda said: said.period,
        "in {}",
        "time",
        by=lambda said: said.starts or NEVER,
    ),
    Grouping("going-to", "Before which lesson", GOING_TO, "before {}", "next lesson", by=GOING_TO),
    Grouping("coming-from", "After which lesson", COMING_FROM, "after {}", "last lesson", by=COMING_FROM),
)


def key(grouping: Grouping) -> str:
    return f"check-ins-by-{grouping.key}"


def _measure(grouping: Grouping, order: int) -> Measure:
    def build(facts: Facts, period: Period) -> Iterable[Row]:
        found = facts.check_ins(period)
        for said in sorted(found, key=grouping.by) if grouping.by else found:
            group = grouping.of(said)
            if group:
                yield Row(
                    (said.day, said.period, said.going_to, said.coming_from),
                    part=int(said.unsettled),
                    pupil=said.pupil,
                    group=group,
                )

    build.__doc__ = f"{DEFINITION.format(grouping.known)} {grouping.label}."
    return Measure(
        key(grouping),
        f"Stuck or shaky, {grouping.label[:1].lower()}{grouping.label[1:]}",
        build,
        way=Way.SHARE,
        first=1,
        columns=("Day", "Time", "Before", "After"),
        counts="Stuck or shaky",
        groups=grouping.order,
        about="check-ins",
        readers=READERS,
        named_to=READERS,
        order=order,
    )


def offer() -> None:
    for n, grouping in enumerate(GROUPINGS):
        register(_measure(grouping, 200 + n))
