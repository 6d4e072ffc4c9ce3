"""The first account of an installation, from the command line."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from iap.schools.models import Membership, School, User
from iap.tenancy import context
from tests.factories import SchoolFactory


def add(capsys, *more, email="first@school.example", school="123456", role="lead"):
    call_command("add_person", email, "--name", "Ms R. Adeyemi", "--school", school, "--role", role, *more)
    return capsys.readouterr().out


def roles(email, school):
    with context.within(school.pk):
        return set(Membership.objects.filter(user__email=email, school=school).values_list("role", flat=True))


def test_the_first_person_sets_a_password_by_the_link_and_is_let_in(client, capsys):
    said = add(capsys, "--school-name", "Fen Academy", "--phase", "secondary", "--role", "data")
    assert roles("first@school.example", School.objects.get(urn="123456")) == {"lead", "data"}
    link = said.strip().splitlines()[-1]
    form = client.get("/" + link.split("/", 3)[3])
    password = "rain on the marsh at noon"
    answer = client.post(form.url, {"password1": password, "password2": password})
    assert answer.status_code == 302
    assert User.objects.get(email="first@school.example").check_password(password)


def test_a_link_works_once(client, capsys):
    said = add(capsys, "--school-name", "Fen Academy", "--phase", "secondary")
    link = said.strip().splitlines()[-1]
    user = User.objects.get(email="first@school.example")
    user.set_password("rain on the marsh at noon")
    user.save(update_fields=["password"])
    page = client.get("/" + link.split("/", 3)[3])
    assert page.status_code == 200
    assert "no longer works" in page.content.decode()


def test_somebody_with_a_password_keeps_it_and_gets_the_role(capsys, lead, school):
    lead.set_password("rain on the marsh at noon")
    lead.save(update_fields=["password"])
    said = add(capsys, email=lead.email, school=school.urn, role="senco")
    assert "http" not in said
    assert roles(lead.email, school) == {"lead", "senco"}


def test_asking_twice_is_harmless(capsys):
    school = SchoolFactory(urn="123456")
    add(capsys)
    assert "http" in add(capsys)
    assert roles("first@school.example", school) == {"lead"}


def test_a_school_that_is_not_there_is_named_first():
    with pytest.raises(CommandError, match="--school-name"):
        call_command("add_person", "a@b.example", "--name", "A", "--school", "999999", "--role", "lead")


@pytest.mark.parametrize("urn", ["12345", "abcdef"])
def test_a_urn_has_six_digits(urn):
    with pytest.raises(CommandError, match="six digits"):
        call_command(
            *("add_person", "a@b.example", "--name", "A", "--school", urn, "--role", "lead"),
            *("--school-name", "Fen", "--phase", "primary"),
        )
    assert not connection.needs_rollback
