"""What is known of a pupil's lessons from the time before their place: what goes well, what their teachers say.

Who knows this are apps above this one; each registers a source in `AppConfig.ready()`.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Known:
    """Names of classes that were named as going well, the subjects of these, and each teacher's answer by the key of
    their staff record.

    An answer is "back-first", "well" or "hard".
    """

    going_well: Collection[str] = frozenset()
    subjects: Collection[str] = frozenset()
    answers: Mapping[int, str] = field(default_factory=dict)


Source = Callable[[Any], Collection[str]]
Knows = Callable[[Any, Sequence[Any]], Mapping[int, Known]]
_sources: list[Source] = []
_known: list[Knows] = []


def register(source: Source) -> None:
    """`source(placement)` names the classes a first week starts from, or nothing."""
    _sources.append(source)


def register_known(source: Knows) -> None:
    """`source(school, placements)` says by placement what is known from before it, where anything is."""
    _known.append(source)


def going_well(placement: Any) -> frozenset[str]:
    """Names of classes in which this pupil succeeds, by all that is known."""
    return frozenset(name for source in _sources for name in source(placement))


def known(school: Any, placements: Sequence[Any]) -> dict[int, Known]:
    """Everything that is known from before each place, together."""
    told = [source(school, placements) for source in _known]
    return {
        placement.pk: _together([each[placement.pk] for each in told if placement.pk in each])
        for placement in placements
    }


def _together(all_known: Sequence[Known]) -> Known:
    return Known(
        frozenset(name for each in all_known for name in each.going_well),
        frozenset(name for each in all_known for name in each.subjects),
        {teacher: answer for each in all_known for teacher, answer in each.answers.items()},
    )
