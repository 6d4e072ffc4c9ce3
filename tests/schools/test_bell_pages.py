"""The periods of the week."""

import datetime as dt

import pytest
from django.urls import reverse

from iap.schools.models import Period
from tests.factories import HybridStepFactory, IapSessionFactory
from timetables.models import StepPlace

MONDAY = "/settings/bell/1/"


@pytest.fixture(autouse=True)
def _signed_in(client, lead):
    client.force_login(lead)


def _rows(school, weekday=1, change=None, extra=(), remove=()):
    """The form as the page shows it, with changes by name of the period."""
    standing = list(Period.objects.at([school]).filter(weekday=weekday).in_order())
    data = {"row-TOTAL_FORMS": len(standing) + len(extra), "row-INITIAL_FORMS": len(standing)}
    for n, period in enumerate(standing):
        row = {
            "id": period.pk,
            "name": period.name,
            "starts": f"{period.starts:%H:%M}",
            "ends": f"{period.ends:%H:%M}",
            "kind": period.kind,
        } | (change or {}).get(period.name, {})
        if period.name in remove:
            row["DELETE"] = "on"
        data |= {f"row-{n}-{name}": value for name, value in row.items()}
    for n, row in enumerate(extra, start=len(standing)):
        data |= {f"row-{n}-{name}": value for name, value in row.items()}
    return data


def _names(school, weekday):
    return [p.name for p in Period.objects.at([school]).filter(weekday=weekday).in_order()]


def test_a_period_gets_other_times(client, school):
    client.post(MONDAY, _rows(school, change={"5": {"ends": "15:10"}}))
    assert Period.objects.get(weekday=1, name="5").ends == dt.time(15, 10)


def test_a_period_is_added(client, school):
    club = {"name": "6", "starts": "15:05", "ends": "16:00", "kind": "lesson"}
    client.post(MONDAY, _rows(school, extra=[club]))
    assert _names(school, 1)[-1] == "6"


def test_periods_that_overlap_are_refused_with_the_time_that_fits(client, school):
    answer = client.post(MONDAY, _rows(school, change={"2": {"starts": "09:50"}}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Enter 10:00 or later: 1 lasts until then." in page
    assert 'value="09:50"' in page


def test_two_periods_may_not_share_a_name(client, school):
    page = client.post(MONDAY, _rows(school, change={"2": {"name": "1"}})).content.decode()
    assert "Another period of this day is called 1." in page


def test_two_periods_swap_their_names(client, school):
    client.post(MONDAY, _rows(school, change={"1": {"name": "2"}, "2": {"name": "1"}}))
    assert _names(school, 1)[1:3] == ["2", "1"]


def test_a_period_in_use_is_not_removed(client, school):
    session = IapSessionFactory(school=school, period=Period.objects.get(weekday=1, name="2"))
    answer = client.post(MONDAY, _rows(school, remove=["2"], change={"5": {"ends": "15:10"}}))
    assert "Monday 2 is in use by lessons, sessions or entries" in answer.content.decode()
    session.refresh_from_db()
    assert Period.objects.get(weekday=1, name="5").ends == dt.time(15, 5)


def test_a_period_in_use_stays_a_lesson(client, school):
    IapSessionFactory(school=school, period=Period.objects.get(weekday=1, name="2"))
    page = client.post(MONDAY, _rows(school, change={"2": {"kind": "break"}})).content.decode()
    assert "Monday 2 is in use, so it stays a lesson." in page


def test_a_period_of_a_pupils_week_stays_a_lesson(client, school):
    period = Period.objects.get(weekday=1, name="2")
    step = HybridStepFactory(school=school)
    StepPlace.objects.create(school=school, step=step, week="A", period=period, place="mainstream")
    page = client.post(MONDAY, _rows(school, change={"2": {"kind": "break"}})).content.decode()
    assert "Monday 2 is in use, so it stays a lesson." in page


def test_a_period_nobody_uses_is_removed(client, school):
    client.post(MONDAY, _rows(school, remove=["5"]))
    assert "5" not in _names(school, 1)


def test_monday_is_copied_to_every_day_and_periods_keep_their_lessons(client, school):
    Period.objects.filter(weekday=3, name="5").delete()
    tuesday_2 = Period.objects.get(weekday=2, name="2")
    IapSessionFactory(school=school, period=tuesday_2)
    client.post(MONDAY, _rows(school, change={"2": {"ends": "10:55"}}))
    client.post(reverse("schools:copy_monday"))
    assert all(_names(school, day) == _names(school, 1) for day in range(2, 6))
    tuesday_2.refresh_from_db()
    assert tuesday_2.ends == dt.time(10, 55)


def test_monday_without_periods_is_not_copied(client, school):
    Period.objects.filter(weekday=1).delete()
    page = client.post(reverse("schools:copy_monday"), follow=True).content.decode()
    assert "Set Monday first" in page
    assert _names(school, 2)


def test_there_is_no_school_day_on_saturday(client, school):
    assert client.get("/settings/bell/6/").status_code == 404
