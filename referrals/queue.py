"""The queue: every referral that is open and sent, in order, with its clock, its evidence and its earliest start."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from iap.schools.calendar import Calendar
from iap.ui.words import plural

from .earliest import HORIZON, Room, Start
from .evidence import BACK, Evidence, evidence_of
from .models import Meeting, Referral, Rules
from .priority import Priority, days_since, first_day, in_order, priorities
from .states import State


@dataclass(frozen=True)
class Stage:
    """A column of the queue: its states and the words for it."""

    key: str
    label: str
    heading: str
    states: tuple[State, ...]
    empty: str


WAITING_STATES = (State.ACCEPTED, State.WAITING)
STAGES = (
    Stage(
        "new",
        "New",
        "New referrals",
        (State.SUBMITTED,),
        "New referrals appear here when a colleague sends one.",
    ),
    Stage(
        "gathering",
        "Gathering",
        "More information needed, or deferred",
        (State.MORE_INFORMATION, State.DEFERRED),
        "Referrals wait here while a question is answered or until the date they were deferred to.",
    ),
    Stage(
        "panel", "Panel", "For the panel", (State.AT_PANEL,), "Put new referrals on the agenda of a panel."
    ),
    Stage(
        "waiting",
        "Waiting",
        "Waiting for a place",
        WAITING_STATES,
        "Pupils whom the panel has accepted wait here, each with support meanwhile.",
    ),
    Stage(
        "starting", "Offered", "Place offered", (State.OFFERED,), "Offers wait here for the family’s answer."
    ),
)
STAGE_OF = {state: stage for stage in STAGES for state in stage.states}


@dataclass(frozen=True)
class Clock:
    """School days gone, of the target of the stage."""

    days: int
    target: int
    what: str
    beside: str = ""

    @property
    def words(self) -> str:
        left = self.target - self.days
        said = f"{plural(left, 'day')} in hand" if left > 0 else f"{plural(-left, 'day')} past target"
        return f"{said if left else 'on target today'}{self.beside}"

    @property
    def late(self) -> bool:
        return self.days > self.target


@dataclass(frozen=True)
class Row:
    """A referral as the queue shows it."""

    referral: Referral
    stage: Stage
    clock: Clock
    evidence: Evidence
    priority: Priority
    start: Start | None
    next_in_line: bool = False


@dataclass(frozen=True)
class Queue:
    rows: tuple[Row, ...]
    room: Room
    rules: Rules
    next_panel: Meeting | None

    def counts(self) -> list[tuple[Stage, int]]:
        return [(stage, sum(row.stage == stage for row in self.rows)) for stage in STAGES]

    @property
    def to_talk_about(self) -> int:
        return sum(row.referral.is_to_talk_about for row in self.rows)


def queue_of(school: Any, day: dt.date | None = None) -> Queue:
    """The whole queue of a school in order of priority. Ten queries, however long it is."""
    day = day or timezone.localdate()
    rules = Rules.of(school)
    listed = list(
        Referral.objects.at([school])
        .open()
        .sent()
        .with_effects()
        .select_related("pupil", "referrer", "override_by")
    )
    calendar = Calendar.of(school, min(first_day(listed, day), day - BACK), day + HORIZON)
    evidence = evidence_of(
        school, [referral.pupil for referral in listed], day, calendar=calendar, brief=True
    )
    priority = priorities(listed, day, rules=rules, calendar=calendar, evidence=evidence)
    room = Room.of(school, day, rules.sessions_a_week, calendar)
    ordered = in_order(listed, priority)
    starts = _starts(ordered, room)
    first = next((each.pk for each in ordered if each.state in WAITING_STATES), None)
    rows = tuple(
        Row(
            referral,
            STAGE_OF[State(referral.state)],
            clock(referral, rules, calendar, day),
            evidence[referral.pupil_id],
            priority[referral.pk],
            starts[referral.pk],
            referral.pk == first,
        )
        for referral in ordered
    )
    panel = (
        Meeting.objects.at([school]).filter(day__gte=day, closed_at=None).order_by("day", "starts").first()
    )
    return Queue(rows, room, rules, panel)


def clock(referral: Referral, rules: Rules, calendar: Calendar, day: dt.date) -> Clock:
    """The clock of the stage. Those of decision and waiting are never paused: beside a stage with a shorter
    target of its own, the decision's clock is said too.
    """
    since = lambda moment: days_since(calendar, moment, day)  # noqa: E731  three readings of one calendar
    decision = Clock(since(referral.submitted_at), rules.decision_days, "Since referral")
    beside = f" · decision {decision.days} of {decision.target}"
    match referral.state:
        case State.OFFERED:
            return Clock(since(referral.state_at), rules.offer_days, "Offered")
        case State.SUBMITTED:
            return Clock(decision.days, rules.first_look_days, "Since it was sent", beside)
        case State.MORE_INFORMATION:
            return Clock(since(referral.state_at), rules.information_days, "Since it was asked", beside)
    if referral.decided_at:
        return Clock(since(referral.decided_at), rules.waiting_days, "Since decision")
    return decision


def _starts(ordered: Sequence[Referral], room: Room) -> dict[int, Start | None]:
    """Those accepted stand in line before those who are not decided yet; within each, by priority."""
    line = [each for each in ordered if each.decided_at] + [each for each in ordered if not each.decided_at]
    return {referral.pk: room.start_for(rank) for rank, referral in enumerate(line)}
