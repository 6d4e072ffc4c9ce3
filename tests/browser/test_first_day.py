"""From a school's own export to a day on the tablet: every step by the person whose step it is, through pages."""

import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from playwright.sync_api import Page, expect

from iap.imports.run import import_folder
from iap.schools.models import Period, School, StaffMember
from iap.tenancy import context
from pupils.models import CheckIn, Pupil
from tests.factories import PASSWORD
from timetables.lessons import lessons_of_cycle
from timetables.models import LessonTeacher

from .conftest import DESK, NOW, PHONE, TABLET, check_accessibility, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
EXPORT = Path(__file__).parents[1] / "data" / "secondary-sims"
URN = "380488"
FOR_AXE = {"bypass_csp": True}  # axe measures with inline styles; other tests hold pages to the policy
SESSION = "Reading together"
TODAY = NOW.date()


class Brought:
    """What the export holds of the lesson that is now: its period, three pupils who have one, and a teacher."""

    def __init__(self, school: School) -> None:
        self.school = school
        now = Period.objects.get(
            school=school, weekday=TODAY.isoweekday(), starts__lte=NOW.time(), ends__gt=NOW.time()
        )
        day = Period.objects.filter(school=school, weekday=now.weekday, kind="lesson").in_order()
        self.now, self.next = now, [period for period in day if period.starts >= now.ends]
        self.pupils = list(Pupil.objects.filter(school=school, year_group=9).order_by("pk")[:3])
        free = StaffMember.objects.filter(school=school, left_on=None)
        self.qualified, self.lead = free.filter(qualified=True).order_by("pk")[:2]
        self.support = free.filter(qualified=False).order_by("pk")[0]
        self.teacher = self._teacher_of_the_next_lesson(self.pupils[0])

    def _teacher_of_the_next_lesson(self, pupil: Pupil) -> StaffMember:
        lesson = lessons_of_cycle(self.school, [pupil.pk], TODAY)[pupil.pk, "B", self.next[0].pk]
        return LessonTeacher.objects.filter(lesson=lesson.id).select_related("teacher")[0].teacher


@pytest.fixture
def brought(school_day: Any, transactional_db: Any) -> Brought:
    import_folder(EXPORT, URN)
    school = School.objects.get(urn=URN)
    with context.within(school.pk), transaction.atomic():
        return Brought(school)


def choose_password(page: Page, link: str) -> None:
    """Follow the link that was sent, choose a password, and sign in with it."""
    page.goto(re.sub(r"^https?://[^/]+", "", link))
    for box in page.locator("input[type=password]").all():
        box.fill(PASSWORD)
    page.get_by_role("button", name="Save the new password").click()
    page.wait_for_url("**/password/reset/key/done/")


def add_colleague(page: Page, mails: list[Any], staff: StaffMember, role: str) -> str:
    """A data manager gives somebody an account and links it with the record of the export. Returns the link sent."""
    page.goto("/people/add/")
    page.get_by_label("E-mail address").fill(staff.email)
    page.get_by_label("Name").fill(staff.full_name)
    page.get_by_label("Role").select_option(label=role)
    page.get_by_role("button", name="Add and send the link").click()
    expect(page.get_by_text(f"A link to set a password was sent to {staff.email}")).to_be_visible()
    page.goto(f"/people/staff/{staff.uuid}/")
    expect(page.get_by_text("An account has the same address")).to_be_visible()
    page.get_by_role("button", name="Link this account").click()
    expect(page.get_by_role("main")).to_contain_text("Linked to")
    link = re.search(r"https?://\S+", mails[-1].body)
    assert link and mails[-1].to == [staff.email]
    return link.group()


def add_session(page: Page, brought: Brought) -> None:
    """The lead sets up one session in the lesson that is now, with a qualified teacher and one support."""
    page.goto("/sessions/")
    check_accessibility(page)
    page.get_by_role("link", name="Add a session").first.click()
    page.get_by_label("Name").fill(SESSION)
    page.get_by_label("Week").select_option(label="Both weeks")
    page.get_by_label("Period").select_option(label=_option(page, "Period", brought.now))
    page.get_by_label("First day").fill(TODAY.isoformat())
    page.get_by_label("Room").fill("Base 1")
    check_accessibility(page)
    page.get_by_role("button", name="Add the session").click()
    page.wait_for_url(lambda address: "/sessions/new/" not in address)
    page.goto("/sessions/?week=B")
    page.get_by_role("link", name=re.compile(SESSION)).first.click()
    for adult, role in ((brought.qualified, "qt"), (brought.support, "support")):
        adults = page.get_by_role("region", name="Adults")
        expect(
            adults.get_by_text("Add an adult")
        ).to_be_visible()  # the page itself, before asking what it shows
        if not adults.get_by_label("Adult").is_visible():
            adults.get_by_text("Add an adult").click()
        adults.get_by_label("Adult").select_option(value=str(adult.uuid))
        adults.get_by_label("Role").select_option(value=role)
        adults.get_by_label("From").fill(TODAY.isoformat())
        adults.get_by_role("button", name="Add", exact=True).click()
        there = adults.get_by_role("listitem").filter(has_text=str(adult))
        all_the_same = adults.get_by_label("They are here all the same")
        expect(there.or_(all_the_same).first).to_be_visible()
        if all_the_same.is_visible():  # the export says that they teach then
            all_the_same.check()
            adults.get_by_role("button", name="Add", exact=True).click()
        expect(there).to_be_visible()
    check_accessibility(page)


