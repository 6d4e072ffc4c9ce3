"""Small counts of people are hidden, with whatever they could be worked out from.

A count of 1 to 4 people is hidden (primary). Where it could be had by taking what is shown from a total, further
counts are hidden with it (secondary). All hidden ones look alike: nobody can tell which was small. Nothing and
five or more are shown.
"""

from collections.abc import Hashable, Mapping
from typing import TypeVar

SMALL = 5

Key = TypeVar("Key", bound=Hashable)


def is_small(count: int) -> bool:
    return 0 < count < SMALL


def hidden_among(counts: Mapping[Key, int]) -> set[Key]:
    """Of parts whose total is known, those that are not told.

    With one small part alone, the smallest of the others goes too: it could be had by subtraction. Likewise
    where the hidden parts add up to so little or so much that each can only be one number.
    """
    hidden = {key for key, count in counts.items() if is_small(count)}
    rest = sorted(
        (key for key in counts if key not in hidden), key=lambda key: (counts[key] == 0, counts[key])
    )
    while hidden and rest and _can_be_had(counts, hidden):
        hidden.add(rest.pop(0))
    return hidden


def _can_be_had(counts: Mapping[Key, int], hidden: set[Key]) -> bool:
    """Whether the total of the hidden parts leaves only one number for each."""
    if len(hidden) < 2:
        return True
    if any(not is_small(counts[key]) for key in hidden):
        return False
    total = sum(counts[key] for key in hidden)
    return not len(hidden) < total < (SMALL - 1) * len(hidden)
