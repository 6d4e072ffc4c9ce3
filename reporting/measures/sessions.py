"""Group size and adults of every session that was held."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from iap.ui.words import plural
from reporting.facts import Facts
from reporting.figures import Figure, Measure, Number, Row, Way, register
from reporting.periods import Period
from timetables.measures.forecast import Occurrence
from timetables.measures.groups import Staffing

STAFFED = "A teacher and another adult"
ALONE = "One adult, a teacher"
NO_TEACHER = "No qualified teacher"
NOBODY = "No adult"
STATES = (STAFFED, ALONE, NO_TEACHER, NOBODY)


def within_guide(facts: Facts, period: Period) -> Iterable[Row]:
    """Sessions of a good size and well staffed: of every session on every day with at least one pupil planned,
    those with fewer than 10 pupils planned, and at least two adults present of whom one is a qualified teacher.
    """
    for each in _held(facts, period):
        yield _row(facts, each, int(each.within_guide and each.staffing.within_guide))


def group_size(facts: Facts, period: Period) -> Iterable[Row]:
    """Sessions with fewer than 10 pupils: of every session on every day with at least one pupil planned. Planned
    are the pupils whose timetable in force that day places them there.
    """
    for each in _held(facts, period):
        yield _row(facts, each, int(each.within_guide), group=str(each.size))


def adults_present(facts: Facts, period: Period) -> Iterable[Row]:
    """Sessions with at least two adults present, one of them a qualified teacher by their staff record: of every
    session on every day with at least one pupil planned. Cover counts; who is away does not.
    """
    for each in _held(facts, period):
        yield _row(facts, each, int(each.staffing.within_guide), group=state(each.staffing))


def pupils_to_an_adult(facts: Facts, period: Period) -> Iterable[Row]:
    """Pupils to each adult in a typical session: pupils planned divided by adults present, the middle of every session
    on every day with at least one pupil planned and at least one adult. A session without an adult has no such number;
    it is listed, and told beside.
    """
    for each in _held(facts, period):
        adults = len(each.staffing.adults)
        yield _row(facts, each, Fraction(each.size, adults) if adults else None)


def state(staffing: Staffing) -> str:
    """How a session is staffed, in words."""
    if staffing.within_guide:
        return STAFFED
    if not staffing.adults:
        return NOBODY
    return ALONE if staffing.has_teacher else NO_TEACHER


def _held(facts: Facts, period: Period) -> Iterator[Occurrence]:
    return (each for each in facts.occurrences(period) if each.planned)


def _row(facts: Facts, each: Occurrence, part: Number | None, group: str = "") -> Row:
    return Row(
        (
            each.day,
            each.session.period.name,
            each.session.title,
            each.size,
            facts.here.get((each.session.pk, each.day)),
            len(each.staffing.adults),
            sum(adult.qualified for adult in each.staffing.adults),
        ),
        part=part,
        group=group,
    )


def _guide(figure: Figure, facts: Facts) -> str:
    return figure.compared_with_before() or "Fewer than 10, two adults, a teacher"


def _without_an_adult(figure: Figure, facts: Facts) -> str:
    number = len(figure.rows) - len(figure.counted)
    return f"{plural(number, 'session')} had no adult" if number else figure.compared_with_before()


COLUMNS = ("Day", "Period", "Session", "Planned", "Here", "Adults", "Teachers")


def offer() -> None:
    register(
        Measure(
            "sessions-within-guide",
            "Within the guide",
            within_guide,
            way=Way.SHARE,
            columns=COLUMNS,
            counts="Within the guide",
            compared=_guide,
            target=True,
            about="sessions",
            headline=True,
            order=20,
        )
    )
    register(
        Measure(
            "group-size",
            "Sessions with fewer than 10 pupils",
            group_size,
            way=Way.SHARE,
            columns=COLUMNS,
            counts="Within the guide",
            groups=tuple(str(n) for n in range(1, 13)),
            split=True,
            about="sessions",
            order=22,
        )
    )
    register(
        Measure(
            "adults-present",
            "Sessions with two adults, one a teacher",
            adults_present,
            way=Way.SHARE,
            columns=COLUMNS,
            counts="Within the guide",
            groups=STATES,
            split=True,
            about="sessions",
            order=24,
        )
    )
    register(
        Measure(
            "pupils-to-an-adult",
            "Pupils to an adult",
            pupils_to_an_adult,
            way=Way.MEDIAN,
            columns=COLUMNS,
            counts="Pupils to an adult",
            compared=_without_an_adult,
            about="sessions",
            order=26,
        )
    )
