"""Pupils' pages in a real browser: finding somebody, choosing check-ins, axe at every size."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from tests.factories import (
    PASSWORD,
    CheckInFactory,
    MembershipFactory,
    NoteFactory,
    PlacementFactory,
    SchoolFactory,
    bell,
    see,
)

from .conftest import DESK, PHONE, TABLET, check_accessibility, sign_in

# axe measures with inline styles of its own, which the policy would stop; other tests hold pages to it.
FOR_AXE = {"bypass_csp": True}
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pupil(transactional_db: None) -> Any:
    with transaction.atomic():
        school = SchoolFactory()
        bell(school)
        place = PlacementFactory(school=school, helps="Warn before changes", pupil__family_name="Mensah")
        PlacementFactory(school=school, pupil__given_name="Kaia", pupil__family_name="Doyle")
        made = {"school": school, "pupil": place.pupil}
        CheckInFactory(**made, kind="arrival", note="Had toast with us")
        CheckInFactory(**made, kind="after", note="Proud of the garden")
        NoteFactory(**made, text="Ring home about the trip", follow_up=True)
    return place.pupil


@pytest.fixture
def as_lead(open_window: Callable[..., Page], pupil: Any) -> Callable[..., Page]:
    with transaction.atomic():
        see(pupil.school)
        user = MembershipFactory(school=pupil.school, role="lead").user
        user.set_password(PASSWORD)
        user.save()

    def opened(size: dict[str, int] = DESK, address: str = "/pupils/", **options: Any) -> Page:
        page = open_window(size, **options)
        sign_in(page, user.email, PASSWORD)
        page.wait_for_load_state()
        page.goto(address)
        return page

    return opened


def find(page: Page, text: str) -> Any:
    """Open the box in the top bar and type."""
    page.locator("summary", has_text="Find a pupil").click()
    box = page.get_by_role("combobox", name="Find a pupil")
    expect(box).to_be_focused()
    box.press_sequentially(text)
    return box


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, TABLET, PHONE], ids=["desk", "tablet", "phone"])
def test_everybody_can_use_the_pages_about_a_pupil(as_lead, pupil, size, scheme):
    page = as_lead(size, color_scheme=scheme, **FOR_AXE)
    own = pupil.get_absolute_url()
    for address in ("/pupils/", "/pupils/search/?q=ka", own, f"{own}check-ins/", f"{own}note/"):
        page.goto(address)
        check_accessibility(page)
        page.evaluate("document.querySelectorAll('main details').forEach((each) => (each.open = true))")
        check_accessibility(page)


def test_names_come_while_typing_and_everybody_can_use_them(as_lead):
    page = as_lead(**FOR_AXE)
    box = find(page, "ka")
    expect(page.get_by_role("option")).to_have_count(2)
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#live")).to_have_text("2 pupils")
    check_accessibility(page)


def test_arrows_choose_a_name_and_enter_opens_it(as_lead, pupil):
    page = as_lead()
    box = find(page, "mens")
    expect(page.get_by_role("option")).to_have_count(1)
    box.press("ArrowDown")
    chosen = page.get_by_role("option", selected=True)
    expect(box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))
    box.press("Enter")
    page.wait_for_url(f"**{pupil.get_absolute_url()}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kai Mensah")


def test_escape_puts_the_names_away_then_the_box(as_lead):
    page = as_lead()
    box = find(page, "ka")
    expect(page.get_by_role("option")).to_have_count(2)
    box.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press("Escape")
    expect(box).to_be_hidden()


def test_nobody_found_is_said_and_one_letter_asks_nothing(as_lead):
    page = as_lead()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/search/" in request.url else None)
    box = find(page, "z")
    page.wait_for_timeout(500)
    assert asked == []
    box.press_sequentially("zz")
    expect(page.locator("#find-found")).to_contain_text("Nobody by that name")
    expect(box).to_have_attribute("aria-expanded", "false")


def test_without_scripts_the_box_is_a_search_page(as_lead):
    page = as_lead(java_script_enabled=False)
    page.locator("summary", has_text="Find a pupil").click()
    page.get_by_role("combobox", name="Find a pupil").fill("mens")
    page.get_by_role("search", name="Find a pupil").get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Kai Mensah").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kai Mensah")


def test_check_ins_are_chosen_in_place(as_lead, pupil):
    page = as_lead(address=pupil.get_absolute_url())
    part = page.locator("#part-check-ins")
    expect(part).to_contain_text("Proud of the garden")
    part.locator("summary").click()
    part.get_by_label("Kind").select_option("Arrival")
    part.get_by_role("button", name="Show").click()
    expect(part).not_to_contain_text("Proud of the garden")
    expect(part).to_contain_text("Had toast with us")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kai Mensah")


def test_a_follow_up_is_done_from_the_page(as_lead, pupil):
    page = as_lead(address=pupil.get_absolute_url())
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("heading", name="To follow up")).to_have_count(0)
    expect(page.get_by_text("Followed up.")).to_be_visible()
