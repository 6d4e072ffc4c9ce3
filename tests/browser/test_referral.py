"""From a teacher's phone to a place: every step by the person whose step it is, and read by the next."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from iap.schools.calendar import Calendar
from iap.tenancy import context
from pupils.models import Placement
from referrals.models import Referral
from tests.factories import (
    PASSWORD,
    MembershipFactory,
    PupilFactory,
    SchoolFactory,
    StaffMemberFactory,
    see,
)
from tests.timetables.week import lesson_of, session_in, slots
from timetables.models import Place

from .cast import SchoolCast
from .conftest import DESK, NOW, PHONE, check_accessibility, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
FOR_AXE = {"bypass_csp": True}  # axe measures with inline styles; other tests hold pages to the policy
TODAY = NOW.date()
HAPPENING = "Leaves within ten minutes of the start, mostly after lunch."
RATIONALE = "Support was good and the need is still there. Textiles goes well and stays."


class Cast(SchoolCast):
    """A school with Hannah, who has Textiles and English; her teachers, the lead, a leader; and others."""

    def __init__(self) -> None:
        super().__init__(TODAY - dt.timedelta(weeks=20), TODAY + dt.timedelta(weeks=20))
        self.lead, self.leader = (self.person(role) for role in ("lead", "leader"))
        self.hannah = PupilFactory(school=self.school, given_name="Hannah", family_name="Stokes")
        self.periods = [period for week, period in slots(self.school) if week == "A"]
        self.textiles, self.english = (
            self._teacher(number, name, subject)
            for number, (name, subject) in enumerate([("8x/Te", "Textiles"), ("8x/En", "English")])
        )
        for week in ("A", "B"):
            for number in range(3):
                session_in(self.school, week, number=number, title="Reading together")
        self.uninvolved = self.person("teacher")
        other = SchoolFactory()
        self.stranger = MembershipFactory(school=other, role="leader").user
        self.adult = StaffMemberFactory(school=self.school, family_name="Ortiz")

    def _teacher(self, number: int, name: str, subject: str) -> Any:
        """A teacher of Hannah's with one lesson in every week."""
        user = self.person("teacher")
        staff = StaffMemberFactory(school=self.school, user=user, linked_by=user)
        lesson_of(
            self.school, self.hannah, self.periods[number], name=name, subject=subject, teacher=staff,
        )  # fmt: skip
        return user


@pytest.fixture
def cast(school_day: Any, transactional_db: Any) -> Cast:
    with transaction.atomic():
        return Cast()


@pytest.fixture
def window(open_window: Callable[..., Page]) -> Callable[..., Page]:
    def opened(user: Any, size: Any = DESK) -> Page:
        page = open_window(size, **FOR_AXE)
        sign_in(page, user.email, PASSWORD)
        return page

    return opened


def refer(page: Page) -> None:
    """Ten minutes on a phone: five sections, one of them left and come back to."""
    page.goto("/referrals/mine/")
    check_accessibility(page)
    page.get_by_role("link", name="Refer a pupil").click()
    page.wait_for_load_state()  # what is typed before scripts are there waits for Find
    page.get_by_label("Who is it about?").fill("ha")
    page.get_by_role("button", name="Refer Hannah Stokes").click()
    expect(page.get_by_label("What is happening?")).to_be_visible()
    page.wait_for_load_state()
    check_accessibility(page)
    page.get_by_label("What is happening?").fill(HAPPENING)
    page.get_by_label("In particular lessons").check()
    page.get_by_label("What goes well, and who do they trust?").fill("Textiles and the library.")
    page.get_by_label("Textiles, 8x/Te").check()
    page.get_by_role("button", name="Save for later").click()
    page.get_by_role("link", name="Hannah Stokes").click()
    expect(page.get_by_label("What is happening?")).to_have_value(HAPPENING)
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_label("Severe absence").check()
    page.get_by_role("group", name="Is this place itself a punishment?").get_by_label("No").check()
    check_accessibility(page)
    page.get_by_role("button", name="Save and go on").click()
    first = page.get_by_role("group", name="First thing that was tried")
    first.get_by_label("What was tried").fill("A seat by the door")
    first.get_by_label("What came of it").select_option(label="It helped a little")
    check_accessibility(page)
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_label("The pupil’s own words").fill("It is too loud to think.")
    page.get_by_label("Parent or carer told on").fill(TODAY.isoformat())
    page.get_by_role("group", name="Does the parent or carer agree?").get_by_label("Yes").check()
    page.get_by_label("What do we hope for?").fill("A calm start each day.")
    page.get_by_label("Senior leader who supports this").select_option(index=1)
    check_accessibility(page)
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("main")).to_contain_text("It is too loud to think.")
    check_accessibility(page)
    page.get_by_role("button", name="Send the referral").click()
    expect(page.get_by_role("main")).to_contain_text("Submitted since")
    check_accessibility(page)


def answer(page: Page) -> None:
    """The English teacher's minute, from the message in the inbox."""
    page.goto("/inbox/")
    check_accessibility(page)
    page.get_by_role("link", name="You are asked about a pupil you teach.").click()
    check_accessibility(page)
    page.get_by_label("Mixed").check()
    page.get_by_label("What works").fill("Short tasks")
    page.get_by_role("button", name="Send my answer").click()
    expect(page.get_by_role("main")).to_contain_text("Answered")


