"""Today on a tablet: a tap, no network, two tablets at once, signed out meanwhile, and no script at all."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from iap.schools.calendar import Calendar
from iap.tenancy import context
from pupils.models import CheckIn, Note
from tests.factories import (
    PASSWORD,
    MembershipFactory,
    PlacementFactory,
    PupilFactory,
    SchoolFactory,
    bell,
    open_weeks,
)
from tests.timetables.week import session_in, with_sessions
from timetables.actions.steps import publish_step

from .conftest import DESK, NOW, PHONE, TABLET, check_accessibility, go_offline, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = NOW.date()


class Place:
    """A school with a session in the second lesson, two pupils in it, and two members of staff."""

    def __init__(self) -> None:
        self.school = SchoolFactory()
        bell(self.school)
        open_weeks(self.school, TODAY - dt.timedelta(weeks=3), TODAY + dt.timedelta(weeks=3))
        week = Calendar.of(self.school, TODAY, TODAY).week_label(TODAY)
        self.session = session_in(self.school, week, number=6, title="Reading together")
        self.staff, self.colleague = (MembershipFactory(school=self.school).user for _ in range(2))
        self.kai, self.amira = self._seated("Kai"), self._seated("Amira")

    def _seated(self, name: str) -> Any:
        pupil = PupilFactory(school=self.school, given_name=name, family_name="Mensah")
        place = PlacementFactory(
            school=self.school, pupil=pupil, starts_on=TODAY, helps="Warn before changes"
        )
        places = with_sessions(self.school, self.session)
        publish_step(place, by=self.staff, kind="start", starts_on=TODAY, why="A first week.", places=places)
        return pupil

    def taps(self, model: Any = CheckIn) -> list[Any]:
        with context.within(self.school.pk):
            return list(model.objects.filter(school=self.school).order_by("pk"))


@pytest.fixture
def place(school_day: Any, transactional_db: Any) -> Place:
    with transaction.atomic():
        return Place()


@pytest.fixture
def board(open_window: Callable[..., Page], place: Place) -> Callable[..., Page]:
    def opened(user: Any = None, size: Any = TABLET, **options: Any) -> Page:
        page = open_window(size, **options)
        sign_in(page, (user or place.staff).email, PASSWORD)
        page.goto("/today/")
        return page

    return opened


def tile(page: Page, name: str = "Kai M.") -> Any:
    return page.get_by_role("article", name=name)


def face(page: Page, word: str, name: str = "Kai M.") -> Any:
    return tile(page, name).get_by_role("button", name=word, exact=True)


def pressed(page: Page, word: str, name: str = "Kai M.", timeout: int = 5_000) -> None:
    expect(face(page, word, name)).to_have_attribute("aria-pressed", "true", timeout=timeout)


def eventually(asked: Callable[[], Any], answer: Any, page: Page) -> None:
    """The server's rows become these within ten seconds."""
    for _ in range(40):
        if asked() == answer:
            return
        page.wait_for_timeout(250)
    assert asked() == answer


def poll(page: Page) -> None:
    page.evaluate("document.body.dispatchEvent(new Event('iap:poll'))")


def test_a_tap_is_stored_said_and_can_be_undone(board: Any, place: Place) -> None:
    page = board()
    face(page, "Steady").click()
    pressed(page, "Steady")
    expect(page.locator("#live")).to_contain_text("Kai M., Steady, saved")
    assert [entry.readiness for entry in place.taps()] == [4]
    tile(page).get_by_role("button", name="Undo").click()
    expect(tile(page)).to_contain_text("Not asked yet")
    assert [entry.stands for entry in place.taps()] == [False]


def test_two_quick_taps_are_two_entries_and_the_last_one_shows(board: Any, place: Place) -> None:
    page = board()
    face(page, "Shaky").click()
    face(page, "Okay").click()
    eventually(lambda: [entry.readiness for entry in place.taps()], [2, 3], page)
    pressed(page, "Okay")


def test_without_network_taps_wait_here_in_order_and_keep_their_time(board: Any, place: Place) -> None:
    page = board()
    go_offline(page)
    face(page, "Stuck").click()
    face(page, "Steady", "Amira M.").click()
    expect(page.locator("#sync")).to_contain_text("2 kept on this device")
    expect(tile(page)).to_contain_text("Will send")
    assert place.taps() == []
    page.context.set_offline(False)
    eventually(lambda: len(place.taps()), 2, page)
    stored = place.taps()
    assert [(entry.pupil_id, entry.readiness) for entry in stored] == [(place.kai.pk, 1), (place.amira.pk, 4)]
    assert all(entry.at <= entry.saved_at for entry in stored)


