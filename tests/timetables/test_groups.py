"""Group size and staffing, against a slow twin that counts by hand. Unknown is never 0."""

import datetime as dt
import random
from typing import Any

import pytest

from iap.schools.models import Period
from tests.factories import IapSessionFactory, StaffMemberFactory
from timetables.measures.groups import GroupSize, Staffing, group_size, staffing
from timetables.models import Cover, IapSession, SessionStaff

DAY = dt.date(2026, 11, 24)


def session_on(school: Any, period: Period) -> IapSession:
    return IapSessionFactory(school=school, week="A", period=period, valid_from=dt.date(2026, 1, 1))


def joins(session: IapSession, adult: Any, role: str, *, first: dt.date, last: dt.date | None = None) -> None:
    SessionStaff.objects.create(
        school_id=session.school_id, session=session, adult=adult, role=role, week=session.week,
        period=session.period, valid_from=first, valid_to=last,
    )  # fmt: skip


def cover(session: IapSession, away: Any, comes: Any, day: dt.date = DAY) -> None:
    Cover.objects.create(
        school_id=session.school_id, session=session, day=day, adult=away, covered_by=comes, role="support",
        week=session.week, period=session.period,
    )  # fmt: skip


def by_hand(session: IapSession, day: dt.date) -> set[int]:
    """Everybody in the room, found row by row."""
    room: set[int] = set()
    for row in SessionStaff.objects.all():
        if (
            row.session_id == session.pk
            and row.valid_from <= day
            and (not row.valid_to or day < row.valid_to)
        ):
            room.add(row.adult_id)
    changes = [row for row in Cover.objects.all() if row.session_id == session.pk and row.day == day]
    for row in changes:
        if row.adult_id in room:
            room.remove(row.adult_id)
    for row in changes:
        if row.covered_by_id is not None:
            room.add(row.covered_by_id)
    return room


@pytest.mark.parametrize("seed", range(6))
def test_staffing_agrees_with_counting_by_hand(school: Any, seed: int) -> None:
    chance = random.Random(seed)
    sessions = [session_on(school, p) for p in Period.objects.filter(school=school, kind="lesson")[:12]]
    people = [StaffMemberFactory(school=school, qualified=chance.random() < 0.4) for _ in range(7)]
    qualified = {person.pk for person in people if person.qualified}
    for session in sessions:
        team = chance.sample(people, chance.randint(0, 4))
        spare = [person for person in people if person not in team]
        for adult in team:
            first = DAY - dt.timedelta(days=chance.randint(-3, 20))
            last = chance.choice([None, DAY + dt.timedelta(days=chance.randint(0, 5)), None])
            if last is None or first < last:
                joins(session, adult, chance.choice(["qt", "support"]), first=first, last=last)
            if chance.random() < 0.4:
                cover(session, adult, spare.pop() if spare and chance.random() < 0.6 else None)
        if spare and chance.random() < 0.3:
            cover(session, None, spare.pop())
        if spare and chance.random() < 0.3:
            cover(session, None, spare.pop(), day=DAY + dt.timedelta(days=7))
    found = staffing(school, [session.pk for session in sessions], DAY)
    for session in sessions:
        room = by_hand(session, DAY)
        assert {adult.id for adult in found[session.pk].adults} == room
        assert len(found[session.pk].adults) == len(room)
        assert found[session.pk].within_guide == (len(room) >= 2 and bool(room & qualified))
        assert found[session.pk].ratio(6) == (6 / len(room) if room else None)


def test_somebody_who_covers_and_joins_the_session_later_is_one_adult(school: Any) -> None:
    session = session_on(school, Period.objects.filter(school=school, kind="lesson")[0])
    adult = StaffMemberFactory(school=school)
    cover(session, None, adult)
    joins(session, adult, "support", first=DAY)
    assert len(staffing(school, [session.pk], DAY)[session.pk].adults) == 1


def test_a_teacher_is_who_the_staff_record_says_not_who_the_role_says(school: Any) -> None:
    session = session_on(school, Period.objects.filter(school=school, kind="lesson")[0])
    for qualified, role in ((False, "qt"), (False, "support")):
        joins(session, StaffMemberFactory(school=school, qualified=qualified), role, first=DAY)
    assert not staffing(school, [session.pk], DAY)[session.pk].within_guide


def test_a_session_without_adults_is_shown_as_such(school: Any) -> None:
    session = session_on(school, Period.objects.filter(school=school, kind="lesson")[0])
    found = staffing(school, [session.pk], DAY)
    assert found == {session.pk: Staffing()}
    assert found[session.pk].ratio(4) is None


@pytest.mark.parametrize(
    ("planned", "here", "size"),
    [
        ([], {}, GroupSize(0, None)),
        ([1, 2, 3], {}, GroupSize(3, None)),
        ([1, 2, 3], {1: None, 2: None, 3: None}, GroupSize(3, None)),
        ([1, 2, 3], {1: False, 2: False, 3: None}, GroupSize(3, 0)),
        ([1, 2, 3], {1: True, 2: False, 3: None}, GroupSize(3, 1)),
        ([1, 1, 2], {1: True, 2: True}, GroupSize(2, 2)),
    ],
)
def test_nobody_marked_is_unknown_and_everybody_marked_away_is_none(
    planned: list[int], here: dict[int, bool | None], size: GroupSize
) -> None:
    assert group_size(planned, here) == size


@pytest.mark.parametrize(("number", "within"), [(0, True), (9, True), (10, False)])
def test_fewer_than_ten_is_within_the_guide(number: int, within: bool) -> None:
    assert group_size(range(number), {}).within_guide is within


def test_staffing_costs_the_same_however_many_sessions(school: Any, django_assert_num_queries: Any) -> None:
    sessions = [session_on(school, p) for p in Period.objects.filter(school=school, kind="lesson")[:12]]
    for session in sessions:
        joins(session, StaffMemberFactory(school=school), "qt", first=DAY)
        cover(session, None, StaffMemberFactory(school=school))
    for wanted in (sessions[:1], sessions):
        with django_assert_num_queries(2):
            staffing(school, [session.pk for session in wanted], DAY)
