"""Schools with years of data, as small as a test can do with."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from copy import deepcopy
from typing import Any

import pytest
import time_machine
from django.db import transaction

from iap.local.bench.years import Made, Size, fill
from reporting.facts import Facts
from tests import database
from tests.factories import SchoolFactory, UserFactory, see

TODAY = dt.date(2027, 3, 3)  # a Wednesday of the second half of the spring term
SMALL = Size(years=2, roll=40, places=9, logged=False)
LOGGED = Size(years=1, roll=30, places=6, logged=True)


def a_school(seed: int = 1, size: Size = SMALL, **fields: Any) -> Made:
    """A school of its own, filled."""
    school = SchoolFactory(**fields)
    return fill(school, by=UserFactory(), today=TODAY, seed=seed, size=size)


def kept_for_the_module(make: Callable[[], Made] = a_school, now: dt.datetime | None = None) -> Any:
    """A fixture: a school made once, which stays for the tests of a module as they each take back what they change.

    A test asks for it through a fixture of its own, which gives `on_its_own(kept)`.
    """

    @pytest.fixture(scope="module")
    def kept(django_db_setup: None, django_db_blocker: Any) -> Iterator[Made]:
        with (
            django_db_blocker.unblock(),
            time_machine.travel(now) if now else nullcontext(),
            transaction.atomic(),
        ):
            made = make()
        yield made
        with django_db_blocker.unblock():
            database.empty()

    return kept


def on_its_own(kept: Made) -> Made:
    """The school as a test may have it: open to its transaction, and nothing in it another test has held."""
    see(kept.school)
    return deepcopy(kept)


small = kept_for_the_module()


@pytest.fixture
def made(small: Made) -> Made:
    return on_its_own(small)


@pytest.fixture
def facts(made: Made) -> Facts:
    return Facts(made.school, TODAY)


@pytest.fixture
def facts_of() -> Callable[[Any], Facts]:
    return lambda school: Facts(school, TODAY)
