"""The day on which all of it happens, so that nothing here depends on weekends and holidays."""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
import time_machine

from .week import TODAY


@pytest.fixture(autouse=True)
def _on_a_school_day() -> Iterator[None]:
    noon = dt.datetime.combine(TODAY, dt.time(12), tzinfo=ZoneInfo("Europe/London"))
    with time_machine.travel(noon, tick=True):
        yield
