"""Where a pupil's first hybrid week starts from: the lessons that go well stay in mainstream.

Which those are is known to apps above this one; each registers a source in `AppConfig.ready()`.
"""

from collections.abc import Callable, Collection
from typing import Any

Source = Callable[[Any], Collection[str]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """`source(placement)` names the classes that go well for its pupil, or nothing."""
    _sources.append(source)


def going_well(placement: Any) -> frozenset[str]:
    """Names of classes in which this pupil succeeds, by all that is known."""
    return frozenset(name for source in _sources for name in source(placement))
