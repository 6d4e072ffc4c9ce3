"""Who is off site, what was told of it, and which providers wait for checks."""

import datetime as dt
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from iap.audit.models import Read
from iap.errors import Conflict, Refused
from iap.schools.calendar import Calendar, monday_of
from iap.schools.models import Period
from timetables.actions.offsite import log_offsite, record_checks
from timetables.measures.hours import hours_of
from timetables.models import OffsiteAttendance, OffsiteProvider, StepPlace
from timetables.offsite import away_on, checks_to_make

from .test_share import step
from .week import TODAY, placement_at

DAY = monday_of(TODAY)
NOON = dt.datetime.combine(DAY, dt.time(12), dt.UTC)
YEAR = dt.timedelta(days=365)


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(NOON, tick=False):
        yield


def off_site(school, *, on=1, **fields):
    """A pupil who is at the college in the first two lessons of a weekday."""
    placement = placement_at(school, starts_on=DAY, **fields)
    periods = Period.objects.filter(school=school, kind="lesson", weekday=on).in_order()[:2]
    step(placement, [("", period, "offsite") for period in periods])
    return placement


def away(school, day=DAY):
    return away_on(school, day, calendar=Calendar.of(school, day, day))


def log(placement, by, **more):
    given = {"entry": uuid4(), "day": DAY, "at": timezone.now(), "provider": "College", "outcome": "attended"}
    return log_offsite(placement.pupil, by=by, **{**given, **more})


def checked(placement, by, **more):
    given = {
        "name": "College", "contact": "Mr Ortiz", "checks": "Safeguarding policy read", "checked_by": "Ms Kaur",
        "checked_on": DAY, "review_on": DAY + YEAR,
    }  # fmt: skip
    return record_checks(placement, by=by, **{**given, **more})


def test_a_pupil_is_off_site_on_the_days_their_week_says(school):
    placement = off_site(school)
    (found,) = away(school)
    assert (found.pupil, found.provider, found.time) == (placement.pupil, "College", "9:00 to 11:00")
    assert away(school, DAY + dt.timedelta(days=1)) == []
    assert away(school, DAY + dt.timedelta(days=5)) == []


def test_off_site_education_is_never_reduced_hours(school):
    placement = off_site(school)
    week = hours_of(school, [placement.pupil_id], DAY)[placement.pupil_id][0]
    assert (week.offsite, week.lessons, week.reduced) == (120, 120, 0)


def test_what_is_sent_twice_is_kept_once_and_other_content_is_a_conflict(school, iap_staff):
    placement, entry = off_site(school), uuid4()
    for _ in range(2):
        log(placement, iap_staff, entry=entry)
    assert OffsiteAttendance.objects.count() == 1
    with pytest.raises(Conflict):
        log(placement, iap_staff, entry=entry, outcome="not-there")


def test_what_was_kept_may_be_sent_again_after_the_week_has_changed(school, iap_staff):
    placement, entry = off_site(school), uuid4()
    kept = log(placement, iap_staff, entry=entry)
    StepPlace.objects.filter(step__placement=placement).update(place="mainstream", provider="")
    assert log(placement, iap_staff, entry=entry) == kept
    with pytest.raises(Refused):
        log(placement, iap_staff)


def test_the_latest_that_stands_counts(school, iap_staff):
    placement = off_site(school)
    log(placement, iap_staff)
    log(placement, iap_staff, outcome="not-there", told_by="the tutor")
    assert away(school)[0].told.outcome == "not-there"
    OffsiteAttendance.objects.filter(outcome="not-there").update(undone_at=NOON, undone_by=iap_staff)
    assert away(school)[0].told.outcome == "attended"


@pytest.mark.parametrize(
    "more", [{"provider": "Farm"}, {"day": DAY - dt.timedelta(days=7)}, {"outcome": "late"}]
)
def test_nothing_is_kept_of_a_day_or_provider_that_the_week_does_not_name(school, iap_staff, more):
    placement = off_site(school)
    with pytest.raises(Refused):
        log(placement, iap_staff, **more)
    assert not OffsiteAttendance.objects.exists()


def page(client, user, **query):
    client.force_login(user)
    return client.get(reverse("timetables:offsite"), query)


def tap(client, user, placement, **posted):
    client.force_login(user)
    address = reverse("timetables:offsite_mark", args=[DAY, placement.pupil.uuid])
    return client.post(address, {"provider": "College", **posted})