def test_what_was_not_sent_is_sent_after_the_page_was_closed(board: Any, place: Place) -> None:
    page = board()
    page.route(re.compile(r"/today/\d{4}-\d\d-\d\d/[0-9a-f-]{36}/"), lambda route: route.abort())
    face(page, "Steady").click()
    expect(page.locator("#sync")).to_have_attribute("data-state", "offline")
    page.unroute_all()
    page.goto("/today/")
    eventually(lambda: [entry.readiness for entry in place.taps()], [4], page)


def test_without_network_the_pill_goes_on_saying_so(board: Any) -> None:
    page = board()
    go_offline(page)
    expect(page.locator("#sync")).to_have_attribute("data-state", "offline")
    page.clock.fast_forward(11_000)  # the next try, with nothing to send
    page.wait_for_timeout(500)
    expect(page.locator("#sync")).to_have_attribute("data-state", "offline")


def test_signed_out_meanwhile_keeps_the_tap_until_the_same_person_is_back(board: Any, place: Place) -> None:
    page = board()
    page.context.clear_cookies()
    face(page, "Steady").click()
    expect(page.get_by_text("kept on this device").last).to_be_visible()
    assert place.taps() == []
    sign_in(page, place.staff.email, PASSWORD)
    page.goto("/today/")
    eventually(lambda: [entry.by_id for entry in place.taps()], [place.staff.pk], page)


def test_a_tap_is_never_sent_as_somebody_else(board: Any, place: Place) -> None:
    page = board()
    page.context.clear_cookies()
    face(page, "Steady").click()
    expect(page.get_by_text("kept on this device").last).to_be_visible()
    other = page.context.new_page()  # a colleague signs in beside it, and the old page tries again
    sign_in(other, place.colleague.email, PASSWORD)
    other.goto("/today/")
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_timeout(2_000)
    assert place.taps() == []


def test_a_second_tablet_sees_a_tap_also_after_it_was_tapped_itself(board: Any, place: Place) -> None:
    one, two = board(), board(place.colleague)
    face(two, "Okay", "Amira M.").click()
    eventually(lambda: len(place.taps()), 1, two)
    face(one, "Steady").click()
    eventually(lambda: len(place.taps()), 2, one)
    two.clock.fast_forward(16_000)  # the next look at what others have tapped
    pressed(two, "Steady")


def test_a_note_being_written_is_not_taken_away_while_the_rest_goes_on(board: Any, place: Place) -> None:
    one, two = board(), board(place.colleague)
    two.get_by_role("link", name="Note about Kai M.").click()
    note = two.get_by_label("A note about Kai M.")
    note.fill("Set out the chairs")
    face(one, "Okay").click()
    face(one, "Steady", "Amira M.").click()
    eventually(lambda: len(place.taps()), 2, one)
    poll(two)
    pressed(two, "Steady", "Amira M.")
    expect(note).to_have_value("Set out the chairs")
    expect(note).to_be_focused()
    expect(face(two, "Okay")).to_have_attribute("aria-pressed", "false")
    two.get_by_role("link", name="Note about Kai M.").click()
    note.fill("")
    two.get_by_role("link", name="Note about Kai M.").click()  # put away again
    two.evaluate("document.activeElement.blur()")
    poll(two)
    pressed(two, "Okay")


def test_a_note_is_saved(board: Any, place: Place) -> None:
    page = board()
    expect(tile(page).get_by_role("link", name="Speak to the DSL now about Kai M.")).to_be_visible()
    page.get_by_role("link", name="Note about Kai M.").click()
    expect(tile(page).get_by_role("link", name="speak to the DSL now", exact=True)).to_be_visible()
    page.get_by_label("A note about Kai M.").fill("Set out the chairs.")
    page.get_by_role("button", name="Save note").locator("visible=true").click()
    eventually(lambda: [note.text for note in place.taps(Note)], ["Set out the chairs."], page)


def test_without_a_script_one_tap_is_one_entry(board: Any, place: Place) -> None:
    page = board(java_script_enabled=False)
    face(page, "Steady").click()
    pressed(page, "Steady")
    assert [entry.readiness for entry in place.taps()] == [4]
    tile(page).get_by_role("button", name="Undo").click()
    expect(tile(page)).to_contain_text("Not asked yet")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, TABLET, PHONE], ids=["desk", "tablet", "phone"])
def test_the_board_can_be_used_by_everybody(board: Any, place: Place, size: Any, scheme: str) -> None:
    page = board(size=size, color_scheme=scheme, bypass_csp=True)
    check_accessibility(page)
    face(page, "Shaky").click()
    eventually(lambda: len(place.taps()), 1, page)
    expect(tile(page)).not_to_contain_text("Will send")
    check_accessibility(page)
