"""The database, the fixed cast of people, and a school with a bell."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, TransactionTestCase
from hypothesis import HealthCheck, settings

from iap.schools.models import Role
from iap.tenancy import context

from . import database
from .factories import MembershipFactory, SchoolFactory, of_every_role, open_school

# How long an example takes says how busy the machine is, and nothing of the rule that is tried.
settings.register_profile("rules", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("rules")


@pytest.fixture(scope="session")
def django_db_setup(request: Any, django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    with django_db_blocker.unblock(), database.copy_for(f"{os.environ.get('IAP_TEST_RUN', 'one')}_{worker}"):
        yield


TransactionTestCase._fixture_teardown = lambda self: database.empty()  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _database(db: None) -> Iterator[None]:
    """Every test may use the database, and starts with an empty cache."""
    cache.clear()
    yield


class ContextKeepingClient(Client):
    """A test is one transaction, so a request's context would outlive it; this puts back the test's own."""

    def request(self, **request: Any) -> Any:
        if not connection.in_atomic_block:
            return super().request(**request)
        before = context._get()
        try:
            return super().request(**request)
        finally:
            if not connection.needs_rollback:
                context._set(*before)


@pytest.fixture
def client() -> Client:
    return ContextKeepingClient()


@pytest.fixture
def school() -> Any:
    return open_school()


@pytest.fixture
def other_school() -> Any:
    return SchoolFactory()


def _person(role: Role) -> Any:
    @pytest.fixture
    def somebody(school: Any) -> Any:
        return MembershipFactory(school=school, role=role).user

    return somebody


iap_staff = _person(Role.STAFF)
lead = _person(Role.LEAD)
leader = _person(Role.LEADER)
senco = _person(Role.SENCO)
dsl = _person(Role.DSL)
teacher = _person(Role.TEACHER)
trust_leader = _person(Role.TRUST)
data_manager = _person(Role.DATA)


@pytest.fixture
def stranger(other_school: Any) -> Any:
    """Somebody who holds every role, but at a different school."""
    return of_every_role(other_school)
