"""The way back: from a fifth of the week in mainstream to three fifths, with a hold and a step back on the way.

The lead plans at a desk; between the steps the teacher says on a phone how the lessons went, and that is what the
planner goes by the next time.
"""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import transaction
from playwright.sync_api import Locator, Page, expect

from iap.schools.models import Period
from iap.tenancy import context
from tests.factories import (
    PlacementFactory,
    PupilFactory,
    StaffMemberFactory,
)
from tests.timetables.week import lesson_of, session_in
from timetables.actions.slots import PlaceIn
from timetables.actions.steps import publish_step
from timetables.measures.share import mainstream_share
from timetables.models import HybridStep, Place

from .cast import SchoolCast
from .conftest import DESK, NOW, PHONE, check_accessibility
from .test_every_page import sign_in_quickly

pytestmark = pytest.mark.django_db(transaction=True)
WEEK = dt.timedelta(weeks=1)
MONDAY = dt.date(2027, 1, 11)
STARTED = MONDAY - 3 * WEEK
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
SUBJECTS = ("Science", "Maths", "English", "History", "Art")  # one in each lesson of the bell, every day


class Cast(SchoolCast):
    """Kai has Art in mainstream each day and the base for all else; Mr Whitfield teaches Art and Science."""

    def __init__(self) -> None:
        super().__init__(STARTED, MONDAY + 20 * WEEK)
        self.lead, self.teacher = (self.person(role) for role in ("lead", "teacher"))
        self.kai = PupilFactory(school=self.school, given_name="Kai", family_name="Mensah")
        whitfield = StaffMemberFactory(
            school=self.school, title="Mr", family_name="Whitfield", user=self.teacher, linked_by=self.lead
        )
        other = StaffMemberFactory(school=self.school, family_name="Kaur")
        places = []
        for number, period in enumerate(Period.objects.filter(school=self.school, kind="lesson").in_order()):
            subject = SUBJECTS[number % len(SUBJECTS)]
            lesson_of(
                self.school, self.kai, period, name=f"8R2/{subject[:2]}", subject=subject,
                teacher=whitfield if subject in ("Art", "Science") else other,
            )  # fmt: skip
            session = session_in(self.school, "", number=number, title=f"{subject} in the base")
            in_base = PlaceIn("", period, Place.SESSION, session)
            places.append(PlaceIn("", period, Place.MAINSTREAM) if subject == "Art" else in_base)
        placement = PlacementFactory(
            school=self.school, pupil=self.kai, starts_on=STARTED, helps="A seat by the door"
        )
        publish_step(
            placement, by=self.lead, kind="start", starts_on=STARTED, why="From art.", places=places,
            today=STARTED,
        )  # fmt: skip


@pytest.fixture
def cast(school_day: Any, transactional_db: Any) -> Cast:
    with transaction.atomic():
        return Cast()


@pytest.fixture
def after_school(school_day: time_machine.Traveller, open_window: Callable[..., Page]) -> Callable[..., Page]:
    """A window on the Friday of the n-th week from now, after the last lesson."""

    def opened(week: int, user: Any, size: dict[str, int], address: str) -> Page:
        friday = MONDAY + week * WEEK + dt.timedelta(days=4)
        school_day.move_to(dt.datetime.combine(friday, dt.time(15, 30), tzinfo=NOW.tzinfo))
        page = open_window(size, bypass_csp=True)  # axe measures with inline styles
        sign_in_quickly(page, user)
        page.goto(address)
        return page

    return opened


def says(page: Page, word: str, *lessons: str, line: str = "") -> None:
    """One tap for each lesson, on the phone; and a line about the last."""
    expect(page.get_by_role("main")).to_contain_text("A seat by the door")
    for lesson in lessons:
        visit = visit_on(page, lesson)
        visit.get_by_role("button", name=word).click()
        expect(visit).to_contain_text("Saved, thank you.")
        if line and lesson == lessons[-1]:
            visit.locator("summary", has_text="Add a line").click()
            visit.get_by_label("A line about Kai’s lesson").fill(line)
            visit.get_by_role("button", name="Save the line").click()
            expect(visit.get_by_label("A line about Kai’s lesson")).to_have_value(line)
    page.wait_for_load_state("networkidle")


def visit_on(page: Page, lesson: str) -> Locator:
    """The card of a lesson, such as "Science on Monday"; the last ones say "Yesterday" and "Today"."""
    subject, _, day = lesson.partition(" on ")
    of_subject = page.get_by_role("article", name=re.compile(subject))
    return of_subject.filter(has_text=re.compile(f"{day}.*P{SUBJECTS.index(subject) + 1}"))


def tick(page: Page, before: int, *lessons: str) -> None:
    """Tick lessons one by one; each shows in the share of the week at once."""
    after = before
    for lesson in lessons:
        box = page.get_by_role("checkbox", name=lesson)
        if not box.is_visible():
            page.locator("summary", has_text="Other lessons").click()
        box.check()
        after += 4
        expect(page.locator("#plan")).to_contain_text(f"{before}% → {after}% of the week")
    page.wait_for_load_state("networkidle")


