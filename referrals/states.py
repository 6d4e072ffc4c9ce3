"""The states of a referral, and which may follow which. The README's diagram is drawn from this table."""

from django.db import models


class State(models.TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    MORE_INFORMATION = "more-information", "More information needed"
    AT_PANEL = "at-panel", "At panel"
    ACCEPTED = "accepted", "Accepted"
    WAITING = "waiting", "Waiting for a place"
    DECLINED = "declined", "Declined, with advice"
    DEFERRED = "deferred", "Deferred"
    OFFERED = "offered", "Place offered"
    PLACED = "placed", "Placed"
    WITHDRAWN = "withdrawn", "Withdrawn"


NEXT: dict[State, tuple[State, ...]] = {
    State.DRAFT: (State.SUBMITTED, State.WITHDRAWN),
    State.SUBMITTED: (State.MORE_INFORMATION, State.AT_PANEL, State.WITHDRAWN),
    State.MORE_INFORMATION: (State.SUBMITTED, State.WITHDRAWN),
    State.AT_PANEL: (
        State.ACCEPTED,
        State.WAITING,
        State.MORE_INFORMATION,
        State.DECLINED,
        State.DEFERRED,
        State.SUBMITTED,
        State.WITHDRAWN,
    ),
    State.DEFERRED: (State.SUBMITTED, State.WITHDRAWN),
    State.ACCEPTED: (State.OFFERED, State.WITHDRAWN),
    State.WAITING: (State.OFFERED, State.WITHDRAWN),
    State.OFFERED: (State.PLACED, State.WAITING, State.WITHDRAWN),
    State.DECLINED: (),
    State.PLACED: (),
    State.WITHDRAWN: (),
}

OPEN = tuple(state for state in State if NEXT[state])
ENDED = tuple(state for state in State if not NEXT[state])
# Before the panel has decided; the clock of the decision runs.
UNDECIDED = (State.SUBMITTED, State.MORE_INFORMATION, State.AT_PANEL, State.DEFERRED)
# Decided for a place, not begun; the clock of waiting runs.
ACCEPTED_ONES = (State.ACCEPTED, State.WAITING, State.OFFERED)


def diagram() -> str:
    """The table as a Mermaid state diagram, for the README."""
    arrows = [f"    {_word(state)} --> {_word(after)}" for state, nexts in NEXT.items() for after in nexts]
    ends = [f"    {_word(state)} --> [*]" for state in ENDED]
    return "\n".join(["stateDiagram-v2", f"    [*] --> {_word(State.DRAFT)}", *arrows, *ends])


def _word(state: State) -> str:
    return state.value.replace("-", "_")
