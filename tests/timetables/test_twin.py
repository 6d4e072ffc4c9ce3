"""Group size, staffing and share of the week of random schools, against a slow twin that knows only plain values.

The twin reads what was drawn, not what was stored: no query, no model and no calendar of the product is in it.
"""

import datetime as dt
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iap.schools.calendar import Calendar
from iap.schools.models import Closure, CycleWeek, Period
from pupils.models import Placement
from tests.factories import (
    IapSessionFactory,
    PlacementFactory,
    SchoolFactory,
    StaffMemberFactory,
    UserFactory,
    bell,
)
from timetables.measures.forecast import occurrences
from timetables.measures.groups import group_size, here_between, staffing
from timetables.measures.share import mainstream_share
from timetables.models import Cover, HybridStep, SessionMark, SessionStaff, StepPlace

DAY, WEEK = dt.timedelta(days=1), dt.timedelta(weeks=1)
FIRST = dt.date(2027, 1, 4)
SPAN = 4  # weeks
BEFORE = FIRST - 9 * WEEK


@dataclass
class Drawn:
    """A random school in plain values; people, sessions and slots are numbers."""

    labels: dict[dt.date, str] = field(default_factory=dict)  # of each open Monday
    closed: set[dt.date] = field(default_factory=set)
    lessons: list[tuple[int, int]] = field(
        default_factory=list
    )  # weekday and minutes of each slot of the bell
    sessions: list[tuple[str, int]] = field(default_factory=list)  # week and slot
    qualified: list[bool] = field(default_factory=list)
    # session, adult, first day, first day without
    teams: list[tuple[int, int, dt.date, dt.date | None]] = field(default_factory=list)
    covers: list[tuple[int, dt.date, int | None, int | None]] = field(default_factory=list)
    # pupil, first day, first day without
    steps: list[tuple[int, dt.date, dt.date | None, dict[tuple[str, int], Any]]] = field(default_factory=list)
    leaves: dict[int, dt.date | None] = field(default_factory=dict)
    marks: list[tuple[int, dt.date, int, bool, bool]] = field(default_factory=list)  # here, undone; in order

    def runs(self, session: int, day: dt.date) -> bool:
        week, slot = self.sessions[session]
        monday = day - dt.timedelta(days=day.weekday())
        if day in self.closed or monday not in self.labels or self.lessons[slot][0] != day.isoweekday():
            return False
        return week in ("", self.labels[monday])

    def step(self, pupil: int, day: dt.date) -> dict[tuple[str, int], Any] | None:
        left = self.leaves[pupil]
        for who, first, last, places in self.steps:
            if who == pupil and first <= day and (last is None or day < last) and not (left and left <= day):
                return places
        return None

    def planned(self, session: int, day: dt.date) -> set[int]:
        return {pupil for pupil in self.leaves if session in (self.step(pupil, day) or {}).values()}

    def here(self, session: int, day: dt.date) -> int | None:
        last: dict[int, bool] = {}
        for of, on, pupil, here, undone in self.marks:
            if (of, on) == (session, day) and not undone:
                last[pupil] = here
        return sum(last.values()) if last else None

    def room(self, session: int, day: dt.date) -> set[int]:
        room = set()
        for of, adult, first, last in self.teams:
            if of == session and first <= day and not (last and last <= day):
                room.add(adult)
        noted = [(away, comes) for of, on, away, comes in self.covers if (of, on) == (session, day)]
        for away, _ in noted:
            room.discard(away)
        return room | {comes for _, comes in noted if comes is not None}

    def share(self, pupil: int, day: dt.date) -> Fraction | None:
        inside = whole = 0
        for (week, slot), where in (self.step(pupil, day) or {}).items():
            minutes = self.lessons[slot][1] * (1 if week else len(set(self.labels.values())))
            whole += minutes
            inside += minutes if where in ("mainstream", "supported") else 0
        return Fraction(inside, whole) if whole else None


