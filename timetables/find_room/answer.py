"""What is found: a proposal for each pupil who could start, a reason for each who could not yet."""

import enum
from dataclasses import dataclass, field

from .problem import Forward


class Cause(enum.IntEnum):
    """What keeps a pupil out of a session, the one most easily put right first."""

    FULL = 1
    UNSTAFFED = 2
    APART = 3


@dataclass(frozen=True)
class Bind:
    """A session that keeps a pupil waiting, from week `first` until week `until`, or beyond the horizon."""

    session: int
    cause: Cause
    first: int
    until: int | None
    taken: int


@dataclass(frozen=True)
class Why:
    """Why a pupil does not start in `week`: of the sessions wanted they have `had`, these bind.

    Pupils ahead keep the sessions proposed to them. With `any_one`, a seat in one of the sessions would do;
    otherwise all of them are short. No sessions bind where too few run for the pupil at all.
    """

    week: int
    had: int
    binds: tuple[Bind, ...] = ()
    any_one: bool = False


@dataclass(frozen=True)
class Proposal:
    """From `week` on the pupil could be in these sessions, if these steps forward are made."""

    pupil: int
    week: int
    sessions: tuple[int, ...]
    forwards: tuple[Forward, ...]
    not_sooner: Why | None
    sentence: str


@dataclass(frozen=True)
class Reason:
    """Why a pupil has no start in the weeks looked at. `why` is missing where they may not start in them."""

    pupil: int
    why: Why | None
    sentence: str


@dataclass(frozen=True)
class Answer:
    """`gap` is the weeks, over all pupils, by which starts might be sooner than was found; 0 when proven.

    `optimal` says that nothing better exists: neither sooner starts nor fewer steps forward.
    """

    proposals: tuple[Proposal, ...]
    reasons: tuple[Reason, ...]
    forwards: tuple[Forward, ...]
    gap: int
    optimal: bool
    seconds: float = field(compare=False)
