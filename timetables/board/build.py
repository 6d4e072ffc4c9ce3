"""The board: who is where in one period, put together from seven queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from iap.schools.models import Period
from iap.ui import words
from iap.ui.moments import clock
from pupils.models import Placement, Pupil
from timetables.lessons import Lesson, lessons_at
from timetables.measures.groups import GroupSize, Staffing, group_size, staffing
from timetables.measures.share import IN_MAINSTREAM
from timetables.models import IapSession, Place, StepPlace

from .attention import Attention, look_at
from .moment import Moment, name_of, short
from .state import Logged, State, states


@dataclass(frozen=True)
class Coming:
    """Where a pupil is next: `label` as on a tile, `title` in full."""

    look: words.Look
    at: dt.time
    short: str
    title: str
    place: str


@dataclass
class Tile:
    """One pupil in a session."""

    pupil: Pupil
    placement: Placement | None
    session: IapSession
    state: State
    coming: Coming | None = None
    look: bool = False

    @property
    def form_id(self) -> str:
        """What the tile's one form is called."""
        return f"p-{self.pupil.pk}-f"

    @property
    def here(self) -> bool | None:
        return self.state.is_here(self.session.pk)

    @property
    def check_in(self) -> Logged | None:
        """The latest in this period."""
        return self.state.check_in(self.session.period_id)

    @property
    def before(self) -> str:
        """How the pupil was when asked before that."""
        return self.state.before(self.check_in) if self.check_in else ""


@dataclass
class Group:
    """A session in this period, its adults and its pupils in the order of the register."""

    session: IapSession
    staffing: Staffing
    places: int
    tiles: list[Tile] = field(default_factory=list)

    @property
    def size(self) -> GroupSize:
        return group_size((t.pupil.pk for t in self.tiles), {t.pupil.pk: t.here for t in self.tiles})


@dataclass(frozen=True)
class Elsewhere:
    """A pupil who is not in the base in this period, and when they are next."""

    pupil: Pupil
    look: words.Look
    title: str
    detail: str
    back_at: dt.time | None
    back_to: str


@dataclass
class Board:
    moment: Moment
    groups: list[Group] = field(default_factory=list)
    coming: list[Group] = field(default_factory=list)
    mainstream: list[Elsewhere] = field(default_factory=list)
    elsewhere: list[Elsewhere] = field(default_factory=list)
    leaving: list[tuple[Pupil, Coming, str]] = field(default_factory=list)
    attention: list[Attention] = field(default_factory=list)
    pupils: list[Pupil] = field(default_factory=list)


class _Day:
    """Where every pupil with a place is in each period of the day."""

    def __init__(self, school: Any, moment: Moment) -> None:
        self.school, self.moment = school, moment
        self.placements = list(
            Placement.objects.filter(school=school)
            .open_on(moment.day)
            .select_related("pupil")
            .order_by("pupil__preferred_name", "pupil__given_name", "pupil__family_name", "pk")
        )
        self.pupils = [placement.pupil for placement in self.placements]
        self.places: dict[int, dict[int, StepPlace]] = defaultdict(dict)
        for place in self._places():
            self.places[place.step.pupil_id][place.period_id] = place
        self.states = states(school, [pupil.pk for pupil in self.pupils], moment.day)
        self.lessons = self._lessons()

    def _places(self) -> Iterable[StepPlace]:
        day = self.moment.day
        return (
            StepPlace.objects.filter(school=self.school, week__in={"", self.moment.week})
            .filter(period__weekday=day.isoweekday(), step__placement__in=self.placements)
            .filter(step__starts_on__lte=day)
            .filter(Q(step__ends_on=None) | Q(step__ends_on__gt=day))
            .select_related("session", "period", "step")
        )

    def _lessons(self) -> dict[tuple[int, int], Lesson]:
        away = [
            (pupil, place.period_id)
            for pupil, places in self.places.items()
            for place in places.values()
            if place.place in IN_MAINSTREAM
        ]
        pupils, periods = {pupil for pupil, _ in away}, {period for _, period in away}
        return lessons_at(self.school, pupils, self.moment.day, periods, calendar=self.moment.calendar)

    def at(self, pupil: Pupil, period: Period) -> StepPlace | None:
        return self.places[pupil.pk].get(period.pk)

    def lesson(self, pupil: Pupil, place: StepPlace) -> Lesson | None:
        return self.lessons.get((pupil.pk, place.period_id))

    def title(self, pupil: Pupil, place: StepPlace) -> str:
        """The lesson, the session, or what the place is called."""
        if place.session is not None:
            return place.session.title
        if place.place in IN_MAINSTREAM:
            lesson = self.lesson(pupil, place)
            return lesson.subject if lesson else "Mainstream lesson"
        return place.provider or words.place(place.place).label

    def following(self, pupil: Pupil) -> Coming | None:
        """The pupil's place in the next lesson of the day."""
        period = self.moment.next_lesson
        place = self.at(pupil, period) if period else None
        if place is None or period is None:
            return None
        strand = place.session.strand if place.session else ""
        title = self.title(pupil, place)
        return Coming(words.place(place.place, strand), period.starts, short(period), title, place.place)

    def back(self, pupil: Pupil) -> StepPlace | None:
        """The pupil's next session in the base today."""
        later = [p for p in self.moment.periods if p.starts > self.moment.lesson.starts]
        places = (self.at(pupil, period) for period in later)
        return next((p for p in places if p is not None and p.place == Place.SESSION), None)


