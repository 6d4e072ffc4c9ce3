"""Where somebody begins, and the school they work in."""

import pytest
from django.urls import reverse

from iap.schools.access import CHOSEN
from iap.schools.models import Membership, Role
from tests.factories import MembershipFactory, UserFactory


@pytest.fixture
def two_schools(school, other_school):
    """A lead of two schools."""
    user = MembershipFactory(school=school, role=Role.LEAD).user
    MembershipFactory(school=other_school, user=user, role=Role.LEAD)
    return user


def test_home_leads_to_the_first_page_of_the_persons_role(client, data_manager):
    client.force_login(data_manager)
    response = client.get("/")
    assert response.status_code == 302
    assert client.get(response.url).status_code == 200


def test_somebody_without_a_role_reads_what_to_do(client):
    client.force_login(UserFactory(email="new@school.example"))
    page = client.get("/").content.decode()
    assert "no school has given you a role" in page
    assert "new@school.example" in page


def test_somebody_signed_out_is_asked_to_sign_in(client):
    assert client.get("/").url.startswith(reverse("account_login"))


def test_choosing_a_school_works_in_it_from_then_on(client, two_schools, other_school):
    client.force_login(two_schools)
    response = client.post(reverse("schools:choose"), {"school": other_school.uuid})
    assert response.url == "/"
    assert client.session[CHOSEN] == other_school.pk
    assert other_school.name in client.get(reverse("schools:settings")).content.decode()


def test_only_ones_own_school_can_be_chosen(client, lead, other_school):
    client.force_login(lead)
    assert client.post(reverse("schools:choose"), {"school": other_school.uuid}).status_code == 404
    assert CHOSEN not in client.session


def test_choosing_a_school_never_leads_off_the_site(client, two_schools, other_school):
    client.force_login(two_schools)
    address = reverse("schools:choose") + "?next=https://elsewhere.example/"
    data = {"school": other_school.uuid, "next": "https://elsewhere.example/"}
    assert client.post(address, data).url == "/"


def test_a_school_is_not_changed_by_a_link(client, two_schools, other_school):
    client.force_login(two_schools)
    assert client.get(reverse("schools:choose"), {"school": other_school.uuid}).status_code == 405


def test_a_choice_that_has_lapsed_falls_back_to_a_school_of_ones_own(
    client, two_schools, school, other_school
):
    client.force_login(two_schools)
    client.post(reverse("schools:choose"), {"school": other_school.uuid})
    Membership.objects.filter(user=two_schools, school=other_school).delete()
    assert school.name in client.get(reverse("schools:settings")).content.decode()
