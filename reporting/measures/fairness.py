"""Who gets a place, against the school’s make-up.

Each column (the roll, referrals, places, full returns) is counted by each characteristic, over this school year
and the one before, since a term's places are too few to say anything. Groups of a characteristic are a partition:
each pupil is in exactly one. What may be shown of a table is settled in `reporting.fairness`.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from iap.schools.codes import KEY_STAGES, YEAR_NAMES
from pupils.models import Destination, Sex
from reporting.facts import Facts
from reporting.figures import INSIDE, Measure, Row, register
from reporting.periods import Period


@dataclass(frozen=True)
class Characteristic:
    """Something that pupils differ in, as the school's own system records it. `of` gives a pupil's group;
    `shown` are those that a table lists, all where empty.
    """

    key: str
    label: str
    of: Callable[[Any], str]
    groups: tuple[str, ...]
    shown: tuple[str, ...] = ()


SEN = {"K": "SEN support", "E": "EHC plan"}
NO_NEED, NO_SEX, NO_ETHNIC_GROUP = "No special need recorded", "Sex not recorded", "Ethnic group not recorded"
# The five groups of the census; the first letter of a code says which, but for Chinese (within Asian) and Gypsy/Roma.
ETHNIC = {"W": "White", "M": "Mixed", "A": "Asian", "B": "Black", "C": "Asian"}
ETHNIC_GROUPS = ("Asian", "Black", "Mixed", "White", "Other ethnic group", NO_ETHNIC_GROUP)
ALL_YEARS = tuple(year for years in KEY_STAGES.values() for year in years)


def _yes(field: str, label: str) -> Characteristic:
    rest = f"Not: {label}"
    return Characteristic(
        field.replace("_", "-"),
        label,
        lambda pupil: label if getattr(pupil, field) else rest,
        (label, rest),
        (label,),
    )


def _year(year: str) -> str:
    return YEAR_NAMES.get(year) or (f"Year {year}" if year else "")


def _ethnic(pupil: Any) -> str:
    if pupil.ethnicity in {"", "REFU", "NOBT"}:
        return NO_ETHNIC_GROUP
    return ETHNIC.get("" if pupil.ethnicity == "OOTH" else pupil.ethnicity[:1], "Other ethnic group")


CHARACTERISTICS = (
    Characteristic(
        "sen",
        "Special educational needs",
        lambda pupil: SEN.get(pupil.sen_stage, NO_NEED),
        (*SEN.values(), NO_NEED),
    ),
    _yes("free_meals", "Free school meals"),
    _yes("pupil_premium", "Pupil premium"),
    Characteristic(
        "sex",
        "Girls and boys",
        lambda pupil: {Sex.FEMALE: "Girls", Sex.MALE: "Boys"}.get(pupil.sex, NO_SEX),
        ("Girls", "Boys", NO_SEX),
        ("Girls", "Boys"),
    ),
    Characteristic("ethnicity", "Ethnic group", _ethnic, ETHNIC_GROUPS),
    Characteristic(
        "year",
        "Year group",
        lambda pupil: _year(pupil.year_group),
        tuple(map(_year, ALL_YEARS)),
    ),
    _yes("in_care", "Looked after"),
)


def since(facts: Facts, period: Period) -> dt.date:
    """The first day of the school year before the one in which the period ends."""
    begun = [year.first for year in facts.periods.years if year.first <= period.last]
    return (begun[-2:] or [period.first])[0]


def roll(facts: Facts, period: Period) -> set[int]:
    """Pupils on the school’s roll on the last day of the period."""
    return {
        pupil.pk
        for pupil in facts.roll
        if (pupil.joined_on is None or pupil.joined_on <= period.last)
        and (pupil.left_on is None or pupil.left_on > period.last)
    }


def referred(facts: Facts, period: Period) -> set[int]:
    """Pupils who were referred since the start of the last school year, up to the end of the period. A pupil with
    several referrals counts once.
    """
    first = since(facts, period)
    return {way.pupil for way in facts.ways if first <= way.sent <= period.last}


def placed(facts: Facts, period: Period) -> set[int]:
    """Pupils who had a place on at least one day since the start of the last school year, up to the end of the
    period. A pupil with two places counts once.
    """
    return {place.pupil_id for place in facts.open_in(since(facts, period), period.last)}


def returned(facts: Facts, period: Period) -> set[int]:
    """Pupils who had a place since the start of the last school year and whose place ended, up to the end of the
    period, because they were back in mainstream for the whole of their week.
    """
    first = since(facts, period)
    return {
        place.pupil_id
        for place in facts.placements
        if place.destination == Destination.FULL_RETURN
        and place.ends_on
        and first <= place.ends_on <= period.last
    }


COLUMNS = {"roll": roll, "referred": referred, "placed": placed, "returned": returned}
LABELS = {
    "roll": "Of the school",
    "referred": "Of referrals",
    "placed": "Of places",
    "returned": "Back full time",
}


def key(column: str, characteristic: Characteristic) -> str:
    return f"{column}-by-{characteristic.key}"


def _measure(column: str, characteristic: Characteristic, order: int) -> Measure:
    chosen = COLUMNS[column]

    def build(facts: Facts, period: Period) -> Iterable[Row]:
        wanted = chosen(facts, period)
        for pupil in facts.roll:
            if pupil.pk in wanted:
                group = characteristic.of(pupil)
                yield Row((group,) if column == "roll" else (), pupil=pupil.pk, group=group)

    build.__doc__ = (
        f"{chosen.__doc__} By {characteristic.label.lower()}, as the school’s own system has it today."
    )
    return Measure(
        key(column, characteristic),
        f"{characteristic.label}: {LABELS[column].lower()}",
        build,
        unit="pupils",
        one="pupil",
        columns=(characteristic.label,) if column == "roll" else (),
        alike="Pupils" if column == "roll" else "",
        groups=characteristic.groups,
        about="fairness",
        alone=True,
        # Nobody needs names of the whole school by what they are; of those referred or placed, their records say it.
        named_to=frozenset() if column == "roll" else INSIDE,
        order=order,
    )


def offer() -> None:
    for n, characteristic in enumerate(CHARACTERISTICS):
        for m, column in enumerate(COLUMNS):
            register(_measure(column, characteristic, 100 + 10 * n + m))
