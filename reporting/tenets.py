"""What a provision asks itself: four tenets of effective practice, each as statements in our own words.

The tenets are those that research names (The Difference, 2025). `evidence` are keys of figures that have a bearing
on a statement; they are put beside it, and judge nothing. A statement's key stands in kept reviews and never
changes; one that is no longer asked stays readable there.
"""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Statement:
    key: str
    text: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tenet:
    key: str
    name: str
    about: str
    statements: tuple[Statement, ...]


TENETS = (
    Tenet(
        "unified",
        "One with the mainstream school",
        "Pupils stay part of their school, and the mainstream room changes with them.",
        (
            Statement(
                "keep-lessons",
                "From their first week, pupils keep lessons, breaks or lunch with their year group.",
                ("mainstream-share",),
            ),
            Statement(
                "room-changes",
                "Every return to a lesson names what the classroom will change, and it does change.",
                ("changes-in-place",),
            ),
            Statement(
                "teachers-know",
                "Mainstream teachers know before the lesson who comes back and what helps.",
                (),
            ),
            Statement(
                "never-sanction",
                "A place is support. It is never given, or threatened, as a punishment.",
                (),
            ),
            Statement("leaders-seen", "Senior leaders are often here, and answer for what happens here."),
        ),
    ),
    Tenet(
        "needs",
        "Needs are found early, and found whole",
        "Learning, wellbeing and safety are looked at together, with the pupil and the family.",
        (
            Statement(
                "tried-first",
                "Before a place, we know what was tried and what came of it.",
                ("wait", "decision"),
            ),
            Statement(
                "learning-needs", "In their first weeks, what each pupil finds hard to learn is assessed."
            ),
            Statement(
                "wellbeing-needs", "Wellbeing, speech and language are assessed, not guessed from behaviour."
            ),
            Statement(
                "safety-needs", "What keeps a pupil safe is known to those who need it, and looked at again."
            ),
            Statement("own-words", "The pupil’s and the family’s own words shape the plan."),
        ),
    ),
    Tenet(
        "balance",
        "Learning and wellbeing, in balance",
        "Pupils keep pace with what their year group learns, in a place where they can be well.",
        (
            Statement(
                "small-groups",
                "Groups have fewer than ten pupils and two adults, one of them a qualified teacher.",
                ("sessions-within-guide", "group-size", "adults-present"),
            ),
            Statement(
                "teacher-time", "Pupils are taught by qualified teachers no less than their year group is."
            ),
            Statement("keep-pace", "The curriculum here leads back into the lessons that pupils return to."),
            Statement(
                "ready-to-learn", "Check-ins and movement breaks help pupils get ready to learn, each day."
            ),
            Statement("programmes", "Programmes are given as planned, and stopped where they do not help."),
        ),
    ),
    Tenet(
        "outcomes",
        "Shaped by what is measured",
        "We know what changes for pupils, and let it change what we do.",
        (
            Statement("returns", "Pupils return, and we know how long it takes.", ("full-returns",)),
            Statement("lasting", "We ask 2, 6 and 12 weeks after a place whether it lasts.", ()),
            Statement(
                "attendance",
                "We compare attendance and suspensions before, during and after, over equal times.",
                ("attendance", "suspensions"),
            ),
            Statement("fair", "We look at who gets a place and who does not, and ask why.", ()),
            Statement("reported", "Leaders and governors see the same figures each term, and act on them."),
        ),
    ),
)


def statements() -> Iterator[Statement]:
    for tenet in TENETS:
        yield from tenet.statements


def tenet_of(key: str) -> Tenet | None:
    return next((tenet for tenet in TENETS if tenet.key == key), None)
