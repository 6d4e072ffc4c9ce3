"""The papers of a panel: an agenda, and one page for each pupil. Knows no model; `packing` fills it."""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from iap.ui.moments import day as said
from iap.ui.pdf import render
from iap.ui.words import plural

# What a page holds, in characters and rows. Longer texts end with where the rest is.
LONG, SHORT, ROWS, TEACHERS = 420, 240, 4, 6
MORE = " … (more in the product)"


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


def pack_pdf(pack: Pack) -> bytes:
    """A tagged PDF, marked confidential and numbered; as many pages as pupils, and one before them."""
    made = pack.made_on
    data = {
        **asdict(pack),
        "day": said(pack.day),
        "made": f"{made.day} {made:%B %Y}",
        "made_on": (made.year, made.month, made.day),
        "members": [cut(member, 120) for member in pack.members[:14]],
        "pages": [_page(page) for page in pack.pages],
    }
    return render("panel_pack", data)


def cut(text: str, most: int) -> str:
    """At most so many characters, on as few lines as they need, and where to find the rest."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - len(MORE)].rstrip() + MORE


def _page(page: PackPage) -> dict[str, Any]:
    known = [f"{label} {percent}%" for label, percent in page.attendance if percent is not None]
    return {
        **asdict(page),
        "name": cut(page.name, 60),
        "facts": [cut(fact, 40) for fact in page.facts[:6]],
        "referred": cut(page.referred, 120),
        "happening": cut(page.happening, LONG) or "Not said.",
        "goes_well": cut(page.goes_well, LONG) or "Not said.",
        "pupil_words": cut(page.pupil_words, SHORT) or "Not asked yet.",
        "family": cut(page.family, SHORT) or "Not said.",
        "outcomes": cut(page.outcomes, SHORT) or "Not said.",
        "tried": [(cut(what, 70), cut(effect, 70)) for what, effect in page.tried[:ROWS]],
        "attendance_says": "Attendance by week: " + (", ".join(known) or "not known"),
        "evidence": [(cut(label, 40), cut(value, 40)) for label, value in page.evidence[:5]],
        "priority_says": ", ".join(f"{part.name} {part.points} of {part.of}" for part in page.parts),
        "parts": [{**asdict(part), "why": cut(part.why, 90)} for part in page.parts],
        "override": cut(page.override, 140),
        "answers": [
            (cut(who, 60), going, cut(works, 80), first)
            for who, going, works, first in page.answers[:TEACHERS]
        ],
        "answered": f"{len(page.answers)} of {plural(page.asked, 'teacher')} answered.",
    }
