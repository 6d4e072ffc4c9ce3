"""Every page, seen by one who may open it: axe finds nothing, and no width scrolls sideways."""

import datetime as dt
from collections.abc import Callable, Collection
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import Page

from iap.schools.models import Role
from tests.access_table import TABLE, Row
from tests.factories import MembershipFactory, SchoolFactory, bell, open_weeks, see

from .conftest import DESK, NOW, PHONE, check_accessibility, sign_in_quickly

pytestmark = pytest.mark.django_db(transaction=True)
# Files, a part of other pages, and what scripts and calendar programs read.
NO_PAGES = {
    "pupils:letter_paper",
    "pupils:plan_paper",
    "pupils:plan_json",
    "pupils:passport_paper",
    "imports:refused",
    "inbox:count",
    "schools:still_here",
    "timetables:calendar",
    "timetables:week_for_home",
}
PAGES = [row for row in TABLE if not row.post and 200 in row.ok and row.name not in NO_PAGES]


@pytest.fixture
def school(school_day: Any, transactional_db: Any) -> Any:
    with transaction.atomic():
        made = SchoolFactory()
        see(made)
        bell(made)
        open_weeks(made, NOW.date() - dt.timedelta(weeks=3), NOW.date() + dt.timedelta(weeks=3))
        return made


@pytest.mark.parametrize("role", Role)
def test_every_page_of_a_role_is_accessible(
    role: Role, school: Any, open_window: Callable[..., Page]
) -> None:
    rows = [row for row in PAGES if row.name == "home" or role == first_of(row.roles)]
    with transaction.atomic():
        see(school)
        user = MembershipFactory(school=school, role=role).user
        addresses = [_address(row, school) for row in rows]
    page = open_window(DESK, bypass_csp=True)
    sign_in_quickly(page, user)
    for address in addresses:
        page.set_viewport_size(DESK)
        answer = page.goto(address)
        assert answer and answer.status == 200, address
        check_accessibility(page)
        page.set_viewport_size(PHONE)
        check_accessibility(page)


def first_of(roles: Collection[Role]) -> Role:
    """One of them: those who open a page see the same page, but for what stands in the navigation."""
    return next(role for role in Role if role in roles)


def _address(row: Row, school: Any) -> str:
    return reverse(row.name, kwargs=row.own(school) if row.own else None)
