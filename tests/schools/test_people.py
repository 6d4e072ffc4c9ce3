"""Accounts, roles, and which account is which member of staff."""

import pytest
from django.core import mail
from django.urls import reverse

from iap.audit.models import Event
from iap.schools.models import Membership, Role, StaffMember, User
from tests.factories import MembershipFactory, StaffMemberFactory, UserFactory

NEW = {"email": "R.Adeyemi@school.example", "name": "Ms R. Adeyemi", "role": "staff"}


@pytest.fixture(autouse=True)
def _signed_in(client, data_manager):
    client.force_login(data_manager)


def _roles(user, school):
    return set(Membership.objects.filter(user=user, school=school).values_list("role", flat=True))


def test_a_new_person_gets_a_link_to_set_their_own_password(
    client, school, data_manager, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("schools:person_add"), NEW)
    user = User.objects.get(email="r.adeyemi@school.example")
    assert not user.has_usable_password()
    assert _roles(user, school) == {"staff"}
    assert [message.to for message in mail.outbox] == [["r.adeyemi@school.example"]]
    assert "/account/password/reset/key/" in mail.outbox[0].body
    assert Event.objects.get(verb="role.given").by == data_manager


def test_the_page_says_that_the_link_was_sent(client, school):
    page = client.post(reverse("schools:person_add"), NEW, follow=True).content.decode()
    assert "A link to set a password was sent to r.adeyemi@school.example." in page


def test_somebody_who_has_an_account_keeps_their_name_and_password(
    client, school, stranger, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("schools:person_add"), NEW | {"email": stranger.email.upper()})
    before = stranger.name, stranger.password
    stranger.refresh_from_db()
    assert (stranger.name, stranger.password) == before
    assert _roles(stranger, school) == {"staff"}
    assert mail.outbox == []


