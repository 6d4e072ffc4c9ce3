"""A gentle word to people whose role opens children's records."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse

from iap.schools.models import Role
from iap.schools.second_step import ADVISED, is_advised


@pytest.mark.parametrize("role", Role)
def test_roles_that_open_sensitive_records_are_advised(lead, role):
    expected = role in {Role.LEAD, Role.LEADER, Role.SENCO, Role.DSL, Role.DATA}
    assert is_advised(lead, {role}) is expected
    assert (role in ADVISED) is expected


def test_the_settings_offer_it_until_it_is_set_up(client, lead):
    client.force_login(lead)
    assert "Set up the second step" in client.get(reverse("schools:settings")).content.decode()
    TOTP.activate(lead, "JBSWY3DPEHPK3PXP")
    assert "Set up the second step" not in client.get(reverse("schools:settings")).content.decode()


def test_the_list_of_people_says_who_has_it(client, lead):
    TOTP.activate(lead, "JBSWY3DPEHPK3PXP")
    client.force_login(lead)
    assert "with a code as well" in client.get(reverse("schools:people")).content.decode()
