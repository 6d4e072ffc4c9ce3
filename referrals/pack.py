"""The papers of a panel: an agenda, and one page for each pupil. Knows no model; `packing` fills it."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from iap.ui.pdf import printable, render
from iap.ui.words import plural

MORE = " … (more in the product)"
MEMBERS = 14
PAGEFUL = 6000  # characters; more than a page of small letters holds, so that it need not be tried
_LONG_WORD = re.compile(r"(\S{16})(?=\S{8})")


@dataclass(frozen=True)
class PackPart:
    name: str
    points: int
    of: int
    why: str


@dataclass(frozen=True)
class PackPage:
    """One pupil. `attendance` has a label and per cent, or None for a gap, for each week."""

    number: int
    name: str
    year: str
    days: int
    facts: tuple[str, ...]
    referred: str
    happening: str
    goes_well: str
    pupil_words: str
    family: str
    outcomes: str
    tried: tuple[tuple[str, str], ...]
    attendance: tuple[tuple[str, int | None], ...]
    evidence: tuple[tuple[str, str], ...]
    priority: int
    parts: tuple[PackPart, ...]
    override: str
    answers: tuple[tuple[str, str, str, bool], ...]
    asked: int


@dataclass(frozen=True)
class Pack:
    provision: str
    school: str
    day: dt.date
    place: str
    members: tuple[str, ...]
    pages: tuple[PackPage, ...]
    made_for: str
    made_on: dt.date


@dataclass(frozen=True)
class Room:
    """What a page holds, in characters and rows."""

    long: int
    short: int
    cell: int
    tried: int
    teachers: int


# From everything that can be written to what always has room; a page shows the first that fits it.
ROOMS = (
    Room(long=2000, short=1000, cell=300, tried=12, teachers=14),
    Room(long=1300, short=750, cell=220, tried=9, teachers=14),
    Room(long=950, short=600, cell=160, tried=8, teachers=12),
    Room(long=720, short=440, cell=120, tried=6, teachers=12),
    Room(long=540, short=320, cell=100, tried=5, teachers=10),
    Room(long=420, short=240, cell=80, tried=4, teachers=7),
    Room(long=240, short=140, cell=60, tried=3, teachers=4),
)


def pack_pdf(pack: Pack) -> bytes:
    """A tagged PDF, marked confidential and numbered; as many pages as pupils, and one before them."""
    made = pack.made_on
    given = printable(asdict(pack))
    data = {
        **given,
        "day": f"{pack.day:%A} {_day(pack.day)}",
        "place": cut(given["place"], 120),
        "made": _day(made),
        "made_on": (made.year, made.month, made.day),
        "members": _rows((cut(member, 120) for member in given["members"]), MEMBERS),
        "pages": [_page(page) for page in given["pages"]],
    }
    return render("panel_pack", data)


def cut(text: str, most: int) -> str:
    """At most so many characters, up to a word's end, and where to find the rest. Long words may be broken."""
    flat = " ".join(text.split())
    if len(flat) > most:
        kept = flat[: most - len(MORE) + 1]
        whole = kept.rpartition(" ")[0]
        flat = (whole if len(whole) > len(kept) // 2 else kept[:-1]).rstrip() + MORE
    return _LONG_WORD.sub("\\1\u200b", flat)


def _day(day: dt.date) -> str:
    """Always with its year: a paper is read again in another."""
    return f"{day.day} {day:%B %Y}"


def _rows(rows: Iterable[Any], most: int) -> dict[str, Any]:
    """The first of them, and how many more there are."""
    found = list(rows)
    more = len(found) - most
    return {"rows": found[:most], "more": f"{more} more in the product." if more > 0 else ""}


def _page(page: dict[str, Any]) -> dict[str, Any]:
    """What is on every page, and its texts for each room; those that would cut nothing more are left out."""
    texts: list[dict[str, Any]] = []
    for room in ROOMS:
        cut_for_it = _texts(page, room)
        if cut_for_it not in texts and (room is ROOMS[-1] or len(str(cut_for_it)) < PAGEFUL):
            texts.append(cut_for_it)
    counted = sum(part["points"] for part in page["parts"])
    return {
        "number": page["number"],
        "name": cut(page["name"], 60),
        "year": page["year"],
        "days": page["days"],
        "facts": [cut(fact, 40) for fact in page["facts"][:6]],
        "referred": cut(page["referred"], 120),
        "attendance": page["attendance"],
        "attendance_says": _attendance_says(page["attendance"]),
        "priority": page["priority"],
        "priority_says": ", ".join(_part_says(part) for part in page["parts"]),
        "counted": f"The parts below make {counted}." if counted != page["priority"] else "",
        "answered": f"{len(page['answers'])} of {plural(page['asked'], 'teacher')} answered.",
        "texts": texts,
    }


def _texts(page: dict[str, Any], room: Room) -> dict[str, Any]:
    return {
        "happening": cut(page["happening"], room.long) or "Not said.",
        "goes_well": cut(page["goes_well"], room.long) or "Not said.",
        "pupil_words": cut(page["pupil_words"], room.short),
        "family": cut(page["family"], room.short) or "No views noted.",
        "outcomes": cut(page["outcomes"], room.short) or "Not said.",
        "tried": _rows(
            ((cut(what, room.cell), cut(effect, room.cell)) for what, effect in page["tried"]), room.tried
        ),
        "evidence": _rows(
            ((cut(label, room.cell), cut(value, room.cell)) for label, value in page["evidence"]), 5
        ),
        "answers": _rows(
            (
                (cut(who, room.cell), cut(going, 30), cut(works, room.cell), first)
                for who, going, works, first in page["answers"]
            ),
            room.teachers,
        ),
        "override": cut(page["override"], 2 * room.cell),
        "parts": [
            {**part, "name": cut(part["name"], 40), "why": cut(part["why"], room.cell)}
            for part in page["parts"]
        ],
    }


def _attendance_says(weeks: Iterable[tuple[str, int | None]]) -> str:
    said = [f"{label} {'not known' if percent is None else f'{percent}%'}" for label, percent in weeks]
    return "Attendance by week: " + (", ".join(said) or "not known")


def _part_says(part: dict[str, Any]) -> str:
    return f"{part['name']} {part['points']} of {part['of']}"