def draw(chance: Random) -> Drawn:
    drawn, weeks = Drawn(), chance.choice([[""], ["A", "B"]])
    drawn.lessons = [(weekday, chance.choice([50, 55, 60])) for weekday in range(1, 6) for _ in range(2)]
    for number in range(SPAN):
        drawn.labels[FIRST + number * WEEK] = weeks[number % len(weeks)]
    if chance.random() < 0.3:
        del drawn.labels[FIRST + WEEK]  # a holiday, after which the labels go on as the school has them
    days = [FIRST + number * DAY for number in range(7 * SPAN)]
    drawn.closed = set(chance.sample([day for day in days if day.weekday() < 5], 2))
    drawn.sessions = [
        (chance.choice(["", *weeks]), slot) for slot in range(10) for _ in range(chance.randrange(3))
    ]
    drawn.qualified = [chance.random() < 0.5 for _ in range(6)]
    for slot in range(10):
        there = [number for number, (_, of) in enumerate(drawn.sessions) if of == slot]
        for adult in chance.sample(range(6), chance.randrange(5) if there else 0):
            first = chance.choice([BEFORE, chance.choice(days)])
            last = chance.choice([None, first + chance.randrange(1, 20) * DAY])
            drawn.teams.append((chance.choice(there), adult, first, last))
    held = [(s, day) for s, _ in enumerate(drawn.sessions) for day in days if drawn.runs(s, day)]
    for session, day in chance.sample(held, min(len(held), 8)):
        here = drawn.room(session, day)
        away = chance.choice([None, *here])
        asked = {(on, drawn.sessions[of][1], comes) for of, on, _, comes in drawn.covers}
        free = [n for n in range(6) if n not in here and (day, drawn.sessions[session][1], n) not in asked]
        comes = chance.choice([None, *free])
        if away is not None or comes is not None:
            drawn.covers.append((session, day, away, comes))
    for pupil in range(4):
        _draw_way(drawn, pupil, weeks, days, chance)
    for session, day in chance.sample(held, min(len(held), 12)):
        for pupil in chance.choices(range(4), k=chance.randrange(4)):
            drawn.marks.append((session, day, pupil, chance.random() < 0.7, chance.random() < 0.3))
    return drawn


def _draw_way(drawn: Drawn, pupil: int, weeks: list[str], days: list[dt.date], chance: Random) -> None:
    """Two steps that follow one another, perhaps with a pause, in a place that perhaps ends."""
    drawn.leaves[pupil] = chance.choice([None, None, chance.choice(days)])
    turn = chance.choice(days)
    for first, last in ((BEFORE, turn), (turn + chance.choice([0, 0, 3]) * DAY, None)):
        places: dict[tuple[str, int], Any] = {}
        for slot in range(10):
            for week in chance.choice([[""], weeks]):
                there = [s for s, of in enumerate(drawn.sessions) if of == (week, slot)]
                places[week, slot] = chance.choice(
                    ["mainstream", "supported", "social", "offsite", *there, *there]
                )
        drawn.steps.append((pupil, first, last, places))