def to_panel(page: Page, cast: Cast) -> None:
    """The lead reads it beside the queue, plans a panel, and puts it on the agenda."""
    page.goto("/referrals/")
    check_accessibility(page)
    page.get_by_role("link", name="Hannah Stokes").click()
    drawer = page.locator("#drawer")
    expect(drawer).to_contain_text("It is too loud to think.")
    expect(drawer).to_contain_text("Short tasks")
    expect(page).to_have_url(re.compile(r"/referrals/[0-9a-f-]{36}/$"))
    check_accessibility(page)
    page.goto("/referrals/panels/new/")
    page.get_by_label("Day").fill(school_day(cast, 2).isoformat())
    page.get_by_label("Begins at").fill("15:30")
    page.get_by_label("Who sits").fill("Dr Denholm, Headteacher")
    check_accessibility(page)
    page.get_by_role("button", name="Plan the panel").click()
    page.get_by_label("Hannah Stokes").check()
    page.get_by_role("button", name="Put on the agenda").click()
    expect(page.get_by_role("row", name=re.compile("Hannah Stokes"))).to_be_visible()
    check_accessibility(page)


def decide(page: Page) -> None:
    """A leader decides, with reasons."""
    page.goto("/referrals/?stage=panel")
    page.get_by_role("link", name="Hannah Stokes").click()
    page.get_by_text("Accept to the waiting list").click()
    page.get_by_label("Reasons").fill(RATIONALE)
    page.get_by_role("button", name="Record the decision").click()
    expect(page.locator("#drawer")).to_contain_text(RATIONALE)
    check_accessibility(page)


def to_a_place(page: Page, cast: Cast) -> None:
    """Support meanwhile, an offer, the family's yes, and the first week from the lesson that goes well."""
    page.goto("/referrals/?stage=waiting")
    page.get_by_role("link", name="Hannah Stokes").click()
    expect(page.locator("#drawer")).to_contain_text("No support is noted while they wait.")
    page.get_by_label("What they have meanwhile").fill("A calm start in the library")
    page.get_by_label("Who gives it").fill("Mr Ortiz")
    page.get_by_label("Look at it again on").fill((TODAY + dt.timedelta(days=14)).isoformat())
    page.get_by_role("region", name="While Hannah waits").get_by_role("button", name="Keep").click()
    expect(page.locator("#drawer")).to_contain_text("A calm start in the library")
    page.locator("#offer_starts_on").fill(school_day(cast, 8).isoformat())
    page.locator("#offer_expires_on").fill(school_day(cast, 4).isoformat())
    page.get_by_role("button", name="Offer the place").click()
    page.locator("#accept_key_adult").wait_for()
    check_accessibility(page)
    page.locator("#accept_key_adult").select_option(value=str(cast.adult.uuid))
    page.get_by_role("button", name="The family accepts").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Plan Hannah’s hybrid week")
    check_accessibility(page)
    chosen = page.locator("fieldset select").evaluate_all(
        "all => all.map(each => each.selectedOptions[0].textContent)"
    )
    assert chosen[0].startswith("Mainstream: Textiles") and chosen[1].startswith("Reading together")
    page.get_by_label("What changed and why").fill("Starts from textiles.")
    page.get_by_role("button", name="Publish this step").click()
    page.wait_for_url(re.compile(r"/pupils/[0-9a-f-]+/$"))


def school_day(cast: Cast, number: int) -> dt.date:
    with context.within(cast.school.pk):
        days = Calendar.of(cast.school, TODAY, TODAY + dt.timedelta(weeks=4)).open_days()
    return [day for day in days if day > TODAY][number]


def sees_nothing(page: Page, address: str, status: int) -> None:
    answered = page.goto(address)
    assert answered and answered.status == status
    page.goto("/")
    expect(page.locator("body")).not_to_contain_text("Hannah")


def test_from_a_teachers_phone_to_a_place(cast: Cast, window: Callable[..., Page]) -> None:
    teacher = window(cast.textiles, PHONE)
    refer(teacher)
    answer(window(cast.english, PHONE))
    lead = window(cast.lead)
    to_panel(lead, cast)
    with context.within(cast.school.pk):
        referral = Referral.objects.get(school=cast.school)
    sees_nothing(window(cast.stranger), referral.get_absolute_url(), 404)
    sees_nothing(window(cast.uninvolved, PHONE), f"/referrals/{referral.uuid}/sent/", 404)
    decide(window(cast.leader))
    teacher.goto("/referrals/mine/")
    teacher.get_by_role("link", name="Hannah Stokes", exact=True).click()
    expect(teacher.get_by_role("main")).to_contain_text(RATIONALE)
    to_a_place(lead, cast)
    with context.within(cast.school.pk):
        placement = Placement.objects.get(school=cast.school)
        assert placement.pupil == cast.hannah and placement.baseline_from
        places = placement.steps.get().places.all()
        assert {place.place for place in places} >= {Place.MAINSTREAM, Place.SESSION}


def test_arrows_walk_through_the_queue_and_escape_closes(
    cast: Cast, window: Callable[..., Page], open_window: Callable[..., Page]
) -> None:
    from tests.factories import ReferralFactory

    with transaction.atomic():
        see(cast.school)
        for name in ("Demir", "Carver"):
            ReferralFactory(school=cast.school, pupil__family_name=name)
    page = window(cast.lead)
    page.goto("/referrals/")
    rows = page.locator(".iap-qrow__who a")
    rows.first.focus()
    page.keyboard.press("ArrowDown")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#h-ref")).to_be_focused()
    expect(rows.nth(1)).to_have_attribute("aria-current", "true")
    page.keyboard.press("Escape")
    expect(page.locator("#drawer")).to_be_hidden()
