"""What the adults have learnt."""

from collections.abc import Iterable

from reporting.facts import Facts
from reporting.figures import Measure, Row, Way, register
from reporting.periods import Period


def training(facts: Facts, period: Period) -> Iterable[Row]:
    """Topics of training that adults have learnt and need not refresh yet, on the last day of the period: of every
    topic for every member of the provision’s staff, and for every teacher to whose lessons pupils return where the
    topic is for them too.
    """
    for topic, group, members in facts.learnt(period.last):
        for has in members.values():
            yield Row((topic.name, group), part=int(has), group=topic.name)


def offer() -> None:
    register(
        Measure(
            "training",
            "Training up to date",
            training,
            way=Way.SHARE,
            columns=("Topic", "Who"),
            counts="Up to date",
            alike="Adults",
            about="staff",
            alone=True,
            order=60,
        )
    )
