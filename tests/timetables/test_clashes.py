"""An adult of the provision who has a mainstream lesson of their own at the time of a session."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iap.errors import Refused
from iap.schools.calendar import monday_of
from iap.schools.models import CycleWeek, Period
from tests.factories import HybridStepFactory, PlacementFactory, PupilFactory, StaffMemberFactory
from timetables import duties
from timetables.actions.staffing import TeachesThen, staff_session
from timetables.clashes import clash_from, with_lessons
from timetables.measures.forecast import weeks_ahead
from timetables.models import Cover, LessonTeacher, SessionStaff, StepPlace

from .week import LONG_AGO, TODAY, lesson_of, session_in

WEEK = dt.timedelta(weeks=1)
NEXT = monday_of(TODAY) + WEEK


def teaches(school: Any, session: Any, **fields: Any) -> Any:
    """A teacher with a lesson of 8R2 at the session's time."""
    adult = fields.pop("teacher", None) or StaffMemberFactory(school=school, title="Ms", family_name="Reed")
    given = {"week": session.week, "name": "8R2", "teacher": adult, **fields}
    lesson_of(school, PupilFactory(school=school), given.pop("period", session.period), **given)
    return adult


def join(session: Any, lead: Any, adult: Any, **fields: Any) -> SessionStaff:
    return staff_session(session, by=lead, adult=adult, role="support", valid_from=NEXT, **fields)


def seat(school: Any, session: Any) -> None:
    step = HybridStepFactory(
        school=school, placement=PlacementFactory(school=school, starts_on=LONG_AGO), starts_on=LONG_AGO
    )
    StepPlace.objects.create(
        school=school, step=step, week=session.week, period=session.period, place="session", session=session
    )


def ahead(school: Any, session: Any) -> list[Any]:
    weeks = weeks_ahead(school, NEXT, NEXT + 4 * WEEK)
    return [each for week in weeks for each in week.occurrences if each.session == session]


@pytest.mark.parametrize(("of_session", "of_lesson"), [("A", "A"), ("A", ""), ("", "B")])
def test_who_teaches_then_is_asked_about_and_may_be_meant(school, lead, of_session, of_lesson):
    session = session_in(school, week=of_session)
    adult = teaches(school, session, week=of_lesson)
    with pytest.raises(TeachesThen, match="Reed teaches 8R2 at that time"):
        join(session, lead, adult)
    assert not SessionStaff.objects.exists()
    assert join(session, lead, adult, teaches_then=True).adult == adult


def test_a_lesson_of_the_other_week_another_hour_or_another_time_is_no_clash(school, lead):
    session = session_in(school, week="A")
    periods = Period.objects.filter(school=school, kind="lesson").in_order()
    adult = teaches(school, session, week="B")
    teaches(school, session, teacher=adult, period=periods[1])
    teaches(school, session, teacher=adult, name="8R3", valid_to=NEXT)
    assert join(session, lead, adult).pk


def test_lessons_whose_times_overlap_clash(school, lead):
    session = session_in(school)
    longer = Period.objects.create(
        school=school, weekday=session.period.weekday, name="Long", kind="lesson",
        starts=session.period.starts.replace(minute=session.period.starts.minute + 5),
        ends=session.period.ends,
    )  # fmt: skip
    with pytest.raises(Refused, match="at that time"):
        join(session, lead, teaches(school, session, period=longer))


def test_a_lesson_that_begins_later_is_seen_too(school, lead):
    session = session_in(school)
    adult = teaches(school, session, valid_from=NEXT + 3 * WEEK)
    with pytest.raises(TeachesThen):
        join(session, lead, adult)


def test_the_page_asks_whether_it_is_meant_keeps_what_was_typed_and_shows_it_afterwards(client, school, lead):
    session = session_in(school)
    adult = teaches(school, session)
    client.force_login(lead)
    page, address = (reverse(f"timetables:{name}", args=[session.uuid]) for name in ("session", "staff"))
    assert "somebody else takes that lesson" not in client.get(page).content.decode()
    data = {"adult": adult.uuid, "role": "qt", "valid_from": NEXT.isoformat()}
    refused = client.post(address, data)
    html = refused.content.decode()
    assert refused.status_code == 422 and "teaches 8R2 at that time" in html
    assert refused.context["staff"]["adult"].value() == str(adult.uuid)
    assert 'name="teaches_then"' in html
    assert client.post(address, {**data, "teaches_then": "on"}).status_code == 302
    assert "Teaches 8R2 then" in client.get(page).content.decode()
    week = client.get(reverse("timetables:sessions"), {"week": session.week}).content.decode()
    assert "Teaches 8R2 then" in week