def test_one_tap_is_kept_shown_and_can_be_undone(client, school, iap_staff):
    placement = off_site(school)
    sent = tap(client, iap_staff, placement, outcome="attended", told_by="Mr Ortiz", entry=str(uuid4()))
    assert sent.status_code == 302
    shown = page(client, iap_staff)
    assert "told by Mr Ortiz" in shown.content.decode()
    assert Read.objects.filter(page="off-site", pupil_ids__contains=[placement.pupil_id]).exists()
    entry = OffsiteAttendance.objects.get()
    assert tap(client, iap_staff, placement, undo=str(entry.entry)).status_code == 302
    assert "Nothing told yet" in page(client, iap_staff).content.decode()


def test_a_refused_tap_says_why_and_keeps_what_was_typed(client, school, iap_staff):
    placement = off_site(school)
    answer = tap(client, iap_staff, placement, outcome="", told_by="the tutor")
    assert answer.status_code == 422
    assert 'value="the tutor"' in answer.content.decode()
    assert "Choose whether the pupil attended" in answer.content.decode()


@pytest.mark.parametrize(
    "posted", [{"entry": "x", "outcome": "attended"}, {"undo": "x"}, {"undo": str(uuid4())}]
)
def test_what_cannot_be_read_is_refused(client, school, lead, posted):
    assert tap(client, lead, off_site(school), **posted).status_code == 422


def test_readers_see_the_list_and_have_no_buttons(client, school, dsl):
    off_site(school)
    shown = page(client, dsl).content.decode()
    assert "College" in shown
    assert 'name="outcome"' not in shown
    assert "Record checks" not in shown


def test_an_empty_day_says_what_fills_it_and_a_far_one_is_no_error(client, school, lead):
    assert "Pupils show here" in page(client, lead).content.decode()
    for day in ("0001-01-01", "9999-12-31", "x", (DAY + dt.timedelta(days=6)).isoformat()):
        assert page(client, lead, day=day).status_code == 200


def test_a_provider_without_checks_of_the_last_year_is_listed(school, lead):
    placement = off_site(school)
    assert [each.checked_on for each in checks_to_make(school, DAY)] == [None]
    checked(placement, lead)
    assert checks_to_make(school, DAY) == []
    assert [each.checked_on for each in checks_to_make(school, DAY + YEAR)] == [DAY]


def test_checks_whose_review_has_come_are_listed_again(school, lead):
    checked(off_site(school), lead, review_on=DAY + dt.timedelta(days=30))
    assert checks_to_make(school, DAY + dt.timedelta(days=29)) == []
    assert len(checks_to_make(school, DAY + dt.timedelta(days=30))) == 1


def test_the_checks_of_one_pupil_say_nothing_of_another(school, lead):
    one, other = off_site(school), off_site(school)
    checked(one, lead)
    assert [each.pupil for each in checks_to_make(school, DAY)] == [other.pupil]


@pytest.mark.parametrize(
    "more",
    [{"name": "Farm"}, {"checked_on": DAY + dt.timedelta(days=1)}, {"review_on": DAY}, {"checks": " "}],
)
def test_checks_that_cannot_be_are_refused(school, lead, more):
    with pytest.raises(Refused):
        checked(off_site(school), lead, **more)


def test_checks_are_recorded_on_their_page_and_come_back_where_they_are_refused(client, school, iap_staff):
    placement = off_site(school)
    client.force_login(iap_staff)
    address = reverse("timetables:offsite_checks", args=[placement.pupil.uuid])
    typed = {
        "name": "College",
        "checks": "Visited",
        "checked_by": "Ms Kaur",
        "checked_on": DAY,
        "contact": "",
    }
    wrong = client.post(address, {**typed, "review_on": DAY - dt.timedelta(days=1)})
    assert wrong.status_code == 422
    assert "Visited" in wrong.content.decode()
    assert client.post(address, {**typed, "review_on": DAY + YEAR}).status_code == 302
    assert OffsiteProvider.objects.get().recorded_by == iap_staff


def test_the_page_costs_the_same_however_many_are_off_site(client, school, lead, django_assert_num_queries):
    log(off_site(school), lead)
    page(client, lead)
    with CaptureQueriesContext(connection) as few:
        page(client, lead)
    for _ in range(8):
        log(off_site(school), lead)
    with django_assert_num_queries(len(few)):
        page(client, lead)
