"""Letters home: what each kind begins with, and the paper it becomes.

    letters.register(LetterKind("timetable", "A change of the timetable", draft))

`draft(pupil, day)` gives the title and the words to begin with; whoever writes the letter changes them as they wish.
`sheet(pupil, day)` gives the week that goes with it on a page of its own, as `templates/pdf/week_sheet.typ` shows it.
The paper is made once, from the words as they stand then, and kept as it was sent.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from iap.schools.models import School
from iap.ui import pdf
from iap.ui.moments import day as said

from .models import Placement, Review
from .plans import next_review


@dataclass(frozen=True)
class LetterKind:
    name: str
    label: str
    draft: Callable[[Any, dt.date], tuple[str, str]]
    reply: bool = False
    sheet: Callable[[Any, dt.date], dict[str, Any] | None] | None = None


_kinds: dict[str, LetterKind] = {}


def register(kind: LetterKind) -> None:
    """Offer a kind of letter. A second one under the same name is a mistake."""
    if kind.name in _kinds:
        raise ValueError(f"Two kinds of letter are called {kind.name!r}.")
    _kinds[kind.name] = kind


def kinds() -> list[LetterKind]:
    return list(_kinds.values())


def first_kind(pupil: Any, day: dt.date) -> LetterKind:
    """What a new letter is most likely about: a place that is to begin, afterwards the next review."""
    place = _place(pupil, day)
    return _kinds["review" if place and place.starts_on <= day else "agreement"]


def kind_of(name: str) -> LetterKind | None:
    return _kinds.get(name)


def paper(
    kind: LetterKind, pupil: Any, *, to_name: str, title: str, text: str, signed: str, day: dt.date
) -> bytes:
    """The letter as a tagged PDF; paragraphs are parted by empty lines."""
    school: School = pupil.school
    data = {
        "provision": school.provision.name,
        "school": str(school),
        "to": to_name,
        "title": title,
        "paragraphs": [part.strip() for part in text.split("\n\n") if part.strip()],
        "signed": signed,
        "made": said(day),
        "made_on": [day.year, day.month, day.day],
        "pupil": pupil.full_name,
        "reply": kind.reply,
        "week": kind.sheet(pupil, day) if kind.sheet else None,
    }
    return pdf.render("letter", data)


def _place(pupil: Any, day: dt.date) -> Placement | None:
    held = Placement.objects.filter(school=pupil.school_id, pupil=pupil).select_related("key_adult")
    return held.filter(ends_on=None).order_by("-starts_on").first()


def _about_the_place(pupil: Any, day: dt.date) -> tuple[str, str]:
    place, name, base = _place(pupil, day), pupil.known_as, pupil.school.provision.name
    start = said(place.starts_on) if place else "a day that we agree with you"
    adult = f" {place.key_adult} is the adult who looks after {name} here." if place else ""
    return (
        f"A place for {name} in {base}",
        f"We would like to offer {name} a place in {base}, from {start}. {base} is part of our school: a small "
        f"group with two adults, where {name} can learn, feel safe and get ready for lessons.{adult}\n\n"
        f"A place is help, and never a punishment. {name} keeps breaks, lunch and some lessons with friends, and goes "
        "back to more lessons step by step, never faster than they can manage.\n\n"
        "We look at how it goes together with you and with them, at least every six weeks. You can ring us at any "
        "time.\n\n"
        "If you agree, please sign the slip below and send it back.",
    )


def _when(pupil: Any, day: dt.date) -> str:
    """When and where they meet: as it stands in the review that is prepared, or else the day that was set."""
    begun = Review.objects.standing().filter(
        school=pupil.school_id, pupil=pupil, held_at=None, day__gte=day, plan__in_error_at=None
    )
    if (review := begun.order_by("day", "pk").first()) is not None:
        return f", on {said(review.day)}{f' ({review.place})' if review.place else ''}"
    place = _place(pupil, day)
    on = next_review(place, day) if place else None
    return f", on {said(on)}" if on else ""


def _about_a_review(pupil: Any, day: dt.date) -> tuple[str, str]:
    name = pupil.known_as
    return (
        f"Looking together at how {name} is doing",
        f"We would like to invite you to talk about how {name} is doing{_when(pupil, day)}. It takes "
        "about half an hour.\n\n"
        f"We will look at what has gone well, what is still hard, and what comes next. {name} is asked too, and may "
        "come for all of it or for a part.\n\n"
        "What you see at home matters. If another day or a telephone call suits you better, tell us and we will "
        "change it.",
    )


register(LetterKind("agreement", "Agreement to a place", _about_the_place, reply=True))
register(LetterKind("review", "Invitation to a review", _about_a_review))
