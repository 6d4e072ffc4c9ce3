"""What is known of a pupil's lessons from the time before their place: what goes well, what their teachers say.

Who knows this are apps above this one; each registers a source in `AppConfig.ready()`.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Known:
    """Names of classes that were named as going well, and each teacher's answer by the key of their staff record.

    An answer is "back-first", "well" or "hard".
    """

    going_well: Collection[str] = frozenset()
    answers: Mapping[int, str] = field(default_factory=dict)


Source = Callable[[Any], Collection[str]]
Knows = Callable[[Any], Known]
_sources: list[Source] = []
_known: list[Knows] = []


def register(source: Source) -> None:
    """`source(placement)` names the classes a first week starts from, or nothing."""
    _sources.append(source)


def register_known(source: Knows) -> None:
    """`source(placement)` says what is known from before the place."""
    _known.append(source)


def going_well(placement: Any) -> frozenset[str]:
    """Names of classes in which this pupil succeeds, by all that is known."""
    return frozenset(name for source in _sources for name in source(placement))


def known(placement: Any) -> Known:
    """Everything that is known from before, together."""
    all_known = [source(placement) for source in _known]
    return Known(
        frozenset(name for each in all_known for name in each.going_well),
        {teacher: answer for each in all_known for teacher, answer in each.answers.items()},
    )
