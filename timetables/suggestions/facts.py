"""What is known when the next lessons are suggested. Plain values: nothing here asks a database."""

from dataclasses import dataclass
from enum import StrEnum


class Answer(StrEnum):
    """What the lesson's teacher answered when the pupil was referred."""

    BACK_FIRST = "back-first"  # would have them back first
    WELL = "well"
    HARD = "hard"
    NONE = ""


@dataclass(frozen=True)
class Feel:
    """How ready the pupil was, on average, in check-ins at one moment of the day, and in how many."""

    mean: float = 0.0
    count: int = 0


@dataclass(frozen=True)
class Candidate:
    """A lesson that is not in mainstream yet: a class at one time of the week, at which the pupil is not off site.

    `slots` are (week, period) of the cycle. `visits` are outcomes in other lessons of the same class, oldest
    first; `teacher_visits` those with the same teacher in other classes.
    """

    key: str
    name: str  # Science, Thursday P2
    subject: str
    class_name: str
    slots: tuple[tuple[str, int], ...]
    order: tuple[int, str]  # its place in the week, for ties
    teachers: str = ""
    room: str = ""
    visits: tuple[str, ...] = ()
    teacher_visits: tuple[str, ...] = ()
    answer: Answer = Answer.NONE
    strength: bool = False  # the referral named the class as going well
    subject_strength: bool = False  # it named another class of the subject, as before a change of set
    asked_for: bool = False  # the pupil asked for it
    first_of_day: bool = False
    after_break: bool = False
    briefed: bool = False  # its teacher has read what helps
    agreed: int = 0  # classroom changes agreed
    in_place: int = 0  # of these, in place
    room_holds: int | None = None  # areas of the lesson's readiness that hold, of five; None: not looked at
    has_teacher: bool = True


@dataclass(frozen=True)
class Way:
    """The pupil's way so far. `weeks` are school weeks since the last change took effect; None before any."""

    weeks: int | None = None
    last_kind: str = ""  # kind of the last step
    held_since_back: bool = True  # a hold was decided since the last step back
    coming: bool = False  # a step is published that has not begun


@dataclass(frozen=True)
class Rules:
    """The school's own pace."""

    weeks: int = 2
    lessons: int = 2
    ready_areas: int = 4  # areas of a pupil's readiness that speak for a next lesson, of five
    room_areas: int = 4  # and of a lesson's


@dataclass(frozen=True)
class Facts:
    candidates: tuple[Candidate, ...]
    way: Way = Way()
    rules: Rules = Rules()
    usually: Feel = Feel()  # all check-ins of the last weeks
    mornings: Feel = Feel()  # those at the first lesson of the day
    after_breaks: Feel = Feel()  # those at the first lesson after break or lunch
    ready: int | None = None  # areas of the pupil's readiness that hold, of five; None: not looked at
