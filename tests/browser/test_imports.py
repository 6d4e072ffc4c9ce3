"""A data manager's way: files are sent, looked at, brought in and taken back, whatever a school exports."""

import csv
import io
import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from celery.contrib.testing.worker import start_worker
from django.db import transaction
from playwright.sync_api import Page, expect

from iap.celery import app
from iap.imports.finding import recognise
from iap.imports.tables import Table
from iap.schools.models import Role, School
from pupils.models import Pupil
from tests.factories import MembershipFactory, SchoolFactory, see
from tests.imports.test_sample_schools import DATA, _found

from .conftest import DESK, PHONE, check_accessibility
from .test_every_page import sign_in_quickly

pytestmark = pytest.mark.django_db(transaction=True)
PRIMARY, SECONDARY = DATA / "primary-arbor", DATA / "secondary-sims"
KINDS = [
    *("pupils", "staff", "periods", "calendar", "timetable", "members", "attendance", "attendance-last-year"),
    *("suspensions", "incidents", "contacts"),
]
AT_MOST = 120_000  # milliseconds for a whole school on a busy machine
WHOLE = os.environ.get("IAP_TEST_WHOLE") == "1"
Chosen = list[dict[str, Any]]


@pytest.fixture
def worker(transactional_db: Any, settings: Any, tmp_path: Path) -> Iterator[None]:
    """A worker that takes jobs from Redis, beside the server, as in a school's own night and day."""
    settings.MEDIA_ROOT = tmp_path
    before = app.conf.task_always_eager, app.conf.task_default_queue
    app.conf.task_always_eager, app.conf.task_default_queue = False, f"tests-{os.getpid()}"
    app.amqp.queues.select_add(app.conf.task_default_queue)
    try:
        with start_worker(app, pool="solo", perform_ping_check=False, queues=[app.conf.task_default_queue]):
            yield
    finally:
        app.conf.task_always_eager, app.conf.task_default_queue = before


class Desk:
    """A data manager at the pages of imports, in a school of which nothing is known yet."""

    def __init__(self, page: Page, school: School) -> None:
        self.page, self.school = page, school

    def heading(self, words: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(words, timeout=AT_MOST)

    def press(self, words: str) -> None:
        self.page.get_by_role("button", name=words, exact=True).click()

    def send(self, files: Chosen | list[Path], then: str = "What would change") -> None:
        self.page.goto("/imports/")
        self.page.locator("input[type=file]").set_input_files(files)
        self.press("Check these files")
        self.heading(then)

    def look(self) -> None:
        """At the page as it is, on a desk and on a phone."""
        self.page.set_viewport_size(PHONE)
        check_accessibility(self.page)
        self.page.set_viewport_size(DESK)
        check_accessibility(self.page)

    def bring_in(self) -> None:
        self.page.get_by_role("button", name=re.compile("^Bring")).click()
        self.heading("Brought in")

    def take_back(self) -> None:
        self.press("Undo this import")
        self.heading("Undone")

    def found(self) -> dict[str, Any]:
        with transaction.atomic():
            see(self.school)
            return _found(self.school)

    def pupils(self) -> int:
        with transaction.atomic():
            see(self.school)
            return Pupil.objects.filter(school=self.school).count()


def desk_of(open_window: Callable[..., Page], **of_school: Any) -> Desk:
    with transaction.atomic():
        school = SchoolFactory(**of_school)
        user = MembershipFactory(school=school, role=Role.DATA).user
    page = open_window(DESK, bypass_csp=True)
    sign_in_quickly(page, user)
    return Desk(page, school)


@pytest.fixture
def primary(school_day: Any, worker: None, open_window: Callable[..., Page]) -> Desk:
    return desk_of(open_window, phase="primary", cycle_weeks=1)


@pytest.fixture
def secondary(school_day: Any, worker: None, open_window: Callable[..., Page]) -> Desk:
    return desk_of(open_window)


def expected(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "expected.json").read_text())


