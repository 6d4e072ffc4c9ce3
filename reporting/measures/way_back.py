"""The way back of places that began in a period, as far as it has come by today, and whether it lasts.

These figures stay inside the school: their rows are steps of single pupils.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from iap.ui.words import plural
from iap.ui.words import step as look_of
from pupils.models import Placement
from pupils.models.exits import AFTER_WEEKS, FollowUpCheck, Holds
from reporting.facts import Facts
from reporting.figures import Figure, Measure, Row, Way, register
from reporting.periods import Period, Span
from reporting.reintegration import lessons
from reporting.reintegration.lessons import Seen
from reporting.reintegration.ways import Mark, ways
from reporting.reintegration.ways import Way as WayOfPlace
from timetables.models import StepKind

LABELS = {Mark.FIRST: "First lesson back", Mark.HALF: "Half of the week", Mark.FULL: "Full return"}
KINDS = tuple(look_of(kind).label for kind in (StepKind.FORWARD, StepKind.HOLD, StepKind.BACK))
SAID = {
    Holds.YES: "It holds",
    Holds.PARTLY: "In part",
    Holds.NO: "It does not",
    Holds.UNKNOWN: "Not known yet",
}
AFTER = {weeks: f"After {weeks} weeks" for weeks in AFTER_WEEKS}


def first_lesson(facts: Facts, period: Period) -> Iterable[Row]:
    """Places that have led to a first lesson back: of those that began in the period, the part that has come by today
    to a step with more of the week in mainstream than the first week had. Time is in school weeks from the first day;
    who has not come to it yet is followed until today, or until their place ended.
    """
    return _reached(facts, period, Mark.FIRST)


def half_the_week(facts: Facts, period: Period) -> Iterable[Row]:
    """Places that have led to half of the week: of those that began in the period, the part that has come by today to
    a step with half of the week or more in mainstream, which may be the first. Time is in school weeks from the first
    day; who has not come to it yet is followed until today, or until their place ended.
    """
    return _reached(facts, period, Mark.HALF)


def full_return(facts: Facts, period: Period) -> Iterable[Row]:
    """Places that have led to a full return: of those that began in the period, the part that has come by today to
    two school weeks with the whole week in mainstream, or to an end with that destination. Time is in school weeks
    from the first day; who has not come to it yet is followed until today, or until their place ended.
    """
    return _reached(facts, period, Mark.FULL)


def _reached(facts: Facts, period: Period, mark: Mark) -> Iterable[Row]:
    for way in _ways(facts):
        place: Placement = way.placement
        if place.starts_on in period:
            reached: dt.date | None = getattr(way, mark)
            yield Row(
                (place.starts_on, reached, way.until, way.weeks_to(mark, facts.calendar)),
                part=int(reached is not None),
                pupil=place.pupil_id,
            )


def _ways(facts: Facts) -> list[WayOfPlace]:
    return facts.once("ways back", lambda: ways(facts, facts.placements))


def steps(facts: Facts, period: Period) -> Iterable[Row]:
    """Steps forward, holds and steps back that have begun by today, of the places that began in the period. A step
    that begins in the holidays counts in the term that follows.
    """
    terms = facts.periods.terms
    for place in _begun(facts, period).values():
        for step in facts.steps.get(place.pupil_id, ()):
            kind = look_of(step.kind).label
            if step.placement_id == place.pk and step.starts_on <= facts.today and kind in KINDS:
                term = next((term for term in terms if step.starts_on <= term.last), terms[-1])
                yield Row((step.starts_on, term_words(term), kind), pupil=place.pupil_id, group=kind)


def term_words(term: Span) -> str:
    """Autumn 26, where the name holds no year of its own."""
    name = term.name.removesuffix(" term")
    return name if any(letter.isdigit() for letter in name) else f"{name} {term.last:%y}"


def lasting(facts: Facts, period: Period) -> Iterable[Row]:
    """Whether what came after a place holds: of the checks 2, 6 and 12 school weeks after its end that have come by
    today, the part at which somebody has said that it does. Of places that began in the period. What nobody has said
    stands with what is not known: neither says that it lasts.
    """
    begun = _begun(facts, period)
    checks = FollowUpCheck.objects.at([facts.school]).filter(due_on__lte=facts.today)
    for check in checks.order_by("weeks", "due_on", "pk"):
        place = begun.get(check.placement_id)
        if place is not None:
            yield Row(
                (place.ends_on, check.due_on, SAID[Holds(check.answer or Holds.UNKNOWN)]),
                part=int(check.answer == Holds.YES),
                pupil=place.pupil_id,
                group=AFTER[check.weeks],
            )


def by_subject(facts: Facts, period: Period) -> Iterable[Row]:
    """Visits to mainstream lessons that went well: of all that teachers have rated by today since the first of these
    places began, of pupils whose place began in the period. Absence from school and cancelled lessons are left out.
    By subject; subjects that one teacher alone has taught stand together.
    """
    # In the order of the alphabet: this is no ranking.
    visits = sorted(
        _seen(facts, period), key=lambda visit: (visit.subject == lessons.TOGETHER, visit.subject)
    )
    return (_visit(visit, visit.subject) for visit in visits)


def by_period(facts: Facts, period: Period) -> Iterable[Row]:
    """Visits to mainstream lessons that went well: of all that teachers have rated by today since the first of these
    places began, of pupils whose place began in the period. Absence from school and cancelled lessons are left out.
    By period of the day.
    """
    visits = sorted(_seen(facts, period), key=lambda visit: (visit.starts, visit.period))
    return (_visit(visit, visit.period) for visit in visits)


def _seen(facts: Facts, period: Period) -> list[Seen]:
    begun = _begun(facts, period).values()
    first = min((place.starts_on for place in begun), default=facts.today)
    pupils = {place.pupil_id for place in begun}
    return facts.once(f"visits {period.key}", lambda: lessons.seen(facts.school, pupils, first, facts.today))


def _visit(visit: Seen, group: str) -> Row:
    return Row(
        (visit.day, visit.subject, visit.period, lessons.WORDS[visit.outcome]),
        part=int(visit.outcome == lessons.WELL),
        pupil=visit.pupil,
        group=group,
    )


def _begun(facts: Facts, period: Period) -> dict[int, Placement]:
    """The places that began in the period, by their key."""
    return {
        place.pk: place
        for place in facts.placements
        if place.starts_on in period and place.starts_on <= facts.today
    }


def _of_all(thing: str) -> Callable[[Figure, Facts], str]:
    """Beside the share: 9 of 14 places."""

    def said(figure: Figure, facts: Facts) -> str:
        return f"{sum(row.part or 0 for row in figure.rows)} of {plural(len(figure.rows), thing)}"

    return said


def offer() -> None:
    about: dict[str, Any] = {"about": "way-back", "alone": True, "leaves": False}
    of_all: dict[str, Any] = {"way": Way.SHARE, **about}
    marks = {Mark.FIRST: first_lesson, Mark.HALF: half_the_week, Mark.FULL: full_return}
    for n, (mark, build) in enumerate(marks.items()):
        register(
            Measure(
                mark_key(mark),
                LABELS[mark],
                build,
                columns=("Place from", "Reached", "Followed until", "School weeks"),
                compared=_of_all("place"),
                order=80 + n,
                **of_all,
            )
        )
    register(
        Measure(
            "way-back-steps",
            "Steps",
            steps,
            unit="steps",
            one="step",
            columns=("From", "Term", "Kind of step"),
            groups=KINDS,
            order=84,
            **about,
        )
    )
    register(
        Measure(
            "way-back-lasting",
            "It holds",
            lasting,
            columns=("Place until", "Asked about", "What was said"),
            groups=tuple(AFTER.values()),
            compared=_of_all("check"),
            order=85,
            **of_all,
        )
    )
    for key, label, build, order in (
        ("way-back-by-subject", "Visits that went well, by subject", by_subject, 86),
        ("way-back-by-period", "Visits that went well, by time of day", by_period, 87),
    ):
        columns = ("Day", "Subject", "Time", "How it went")
        register(
            Measure(key, label, build, columns=columns, compared=_of_all("visit"), order=order, **of_all)
        )


def mark_key(mark: Mark) -> str:
    return f"way-back-{mark}"
