"""What is made once and stays for the tests of a module, as each of them takes back what it changes."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from copy import deepcopy
from typing import Any, TypeVar

import pytest
import time_machine
from django.db import transaction

from . import database
from .factories import see

Made = TypeVar("Made")


def kept_for_the_module(make: Callable[[], Made], now: dt.datetime | None = None) -> Any:
    """A fixture: what `make` makes, with its `school`.

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
    """As a test may have it: its school open to the test's transaction, and nothing in it another test has held."""
    see(kept.school)  # type: ignore[attr-defined]
    return deepcopy(kept)
