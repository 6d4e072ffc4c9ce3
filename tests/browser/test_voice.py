"""The staff's tablet in a pupil's hands: nothing that was open before comes back, and the page is easy to use."""

import datetime as dt

import pytest
from django.db import transaction
from playwright.sync_api import expect

from tests.factories import (
    PASSWORD,
    MembershipFactory,
    PlacementFactory,
    SchoolFactory,
    bell,
    open_weeks,
    see,
)

from .conftest import DESK, NOW, PHONE, TABLET, check_accessibility, sign_in

FOR_AXE = {"bypass_csp": True}  # axe measures with inline styles of its own
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("school_day")]


@pytest.fixture
def place(transactional_db):
    with transaction.atomic():
        school = SchoolFactory()
        bell(school)
        open_weeks(school, NOW.date() - dt.timedelta(weeks=8), NOW.date() + dt.timedelta(weeks=2))
        return PlacementFactory(
            school=school, pupil__family_name="Mensah", starts_on=NOW.date() - dt.timedelta(weeks=4)
        )


@pytest.fixture
def handed(open_window, place):
    """Opens a window in which a member of staff has just handed over the tablet."""
    with transaction.atomic():
        see(place.school)
        user = MembershipFactory(school=place.school, role="staff").user
        user.set_password(PASSWORD)
        user.save()

    def opened(size=TABLET, **options):
        page = open_window(size, **options)
        sign_in(page, user.email, PASSWORD)
        page.wait_for_load_state()
        page.goto(place.pupil.get_absolute_url())
        page.locator("summary", has_text="More about Kai").click()
        page.get_by_role("button", name="Hand the tablet to Kai").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Hello Kai")
        page.wait_for_load_state()  # a heading is seen before the scripts that time the page
        return page

    return opened


def test_going_back_brings_no_page_of_the_staff(handed, place):
    page = handed()
    page.go_back()
    page.wait_for_load_state()
    expect(page.get_by_text("Mensah")).to_have_count(0)
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.goto("/my-page/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hello Kai")


def test_a_pupil_says_how_the_day_was_and_gives_the_tablet_back(handed):
    page = handed()
    page.get_by_role("radio", name="Good", exact=True).check(force=True)
    page.get_by_role("checkbox", name="A quiet place").check(force=True)
    page.get_by_label("Anything you want to say").fill("Art was good.")
    page.get_by_role("button", name="Save what I said").click()
    expect(page.locator("#my-day")).to_contain_text("“Art was good.”")
    page.get_by_role("button", name="I’m finished").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    page.goto("/my-page/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_it_works_without_scripts(handed):
    page = handed(java_script_enabled=False)
    expect(page.get_by_role("button", name="Read aloud")).to_have_count(0)
    page.get_by_label("Anything you want to say").fill("Fine.")
    page.get_by_role("button", name="Save what I said").click()
    expect(page.locator("#my-day")).to_contain_text("“Fine.”")


def test_its_parts_are_read_aloud_where_the_device_can_speak(handed):
    page = handed()
    page.evaluate("() => { speechSynthesis.speak = (said) => { window.said = said.text; }; }")
    page.get_by_role("button", name="Read aloud").first.click()
    assert "How was today?" in page.evaluate("window.said")
    assert "Read aloud" not in page.evaluate("window.said")


def test_words_that_nobody_has_sent_yet_are_kept_when_the_time_is_over(handed):
    page = handed()
    page.get_by_label("Anything you want to say").fill("I was not done.")
    page.clock.run_for(20 * 60 * 1000 - 5_000)
    expect(page.locator("#my-day")).to_contain_text("“I was not done.”")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, TABLET, PHONE], ids=["desk", "tablet", "phone"])
def test_everybody_can_use_it(handed, size, scheme):
    check_accessibility(handed(size, color_scheme=scheme, **FOR_AXE))
