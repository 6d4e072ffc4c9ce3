"""A request sees the asker's schools while it lasts, and keeps nothing if it goes wrong."""

import os
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.test import Client
from django.urls import path

from iap.celery import refuse_a_privileged_role
from iap.schools.access import anyone, only, signed_in
from iap.schools.models import Role, Trust
from iap.tenancy import context, roles
from pupils.models import Pupil
from tests import database
from tests.factories import MembershipFactory, PupilFactory, SchoolFactory


@anyone(because="A test asks what the database shows without any filter.")
def everything(request):
    return JsonResponse({"names": sorted(Pupil.objects.values_list("given_name", flat=True))})


@signed_in
def writes_and_fails(request):
    Trust.objects.create(name="Half done")
    return HttpResponse("sorry", status=int(request.GET["status"]))


@signed_in
def writes_and_raises(request):
    Trust.objects.create(name="Half done")
    raise ValueError("half way")


@only(Role.LEAD)
def lazily(request):
    """Read only while the template is drawn."""
    from django.template import engines
    from django.template.response import TemplateResponse

    template = engines["django"].from_string("{% for pupil in pupils %}{{ pupil.given_name }}{% endfor %}")
    return TemplateResponse(request, template, {"pupils": Pupil.objects.at(request.schools)})


urlpatterns = [
    path("everything/", everything),
    path("fails/", writes_and_fails),
    path("raises/", writes_and_raises),
    path("lazily/", lazily),
]
pytestmark = pytest.mark.urls(__name__)


def _two_leads():
    """Two schools, each with a lead and one pupil."""
    people = []
    for name in ("Kai", "Mia"):
        with context.within():
            school = SchoolFactory()
            people.append(MembershipFactory(school=school, role=Role.LEAD).user)
            PupilFactory(school=school, given_name=name)
    return people


@pytest.mark.django_db(transaction=True)
def test_a_request_sees_its_own_schools_and_leaves_nothing_to_the_next():
    kai, mia = _two_leads()
    client = Client()
    client.force_login(kai)
    assert client.get("/everything/").json() == {"names": ["Kai"]}
    assert context._get() == ("", "")
    assert not Pupil.objects.exists()
    assert Client().get("/everything/").json() == {"names": []}
    client.force_login(mia)
    assert client.get("/everything/").json() == {"names": ["Mia"]}


@pytest.mark.django_db(transaction=True)
def test_a_request_that_goes_wrong_leaves_nothing_to_the_next_either():
    kai, _ = _two_leads()
    client = Client(raise_request_exception=False)
    client.force_login(kai)
    assert client.get("/raises/").status_code == 500
    assert context._get() == ("", "")
    assert Client().get("/everything/").json() == {"names": []}


@pytest.mark.django_db(transaction=True)
def test_a_context_left_on_the_connection_does_not_open_a_school_to_somebody_signed_out():
    """As a setting of the session would be, made by a mistake elsewhere."""
    kai, _ = _two_leads()
    ids = ",".join(str(each.school_id) for each in _memberships(kai))
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.school_ids', %s, false)", [ids])
    assert Pupil.objects.exists()
    assert Client().get("/everything/").json() == {"names": []}
    connection.close()


def _memberships(user):
    from iap.schools.models import Membership

    with context.within(user_id=user.pk):
        return list(Membership.objects.filter(user=user))


@pytest.mark.django_db(transaction=True)
def test_a_context_is_only_set_inside_a_transaction():
    with pytest.raises(RuntimeError, match="inside a transaction"):
        context.enter([1])


def test_a_page_drawn_late_still_has_its_context(client, lead, school):
    PupilFactory(school=school, given_name="Kai")
    client.force_login(lead)
    assert client.get("/lazily/").content == b"Kai"


@pytest.mark.parametrize("status", [500, 503])
def test_an_answer_of_500_writes_nothing(client, lead, status):
    client.force_login(lead)
    assert client.get("/fails/", {"status": status}).status_code == status
    assert not Trust.objects.exists()


def test_an_error_writes_nothing(client, lead):
    client.force_login(lead)
    client.raise_request_exception = False
    assert client.get("/raises/").status_code == 500
    assert not Trust.objects.exists()


@pytest.mark.parametrize("status", [200, 404, 422])
def test_any_other_answer_keeps_what_it_wrote(client, lead, status):
    client.force_login(lead)
    client.get("/fails/", {"status": status})
    assert Trust.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_role_that_owns_the_tables_is_refused_by_the_check_and_by_the_worker():
    with database.as_owner(connection.settings_dict["NAME"]):
        assert "owns the tables" in roles.privileges()
        assert [error.id for error in roles.check_role(databases=["default"])] == ["tenancy.E001"]
        with pytest.raises(ImproperlyConfigured, match="owns the tables"):
            refuse_a_privileged_role()


def test_the_runtime_role_passes_the_check():
    assert roles.check_role(databases=["default"]) == []


def test_the_web_server_does_not_start_with_the_owners_role():
    copy = connection.settings_dict["NAME"]
    owner = urlunsplit(urlsplit(settings.DATABASE_OWNER_URL)._replace(path=f"/{copy}"))
    env = os.environ | {"DATABASE_URL": owner, "SECRET_KEY": "x", "IAP_PROFILE": "test"}
    started = subprocess.run(
        [sys.executable, "-c", "import iap.wsgi"], env=env, capture_output=True, text=True
    )
    assert started.returncode == 1
    assert "owns the tables" in started.stderr
