"""How the provision's facts are worded and coloured on screen.

Colour says where a pupil is; a shape or a word says how it goes. Values are the ones stored; this is the only
place that gives them a look, so that no model knows an icon or a class.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    """A class of the theme (`k-…`), an icon's name and a word or two."""

    css: str
    icon: str
    label: str


PLACES = {
    "mainstream": Look("k-main", "building-library", "Mainstream"),
    "supported": Look("k-main", "lifebuoy", "Supported in mainstream"),
    "session": Look("k-iap", "home", "IAP session"),
    "social": Look("k-social", "user-group", "With year group"),
    "offsite": Look("k-away", "map-pin", "Off site"),
    "reduced": Look("k-away", "home-modern", "Agreed reduced hours"),
}

STRANDS = {
    "assessment": Look("k-iap", "clipboard-document-check", "Assessment"),
    "intervention": Look("k-care", "heart", "Intervention"),
    "enrichment": Look("k-iap", "sun", "Enrichment"),
    "vocational": Look("k-iap", "wrench-screwdriver", "Vocational"),
    "curriculum": Look("k-iap", "book-open", "Curriculum"),
}

UNKNOWN = Look("k-plain", "question-mark-circle", "Not known")

READINESS = {1: "Stuck", 2: "Shaky", 3: "Okay", 4: "Steady", 5: "Ready"}

STEPS = {
    "start": Look("k-plain", "play-circle", "Start"),
    "forward": Look("k-iap", "arrow-up-circle", "Step forward"),
    "hold": Look("k-social", "pause-circle", "Hold"),
    "back": Look("k-care", "arrow-uturn-left", "Step back"),
    "correction": Look("k-plain", "pencil-square", "Correction"),
}

# What an adult is in a session. "Teacher" means qualified.
ROLES = {
    "qt": Look("k-iap", "academic-cap", "Teacher"),
    "support": Look("k-plain", "user", "Support"),
    "none": Look("k-look", "exclamation-circle", "No teacher"),
}

# How a lesson went, in the order in which a summary counts them.
OUTCOMES = {"well": "went well", "mixed": "mixed", "hard": "found it hard", "absent": "not there"}
_ALSO = {
    "2": "well", "1": "mixed", "0": "hard", "w": "well", "m": "mixed", "h": "hard", "a": "absent",
    "went-well": "well", "not-there": "absent", "did-not-attend": "absent", "none": "absent",
}  # fmt: skip


def place(kind: str, strand: str = "", provision: str = "") -> Look:
    """Where a pupil is. A session looks like its strand, if given, and is named after the provision."""
    if kind == "session":
        if strand in STRANDS:
            return STRANDS[strand]
        look = PLACES["session"]
        return Look(look.css, look.icon, provision or look.label)
    return PLACES.get(kind, UNKNOWN)


def strand(kind: str) -> Look:
    return STRANDS.get(kind, UNKNOWN)


def step(kind: str) -> Look:
    return STEPS.get(kind, UNKNOWN)


def readiness(value: object) -> str:
    """Stuck, Shaky, Okay, Steady or Ready; nothing where nobody has asked."""
    return READINESS.get(as_readiness(value), "")


def as_readiness(value: object) -> int:
    """1 to 5, or 0 for anything else."""
    try:
        number = int(value)  # type: ignore[call-overload]
    except (TypeError, ValueError):
        return 0
    return number if number in READINESS else 0


def outcome(value: object) -> str:
    """One of OUTCOMES' keys, or an empty string for a lesson nobody has rated."""
    key = str(value)
    key = _ALSO.get(key, key)
    return key if key in OUTCOMES else ""


def initials(name: str) -> str:
    """Kai Mensah → KM; one name gives one letter."""
    parts = [part for part in str(name).replace("-", " ").split() if part[:1].isalnum()]
    return (parts[0][:1] + (parts[-1][:1] if len(parts) > 1 else "")).upper() if parts else ""


def plural(number: int, one: str, many: str = "") -> str:
    """`1 pupil`, `2 pupils`, `1,200 pupils`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(names: Sequence[str]) -> str:
    """`Kai`, `Kai and Amira`, `Kai, Amira and Tom`."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def first_of(names: Sequence[str], most: int) -> str:
    """The first so many, as `Kai, Amira and 3 more`."""
    others = len(names) - most
    return listed([*names[:most], f"{others:,} more"] if others > 0 else names)