def _option(page: Page, label: str, period: Period) -> str:
    said = period.starts.strftime("%H:%M")
    options = page.get_by_label(label).locator("option").all_text_contents()
    return next(each for each in options if period.get_weekday_display() in each and said in each)


def give_place(page: Page, brought: Brought, pupil: Pupil) -> None:
    """A placement, and a first week in which this lesson is in the base and all others stay mainstream."""
    page.goto(f"/pupils/{pupil.uuid}/place/")
    page.get_by_label("First day").first.fill(TODAY.isoformat())
    page.get_by_label("Key adult").select_option(value=str(brought.qualified.uuid))
    page.get_by_label("What helps, in a few words").fill("Warn before changes")
    page.get_by_role("button", name="Give the place").click()
    page.wait_for_url(lambda address: "/place/" not in address)
    page.goto(f"/pupils/{pupil.uuid}/step/")
    for slot in page.locator("select", has=page.locator("option", has_text=SESSION)).all():
        slot.select_option(
            label=next(each for each in slot.locator("option").all_text_contents() if SESSION in each)
        )
    page.get_by_label("What changed and why").fill("A calm start: one lesson in the base.")
    page.get_by_role("button", name="See what changes").locator("visible=true").click()
    expect(page.get_by_role("region", name="What this changes")).to_be_focused()
    page.get_by_role("button", name="Publish this step").click()
    page.wait_for_url(re.compile(r"/pupils/[0-9a-f-]+/$"))


def live_the_day(page: Page, brought: Brought) -> None:
    """A whole group checked in; then a note, a movement break, something taken back, and the next period."""
    page.goto("/today/")
    tiles = page.get_by_role("article")
    expect(tiles).to_have_count(3)
    expect(page.get_by_role("main")).to_contain_text("1:2")
    check_accessibility(page)
    for tile, word in zip(tiles.all(), ("Steady", "Okay", "Shaky"), strict=True):
        tile.get_by_role("button", name=word, exact=True).click()
        expect(tile.get_by_role("button", name=word, exact=True)).to_have_attribute("aria-pressed", "true")
    first, second, third = tiles.all()
    first.get_by_role("link", name=re.compile("^Note about")).click()
    first.get_by_role("textbox").fill("Set out the chairs for everybody.")
    first.get_by_role("button", name="Save note").locator("visible=true").click()
    expect(page.locator("#live")).to_contain_text("saved")
    second.get_by_role("button", name=re.compile("^Movement break")).click()
    expect(second.get_by_role("button", name=re.compile("End the movement break"))).to_be_visible()
    third.get_by_role("button", name=re.compile("^Undo")).click()
    expect(third).to_contain_text("Not asked yet")
    check_accessibility(page)
    page.get_by_role("link", name=re.compile("the next period")).click()
    expect(page.get_by_role("main")).to_contain_text("Nobody is in the base in this period")
    check_accessibility(page)


def test_from_the_schools_own_export_to_a_day_on_the_tablet(
    brought: Brought, open_window: Callable[..., Page], mailoutbox: list[Any]
) -> None:
    said = StringIO()
    call_command(
        "add_person",
        "keeper@school.example",
        "--name",
        "Ms K. Keeper",
        "--school",
        URN,
        "--role",
        "data",
        stdout=said,
    )
    keeper = open_window(DESK, **FOR_AXE)
    choose_password(keeper, said.getvalue().strip().splitlines()[-1])
    sign_in(keeper, "keeper@school.example", PASSWORD)
    expect(keeper.get_by_role("heading", level=1)).to_have_text("Imports")
    roles = {brought.lead: "IAP lead", brought.support: "IAP staff", brought.teacher: "Mainstream teacher"}
    links = {staff: add_colleague(keeper, mailoutbox, staff, role) for staff, role in roles.items()}

    lead = open_window(DESK, **FOR_AXE)
    choose_password(lead, links[brought.lead])
    sign_in(lead, brought.lead.email, PASSWORD)
    lead.goto("/settings/provision/")
    lead.get_by_label(re.compile("name", re.I)).first.fill("The Orchard")
    lead.get_by_role("button", name="Save").first.click()
    lead.wait_for_url("**/settings/")
    add_session(lead, brought)
    for pupil in brought.pupils:
        give_place(lead, brought, pupil)
    check_accessibility(lead)  # the last pupil's page

    tablet = open_window(TABLET, **FOR_AXE)
    choose_password(tablet, links[brought.support])
    sign_in(tablet, brought.support.email, PASSWORD)
    live_the_day(tablet, brought)
    assert _readiness(brought) == [4, 3]

    teacher = open_window(PHONE, **FOR_AXE)
    choose_password(teacher, links[brought.teacher])
    sign_in(teacher, brought.teacher.email, PASSWORD)
    for refused in ("/today/", f"/pupils/{brought.pupils[0].uuid}/", "/pupils/", "/sessions/", "/imports/"):
        answer = teacher.goto(refused)
        assert answer and answer.status == 403, refused
        check_accessibility(teacher)
    teacher.goto("/my-lessons/")
    expect(teacher.get_by_role("main")).to_contain_text(brought.pupils[0].known_as)
    check_accessibility(teacher)


def _readiness(brought: Brought) -> list[int | None]:
    """What stands of the check-ins, in the order of the tiles."""
    with context.within(brought.school.pk):
        standing = CheckIn.objects.filter(school=brought.school).order_by("pk")
        return [entry.readiness for entry in standing if entry.stands]