def build(school: Any, moment: Moment) -> Board:
    """The board of a moment: seven queries, whatever the number of pupils."""
    day = _Day(school, moment)
    board = Board(moment, pupils=day.pupils)
    board.groups = _groups(day, moment.lesson)
    if moment.next_lesson is not None:
        board.coming = _groups(day, moment.next_lesson)
    _staff(school, moment, [*board.groups, *board.coming])
    for placement in day.placements:
        place = day.at(placement.pupil, moment.lesson)
        if place is not None and place.place != Place.SESSION:
            away = board.mainstream if place.place in IN_MAINSTREAM else board.elsewhere
            away.append(_elsewhere(day, placement.pupil, place))
    board.leaving = list(_leaving(day, board.groups))
    board.attention = look_at(board, [p for p in day.placements if not day.places[p.pupil_id]])
    for group in board.groups:
        for tile in group.tiles:
            tile.look = any(each.tile is tile and each.urgent for each in board.attention)
    return board


def _groups(day: _Day, period: Period) -> list[Group]:
    """The sessions that hold pupils in a period, by room and title."""
    found: dict[int, Group] = {}
    for placement in day.placements:
        place = day.at(placement.pupil, period)
        if place is None or place.session is None:
            continue
        session = place.session
        session.period = period
        limit = session.places or day.school.provision.places
        group = found.setdefault(session.pk, Group(session, Staffing(), limit))
        state = day.states.get(placement.pupil_id) or State()
        group.tiles.append(
            Tile(placement.pupil, placement, session, state, coming=day.following(placement.pupil))
        )
    return sorted(
        found.values(), key=lambda group: (group.session.room, group.session.title, group.session.pk)
    )


def _staff(school: Any, moment: Moment, groups: list[Group]) -> None:
    known = staffing(school, {group.session.pk for group in groups}, moment.day)
    for group in groups:
        group.staffing = known[group.session.pk]


def _elsewhere(day: _Day, pupil: Pupil, place: StepPlace) -> Elsewhere:
    back = day.back(pupil)
    lesson = day.lesson(pupil, place) if place.place in IN_MAINSTREAM else None
    return Elsewhere(
        pupil=pupil,
        look=words.place(place.place),
        title=day.title(pupil, place),
        detail=lesson.detail if lesson else "",
        back_at=back.period.starts if back else None,
        back_to=back.session.title if back and back.session else "",
    )


def _leaving(day: _Day, groups: list[Group]) -> Iterable[tuple[Pupil, Coming, str]]:
    """Pupils who go from a session to a mainstream lesson next."""
    period = day.moment.next_lesson
    for group in groups:
        for tile in group.tiles:
            if period is not None and tile.coming and tile.coming.place in IN_MAINSTREAM:
                place = day.at(tile.pupil, period)
                lesson = day.lesson(tile.pupil, place) if place else None
                yield tile.pupil, tile.coming, lesson.detail if lesson else ""


def heading(moment: Moment) -> str:
    """Period 3, 11:00 to 11:50"""
    period = moment.period
    return f"{name_of(period)}, {clock(period.starts)} to {clock(period.ends)}"
