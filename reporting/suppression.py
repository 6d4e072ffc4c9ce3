"""Small counts of people are hidden, with whatever they could be worked out from.

A count of 1 to 4 people is hidden (primary). Where it could be had by taking what is shown from a total, further
counts are hidden with it (secondary). All hidden ones look alike: nobody can tell which was small. Nothing and
five or more are shown.
"""

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

SMALL = 5

Key = TypeVar("Key", bound=Hashable)


def is_small(count: int) -> bool:
    return 0 < count < SMALL


def hidden_among(counts: Mapping[Key, int], also: Iterable[Key] = ()) -> set[Key]:
    """Of parts whose total is known, those that are not told; `also` are hidden for a reason of their own.

    One small part alone could be had by subtraction, so another goes with it. Likewise where the hidden parts add
    up to so little or so much that each can only be one number. Which one goes follows from the order of the parts
    and not from their size: whoever knows the rule would otherwise know that size.
    """
    if is_small(sum(counts.values())):
        return set(counts)
    hidden = {key for key, count in counts.items() if is_small(count)} | set(also)
    rest = sorted((key for key in counts if key not in hidden), key=lambda key: counts[key] == 0)
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


Table = Mapping[str, Mapping[Key, int]]


def hidden_in(table: Table[Key], within: Iterable[tuple[str, str]]) -> dict[str, set[Key]]:
    """Of a table of columns over the same groups, with all totals known, the groups that each column does not tell.

    `within` names columns of which the second counts some of those whom the first counts: what is left between
    the two must not be small either, neither in a group nor in all.
    """
    hidden = {name: hidden_among(counts) for name, counts in table.items()}
    for outer, inner in within:
        left = {key: table[outer].get(key, 0) - count for key, count in table[inner].items()}
        if is_small(sum(table[outer].values()) - sum(table[inner].values())):
            hidden[inner] = set(table[inner])
        apart = {
            key for key, rest in left.items() if is_small(rest) and key not in hidden[outer] | hidden[inner]
        }
        hidden[inner] = hidden_among(table[inner], hidden[inner] | apart)
    return hidden