def publish(page: Page, kind: str, week: int, why: str) -> None:
    """Decide, from the Monday of the n-th week from now."""
    page.get_by_role("radio", name=kind).check()
    page.get_by_label("From").fill((MONDAY + week * WEEK).isoformat())
    page.get_by_label("What changed and why").fill(why)
    page.get_by_role("button", name="Publish this step").click()
    page.wait_for_url(re.compile(r"/pupils/[0-9a-f-]+/$"))
    expect(page.locator("body")).to_contain_text(f"Published from Monday {MONDAY + week * WEEK:%-d %B}")


def test_from_a_fifth_of_the_week_to_three_fifths_with_a_hold_and_a_step_back(
    cast: Cast, after_school: Callable[..., Page]
) -> None:
    planner = f"/pupils/{cast.kai.uuid}/step/"
    phone = after_school(0, cast.teacher, PHONE, "/my-lessons/")
    check_accessibility(phone)
    says(phone, "Went well", *(f"Art on {day}" for day in DAYS[:3]), line="Drew for the whole hour")
    check_accessibility(phone)

    lead = after_school(0, cast.lead, DESK, planner)
    expect(lead.get_by_role("row", name=re.compile("^Art"))).to_contain_text("3 of 3 went well")
    expect(lead.get_by_role("row", name=re.compile("^Art"))).to_contain_text("Drew for the whole hour")
    suggested = lead.get_by_role("region", name="Suggested next lessons")
    expect(suggested.get_by_role("checkbox", name="Science, Monday P1")).to_be_visible()
    expect(suggested).to_contain_text("Goes well with Mr Whitfield in another class")
    tick(lead, 20, "Science, Monday P1", "Science, Tuesday P1")
    check_accessibility(lead)
    publish(lead, "Step forward", 1, "Art goes well with Mr Whitfield.")

    phone = after_school(1, cast.teacher, PHONE, "/my-lessons/")
    expect(visit_on(phone, "Science on Monday")).to_contain_text("First lesson back")
    says(phone, "Mixed", "Science on Monday")
    lead = after_school(1, cast.lead, DESK, planner)
    expect(lead.get_by_role("main")).to_contain_text("Give it 2 school weeks more.")
    publish(lead, "Hold", 2, "Science needs time.")

    phone = after_school(3, cast.teacher, PHONE, "/my-lessons/")
    says(phone, "Went well", "Science on Monday", "Science on Tuesday", line="Worked beside Tobi")
    lead = after_school(3, cast.lead, DESK, planner)
    expect(lead.get_by_role("row", name=re.compile("^Science"))).to_contain_text("2 of 3 went well")
    expect(lead.get_by_role("region", name="Suggested next lessons")).to_contain_text(
        "Other lessons in 8R2/Sc go well"
    )
    tick(
        lead, 28, *(f"Science, {day} P1" for day in DAYS[2:]), "Maths, Monday P2", "Maths, Tuesday P2",
    )  # fmt: skip
    publish(lead, "Step forward", 4, "All of science, and maths to try.")

    phone = after_school(5, cast.teacher, PHONE, "/my-lessons/")
    says(phone, "Found it hard", *(f"Science on {day}" for day in ("Wednesday", "Yesterday", "Today")))
    lead = after_school(5, cast.lead, DESK, planner)
    expect(lead.get_by_role("row", name=re.compile("^Science"))).to_contain_text("2 of 5 went well")
    back_to_the_base(lead, cast)
    expect(lead.locator("#plan")).to_contain_text("48% → 36% of the week")
    publish(lead, "Step back", 6, "The end of the week is too much for now.")

    lead = after_school(6, cast.lead, DESK, planner)
    suggested = lead.get_by_role("region", name="Suggested next lessons")
    expect(suggested).to_contain_text("The last change was a step back. Hold first")
    suggested.locator("summary", has_text="Not yet, and why").click()
    expect(suggested).to_contain_text("The last lessons in 8R2/Sc were hard.")
    publish(lead, "Hold", 7, "So that it can do its work.")

    lead = after_school(8, cast.lead, DESK, planner)
    lessons = [*(f"Maths, {day} P2" for day in DAYS[2:]), *(f"English, {day} P3" for day in DAYS[:3])]
    tick(lead, 36, *lessons)
    publish(lead, "Step forward", 9, "Calm since; maths and English ask for more.")
    lead.set_viewport_size(PHONE)
    lead.goto(planner)
    check_accessibility(lead)

    way = [("start", 20), ("forward", 28), ("hold", 28), ("forward", 48), ("back", 36), ("hold", 36)]
    assert journey(cast) == [*way, ("forward", 60)]


def back_to_the_base(page: Page, cast: Cast) -> None:
    """Three lessons of week A by hand, and the same of week B."""
    page.locator("summary", has_text="Change single lessons").click()
    for day in DAYS[2:]:
        science = page.get_by_label(re.compile(rf"^P1.*Science, {day}, week A"))
        science.select_option(label=science.locator("option", has_text="Science in the base").inner_text())
    page.get_by_role("button", name="Copy to week B").click()


def journey(cast: Cast) -> list[tuple[str, int | None]]:
    """Each step's kind, and the share of the week in mainstream on its first day."""
    with context.within(cast.school.pk):
        steps = list(HybridStep.objects.filter(school=cast.school).by_date())
        shares = [
            mainstream_share(cast.school, [cast.kai.pk], step.starts_on)[cast.kai.pk].percent
            for step in steps
        ]
    return [(step.kind, share) for step, share in zip(steps, shares, strict=True)]
