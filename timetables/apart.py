"""Pupils who are not placed in one session. Who knows them are apps above this one; each registers in `ready()`."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

Source = Callable[[Any, Iterable[int]], Mapping[int, Iterable[int]]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """`source(school, pupils)` gives, for each of these pupils, from whom they are kept apart."""
    _sources.append(source)


def kept_apart(school: Any, pupils: Iterable[int]) -> dict[int, frozenset[int]]:
    """For each of these pupils the keys of those from whom they are kept apart. Only the lead is told of them."""
    asked = set(pupils)
    told = [source(school, asked) for source in _sources]
    return {pupil: frozenset(other for each in told for other in each.get(pupil, ())) for pupil in asked}
