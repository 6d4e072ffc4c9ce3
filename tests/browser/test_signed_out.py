"""A form on a page whose session has ended, or whose server is away, in a real browser: no words are lost."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from iap.schools.models import User
from tests.factories import MembershipFactory, SchoolFactory, see

from .conftest import DESK, sign_in_quickly

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(transactional_db: None) -> Any:
    with transaction.atomic():
        school = SchoolFactory()
        see(school)
        return [MembershipFactory(school=school, role="lead").user for _ in range(2)]


@pytest.fixture
def typed(open_window: Callable[..., Page], people: Any) -> Page:
    """A form with words in it, whose writer is then signed out."""
    page = open_window(DESK)
    sign_in_quickly(page, people[0])
    page.goto("/people/add/")
    page.get_by_label("Name").fill("Jo Reed")
    page.get_by_label("E-mail address").fill("j.reed@school.example")
    page.get_by_label("Role").select_option("staff")
    page.context.clear_cookies(name="sessionid")
    return page


def send(page: Page) -> None:
    page.get_by_role("main").get_by_role("button", name="Add").click()


def added() -> bool:
    return User.objects.filter(email="j.reed@school.example").exists()


def test_it_stays_as_typed_and_is_sent_after_signing_in_beside_it(typed: Page, people: Any) -> None:
    send(typed)
    expect(typed.get_by_text("You have been signed out")).to_be_visible()
    with typed.context.expect_page() as opened:
        typed.get_by_role("link", name="Sign in in another tab").click()
    expect(opened.value).to_have_url(re.compile("/account/login/"))
    expect(typed.get_by_label("Name")).to_have_value("Jo Reed")
    sign_in_quickly(typed, people[0])
    send(typed)
    typed.wait_for_url(lambda address: "/people/add/" not in address)
    assert added()


def test_it_is_never_sent_as_somebody_else(typed: Page, people: Any) -> None:
    sign_in_quickly(typed, people[1])
    send(typed)
    expect(typed.get_by_text("Somebody else has signed in on this device")).to_be_visible()
    expect(typed.get_by_label("Name")).to_have_value("Jo Reed")
    assert not added()


def test_it_waits_for_the_network(typed: Page, people: Any) -> None:
    sign_in_quickly(typed, people[0])
    typed.context.set_offline(True)
    send(typed)
    expect(typed.get_by_text("The server cannot be reached")).to_be_visible()
    typed.context.set_offline(False)
    send(typed)
    typed.wait_for_url(lambda address: "/people/add/" not in address)
    assert added()


def test_of_two_buttons_pressed_in_haste_the_first_counts(typed: Page, people: Any) -> None:
    sign_in_quickly(typed, people[0])
    sent: list[str] = []
    typed.on("request", lambda asked: sent.append(asked.url) if asked.method == "POST" else None)
    typed.evaluate("""() => {
        const button = document.querySelector("main form button[type=submit]");
        button.after(button.cloneNode(true));
        button.click();
        button.nextSibling.click();
    }""")
    typed.wait_for_url(lambda address: "/people/add/" not in address)
    assert len(sent) == 1
    assert added()


def test_a_part_asked_for_late_says_so_and_stays_what_it_was(
    open_window: Callable[..., Page], people: Any
) -> None:
    page = open_window(DESK)
    sign_in_quickly(page, people[0])
    page.route("**/inbox/count/", lambda route: route.fulfill(status=401))
    page.goto("/people/")
    expect(page.get_by_text("Reload this page and sign in")).to_be_visible()
    expect(page.get_by_label("Password")).to_have_count(0)
