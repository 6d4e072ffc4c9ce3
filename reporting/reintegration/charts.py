"""The charts of the reintegration report, each made from the rows of one figure."""

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

from iap.ui.charts import Parts, Survival
from iap.ui.charts.bars import Row
from iap.ui.words import plural
from reporting.figures import Figure
from reporting.measures.way_back import AFTER, KINDS, SAID, term_words
from reporting.periods import Span
from reporting.survival import DRAWN_FROM, Curve

from .lessons import WORDS
from .ways import Mark

REACHED = {
    Mark.FIRST: "had their first lesson back",
    Mark.HALF: "were in mainstream for half of the week",
    Mark.FULL: "had fully returned",
}
FEWEST = (
    5  # pupils; a curve ends where fewer are followed, and of a subject or period with fewer nothing is drawn
)
TERMS = 8  # as many as a picture holds beside what was earlier
EARLIER = "Earlier"
STEP_FILLS = ("iap-f", "sand-t", "plum-t")
HOLD_FILLS = ("iap-f", "sand-t", "plum-t", "main-t")
VISIT_FILLS = ("iap-f", "sand-t", "plum-t", "main-t")
EVERY = (1, 2, 4, 6, 8, 12, 13, 26, 39, 52)  # school weeks between two ticks


def survival_chart(mark: Mark, curve: Curve) -> Survival | None:
    """The curve of one mark; nothing while there are fewer than 20 places."""
    if len(curve.stays) < DRAWN_FROM:
        return None
    until = _until(curve)
    ticks = _ticks(until)
    points = [
        (
            point.time,
            *(None if share is None else 100 * share for share in (point.reached, point.low, point.high)),
        )
        for point in curve.points
        if point.time <= until
    ]
    return Survival(
        title=_finding(mark, curve, until),
        desc=_said(mark, curve, ticks),
        points=tuple(points),  # type: ignore[arg-type]  # made into moments there
        at_risk=tuple((tick, curve.at_risk(tick)) for tick in ticks),
        until=until,
    )


def _finding(mark: Mark, curve: Curve, until: float) -> str:
    if curve.median is not None and curve.median <= until:
        if curve.median == 0:
            return f"Half of pupils {REACHED[mark]} from the first day"
        return f"Half of pupils {REACHED[mark]} within {plural(math.ceil(curve.median), 'school week')}"
    reached = sum(stay.reached for stay in curve.stays)
    return f"{reached} of {len(curve.stays)} pupils {REACHED[mark]} so far"


def _said(mark: Mark, curve: Curve, ticks: list[int]) -> str:
    shares = ", ".join(
        f"{100 * curve.reached_by(tick):.0f}% within {tick} school weeks" for tick in ticks[1:]
    )
    return (
        f"Of {len(curve.stays)} pupils, {shares} {REACHED[mark]}. "
        "Pupils still in the provision count for as long as they have been here."
    )


def _until(curve: Curve) -> float:
    """The last whole school week at which at least five pupils are still followed."""
    times = sorted((stay.time for stay in curve.stays), reverse=True)
    return max(math.floor(times[FEWEST - 1]), 1)


def _ticks(until: float) -> list[int]:
    every = next((each for each in EVERY if until / each <= 6), math.ceil(until / 6))
    return list(range(0, math.floor(until) + 1, every))


def steps_chart(figure: Figure, terms: Sequence[Span]) -> Parts | None:
    """Steps by the term in which they began; what was before the last eight of these terms stands together."""
    counted = Counter((row.cells[1], row.group) for row in figure.rows)
    if not counted:
        return None
    names = [term_words(term) for term in terms]
    first = next((n for n, name in enumerate(names) if any((name, kind) in counted for kind in KINDS)), 0)
    shown = names[first:][-TERMS:]
    before = tuple(
        sum(n for (name, of), n in counted.items() if of == kind and name not in shown) for kind in KINDS
    )
    rows = [Row(name, tuple(counted[name, kind] for kind in KINDS)) for name in shown]
    forward, hold, back = (len(figure.of_group(kind).rows) for kind in KINDS)
    return Parts(
        title=f"{plural(forward, 'step')} forward, {plural(hold, 'hold')}, {plural(back, 'step')} back",
        desc="Steps of hybrid timetables by the term in which they began. A step back is part of the plan.",
        rows=(*([Row(EARLIER, before)] if any(before) else []), *rows),
        series=tuple(zip(KINDS, STEP_FILLS, strict=True)),
        category="Term",
        shares=False,
    )


def lasting_chart(figure: Figure) -> Parts | None:
    """What people have said 2, 6 and 12 school weeks after the end of these places."""
    if not figure.rows:
        return None
    counted = Counter((row.group, row.cells[2]) for row in figure.rows)
    holds = int(sum(row.part or 0 for row in figure.rows))
    said = tuple(SAID.values())
    return Parts(
        title=f"At {holds} of {plural(len(figure.rows), 'check')}, what came after a place holds",
        desc="What people recorded 2, 6 and 12 school weeks after the end of a place: it holds, in part, or not.",
        rows=tuple(
            Row(group, tuple(counted[group, answer] for answer in said), "none due yet")
            for group in AFTER.values()
        ),
        series=tuple(zip(said, HOLD_FILLS, strict=True)),
        category="School weeks after the end",
        shares=False,
        across=True,
    )


def visits_chart(figure: Figure, category: str) -> Parts | None:
    """How visits to lessons went, by subject or by period. Never by teacher, and never by pupil."""
    rows: list[Any] = []
    for each in figure.groups():
        counted = Counter(row.cells[3] for row in each.rows)
        if len(each.pupils) < FEWEST:
            rows.append(Row(each.group, None, f"fewer than {FEWEST} pupils"))
        else:
            rows.append(Row(each.group, tuple(counted[word] for word in WORDS.values())))
    if all(row.values is None for row in rows):
        return None
    well, word = int(sum(row.part or 0 for row in figure.rows)), category.lower()
    return Parts(
        title=f"{well} of {plural(len(figure.rows), 'rated visit')} went well",
        desc=f"How visits to lessons went in each {word}: well, mixed, hard, or not there. "
        f"A {word} with fewer than {FEWEST} pupils is not shown.",
        rows=tuple(rows),
        series=tuple(zip(WORDS.values(), VISIT_FILLS, strict=True)),
        category=category,
        across=True,
    )
