"""What a demo school is made of: classes, subjects, the provision's adults, and pupils with a story."""

from dataclasses import dataclass, field
from typing import Literal

from .referred import Referred

BELL = [
    ("Reg", "08:40", "09:00", "registration"),
    ("1", "09:00", "10:00", "lesson"),
    ("2", "10:00", "11:00", "lesson"),
    ("Break", "11:00", "11:20", "break"),
    ("3", "11:20", "12:20", "lesson"),
    ("Lunch", "12:20", "13:05", "lunch"),
    ("4", "13:05", "14:05", "lesson"),
    ("5", "14:05", "15:05", "lesson"),
]
LESSONS = [name for name, _, _, kind in BELL if kind == "lesson"]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]


@dataclass(frozen=True)
class Adult:
    """An adult of the provision, or one with a role of their own. `signs_in`: the roles of their account."""

    code: str
    title: str
    given: str
    family: str
    post: str
    qualified: bool
    subject: str = ""
    signs_in: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.title} {self.family}"

    @property
    def email(self) -> str:
        return f"{self.given[0]}.{self.family}@school.example".lower()


@dataclass(frozen=True)
class Group:
    """One of the rooms that run side by side: which sessions it has, in turn, and who is in them."""

    room: str
    sessions: tuple[tuple[str, str], ...]  # (title, strand)
    adults: tuple[tuple[str, str], ...]  # (staff code, role)
    places: int | None = None


@dataclass(frozen=True)
class Story:
    """A pupil with a place. `weeks_ago` counts school weeks; a negative one is a place still to come.

    `journey` lists (school weeks after the start, lessons a cycle in mainstream, kind of step, why).
    """

    year: str
    weeks_ago: int
    journey: tuple[tuple[int, int, str, str], ...]
    helps: str
    mood: float  # where check-ins settle, 1 to 5
    key_adult: str
    group: int = 0
    extra: Literal["", "supported", "offsite", "reduced", "often away"] = ""


@dataclass(frozen=True)
class Plan:
    urn: str
    name: str
    trust: str
    phase: str
    cycle_weeks: int
    provision: str
    model: str
    years: dict[str, tuple[str, ...]]  # year group → its forms
    form_size: int
    pattern: tuple[str, ...]  # subjects in the order in which a form meets them
    team: tuple[Adult, ...]
    groups: tuple[Group, ...]
    stories: tuple[Story, ...]
    seed: int
    referrals: tuple[Referred, ...]
    names_of_years: dict[str, str] = field(default_factory=dict)

    def who(self, role: str) -> Adult:
        """The first of the team who signs in with a role."""
        return next(adult for adult in self.team if role in adult.signs_in)

    @property
    def panel(self) -> list[tuple[str, str]]:
        """Who sits on a panel: names and posts."""
        return [(adult.name, adult.post) for adult in map(self.who, ("leader", "lead", "senco"))]
