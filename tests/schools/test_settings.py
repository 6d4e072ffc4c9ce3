"""What a lead or data manager sets for the school and its provision."""

import datetime as dt

import pytest
from django.urls import reverse

from iap.audit.models import Event
from iap.schools.models import CycleWeek, Period, Provision, School
from tests.factories import HybridStepFactory, IapSessionFactory
from timetables.models import HybridStep, StepPlace

HOURS = {
    "hours_week": "32.5",
    "hours_ks1": "21",
    "hours_ks2": "23.5",
    "hours_ks3": "24",
    "hours_year_11": "25.5",
}
PROVISION = {
    "name": "The Bridge",
    "model": "stable",
    "places": "8",
    "stage": "developing",
    "pace_weeks": "3",
    "pace_lessons": "2",
    "ready_areas": "4",
    "room_areas": "4",
    "plan_weeks": "6",
    "good_news_in": "4",
    **HOURS,
}


@pytest.fixture(autouse=True)
def _signed_in(client, lead):
    client.force_login(lead)


def _school(school, **changes):
    return {"name": school.name, "phase": school.phase, "cycle_weeks": school.cycle_weeks} | changes


def test_the_provisions_name_is_used_by_every_page(client, school, lead):
    assert client.post(reverse("schools:provision"), PROVISION).status_code == 302
    assert "The Bridge" in client.get(reverse("schools:settings")).content.decode()
    event = Event.objects.get(verb="provision.changed")
    assert event.by == lead
    assert event.details["after"]["places"] == 8
    assert Provision.objects.get(school=school).hours_year_11 == 25.5


def test_hours_that_fit_no_week_are_refused_and_come_back(client, school):
    response = client.post(reverse("schools:provision"), PROVISION | {"hours_ks3": "240"})
    assert response.status_code == 422
    assert "Enter hours in a week between 1 and 60" in response.content.decode()
    assert Provision.objects.get(school=school).hours_ks3 == 24


def test_a_refused_setting_comes_back_with_what_was_typed_and_what_to_do(client, school):
    response = client.post(reverse("schools:provision"), PROVISION | {"places": "99"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Enter 30 places or fewer." in page
    assert 'href="#id_places"' in page
    assert 'value="The Bridge"' in page
    assert Provision.objects.get(school=school).name == "The Orchard"


def test_a_refused_name_is_not_shown_as_if_it_were_kept(client, school):
    page = client.post(reverse("schools:provision"), PROVISION | {"places": ""}).content.decode()
    assert "· The Orchard</title>" in page


def test_the_lead_says_in_how_many_contacts_there_is_good_news(client, school):
    answer = client.post(reverse("schools:provision"), PROVISION | {"good_news_in": "1"})
    assert "Enter a number of contacts between 2 and 10" in answer.content.decode()
    client.post(reverse("schools:provision"), PROVISION)
    assert Provision.objects.get(school=school).good_news_in == 4


def test_a_data_manager_leaves_the_provision_to_the_lead(client, data_manager):
    client.force_login(data_manager)
    assert client.get(reverse("schools:provision")).status_code == 403
    assert "schools:provision" not in client.get(reverse("schools:settings")).content.decode()


def test_the_school_is_renamed(client, school):
    client.post(reverse("schools:school"), _school(school, name="Hill Lane Academy"))
    assert School.objects.get(pk=school.pk).name == "Hill Lane Academy"


def test_the_cycle_is_not_changed_while_coming_weeks_are_labelled_for_another(client, school):
    page = client.post(reverse("schools:school"), _school(school, cycle_weeks=1)).content.decode()
    assert "labelled for another cycle" in page
    assert School.objects.get(pk=school.pk).cycle_weeks == 2


def test_coming_weeks_are_labelled_again_on_request_and_begun_ones_keep_their_label(client, school):
    client.post(reverse("schools:school"), _school(school, cycle_weeks=1, relabel="on"))
    assert School.objects.get(pk=school.pk).cycle_weeks == 1
    today = dt.date.today()
    assert set(CycleWeek.objects.filter(monday__gt=today).values_list("label", flat=True)) == {""}
    assert set(CycleWeek.objects.filter(monday__lte=today).values_list("label", flat=True)) == {"A", "B"}


def test_the_cycle_is_not_changed_while_sessions_stand_in_week_a(client, school):
    IapSessionFactory(school=school, week="A")
    answer = client.post(reverse("schools:school"), _school(school, cycle_weeks=1, relabel="on"))
    assert "still stand in week A or B" in answer.content.decode()
    assert School.objects.get(pk=school.pk).cycle_weeks == 2


def test_the_cycle_is_not_changed_while_a_pupils_week_stands_in_week_a(client, school):
    step = HybridStepFactory(school=school)
    lesson = Period.objects.filter(kind="lesson").first()
    StepPlace.objects.create(school=school, step=step, week="A", period=lesson, place="mainstream")
    answer = client.post(reverse("schools:school"), _school(school, cycle_weeks=1, relabel="on"))
    assert "still stand in week A or B: 1 in all" in answer.content.decode()
    HybridStep.objects.update(ends_on=dt.date.today())
    client.post(reverse("schools:school"), _school(school, cycle_weeks=1, relabel="on"))
    assert School.objects.get(pk=school.pk).cycle_weeks == 1


def test_a_session_that_has_ended_does_not_hold_the_cycle(client, school):
    IapSessionFactory(school=school, week="A", valid_to=dt.date.today())
    client.post(reverse("schools:school"), _school(school, cycle_weeks=1, relabel="on"))
    assert School.objects.get(pk=school.pk).cycle_weeks == 1


def test_an_empty_school_is_told_what_is_missing(client, school):
    CycleWeek.objects.all().delete()
    Period.objects.all().delete()
    page = client.get(reverse("schools:settings")).content.decode()
    assert "pages need them to know the day" in page
    assert "sessions and lessons need them" in page
