"""Who has a place, how much of the week they are in mainstream, and who is back."""

from collections.abc import Iterable
from fractions import Fraction

from pupils.models import Destination, Holds
from reporting.facts import Facts
from reporting.figures import Figure, Measure, Percent, Row, Way, register
from reporting.periods import Period


def pupils_supported(facts: Facts, period: Period) -> Iterable[Row]:
    """Pupils who had a place on at least one day of the period. A pupil with two places counts once."""
    seen: set[int] = set()
    for place in facts.open_in(*period.window):
        again = place.pupil_id in seen
        seen.add(place.pupil_id)
        yield Row(
            (place.starts_on, place.ends_on, place.get_model_display()),
            part=0 if again else 1,
            pupil=place.pupil_id,
        )


def mainstream_share(facts: Facts, period: Period) -> Iterable[Row]:
    """The share of lesson time in mainstream in a typical pupil’s week: the middle of all pupils who had a place
    at the end of the period, each by the timetable in force that day over one whole cycle. Lessons with support in
    mainstream count; registration, break and lunch do not.
    """
    for place in facts.placements:
        if not place.is_open_on(period.last):
            continue
        step, share = facts.step_on(place.pupil_id, period.last), facts.share_on(place.pupil_id, period.last)
        part = Fraction(share.mainstream, share.lessons) if share and share.lessons else None
        yield Row(
            (
                place.starts_on,
                None if part is None else Percent(part),
                step.get_kind_display() if step else None,
                step.starts_on if step else None,
            ),
            part=part,
            pupil=place.pupil_id,
        )


def share_by_week(facts: Facts, period: Period) -> Iterable[Row]:
    """The share of lesson time in mainstream of all pupils with a place, in each school week: minutes in mainstream
    of all lesson minutes, by the timetables in force on the week’s last school day.
    """
    last_days = {day.isocalendar()[:2]: day for day in facts.days_in(*period.window)}
    for place in facts.open_in(*period.window):
        for day in last_days.values():
            share = facts.share_on(place.pupil_id, day) if place.is_open_on(day) else None
            if share is not None and share.lessons:
                part = Fraction(share.mainstream, share.lessons)
                yield Row(
                    (day, Percent(part)),
                    part=share.mainstream,
                    whole=share.lessons,
                    pupil=place.pupil_id,
                    group=str(day),
                )


def full_returns(facts: Facts, period: Period) -> Iterable[Row]:
    """Pupils whose place ended in the period because they were back in mainstream for the whole of their week."""
    for place in facts.placements:
        if place.destination == Destination.FULL_RETURN and place.ends_on and place.ends_on in period:
            weeks = facts.calendar.school_days_between(place.starts_on, place.ends_on) // 5
            yield Row((place.starts_on, place.ends_on, weeks), pupil=place.pupil_id)


def ended(facts: Facts, period: Period) -> Iterable[Row]:
    """Places that ended in the period, by where the pupil went next."""
    for place in facts.placements:
        if place.ends_on and place.ends_on in period:
            yield Row(
                (place.starts_on, place.ends_on),
                pupil=place.pupil_id,
                group=place.get_destination_display(),
            )


def _at_the_end_before(figure: Figure, facts: Facts) -> str:
    words = figure.compared_with_before()
    if not words:
        return "A typical week"
    return words if words.startswith("Same") else f"At the end of {words}"


def _waiting(figure: Figure, facts: Facts) -> str:
    number = sum(way.waits_on(figure.period.last) for way in facts.ways)
    return figure.compared_with_before() or f"{number} waiting for a place"


def _still_back(figure: Figure, facts: Facts) -> str:
    """Of those whose return was asked about six school weeks on, how many were said to be back."""
    year = [each.first for each in facts.periods.years if each.first <= figure.period.last][-1:]
    asked = [
        check
        for check in facts.follow_ups
        if check.placement.destination == Destination.FULL_RETURN
        and check.placement.ends_on
        and year
        and year[0] <= check.placement.ends_on <= figure.period.last
    ]
    if not asked:
        return figure.compared_with_before()
    there = sum(check.answer == Holds.YES for check in asked)
    return f"{there} of {len(asked)} still there 6 weeks on"


def offer() -> None:
    register(
        Measure(
            "pupils-supported",
            "Pupils supported",
            pupils_supported,
            unit="pupils",
            one="pupil",
            columns=("From", "Until", "Kind of place"),
            counts="Counted",
            compared=_waiting,
            headline=True,
            order=10,
        )
    )
    register(
        Measure(
            "mainstream-share",
            "In mainstream",
            mainstream_share,
            way=Way.MEDIAN,
            unit="%",
            columns=("From", "In mainstream", "Last step", "Since"),
            compared=_at_the_end_before,
            headline=True,
            order=12,
        )
    )
    register(
        Measure(
            "mainstream-by-week",
            "In mainstream, by week",
            share_by_week,
            way=Way.SHARE,
            columns=("Week to", "In mainstream"),
            counts="Minutes",
            order=14,
        )
    )
    register(
        Measure(
            "full-returns",
            "Back full time",
            full_returns,
            unit="pupils",
            one="pupil",
            columns=("From", "Back from", "Weeks"),
            compared=_still_back,
            headline=True,
            order=16,
        )
    )
    register(
        Measure(
            "places-ended",
            "Places that ended",
            ended,
            unit="places",
            one="place",
            columns=("From", "Until"),
            order=18,
        )
    )
