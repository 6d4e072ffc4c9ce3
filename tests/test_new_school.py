"""A school that has just been made, with nobody and nothing in it: every page opens and says what fills it."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from iap.schools.models import Membership, Role, School
from tests.access_table import TABLE
from tests.factories import see

PAGES = [pytest.param(row, id=row.name) for row in TABLE if not (row.own or row.post or row.public)]


@pytest.fixture
def head(client):
    """Who was made with the school, by the command that an installation begins with, and holds every role in it."""
    call_command(
        "add_person",
        "head@new.example",
        *("--name", "Dr Head", "--school", "777777", "--school-name", "New School", "--phase", "secondary"),
        *(word for role in Role for word in ("--role", role)),
        stdout=StringIO(),
    )
    see(School.objects.get(urn="777777"))
    user = Membership.objects.filter(school__urn="777777").first().user
    client.force_login(user)
    return user


@pytest.mark.usefixtures("head")
@pytest.mark.parametrize("row", PAGES)
def test_every_page_opens(client, row):
    assert client.get(reverse(row.name)).status_code in {200, 302, *row.ok}
