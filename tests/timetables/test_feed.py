"""A person's calendar at its secret address: what it says, when, and to whom."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
import vobject
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from iap.schools.models import Closure, Membership, Period, Role, User
from tests.factories import (
    HybridStepFactory,
    MembershipFactory,
    PlacementFactory,
    PupilFactory,
    SchoolFactory,
    StaffMemberFactory,
    bell,
    open_weeks,
    see,
)
from timetables.actions.feeds import end_feed, make_feed
from timetables.actions.returns import note_lesson_cover
from timetables.models import CalendarFeed, Cover, LessonTeacher, SessionStaff, StepPlace
from timetables.models.feeds import hash_of

from .week import lesson_of, session_in

LONDON = ZoneInfo("Europe/London")
MONDAY = dt.date(2026, 9, 14)
BEFORE = dt.date(2026, 1, 5)
MIDDAY = dt.time(12, 0)
CANARIES = ("Zephyrine", "Quaggington", "Zeph", "Z. Q", "ZQ", "8Zq")


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(dt.datetime.combine(MONDAY, MIDDAY, LONDON), tick=False):
        yield


@pytest.fixture
def school():
    """Open in every week of 2026 and up to Easter after, one week in the cycle."""
    school = SchoolFactory(cycle_weeks=1)
    bell(school)
    open_weeks(school, BEFORE, dt.date(2027, 4, 1))
    return school


@pytest.fixture
def adult(school):
    """A member of staff with an account."""
    user = MembershipFactory(school=school, role=Role.TEACHER).user
    return StaffMemberFactory(school=school, user=user, linked_by=user)


@pytest.fixture
def staffer(school):
    user = MembershipFactory(school=school, role=Role.STAFF).user
    return StaffMemberFactory(school=school, user=user, linked_by=user)


def period(school, weekday=1, name="1"):
    return Period.objects.get(school=school, weekday=weekday, name=name)


def pupil_of(school, **fields):
    return PupilFactory(school=school, given_name="Zephyrine", family_name="Quaggington", **fields)


def placed(school, place, where, *, week="", session=None, starts_on=BEFORE, ends_on=None):
    """A pupil whose step puts them there in one slot."""
    placement = PlacementFactory(school=school, pupil=pupil_of(school), starts_on=starts_on)
    step = HybridStepFactory(school=school, placement=placement, ends_on=ends_on)
    StepPlace.objects.create(school=school, step=step, week=week, period=where, place=place, session=session)
    return placement.pupil


def returns_to(school, teacher, where, **fields):
    """A pupil returns to a lesson of this teacher."""
    place = fields.pop("place", "mainstream")
    step = {name: fields.pop(name) for name in ("starts_on", "ends_on") if name in fields}
    pupil = placed(school, place, where, **step)
    with_class = {"name": "8R2", "subject": "Science", "room": "S4", "valid_from": BEFORE, **fields}
    lesson_of(school, pupil, where, teacher=teacher, **with_class)
    return pupil


def staffs(adult, session, **fields):
    between = {"valid_from": BEFORE, **fields}
    slot = {"week": session.week, "period": session.period}
    return SessionStaff.objects.create(
        school=adult.school, session=session, adult=adult, role="support", **slot, **between
    )


def address(adult, token=None):
    return reverse("timetables:calendar", args=[adult.school.uuid, token or feed_of(adult)])


def feed_of(adult):
    return make_feed(adult.school, by=adult.user)


def events(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    read = vobject.readOne(answer.content.decode())
    return getattr(read, "vevent_list", [])


def said(found):
    return [(event.dtstart.value.date(), event.summary.value) for event in found]


def test_a_teacher_reads_how_many_pupils_return_to_which_class_and_where(client, school, adult):
    returns_to(school, adult, period(school))
    found = events(client, address(adult))
    assert {event.summary.value for event in found} == {"1 pupil returning to 8R2 Science"}
    assert {event.location.value for event in found} == {"S4"}
    assert [day for day, _ in said(found)] == [MONDAY + dt.timedelta(weeks=n) for n in range(-2, 9)]
    first = found[0]
    assert (first.dtstart.value.time(), first.dtend.value.time()) == (dt.time(9), dt.time(10))


def test_two_pupils_of_a_class_are_one_event(client, school, adult):
    for place in ("mainstream", "supported"):
        returns_to(school, adult, period(school), place=place)
    assert {words for _, words in said(events(client, address(adult)))} == {
        "2 pupils returning to 8R2 Science"
    }


def test_a_pupil_who_is_elsewhere_in_that_lesson_is_not_counted(client, school, adult):
    returns_to(school, adult, period(school), place="social")
    assert events(client, address(adult)) == []


def test_lessons_begin_and_end_with_the_step(client, school, adult):
    first, until = MONDAY + dt.timedelta(weeks=1), MONDAY + dt.timedelta(weeks=3)
    returns_to(school, adult, period(school), starts_on=first, ends_on=until)
    assert [day for day, _ in said(events(client, address(adult)))] == [
        first,
        first + dt.timedelta(weeks=1),
    ]


def test_lessons_end_when_the_place_does(client, school, adult):
    pupil = returns_to(school, adult, period(school))
    pupil.placements.update(ends_on=MONDAY, destination="moved")
    assert [day for day, _ in said(events(client, address(adult)))] == [
        MONDAY - dt.timedelta(weeks=n) for n in (2, 1)
    ]


def test_a_lesson_handed_to_a_colleague_leaves_the_calendar_that_day(client, school, adult):
    returns_to(school, adult, period(school))
    LessonTeacher.objects.update(valid_to=MONDAY)
    assert [day for day, _ in said(events(client, address(adult)))] == [
        MONDAY - dt.timedelta(weeks=n) for n in (2, 1)
    ]


def test_who_covers_a_lesson_has_it_in_their_calendar_that_day(client, school, adult, lead):
    colleague = StaffMemberFactory(school=school)
    returns_to(school, colleague, period(school))
    lesson = LessonTeacher.objects.get(teacher=colleague).lesson
    note_lesson_cover(lesson, by=lead, day=MONDAY, covered_by=adult)
    assert said(events(client, address(adult))) == [(MONDAY, "1 pupil returning to 8R2 Science (cover)")]


def test_a_lesson_of_week_b_is_in_weeks_b_only(client):
    school = SchoolFactory(cycle_weeks=2)
    bell(school)
    open_weeks(school, MONDAY, MONDAY + dt.timedelta(weeks=12))
    user = MembershipFactory(school=school, role=Role.TEACHER).user
    teacher = StaffMemberFactory(school=school, user=user, linked_by=user)
    pupil = placed(school, "mainstream", period(school), week="B")
    lesson_of(school, pupil, period(school), week="B", teacher=teacher, valid_from=BEFORE)
    assert [day for day, _ in said(events(client, address(teacher)))] == [
        MONDAY + dt.timedelta(weeks=n) for n in (1, 3, 5, 7)
    ]


def test_days_on_which_the_school_is_closed_are_left_out(client, school, adult):
    returns_to(school, adult, period(school))
    Closure.objects.create(school=school, day=MONDAY, reason="Training")
    days = [day for day, _ in said(events(client, address(adult)))]
    assert MONDAY not in days
    assert len(days) == 10


def test_a_session_says_its_title_room_and_number(client, school, staffer):
    maths = session_in(school, week="", title="Maths", room="Base 1", valid_from=BEFORE)
    staffs(staffer, maths)
    for _ in range(2):
        placed(school, "session", maths.period, session=maths)
    found = events(client, address(staffer))
    assert {event.summary.value for event in found} == {"Maths, 2 pupils"}
    assert {event.location.value for event in found} == {"Base 1"}
    assert len(found) == 11


def test_being_away_takes_a_session_out_and_covering_puts_one_in(client, school, staffer):
    maths = session_in(school, week="", title="Maths", valid_from=BEFORE)
    cooking = session_in(school, week="", number=1, title="Cooking", valid_from=BEFORE)
    staffs(staffer, maths)
    on = {"school": school, "day": MONDAY, "role": "support"}
    Cover.objects.create(**on, session=maths, adult=staffer, period=maths.period)
    Cover.objects.create(**on, session=cooking, covered_by=staffer, period=cooking.period)
    here = [words for day, words in said(events(client, address(staffer))) if day == MONDAY]
    assert here == ["Cooking (cover), no pupils"]
    later = [words for day, words in said(events(client, address(staffer))) if day > MONDAY]
    assert set(later) == {"Maths, no pupils"}


def test_a_teacher_without_a_role_in_the_base_reads_no_sessions(client, school, adult, staffer):
    maths = session_in(school, week="", title="Maths", valid_from=BEFORE)
    staffs(adult, maths)
    assert events(client, address(adult)) == []
    Membership.objects.create(school=school, user=adult.user, role=Role.LEAD)
    assert len(events(client, address(adult))) == 11


def test_an_account_without_a_staff_record_has_an_empty_calendar(client, school, iap_staff):
    url = reverse("timetables:calendar", args=[school.uuid, make_feed(school, by=iap_staff)])
    assert events(client, url) == []


@pytest.mark.parametrize("sunday", [dt.date(2026, 3, 29), dt.date(2026, 10, 25)])
def test_the_lesson_stays_at_nine_when_the_clock_changes(client, school, adult, sunday):
    returns_to(school, adult, period(school))
    with time_machine.travel(dt.datetime.combine(sunday, MIDDAY, LONDON), tick=False):
        answer = client.get(address(adult))
        found = vobject.readOne(answer.content.decode()).vevent_list
    assert b"DTSTART;TZID=Europe/London:" in answer.content
    offsets = set()
    for event in found:
        start = event.dtstart.value
        assert start.time() == dt.time(9)
        # What the feed's own rules of the clock say agrees with what everybody's do.
        right = dt.datetime.combine(start.date(), start.time(), LONDON)
        assert start.utcoffset() == right.utcoffset()
        assert start.astimezone(dt.UTC) == right.astimezone(dt.UTC)
        offsets.add(start.utcoffset())
    assert offsets == {dt.timedelta(0), dt.timedelta(hours=1)}


def test_the_clock_is_described_by_the_feed_itself(client, school, adult):
    returns_to(school, adult, period(school))
    read = vobject.readOne(client.get(address(adult)).content.decode())
    assert len(read.vtimezone_list) == 1
    raw = client.get(address(adult)).content
    assert raw.count(b"BEGIN:VTIMEZONE") == 1
    assert b"BEGIN:DAYLIGHT" in raw
    assert b"BEGIN:STANDARD" in raw


def test_nothing_of_a_pupil_stands_in_a_feed(client, school, adult, staffer):
    Membership.objects.create(school=school, user=adult.user, role=Role.STAFF)
    maths = session_in(school, week="", number=1, valid_from=BEFORE)
    staffs(adult, maths)
    pupils = [
        returns_to(school, adult, period(school)),
        placed(school, "session", maths.period, session=maths),
    ]
    type(pupils[0]).objects.update(preferred_name="Zeph", tutor_group="8Zq")
    raw = client.get(address(adult)).content.replace(b"\r\n ", b"")
    assert b"1 pupil" in raw
    words = [*CANARIES, *(str(pupil.uuid) for pupil in pupils), *(pupil.upn for pupil in pupils)]
    assert [word for word in words if word.lower().encode() in raw.lower()] == []


def test_events_keep_their_names_after_an_unrelated_change(client, school, adult):
    returns_to(school, adult, period(school))
    url = address(adult)
    before = {event.uid.value: event.dtstart.value for event in events(client, url)}
    assert len(before) == 11
    assert {event.uid.value: event.dtstart.value for event in events(client, url)} == before
    returns_to(school, adult, period(school))  # one more pupil in the same lesson
    returns_to(school, adult, period(school, name="2"), name="9A", subject="Art")
    after = {event.uid.value: event.dtstart.value for event in events(client, url)}
    assert before.items() <= after.items()
    assert len(after) == 22


def test_a_feed_says_when_it_was_made_and_is_a_published_calendar(client, school, adult):
    returns_to(school, adult, period(school))
    answer = client.get(address(adult))
    event = vobject.readOne(answer.content.decode()).vevent_list[0]
    assert event.dtstamp.value == dt.datetime(2026, 9, 14, 11, tzinfo=dt.UTC)
    assert event.last_modified.value == event.dtstamp.value
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "private" in answer["Cache-Control"]
    assert b"METHOD:PUBLISH" in answer.content
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))


def test_a_feed_that_says_the_same_is_not_sent_again(client, school, adult):
    pupil = returns_to(school, adult, period(school))
    url = address(adult)
    tag = client.get(url)["ETag"]
    with time_machine.travel(dt.datetime(2026, 9, 14, 15, tzinfo=LONDON), tick=False):
        assert client.get(url, headers={"if-none-match": tag}).status_code == 304
        pupil.placements.update(ends_on=MONDAY, destination="moved")
        assert client.get(url, headers={"if-none-match": tag}).status_code == 200


def test_the_address_is_kept_as_a_hash_only(school, adult):
    token = feed_of(adult)
    row = CalendarFeed.objects.at([school]).get()
    assert token not in "".join(str(value) for value in vars(row).values())
    assert row.token_hash == hash_of(token)
    assert len(token) >= 43


def test_a_new_address_stops_the_old_one(client, adult):
    old, new = feed_of(adult), feed_of(adult)
    assert client.get(address(adult, old)).status_code == 404
    assert client.get(address(adult, new)).status_code == 200


def test_a_calendar_that_is_turned_off_is_not_found(client, adult):
    token = feed_of(adult)
    end_feed(adult.school, by=adult.user)
    assert client.get(address(adult, token)).status_code == 404
    assert client.get(address(adult, "x" * 43)).status_code == 404


def test_an_address_works_at_its_own_school_only(client, adult, other_school):
    token = feed_of(adult)
    assert client.get(reverse("timetables:calendar", args=[other_school.uuid, token])).status_code == 404


def test_a_colleague_who_is_signed_in_elsewhere_reads_the_feed_and_keeps_their_own_schools(
    client, adult, other_school, stranger
):
    client.force_login(stranger)
    assert client.get(address(adult)).status_code == 200


def test_somebody_who_has_lost_the_role_reads_nothing(client, school, adult):
    token = feed_of(adult)
    Membership.objects.filter(user=adult.user).update(role=Role.DATA)
    assert client.get(address(adult, token)).status_code == 404


def test_a_role_at_another_school_does_not_keep_the_calendar_open(client, adult, other_school):
    token = feed_of(adult)
    see(other_school)
    MembershipFactory(school=other_school, user=adult.user, role=Role.TEACHER)
    Membership.objects.filter(school=adult.school, user=adult.user).delete()
    assert client.get(address(adult, token)).status_code == 404


def test_somebody_who_has_left_reads_nothing_from_their_last_day_on(client, adult):
    token = feed_of(adult)
    adult.left_on = MONDAY + dt.timedelta(days=1)
    adult.save(update_fields=["left_on"])
    assert client.get(address(adult, token)).status_code == 200
    adult.left_on = MONDAY
    adult.save(update_fields=["left_on"])
    assert client.get(address(adult, token)).status_code == 404


def test_a_closed_account_reads_nothing(client, adult):
    token = feed_of(adult)
    User.objects.filter(pk=adult.user.pk).update(is_active=False)
    assert client.get(address(adult, token)).status_code == 404


def test_a_feed_is_only_read(client, adult):
    assert client.post(address(adult)).status_code == 405


def test_a_feed_costs_the_same_however_much_it_says(client, school, adult):
    Membership.objects.create(school=school, user=adult.user, role=Role.STAFF)
    url = address(adult)

    def cost():
        with CaptureQueriesContext(connection) as captured:
            found = events(client, url)
        return len(captured), len(found)

    def more(name, number):
        where = period(school, name=name)
        for _ in range(number):
            returns_to(school, adult, where, name=f"8R{name}")
        session = session_in(school, week="", number=5 + int(name), valid_from=BEFORE)
        staffs(adult, session)
        for _ in range(number):
            placed(school, "session", session.period, session=session)

    more("1", 1)
    one = cost()
    for name in "2345"[:3]:
        more(name, 6)
    many = cost()
    assert one[1] == 11 + 10
    assert many[1] == 4 * (11 + 10)
    assert one[0] == many[0]


def test_the_page_shows_the_address_once(client, adult):
    client.force_login(adult.user)
    page = client.get(reverse("timetables:feed"))
    assert "No address yet" in page.content.decode()
    made = client.post(reverse("timetables:feed_make"))
    url = made.context["address"]
    assert url.startswith(f"http://testserver/calendar/{adult.school.uuid}/")
    assert url in made.content.decode()
    assert "no-store" in made["Cache-Control"]
    client.logout()
    assert client.get(url).status_code == 200
    client.force_login(adult.user)
    again = client.get(reverse("timetables:feed")).content.decode()
    assert "Your address works" in again
    assert url.rpartition("/")[2] not in again


def test_the_page_turns_the_calendar_off(client, adult):
    token = feed_of(adult)
    client.force_login(adult.user)
    answer = client.post(reverse("timetables:feed_off"), follow=True)
    assert "turned off" in answer.content.decode()
    assert client.get(address(adult, token)).status_code == 404


def test_the_page_says_what_is_missing_without_a_staff_record(client, school, iap_staff):
    client.force_login(iap_staff)
    assert "not linked to your staff record" in client.get(reverse("timetables:feed")).content.decode()


def test_pages_lead_to_the_calendar(client, school, lead, adult):
    link = f'href="{reverse("timetables:feed")}"'
    client.force_login(adult.user)
    assert link in client.get(reverse("timetables:my_lessons")).content.decode()
    client.force_login(lead)
    assert link in client.get(reverse("timetables:sessions")).content.decode()
