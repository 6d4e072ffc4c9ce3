"""One cycle with a pupil: assess, plan, do, review, and a return that holds.

Everything is entered by one role and read by another in their own window.
"""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from iap.tenancy import context
from pupils.actions.assessments import tools_of
from pupils.actions.exits import chase_follow_ups
from pupils.actions.programmes import keep_programme
from pupils.models import Contact, Placement, Plan
from tests.factories import (
    HybridStepFactory,
    PlacementFactory,
    StaffMemberFactory,
)
from tests.timetables.week import lesson_of, session_in
from timetables.models import Place, StepPlace

from .cast import SchoolCast
from .conftest import DESK, NOW, PHONE, TABLET, check_accessibility, sign_in_quickly

pytestmark = pytest.mark.django_db(transaction=True)
FOR_AXE = {"bypass_csp": True}  # axe measures with inline styles; other tests hold pages to the policy
TODAY = NOW.date()
TARGET = "I ask for a break before it gets too much"
SAID = "I can do science if I know what is coming."
HOME = "She sleeps again, and talks about school."
AGREED = "Ms Ortiz brings her to science on Tuesdays."


class Cast(SchoolCast):
    """A school with Ada, who reads with an adult in this lesson and has science in the next; and her adults."""

    def __init__(self) -> None:
        super().__init__(TODAY - dt.timedelta(weeks=20), TODAY + dt.timedelta(weeks=20))
        self.staff, self.lead, self.senco, self.leader, self.teacher = (
            self.person(role) for role in ("staff", "lead", "senco", "leader", "teacher")
        )
        self.key_adult = StaffMemberFactory(school=self.school, family_name="Ortiz")
        self.place = PlacementFactory(
            school=self.school,
            pupil__given_name="Ada",
            pupil__family_name="Nkemelu",
            key_adult=self.key_adult,
        )
        self.pupil = self.place.pupil
        Contact.objects.create(school=self.school, pupil=self.pupil, name="Ngozi Nkemelu", priority=1)
        self._week()
        (reading,) = (tool for tool in tools_of(self.school) if tool.name == "Reading")
        measure = reading.fields.get(name="Reading age")  # type: ignore[attr-defined]
        keep_programme(
            self.school, by=self.lead, name="Reading together", strand="intervention", sessions=12, measure=measure
        )  # fmt: skip

    def _week(self) -> None:
        """Tuesday's second lesson in the base, its third in science."""
        session = session_in(self.school, "", number=6, title="Reading in the base")
        step = HybridStepFactory(school=self.school, placement=self.place)
        science = session.period.__class__.objects.get(school=self.school, weekday=2, name="3")
        staff = StaffMemberFactory(school=self.school, user=self.teacher, linked_by=self.teacher)
        lesson_of(self.school, self.pupil, science, name="8x/Sc", subject="Science", teacher=staff)
        common = {"school": self.school, "step": step}
        StepPlace.objects.create(**common, period=session.period, place=Place.SESSION, session=session)
        StepPlace.objects.create(**common, period=science, place=Place.MAINSTREAM)

    def of_pupil(self, part: str = "") -> str:
        return f"/pupils/{self.pupil.uuid}/{part}"


@pytest.fixture
def cast(school_day: Any, transactional_db: Any) -> Cast:
    with transaction.atomic():
        return Cast()


@pytest.fixture
def window(open_window: Callable[..., Page]) -> Callable[..., Page]:
    def opened(user: Any, size: Any = DESK) -> Page:
        page = open_window(size, **FOR_AXE)
        sign_in_quickly(page, user)
        return page

    return opened


def assess(page: Page, cast: Cast) -> None:
    """A member of staff keeps two scores that were read off."""
    page.goto(cast.of_pupil("assessments/"))
    page.get_by_role("link", name="Reading", exact=True).last.click()
    page.get_by_label("Reading age").fill("9:06")
    page.get_by_label("Standardised score").fill("82")
    check_accessibility(page)
    page.get_by_role("button", name="Save the scores").click()
    expect(page.get_by_role("main")).to_contain_text("9y 6m")