def test_capacity_and_what_waits_say_who_has_a_lesson_then(client, school, lead):
    session = session_in(school, week="A", title="Maths")
    seat(school, session)
    for adult in (teaches(school, session), StaffMemberFactory(school=school)):
        join(session, lead, adult, teaches_then=True)
    occurrences = [each for each in ahead(school, session) if each.day >= NEXT]
    assert occurrences and all(each.staffing.within_guide and each.needs_cover for each in occurrences)
    client.force_login(lead)
    monday = monday_of(occurrences[0].day)
    answer = client.get(reverse("referrals:capacity"), {"week": monday.isoformat()})
    html = answer.content.decode()
    assert '<span class="iap-cover__w">Clash</span>' in html
    assert "Ms Reed teaches 8R2 at that time" in html
    glance = answer.context["glance"]
    assert (glance["staffed"], glance["cover_words"]) == (1, "1 session to cover")
    (due,) = duties.uncovered(school, monday)
    assert due.text.endswith("Ms Reed teaches 8R2 at that time")


def test_who_covers_and_has_a_lesson_clashes_and_who_is_away_does_not(school, lead):
    session = session_in(school, week="A")
    adult, comes = (
        teaches(school, session),
        teaches(school, session, teacher=StaffMemberFactory(school=school)),
    )
    join(session, lead, adult, teaches_then=True)
    first, second = (each.day for each in ahead(school, session)[:2])
    Cover.objects.create(
        school=school, session=session, day=first, adult=adult, covered_by=comes, role="support",
        week=session.week, period=session.period,
    )  # fmt: skip
    clashing = {each.day: [c.adult for c in each.clashes] for each in ahead(school, session)}
    assert (clashing[first], clashing[second]) == ([str(comes)], [str(adult)])


def test_clashes_cost_no_query_however_many_lessons(school, lead):
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            ahead(school, sessions[0])
        return len(asked)

    sessions = [session_in(school, number=number) for number in range(12)]
    before = cost()
    for session in sessions:
        join(session, lead, teaches(school, session), teaches_then=True)
    assert cost() == before


@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_clashes_agree_with_looking_at_every_day(school, data):
    """By hand: each day of eight weeks, each adult in the room, each lesson of theirs."""
    LessonTeacher.objects.all().delete()
    SessionStaff.objects.all().delete()
    adults = [StaffMemberFactory(school=school) for _ in range(3)]
    weeks, numbers = st.sampled_from(["", "A", "B"]), st.integers(0, 2)
    begins = st.integers(-10, 40).map(lambda days: NEXT + dt.timedelta(days=days))
    lasts = st.one_of(st.none(), st.integers(1, 30))
    periods = list(Period.objects.filter(school=school, kind="lesson").in_order()[:3])
    session = session_in(school, week=data.draw(weeks), number=data.draw(numbers))
    for adult in adults:
        SessionStaff.objects.create(
            school=school, session=session, adult=adult, role="support", week=session.week,
            period=session.period, **_between(data, begins, lasts),
        )  # fmt: skip
    for number in range(data.draw(st.integers(0, 4))):
        lesson_of(
            school, PupilFactory(school=school), periods[data.draw(numbers)], week=data.draw(weeks),
            name=f"8x/{session.pk}-{number}", teacher=data.draw(st.sampled_from(adults)),
            **_between(data, begins, lasts),
        )  # fmt: skip
    found = {
        (each.day, clash.adult)
        for week in weeks_ahead(school, NEXT, NEXT + dt.timedelta(days=8 * 7 - 1))
        for each in week.occurrences
        if each.session == session
        for clash in each.clashes
    }
    assert found == _by_hand(school, session)
    rows = with_lessons(SessionStaff.objects.filter(session=session), NEXT).select_related("adult")
    sooner_or_later = {str(row.adult) for row in rows if clash_from(row, NEXT)}
    assert {adult for _, adult in found} <= sooner_or_later


def _between(data: Any, begins: Any, lasts: Any) -> dict[str, Any]:
    first, days = data.draw(begins), data.draw(lasts)
    return {"valid_from": first, "valid_to": days and first + dt.timedelta(days=days)}


def _by_hand(school: Any, session: Any) -> set[tuple[dt.date, str]]:
    def holds(row: Any, day: dt.date) -> bool:
        return row.valid_from <= day and (row.valid_to is None or day < row.valid_to)

    labels = {each.monday: each.label for each in CycleWeek.objects.filter(school=school)}
    found = set()
    for number in range(8 * 7):
        day = NEXT + dt.timedelta(days=number)
        label = labels.get(monday_of(day))
        if label is None or day.isoweekday() != session.period.weekday or session.week not in ("", label):
            continue
        for staff in SessionStaff.objects.filter(session=session):
            for row in LessonTeacher.objects.filter(teacher=staff.adult).select_related("lesson__period"):
                lesson, period = row.lesson, row.lesson.period
                here = holds(staff, day) and holds(row, day) and holds(lesson, day)
                if here and lesson.week in ("", label) and period == session.period:
                    found.add((day, str(staff.adult)))
    return found