def test_a_refused_person_comes_back_with_what_was_typed(client, school):
    answer = client.post(reverse("schools:person_add"), NEW | {"email": "no address"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Enter an address such as" in page
    assert 'value="Ms R. Adeyemi"' in page
    assert 'value="no address"' in page


def test_a_role_is_given_and_ended(client, school, iap_staff):
    client.post(reverse("schools:role_give", args=[iap_staff.uuid]), {"role": "senco"})
    assert _roles(iap_staff, school) == {"staff", "senco"}
    client.post(reverse("schools:role_take", args=[iap_staff.uuid]), {"role": "staff"})
    assert _roles(iap_staff, school) == {"senco"}


@pytest.mark.parametrize("role", Role.values)
def test_nobody_gives_a_role_to_themselves(client, school, data_manager, role):
    answer = client.post(reverse("schools:role_give", args=[data_manager.uuid]), {"role": role})
    assert answer.status_code == 422
    assert _roles(data_manager, school) == {"data"}


def test_nobody_adds_themselves_by_their_own_address(client, school, data_manager):
    answer = client.post(reverse("schools:person_add"), NEW | {"email": data_manager.email, "role": "lead"})
    assert "Nobody gives a role to themselves" in answer.content.decode()
    assert _roles(data_manager, school) == {"data"}


def test_the_last_lead_stays(client, school, lead):
    page = client.post(
        reverse("schools:role_take", args=[lead.uuid]), {"role": "lead"}, follow=True
    ).content.decode()
    assert "is the only lead" in page
    assert _roles(lead, school) == {"lead"}


def test_a_lead_of_another_school_does_not_count_as_another_lead(client, school, lead, stranger):
    client.post(reverse("schools:role_take", args=[lead.uuid]), {"role": "lead"})
    assert _roles(lead, school) == {"lead"}


def test_one_of_two_leads_may_go(client, school, lead):
    MembershipFactory(school=school, role=Role.LEAD)
    client.post(reverse("schools:role_take", args=[lead.uuid]), {"role": "lead"})
    assert _roles(lead, school) == set()


def test_a_person_of_another_school_is_not_found(client, school, stranger):
    assert client.get(reverse("schools:person", args=[stranger.uuid])).status_code == 404
    answer = client.post(reverse("schools:role_give", args=[stranger.uuid]), {"role": "lead"})
    assert answer.status_code == 404


def test_the_list_shows_nobody_of_another_school(client, school, stranger):
    assert stranger.email not in client.get(reverse("schools:people")).content.decode()


def test_people_are_listed_by_family_name_and_not_by_title(client, school):
    for name in ("Mr Zed", "Ms Adeyemi", "Dr Moss"):
        MembershipFactory(school=school, user=UserFactory(name=name))
    StaffMemberFactory(
        school=school,
        user=MembershipFactory(school=school, user=UserFactory(name="Known as Zoe")).user,
        family_name="Barrow",
        linked_by=UserFactory(),
    )
    page = client.get(reverse("schools:people")).content.decode()
    places = [page.index(name) for name in ("Ms Adeyemi", "Known as Zoe", "Dr Moss", "Mr Zed")]
    assert places == sorted(places)


def test_the_list_costs_the_same_however_many_people_there_are(
    client, school, django_assert_max_num_queries, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        client.get(reverse("schools:people"))
    for _ in range(20):
        StaffMemberFactory(school=school, user=MembershipFactory(school=school).user, linked_by=UserFactory())
    with django_assert_num_queries(len(few)):
        client.get(reverse("schools:people"))


def test_an_account_is_linked_by_a_persons_choice(client, school, iap_staff, data_manager):
    staff = StaffMemberFactory(school=school)
    client.post(reverse("schools:staff_link", args=[staff.uuid]), {"user": iap_staff.uuid})
    staff.refresh_from_db()
    assert (staff.user, staff.linked_by) == (iap_staff, data_manager)


def test_a_matching_address_is_only_a_suggestion(client, school, iap_staff):
    staff = StaffMemberFactory(school=school, email=iap_staff.email)
    page = client.get(reverse("schools:staff_member", args=[staff.uuid])).content.decode()
    assert "Link it only if you know" in page
    staff.refresh_from_db()
    assert staff.user is None


def test_nobody_links_themselves_to_somebody_elses_record(client, school, data_manager):
    staff = StaffMemberFactory(school=school, email="someone@school.example")
    answer = client.post(reverse("schools:staff_link", args=[staff.uuid]), {"user": data_manager.uuid})
    assert "Ask a colleague to link you." in answer.content.decode()
    staff.refresh_from_db()
    assert staff.user is None


def test_an_account_of_another_school_cannot_be_linked(client, school, stranger):
    staff = StaffMemberFactory(school=school)
    answer = client.post(reverse("schools:staff_link", args=[staff.uuid]), {"user": stranger.uuid})
    assert "Choose an account from the list." in answer.content.decode()


def test_an_account_is_unlinked(client, school, iap_staff):
    staff = StaffMemberFactory(school=school, user=iap_staff, linked_by=iap_staff)
    client.post(reverse("schools:staff_unlink", args=[staff.uuid]))
    staff.refresh_from_db()
    assert (staff.user, staff.linked_by) == (None, None)


def test_staff_without_an_account_are_listed(client, school, iap_staff):
    StaffMemberFactory(school=school, family_name="Linked", user=iap_staff, linked_by=iap_staff)
    StaffMemberFactory(school=school, family_name="Waiting")
    page = client.get(reverse("schools:staff"), {"show": "unlinked"}).content.decode()
    assert "Waiting" in page
    assert "Linked" not in page


def test_somebody_who_leaves_loses_their_roles_if_asked(client, school, iap_staff):
    staff = StaffMemberFactory(school=school, user=iap_staff, linked_by=iap_staff)
    data = {"left_on": "2026-12-18", "end_roles": "on"}
    client.post(reverse("schools:staff_leave", args=[staff.uuid]), data)
    assert _roles(iap_staff, school) == set()
    assert StaffMember.objects.get().left_on is not None


def test_the_last_lead_does_not_leave_unnoticed(client, school, lead):
    staff = StaffMemberFactory(school=school, user=lead, linked_by=lead)
    data = {"left_on": "2026-12-18", "end_roles": "on"}
    answer = client.post(reverse("schools:staff_leave", args=[staff.uuid]), data)
    assert "is the only lead" in answer.content.decode()
    staff.refresh_from_db()
    assert staff.left_on is None
    assert _roles(lead, school) == {"lead"}


def test_a_mail_server_that_is_down_leaves_the_account_and_a_way_to_send_again(
    client, school, settings, django_capture_on_commit_callbacks, caplog
):
    settings.EMAIL_BACKEND = "nowhere.Backend"
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(reverse("schools:person_add"), NEW).status_code == 302
    user = User.objects.get(email="r.adeyemi@school.example")
    assert "send" in client.get(reverse("schools:person", args=[user.uuid])).content.decode().lower()
    assert "on_commit" in caplog.text
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("schools:send_link", args=[user.uuid]))
    assert len(mail.outbox) == 1


def test_the_staff_list_costs_the_same_however_long_it_is(client, school, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    StaffMemberFactory(school=school)
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("schools:staff"))
    for _ in range(60):
        StaffMemberFactory(school=school)
    with django_assert_num_queries(len(few)):
        assert 'href="?page=2"' in client.get(reverse("schools:staff")).content.decode()