def name_a_need(page: Page, cast: Cast) -> None:
    """The SENCO reads the scores and says what stands in the way."""
    page.goto(cast.of_pupil("assessments/"))
    expect(page.get_by_role("main")).to_contain_text("9y 6m")
    check_accessibility(page)
    page.goto(cast.of_pupil("needs/"))
    page.get_by_label("What it looks like, what helps").fill("Long texts tire her.")
    page.get_by_label("If it is not in the list").select_option(label="Learning")
    page.get_by_label("Found").select_option(label="At assessment")
    check_accessibility(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Long texts tire her.").first).to_be_visible()


def plan(page: Page, cast: Cast) -> None:
    """The lead writes the plan, and begins an intervention that the day's register will count."""
    page.goto(cast.of_pupil("plan/new/"))
    page.get_by_label("What gets in the way").fill("Noise, and not knowing what comes next.")
    page.get_by_label("Target, in the pupil’s words").first.fill(TARGET)
    page.get_by_label("What adults do").first.fill("Ms Ortiz goes through the card with her each morning.")
    page.get_by_label("Success looks like").first.fill("Uses the card in four lessons of five")
    page.get_by_label("Where it stands now").first.select_option(label="With a lot of help")
    page.get_by_label("Hoped for by the review").first.select_option(label="Most of the time")
    page.get_by_label("Agreed with the pupil").check()
    check_accessibility(page)
    page.get_by_role("button", name="Begin this plan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ada’s plan")
    page.goto(cast.of_pupil("interventions/"))
    page.get_by_role("link", name="Reading together").click()
    check_accessibility(page)
    page.get_by_label("Which need it answers").select_option(label="Long texts tire her.")
    page.get_by_label("Who gives it").select_option(value=str(cast.key_adult.uuid))
    page.get_by_label("Given in the sessions called").select_option(label="Reading in the base")
    page.get_by_role("button", name="Plan it").click()
    expect(page.get_by_role("main")).to_contain_text("Counted from the day’s register")


def deliver(page: Page, cast: Cast) -> None:
    """On the tablet: who is here. Nothing else is needed for the intervention."""
    page.goto(cast.of_pupil("plan/"))
    expect(page.get_by_role("main")).to_contain_text(TARGET)
    page.goto("/today/")
    tile = page.get_by_role("article", name="Ada N")
    tile.get_by_role("button", name="Here: Ada N.", exact=True).click()
    expect(tile).to_contain_text("Here")


def speak_for_oneself(page: Page, cast: Cast) -> None:
    """The tablet changes hands: Ada finds her goal in her own words, and says how the day was."""
    hand_over(page, cast)
    expect(page.locator("#my-goal")).to_contain_text(TARGET)
    page.get_by_role("radio", name="Good", exact=True).check(force=True)
    page.get_by_label("Anything you want to say").fill("The card works.")
    page.get_by_role("button", name="Save what I said").click()
    expect(page.locator("#my-day")).to_contain_text("“The card works.”")


def hand_over(page: Page, cast: Cast) -> None:
    page.goto(cast.of_pupil())
    page.locator("summary", has_text="More about Ada").click()
    page.get_by_role("button", name="Hand the tablet to Ada").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hello Ada")
    check_accessibility(page)


def review_of(cast: Cast) -> str:
    with context.within(cast.school.pk):
        first = Plan.objects.get(school=cast.school, number=1)
    return cast.of_pupil(f"plan/{first.uuid}/review/")


def answer(page: Page) -> None:
    """The science teacher's one tap."""
    page.goto("/my-lessons/")
    check_accessibility(page)
    page.get_by_role("region", name="How is it going for Ada N.?").get_by_role(
        "button", name="Going well"
    ).click()
    expect(page.get_by_text("Thank you. It is read at the review.")).to_be_visible()


def review(page: Page, cast: Cast) -> None:
    """The page has gathered what others logged; the lead adds the voices, and the next cycle begins."""
    page.goto(review_of(cast))
    main = page.get_by_role("main")
    for logged in ("The card works.", "going well", "1 of 12 sessions given"):
        expect(main).to_contain_text(logged)
    check_accessibility(page)
    page.get_by_label("What went well").fill("Mornings are calmer.")
    page.get_by_label("Step reached").select_option(label="Getting there")
    page.get_by_label("What follows").select_option(label="Carry on with it")
    page.get_by_label("In the pupil’s own words").fill(SAID)
    page.get_by_label("How they were heard").first.select_option(index=1)
    page.get_by_label("In the parent’s or carer’s words").fill(HOME)
    page.get_by_label("How they were heard").last.select_option(index=1)
    page.get_by_label("Day of the review").fill(TODAY.isoformat())
    page.get_by_role("textbox", name="What we agree").fill(AGREED)
    page.get_by_role("button", name="Save as held, and begin the next cycle").click()
    expect(main).to_contain_text("Cycle 2")


def read_the_review(page: Page, cast: Cast) -> None:
    """The SENCO finds three voices, what was agreed, the next cycle, the register's session, two pages for home."""
    page.goto(review_of(cast))
    for words in (SAID, HOME, "going well", AGREED):
        expect(page.get_by_role("main")).to_contain_text(words)
    check_accessibility(page)
    paper = page.request.get(review_of(cast).replace("/review/", "/paper/"))
    assert paper.ok and paper.body().startswith(b"%PDF")
    page.goto(cast.of_pupil("plan/"))
    for words in ("Cycle 2", TARGET):
        expect(page.get_by_role("main")).to_contain_text(words)
    page.goto(cast.of_pupil("interventions/"))
    expect(page.get_by_role("main")).to_contain_text("1 of 12 sessions given")


def end_the_place(page: Page, cast: Cast) -> None:
    page.goto(cast.of_pupil("place/"))
    page.locator("summary", has_text="End the place").click()
    page.get_by_label("First day without a place").fill(TODAY.isoformat())
    page.get_by_label("Where they go next").select_option(label="Full return to mainstream")
    page.get_by_label("Handed over to").fill("Mr Brook, head of year 8")
    page.get_by_label("What they need to know").fill("The card stays.")
    check_accessibility(page)
    page.get_by_role("button", name="End the place").click()
    for weeks in (2, 6, 12):
        expect(page.get_by_text(f"After {weeks} school weeks", exact=True)).to_be_visible()
    check_accessibility(page)


def look_back(page: Page, cast: Cast) -> None:
    """In her own hand: what the time was like."""
    hand_over(page, cast)
    page.get_by_label("Better than when I came").check(force=True)
    page.get_by_label("What are you proud of?").fill("Science.")
    page.get_by_role("button", name="Save what I said about my time here").click()
    expect(page.get_by_text("You have told us what it was like.")).to_be_visible()


def exit_of(cast: Cast) -> str:
    with context.within(cast.school.pk):
        ended = Placement.objects.get(school=cast.school)
    return cast.of_pupil(f"exit/{ended.uuid}/")


def read_the_exit(page: Page, cast: Cast) -> None:
    page.goto(exit_of(cast))
    for words in ("Mr Brook, head of year 8", "Better than when I came", "Science.", "In their own hand"):
        expect(page.get_by_role("main")).to_contain_text(words)


def follow_up(page: Page, cast: Cast) -> None:
    """Two school weeks later the lead is asked, and knows."""
    page.goto("/inbox/")
    page.get_by_role("link", name=re.compile("2 school weeks after the end of a place")).click()
    check = page.locator("#c-2")
    check.get_by_label("Yes").check()
    check.get_by_label("How do you know, in one line?").fill("In every lesson since.")
    check_accessibility(page)
    check.get_by_role("button", name="Keep the answer").click()
    expect(check).to_contain_text("After 2 school weeks: yes")


def test_one_cycle_from_an_assessment_to_a_return_that_holds(
    cast: Cast, window: Callable[..., Page], school_day: Any
) -> None:
    tablet, lead, senco = window(cast.staff, TABLET), window(cast.lead), window(cast.senco)
    assess(tablet, cast)
    name_a_need(senco, cast)
    plan(lead, cast)
    deliver(tablet, cast)
    speak_for_oneself(tablet, cast)
    lead.goto(review_of(cast))
    lead.get_by_role("button", name="Ask the teachers").click()
    expect(lead.get_by_text("Asked. Their answers gather here.").first).to_be_visible()
    teacher = window(cast.teacher, PHONE)
    answer(teacher)
    review(lead, cast)
    read_the_review(senco, cast)
    end_the_place(lead, cast)
    look_back(lead, cast)
    leader = window(cast.leader)
    read_the_exit(leader, cast)
    refused = teacher.goto(exit_of(cast))
    assert refused and refused.status == 403

    school_day.move_to(NOW + dt.timedelta(weeks=2))
    with context.within(cast.school.pk), transaction.atomic():
        assert chase_follow_ups(cast.school, day=dt.date.today()) == 1
    follow_up(window(cast.lead), cast)
    later = window(cast.leader)
    later.goto(exit_of(cast))
    expect(later.locator("#c-2")).to_contain_text("In every lesson since.")
