"""A pupil with a place, and a few words for pages about pupils."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import PlacementFactory


@pytest.fixture
def today() -> dt.date:
    return timezone.localdate()


@pytest.fixture
def place(school: Any) -> Any:
    """A place that is open today."""
    return PlacementFactory(school=school, helps="Warn before changes", pupil__family_name="Mensah")


@pytest.fixture
def pupil(place: Any) -> Any:
    return place.pupil


@pytest.fixture
def cost(client: Any) -> Callable[..., int]:
    """How many queries an address costs; the answer must be good."""

    def counted(address: str, **query: Any) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address, query).status_code == 200
        return len(asked)

    return counted