class Stored:
    """The same school in the database."""

    def __init__(self, drawn: Drawn) -> None:
        self.school = school = SchoolFactory(cycle_weeks=len(set(drawn.labels.values()) | {""}) - 1 or 1)
        bell(school)
        of_day: dict[int, list[Period]] = {}
        for period in Period.objects.filter(school=school, kind="lesson").in_order():
            of_day.setdefault(period.weekday, []).append(period)
        self.periods = [of_day[1 + n // 2][n % 2] for n in range(10)]
        for period, (_, minutes) in zip(self.periods, drawn.lessons, strict=True):
            begins = dt.datetime.combine(FIRST, period.starts)
            period.ends = (begins + dt.timedelta(minutes=minutes)).time()
            period.save()
        CycleWeek.objects.bulk_create(
            CycleWeek(school=school, monday=monday, label=label) for monday, label in drawn.labels.items()
        )
        Closure.objects.bulk_create(Closure(school=school, day=day) for day in drawn.closed)
        self.adults = [StaffMemberFactory(school=school, qualified=each) for each in drawn.qualified]
        self.sessions = [
            IapSessionFactory(school=school, week=week, period=self.periods[slot], valid_from=BEFORE)
            for week, slot in drawn.sessions
        ]
        self.placements = [self._placement(ends_on) for ends_on in drawn.leaves.values()]
        self._staff(drawn)
        self._steps(drawn)
        self._marks(drawn)

    def _placement(self, ends_on: dt.date | None) -> Placement:
        return PlacementFactory(
            school=self.school, starts_on=BEFORE, ends_on=ends_on, destination="moved" if ends_on else ""
        )

    def _staff(self, drawn: Drawn) -> None:
        for number, adult, first, last in drawn.teams:
            SessionStaff.objects.create(
                adult=self.adults[adult], role="support", valid_from=first, valid_to=last, **self._at(number)
            )
        for number, day, away, comes in drawn.covers:
            Cover.objects.create(
                day=day, adult=None if away is None else self.adults[away], role="support",
                covered_by=None if comes is None else self.adults[comes], **self._at(number),
            )  # fmt: skip

    def _at(self, number: int) -> dict[str, Any]:
        session = self.sessions[number]
        return {"school": self.school, "session": session, "week": session.week, "period": session.period}

    def _steps(self, drawn: Drawn) -> None:
        by = UserFactory()
        for pupil, first, last, places in drawn.steps:
            step = HybridStep.objects.create(
                school=self.school, placement=self.placements[pupil], pupil=self.placements[pupil].pupil,
                kind="start", starts_on=first, ends_on=last, why="Drawn", by=by,
            )  # fmt: skip
            StepPlace.objects.bulk_create(self._place(step, *key, where) for key, where in places.items())

    def _place(self, step: HybridStep, week: str, slot: int, where: Any) -> StepPlace:
        session = self.sessions[where] if isinstance(where, int) else None
        return StepPlace(
            school=self.school, step=step, week=week, period=self.periods[slot], session=session,
            place="session" if session else where, provider="College" if where == "offsite" else "",
        )  # fmt: skip

    def _marks(self, drawn: Drawn) -> None:
        at, by = timezone.now(), UserFactory()
        SessionMark.objects.bulk_create(
            SessionMark(
                school=self.school, session=self.sessions[session], day=day, here=here, by=by, entry=uuid4(),
                pupil=self.placements[pupil].pupil, at=at + dt.timedelta(seconds=number),
                undone_at=at if undone else None, undone_by=by if undone else None,
            )
            for number, (session, day, pupil, here, undone) in enumerate(drawn.marks)
        )  # fmt: skip


@given(seed=st.integers(0, 2**32))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_group_size_staffing_and_share_agree_with_a_slow_twin(seed: int) -> None:
    drawn = draw(Random(seed))
    with transaction.atomic():
        _agrees(drawn, Stored(drawn))
        transaction.set_rollback(True)


def _agrees(drawn: Drawn, stored: Stored) -> None:
    last = FIRST + SPAN * WEEK - DAY
    school, calendar = stored.school, Calendar.of(stored.school, FIRST, last)
    number = {session.pk: n for n, session in enumerate(stored.sessions)}
    pupil = {placement.pupil_id: n for n, placement in enumerate(stored.placements)}
    adult = {each.pk: n for n, each in enumerate(stored.adults)}
    here = here_between(school, FIRST, last)
    found = occurrences(school, FIRST, last, calendar=calendar)
    days = [FIRST + n * DAY for n in range(7 * SPAN)]
    assert {(number[each.session.pk], each.day) for each in found} == {
        (session, day) for session in number.values() for day in days if drawn.runs(session, day)
    }
    for each in found:
        which, day = number[each.session.pk], each.day
        size = group_size(each.planned, {})
        assert {pupil[pk] for pk in each.planned} == drawn.planned(which, day)
        assert size.within_guide == (len(drawn.planned(which, day)) < 10)
        assert here.get((each.session.pk, day)) == drawn.here(which, day)
        room = drawn.room(which, day)
        for staffed in (each.staffing, staffing(school, [each.session.pk], day)[each.session.pk]):
            assert {adult[one.id] for one in staffed.adults} == room and len(staffed.adults) == len(room)
            assert staffed.within_guide == (len(room) > 1 and any(drawn.qualified[one] for one in room))
            assert staffed.ratio(size.planned) == (
                size.planned / len(room) if room and size.planned else None
            )
    for day in days[::3]:
        shares = mainstream_share(school, list(pupil), day)
        for pk, which in pupil.items():
            share = shares.get(pk)
            by_hand = Fraction(share.mainstream, share.lessons) if share and share.lessons else None
            assert by_hand == drawn.share(which, day)
