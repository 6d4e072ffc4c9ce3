"""Schools with years of data, as small as a test can do with."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest

from iap.local.bench.years import Made, Size, fill
from reporting.facts import Facts
from reporting.figures import Figure
from reporting.views.figures import PER_PAGE
from tests.factories import SchoolFactory, UserFactory
from tests.kept import kept_for_the_module, on_its_own

TODAY = dt.date(2027, 3, 3)  # a Wednesday of the second half of the spring term
SMALL = Size(years=2, roll=40, places=9, logged=False)
LOGGED = Size(years=1, roll=30, places=6, logged=True)


def a_school(seed: int = 1, size: Size = SMALL, **fields: Any) -> Made:
    """A school of its own, filled."""
    school = SchoolFactory(**fields)
    return fill(school, by=UserFactory(), today=TODAY, seed=seed, size=size)


def lists_every_row(page: str, figure: Figure) -> bool:
    """Whether this page of a list has a line for each row or, where rows are alike, tells how many all of them are."""
    _, _, body = page.partition("<tbody>")
    if figure.measure.alike:
        numbers = re.findall(rf'data-th="{figure.measure.alike}">(\d+)<', body)
        return sum(map(int, numbers)) == len(figure.rows)
    return body.partition("</tbody>")[0].count("<tr>") == min(len(figure.rows), PER_PAGE)


small = kept_for_the_module(a_school)


@pytest.fixture
def made(small: Made) -> Made:
    return on_its_own(small)


@pytest.fixture
def facts(made: Made) -> Facts:
    return Facts(made.school, TODAY)


@pytest.fixture
def facts_of() -> Callable[[Any], Facts]:
    return lambda school: Facts(school, TODAY)
