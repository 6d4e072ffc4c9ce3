"""The frame and the parts in a real browser."""

import copy
from pathlib import Path

import pytest
from django.db import transaction

from tests.factories import PASSWORD, MembershipFactory, SchoolFactory

from .conftest import DESK, NOW, PHONE, TABLET, check_accessibility, go_offline, sign_in

# axe measures with inline styles of its own, which the policy would stop; other tests hold pages to it.
FOR_AXE = {"bypass_csp": True}
pytestmark = [pytest.mark.urls("tests.ui.urls"), pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _own_templates(settings):
    settings.TEMPLATES = copy.deepcopy(settings.TEMPLATES)
    settings.TEMPLATES[0]["DIRS"].append(Path(__file__).parents[1] / "ui" / "templates")


@pytest.fixture
def somebody(transactional_db):
    with transaction.atomic():
        user = MembershipFactory(school=SchoolFactory(), role="lead").user
        user.set_password(PASSWORD)
        user.save()
    return user


@pytest.fixture
def signed_in(open_window, somebody):
    def opened(size=TABLET, address="/parts/", **options):
        page = open_window(size, **options)
        sign_in(page, somebody.email, PASSWORD)
        page.wait_for_load_state()
        page.goto(address)
        return page

    return opened


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, TABLET, PHONE], ids=["desk", "tablet", "phone"])
def test_every_part_can_be_used_by_everybody(signed_in, size, scheme):
    page = signed_in(size, color_scheme=scheme, **FOR_AXE)
    check_accessibility(page)
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    check_accessibility(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_signing_in_and_errors_can_be_used_by_everybody(open_window, scheme):
    page = open_window(PHONE, color_scheme=scheme, **FOR_AXE)
    for address in ["/account/login/", "/account/password/reset/", "/wrong/404/"]:
        page.goto(address)
        check_accessibility(page)


@pytest.mark.parametrize("width", [320, 360, 1024, 1180, 1600])
def test_nothing_scrolls_sideways(signed_in, width):
    check_accessibility(signed_in({"width": width, "height": 800}, **FOR_AXE))


def test_after_a_refused_form_the_summary_has_the_focus_and_leads_to_the_field(open_window, transactional_db):
    page = open_window()
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_selector("#errors:focus")
    page.get_by_role("link", name="Email").click()
    assert page.evaluate("document.activeElement.id") == "id_login"


def test_a_menu_closes_with_escape_and_gives_the_focus_back(signed_in):
    page = signed_in()
    summary = page.locator(".iap-top__end summary").last
    summary.press("Enter")
    assert page.get_by_role("button", name="Sign out").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("button", name="Sign out").is_visible()
    assert summary.evaluate("each => each === document.activeElement")


def test_a_click_elsewhere_closes_a_menu(signed_in):
    page = signed_in()
    page.locator(".iap-top__end summary").last.click()
    page.locator("h1").click()
    assert page.locator("details.iap-menu[open]").count() == 0


def test_one_can_sign_out_without_script(signed_in):
    page = signed_in(java_script_enabled=False)
    page.locator(".iap-top__end summary").last.click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda address: "/account/login" in address)
    page.goto("/account/2fa/")
    assert "/account/login/" in page.url


def test_after_a_tap_the_focus_is_on_the_same_face(signed_in):
    page = signed_in(address="/tile/")
    page.get_by_role("button", name="Steady").press("Enter")
    page.wait_for_selector("button[value='4'][aria-pressed=true]")
    page.wait_for_selector("button[value='4']:focus")


def test_a_tap_works_without_script(signed_in):
    page = signed_in(address="/tile/", java_script_enabled=False)
    page.get_by_role("button", name="Steady").click()
    assert page.locator("button[value='4']").get_attribute("aria-pressed") == "true"
    assert page.locator("h1").inner_text() == "One tile"


def test_a_page_asks_again_every_fifteen_seconds_but_not_under_somebodys_hands(signed_in):
    page = signed_in(address="/tile/", now=NOW)
    with page.expect_response("**/tile/"):
        page.clock.fast_forward(16_000)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("button", name="Okay").focus()
    page.clock.fast_forward(16_000)
    page.wait_for_timeout(300)
    assert asked == []


def test_the_pill_says_when_there_is_no_connection(signed_in):
    page = signed_in()
    pill = page.locator("#sync")
    assert not pill.is_visible()
    go_offline(page)
    page.wait_for_selector("#sync[data-state=offline]")
    assert pill.inner_text().strip() == "Offline"
    page.context.set_offline(False)
    page.wait_for_selector("#sync[data-state=none]", state="attached")


def test_good_news_goes_after_ten_seconds_and_problems_stay(signed_in):
    page = signed_in(now=NOW)
    page.evaluate(
        """() => { for (const [id, kind] of [["good", "data-toast"], ["bad", "data-stays"]]) {
            const toast = document.createElement("div");
            toast.id = id; toast.className = "iap-toast"; toast.setAttribute(kind, "");
            document.getElementById("toasts").append(toast); } }"""
    )
    page.clock.run_for(11_000)
    assert page.locator("#good").count() == 0
    assert page.locator("#bad").count() == 1


def test_a_week_changes_its_day_in_place_on_a_phone(signed_in):
    page = signed_in(PHONE)
    page.get_by_role("navigation", name="Day").get_by_role("link", name="Mon").click()
    assert page.locator(".iap-week").get_attribute("data-day") == "mon"
    assert "day=" not in page.url
    assert page.get_by_text("Maths").is_visible()
    assert not page.get_by_text("Farm").is_visible()


@pytest.mark.parametrize(("width", "shown"), [(390, "v-narrow"), (820, "v-wide"), (1280, "v-mid")])
def test_a_chart_is_shown_in_the_drawing_that_fits(signed_in, width, shown):
    page = signed_in({"width": width, "height": 800})
    drawn = page.locator(".iap-chart > svg:visible")
    assert drawn.count() == 1
    assert shown in drawn.get_attribute("class")
    size = drawn.evaluate("svg => 13 * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width")
    assert 11 <= size <= 18


def test_a_pages_first_tab_stop_skips_to_what_matters(signed_in):
    page = signed_in()
    page.evaluate("document.activeElement.blur(); window.getSelection().removeAllRanges()")
    page.goto("/tile/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