def rows_of(path: Path) -> list[list[str]]:
    content = path.read_bytes()
    text = content.decode("utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "cp1252")
    return list(csv.reader(io.StringIO(text)))


def file_of(name: str, rows: list[list[str]]) -> dict[str, Any]:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return {"name": name, "mimeType": "text/csv", "buffer": out.getvalue().encode("cp1252")}


def whole(folder: Path) -> list[Path]:
    return [*(folder / f"{kind}.csv" for kind in KINDS), folder / "oneroster.zip"]


def a_few_pupils(folder: Path) -> tuple[Chosen, dict[str, int]]:
    """A sample's files with those pupils alone who were suspended, and how many rows each holds."""
    kept = {row[0].strip() for row in rows_of(folder / "suspensions.csv")[1:]}
    files, rows = [], {}
    for kind in KINDS:
        heading, *all_rows = rows_of(folder / f"{kind}.csv")
        place = heading.index("UPN") if "UPN" in heading else None
        some = [row for row in all_rows if place is None or row[place].strip() in kept]
        files.append(file_of(f"{kind}.csv", [heading, *some]))
        rows[kind] = len({tuple(cell.strip() for cell in row) for row in some})
    return files, rows


def brought_in(desk: Desk) -> dict[str, int]:
    """New rows by kind, as the record of the import says."""
    table = desk.page.get_by_role("table", name="Rows by kind")
    rows = (row.locator("th, td").all_inner_texts() for row in table.locator("tbody tr").all())
    return {cells[0]: int(cells[1].replace(",", "")) for cells in rows}


def test_a_primary_schools_whole_export_goes_in_and_comes_out_again(primary: Desk) -> None:
    primary.send(whole(PRIMARY))
    primary.look()
    assert primary.pupils() == 0
    primary.page.get_by_role("row", name=re.compile("^Attendance attendance.csv")).get_by_role(
        "link", name="21,840"
    ).click()
    expect(primary.page.locator("#h-rows")).to_contain_text("Attendance: new")
    primary.page.get_by_role("searchbox", name="Find in this list").fill("hugo james morning")
    primary.press("Find")
    expect(primary.page.locator("#rows .iap-list li").first).to_contain_text("Hugo James")
    primary.bring_in()
    primary.look()
    found, wanted = primary.found(), expected(PRIMARY)
    assert found == {name: wanted[name] for name in found}
    primary.take_back()
    assert primary.pupils() == 0


DRAGGED = """(text) => {
  const dragged = new DataTransfer();
  dragged.items.add(new File([text], "pupils.csv", { type: "text/csv" }));
  return dragged;
}"""


def test_files_are_dropped_on_the_page(primary: Desk) -> None:
    page = primary.page
    page.goto("/imports/")
    box, text = page.locator("[data-drop]"), (PRIMARY / "pupils.csv").read_text("utf-8-sig")
    dragged = {"dataTransfer": page.evaluate_handle(DRAGGED, text)}
    box.dispatch_event("dragover", dragged)
    expect(box).to_have_class(re.compile("is-over"))
    box.dispatch_event("drop", dragged)
    expect(box).not_to_have_class(re.compile("is-over"))
    expect(page.locator("[data-drop-names]")).to_have_text("pupils.csv")
    primary.press("Check these files")
    primary.heading("What would change")
    expect(page.get_by_role("row", name=re.compile("^Pupils pupils.csv"))).to_contain_text("210")


def test_a_secondary_schools_export_goes_in_and_comes_out_again(secondary: Desk) -> None:
    files, rows = a_few_pupils(SECONDARY)
    secondary.send(whole(SECONDARY) if WHOLE else files)
    secondary.bring_in()
    if WHOLE:
        found, wanted = secondary.found(), expected(SECONDARY)
        assert found == {name: wanted[name] for name in found}
    else:
        said = brought_in(secondary)
        assert (said["Attendance"], said["Pupils"], said["Class membership"], said["Timetable"]) == (
            rows["attendance"], rows["pupils"], rows["members"], expected(SECONDARY)["lessons"],
        )  # fmt: skip
    secondary.take_back()
    assert secondary.pupils() == 0


def test_a_oneroster_zip_goes_in_and_comes_out_again(primary: Desk) -> None:
    primary.send([PRIMARY / "oneroster.zip"])
    primary.bring_in()
    wanted, said = expected(PRIMARY), brought_in(primary)
    assert (said["Pupils"], said["Staff"], said["Class membership"]) == (
        wanted["pupils"], wanted["staff"], wanted["memberships"],
    )  # fmt: skip
    primary.take_back()
    assert primary.pupils() == 0


FLOWERS = [
    *("Amaryllis", "Begonie", "Chrysantheme", "Dahlie", "Enzian", "Fuchsie", "Geranie", "Hyazinthe", "Iris"),
    *("Jasmin", "Kamille", "Lupine", "Mohn", "Narzisse", "Orchidee", "Primel", "Quitte"),
]
FOREIGN = {"Male": "Knabe", "Female": "Dirn"}
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def in_nobodys_words(folder: Path, kind: str, number: int) -> dict[str, Any]:
    """A file of the sample under headings, a name, a date form and an encoding that the sample has not."""
    heading, *rows = rows_of(folder / f"{kind}.csv")
    lines = [FLOWERS[: len(heading)]]
    lines += [[ISO.sub(r"\2/\3/\1", FOREIGN.get(cell, cell)) for cell in row] for row in rows]
    text = "\r\n".join(";".join(line) for line in lines)
    return {"name": f"liste-{number}.csv", "mimeType": "text/csv", "buffer": text.encode("utf-16")}


def columns_of(folder: Path, kind: str) -> dict[int, str]:
    """Our name for the column in each place, of the sample's own headings."""
    recognised = recognise(Table.of(f"{kind}.csv", rows_of(folder / f"{kind}.csv")[0], []))
    assert recognised is not None
    return {found.place: name for name, found in recognised.columns.items()}


def test_an_export_under_headings_nobody_knows_is_brought_in_through_the_mapping_page_alone(
    primary: Desk,
) -> None:
    page = primary.page
    files = [in_nobodys_words(PRIMARY, kind, number) for number, kind in enumerate(sorted(KINDS), start=10)]
    primary.send(files, then="What the files hold")
    for number, kind in enumerate(sorted(KINDS)):
        page.locator(f"#id_t{number}-kind").select_option(kind)
    page.get_by_role("button", name="Read it this way").first.click()
    for number, kind in enumerate(sorted(KINDS)):
        for place, column in columns_of(PRIMARY, kind).items():
            page.locator(f"#id_t{number}-c{place}").select_option(column)
    page.get_by_text("How the file is written").first.click()
    expect(page.get_by_label("Letters", exact=True).first).to_have_value("utf-16-le")
    primary.look()
    keep = "Keep this and see what would change"
    primary.press(keep)
    for word, stands_for in {"Knabe": "M", "Dirn": "F"}.items():
        page.get_by_label(f"What “{word}” stands for").select_option(stands_for, timeout=AT_MOST)
    primary.press(keep)
    primary.heading("What would change")
    primary.bring_in()
    found, wanted = primary.found(), expected(PRIMARY)
    year = {"school_days", "first_day", "last_day"}  # said by the OneRoster zip alone, which is not sent here
    assert found == {name: found[name] if name in year else wanted[name] for name in found}
    primary.send(files)  # the next time nothing is asked
    expect(page.get_by_text("Nothing would change: these files are already in.")).to_be_visible()
