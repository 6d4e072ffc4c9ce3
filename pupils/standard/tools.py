"""Assessments that a school starts with: names of scores, ranges and bands. No item of any instrument stands here.

Bands of the SDQ: the four bands published for scoring by parent, teacher and self report (sdqinfo.org), in our
own words. Ranges of the Boxall Profile: 34 items of 0 to 4 in each of its two parts; its bands by age are in its
manual, and a school may add them. PASS reports nine factors as percentiles.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from pupils.models import Band, Good, Informant, ScoreField, Tool, Unit

SINCE = dt.date(2020, 9, 1)
P, F, T, S = Informant.PUPIL, Informant.FAMILY, Informant.TEACHER, Informant.STAFF
RAISED = ("Close to average", "A little raised", "Raised", "Much raised")
LOWERED = ("Much lowered", "Lowered", "A little lowered", "Close to average")


@dataclass(frozen=True)
class Standard:
    """A score: name, range, way, and where each band begins by informant; words of the bands in that order."""

    name: str
    low: float
    high: float
    good: Good
    bands: dict[str, tuple[float, ...]]
    words: tuple[str, ...] = ()
    unit: Unit = Unit.NUMBER


def _sdq(name: str, high: int, **bands: tuple[float, ...]) -> Standard:
    return Standard(name, 0, high, Good.LOWER, bands, RAISED)


SDQ = (
    _sdq("Total", 40, pupil=(0, 15, 18, 20), family=(0, 14, 17, 20), teacher=(0, 12, 16, 19)),
    _sdq("Emotions", 10, pupil=(0, 5, 6, 7), family=(0, 4, 5, 7), teacher=(0, 4, 5, 6)),
    _sdq("Conduct", 10, pupil=(0, 4, 5, 6), family=(0, 3, 4, 6), teacher=(0, 3, 4, 5)),
    _sdq("Hyperactivity", 10, pupil=(0, 6, 7, 8), family=(0, 6, 8, 9), teacher=(0, 6, 8, 9)),
    _sdq("Peers", 10, pupil=(0, 3, 4, 5), family=(0, 3, 4, 5), teacher=(0, 3, 5, 6)),
    Standard(
        "Prosocial", 0, 10, Good.HIGHER,
        {P: (0, 5, 6, 7), F: (0, 6, 7, 8), T: (0, 4, 5, 6)}, LOWERED,
    ),
    _sdq("Impact", 10, pupil=(0, 1, 2, 3), family=(0, 1, 2, 3), teacher=(0, 1, 2, 3)),
)  # fmt: skip
PERCENTILES = ("Low", "Rather low", "Moderate", "High")
STANDARDISED = ("Well below average", "Below average", "Average", "Above average")
THREE = ("Not yet", "Some of the time", "Most of the time")

# name → what it is for, who is asked, for everybody who joins, school weeks until it is repeated, its scores
TOOLS: dict[str, tuple[str, tuple[str, ...], bool, int | None, tuple[Standard, ...]]] = {
    "SDQ": ("Strengths and difficulties, by several people’s view.", (P, F, T), True, 12, SDQ),
    "Boxall Profile": (
        "Social, emotional and behavioural development, as adults see it.", (S, T), True, 12,
        (
            Standard("Developmental strands", 0, 136, Good.HIGHER, {}),
            Standard("Diagnostic profile", 0, 136, Good.LOWER, {}),
        ),
    ),
    "PASS": (
        "Attitudes to school and to oneself, in percentiles.", (P,), False, 26,
        tuple(
            Standard(f"Factor {number}", 0, 100, Good.HIGHER, {"": (0, 6, 21, 31)}, PERCENTILES)
            for number in range(1, 10)
        ),
    ),
    "Reading": (
        "Reading age, and the standardised score where the test gives one.", (S,), True, 12,
        (
            Standard("Reading age", 48, 240, Good.HIGHER, {}, unit=Unit.AGE),
            Standard("Standardised score", 40, 160, Good.HIGHER, {"": (40, 70, 85, 116)}, STANDARDISED),
        ),
    ),
    "How school feels": (
        "Our own: three questions, asked by an adult the pupil knows.", (P, S), True, 6,
        tuple(
            Standard(name, 0, 10, Good.HIGHER, {"": (0, 4, 7)}, THREE)
            for name in ("Feeling safe", "Belonging", "Learning")
        ),
    ),
}  # fmt: skip


def tools_of(school: Any) -> list[Tool]:
    """The tools the school uses, with scores and bands. A school that has none is given the standard ones."""
    if not Tool.objects.filter(school=school).exists():
        _give(school)
    return list(Tool.objects.filter(school=school, valid_to=None).prefetch_related("fields__bands"))


def _give(school: Any) -> None:
    Tool.objects.bulk_create(
        (
            Tool(
                school=school,
                name=name,
                about=about,
                informants=list(asked),
                at_start=at_start,
                repeat_weeks=weeks,
                valid_from=SINCE,
            )
            for name, (about, asked, at_start, weeks, _) in TOOLS.items()
        ),
        ignore_conflicts=True,  # two people may open the page for the first time together
    )
    kept = {tool.name: tool for tool in Tool.objects.filter(school=school)}
    ScoreField.objects.bulk_create(
        (
            ScoreField(
                school=school,
                tool=kept[name],
                name=each.name,
                unit=each.unit,
                low=each.low,
                high=each.high,
                good=each.good,
                position=position,
            )
            for name, (*_, scores) in TOOLS.items()
            for position, each in enumerate(scores)
        ),
        ignore_conflicts=True,
    )
    fields = {
        (f.tool.name, f.name): f for f in ScoreField.objects.filter(school=school).select_related("tool")
    }
    Band.objects.bulk_create(
        (
            Band(school=school, field=fields[name, each.name], informant=informant, least=least, words=words)
            for name, (*_, scores) in TOOLS.items()
            for each in scores
            for informant, begins in each.bands.items()
            for least, words in zip(begins, each.words, strict=True)
        ),
        ignore_conflicts=True,
    )
