"""Somebody collects every pack of a school and the trust's page, and tries to work out what is hidden."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
import pytest
import time_machine

from iap.local.bench.years import Size
from iap.schools.models import Trust
from pupils.models import Placement
from reporting.facts import Facts
from reporting.figures import Figure, figures_of, measures
from reporting.models import Counted
from reporting.packs import governors
from reporting.packs.document import Told, told
from reporting.periods import Kind, Period
from reporting.release import COUNTS, Known, Release
from reporting.suppression import is_small
from reporting.trust.counting import count, figures_kept

from .conftest import TODAY, a_school

NOON = dt.datetime.combine(TODAY, dt.time(12), tzinfo=dt.UTC)
FEW, SOME, MANY = (Size(years=2, roll=60, places=places, logged=False) for places in (12, 24, 40))
NUMBERS = ("pupils-supported", "full-returns", "places-ended", "list-joined", "list-started",
           "list-helped-otherwise", "list-waiting")  # fmt: skip
RESTS_ON = {"mainstream-share": "open", "wait": "list-started"}  # figures that say of how many they are


class Collector:
    """Knows how all counts are made of pupils by half term of coming, of going, and of whether they went back, and
    that everybody comes from the list; and asks which hidden count follows from those that were told.
    """

    def __init__(self, periods: list[Period]) -> None:
        self.halves = [period for period in periods if period.kind == Kind.HALF_TERM]
        n = len(self.halves)
        # Before the first half term is 0, after the last n + 1.
        self.placed = [(i, j, back) for i in range(n + 1) for j in range(i, n + 2) for back in (0, 1)]
        self.listed = [(i, j, way) for i in range(n + 1) for j in range(i, n + 2) for way in (0, 1)]

    def _within(self, period: Period) -> set[int]:
        return {
            n
            for n, half in enumerate(self.halves, 1)
            if period.first <= half.first and half.last <= period.last
        }

    def sum(self, name: str, period: Period) -> list[int]:
        """How often each kind of pupil is in a count."""
        held = self._within(period)
        first, last = min(held), max(held)
        of_places: dict[str, Callable[[int, int, int], bool]] = {
            "pupils-supported": lambda i, j, back: i <= last and j >= first,
            "open": lambda i, j, back: i <= last < j,
            "full-returns": lambda i, j, back: j in held and bool(back),
            "places-ended": lambda i, j, back: j in held,
            "otherwise": lambda i, j, back: j in held and not back,
            "list-started": lambda i, j, back: i in held,
        }
        of_list: dict[str, Callable[[int, int, int], bool]] = {
            "list-joined": lambda i, j, way: i in held,
            "list-helped-otherwise": lambda i, j, way: j in held and not way,
            "list-waiting": lambda i, j, way: i <= last < j,
        }
        chosen, chosen_of_list = of_places.get(name), of_list.get(name)
        return [
            *(int(bool(chosen and chosen(*each))) for each in self.placed),
            *(int(bool(chosen_of_list and chosen_of_list(*each))) for each in self.listed),
        ]

    def started(self) -> Iterator[list[int]]:
        """Who started in a half term is who left the list with a place in it: nothing is left between the two."""
        for n in range(1, len(self.halves) + 1):
            places = [int(i == n) for i, _, _ in self.placed]
            lists = [-int(j == n and bool(way)) for _, j, way in self.listed]
            yield [*places, *lists]

    def works_out(self, known: Iterable[list[int]], wanted: Iterable[tuple[str, list[int]]]) -> set[str]:
        rows = np.array([*known, *self.started()], dtype=float)
        space = np.linalg.svd(rows, full_matrices=False)
        basis = space.Vh[space.S > 1e-9]
        found = set()
        for name, row in wanted:
            vector = np.array(row, dtype=float)
            if np.linalg.norm(vector - basis.T @ (basis @ vector)) < 1e-7:
                found.add(name)
        return found


def by_hand(school: Any, facts: Facts, periods: list[Period]) -> Iterator[tuple[str, Period, int]]:
    """Every count of people of every period, hidden or not."""
    places = list(Placement.objects.filter(school=school))
    for period in periods:
        ended = [p for p in places if p.ends_on and period.first <= p.ends_on <= period.last]
        yield "places-ended", period, len({p.pupil_id for p in ended})
        back = {p.pupil_id for p in ended if p.destination == "full-return"}
        yield "full-returns", period, len(back)
        yield "otherwise", period, len({p.pupil_id for p in ended} - back)
        here = [
            p for p in places if p.starts_on <= period.last and not (p.ends_on and p.ends_on <= period.last)
        ]
        yield "open", period, len({p.pupil_id for p in here})
        for name in (
            "pupils-supported",
            "list-joined",
            "list-started",
            "list-helped-otherwise",
            "list-waiting",
        ):
            yield name, period, len({row.pupil for row in COUNTS[name](facts, period) if row.part})


def periods_of(facts: Facts) -> list[Period]:
    """Every period whose pack can be asked for."""
    kinds = (Kind.HALF_TERM, Kind.TERM, Kind.YEAR)
    return [period for kind in kinds for period in reversed(facts.periods.past(kind))]


def tells(figures: Iterable[Told], period: Period) -> set[tuple[str, str]]:
    found = set()
    for each in figures:
        if each.group or each.hidden:
            continue
        if each.key in NUMBERS and each.value is not None:
            found.add((each.key, period.key))
        if each.key in RESTS_ON and each.n is not None:
            found.add((RESTS_ON[each.key], period.key))
        if each.key == "cost-per-return" and each.value is not None:
            found.add(("full-returns", period.key))
    return found


def worked_out(school: Any, facts: Facts, told_of: set[tuple[str, str]]) -> set[str]:
    """Small counts that follow from what was told."""
    held = periods_of(facts)
    collector = Collector(held)
    known = [collector.sum(name, p) for p in held for name in (*NUMBERS, "open") if (name, p.key) in told_of]
    small = [
        (f"{name} {period.key}", collector.sum(name, period))
        for name, period, number in by_hand(school, facts, held)
        if is_small(number)
    ]
    return collector.works_out(known, small)


@pytest.fixture(autouse=True)
def _on_the_day():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.mark.parametrize("size", [FEW, SOME, MANY])
@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_small_follows_from_all_figures_of_all_periods(seed, size):
    made = a_school(seed, size)
    facts = Facts(made.school, TODAY)
    release = Release(facts)
    told_of = _told_of(facts, release.leaving)
    assert told_of, "nothing is told at all"
    assert worked_out(made.school, facts, told_of) == set()


def test_without_holding_packs_against_each_other_it_would():
    """Each figure suppressed by itself gives small ones away, so that the collector is known to be good at it."""
    made = a_school(1, MANY)
    facts = Facts(made.school, TODAY)
    assert worked_out(made.school, facts, _told_of(facts, Figure.leaving))


def _told_of(facts: Facts, leaving: Callable[[Figure], Figure]) -> set[tuple[str, str]]:
    wanted = [each for each in measures() if each.key in {*NUMBERS, *RESTS_ON, "cost-per-return"}]
    found = set()
    for period in periods_of(facts):
        of_period = figures_of(Facts(facts.school, TODAY, facts.periods), period, wanted)
        found |= tells((told(leaving(each)) for each in of_period.values()), period)
    return found


def test_nor_from_the_packs_themselves_and_the_page_of_the_trust():
    made = a_school(2, MANY)
    made.school.trust = Trust.objects.create(name="Our trust")
    facts = Facts(made.school, TODAY)
    told_of, beside = set(), []
    this_year = facts.periods.now(Kind.YEAR).first
    for period in (each for each in periods_of(facts) if each.first >= this_year):
        document = governors.document(Facts(made.school, TODAY, facts.periods), period, made_on=TODAY)
        told_of |= tells(document.figures(), period)
        beside += [(each.beside, period) for each in document.figures() if each.key in NUMBERS]
    count(made.school)
    for row in Counted.objects.filter(school=made.school):
        period = facts.periods.now({"term": Kind.TERM, "year": Kind.YEAR}[row.period])
        told_of |= tells(figures_kept(row).values(), period)
    assert len(told_of) > 15
    assert worked_out(made.school, facts, told_of) == set()
    assert not [
        words for words, _ in beside if "still there" in words or "waiting" in words or "Same" in words
    ]


WINDOWED = {"attendance", "suspensions", "incidents"}


@pytest.mark.parametrize("size", [SOME, MANY])
def test_nor_from_the_numbers_that_figures_rest_on(size):
    """Each is taken from that of a longer period and from that of the window before, and all parts from their whole."""
    facts = Facts(a_school(3, size).school, TODAY)
    release, n = Release(facts), {}
    wanted = [each for each in measures() if each.key in {*WINDOWED, "decision", "mainstream-by-week"}]
    for period in periods_of(facts):
        for figure in figures_of(Facts(facts.school, TODAY, facts.periods), period, wanted).values():
            whole, parts = release.leaving(figure), release.parts(figure)
            n |= {(figure.key, each.group, period): each.n for each in (whole, *parts) if each.n is not None}
            if figure.key in WINDOWED and any(each.hidden for each in parts):
                assert whole.hidden, "less those before and during, which are as many, it is those after"
    assert {key for key, *_ in n} == WINDOWED
    for (key, group, period), number in n.items():
        assert group, "of all parts together it would tell one that is not told"
        left = [n.get((key, "Before", period), number) - number]
        left += [
            number - part
            for (*same, other), part in n.items()
            if same == [key, group] and other.last == period.last and other.first > period.first
        ]
        assert not any(map(is_small, left)), (key, group, period)


def test_what_stands_beside_a_figure_is_no_figure_that_is_withheld(facts):
    release = Release(facts)
    for period in periods_of(facts):
        for figure in figures_of(
            facts, period, [each for each in measures() if each.key in NUMBERS]
        ).values():
            leaving = release.leaving(figure)
            before = period.before
            if before is not None and (before.runs or release.is_withheld(figure.key, before)):
                assert leaving.hidden or leaving.comparison == ""


def test_what_was_told_once_stays_told(made):
    """A pack of a closed period tells the same whenever it is made, however the year goes on."""
    later = Facts(made.school, TODAY)
    closed = [period for period in periods_of(later) if not period.runs][::3]
    for period in closed:
        then = Facts(made.school, period.last + dt.timedelta(days=1))
        same = then.periods.find(period.key)
        assert same is not None and same.last == period.last
        for name in NUMBERS:
            assert Release(then).is_withheld(name, same) == Release(later).is_withheld(name, period), (
                name,
                period,
            )


def test_of_days_of_ones_own_nothing_is_told_as_two_packs_could_be_a_day_apart(facts):
    own = facts.periods.own(dt.date(2027, 1, 11), dt.date(2027, 2, 5))
    assert all(Release(facts).is_withheld(name, own) for name in NUMBERS)


def test_who_gets_a_place_stands_still_until_a_school_year_closes(made):
    """Between two packs of one year, those who came in between could else be counted by group."""
    facts = Facts(made.school, TODAY)
    year = next(each for each in facts.periods.past(Kind.YEAR) if not each.runs)
    tables = []
    for period in facts.periods.past(Kind.HALF_TERM):
        if period.first > year.last:
            document = governors.document(Facts(made.school, TODAY), period, made_on=TODAY)
            tables.append(next(part.tables for part in document.parts if part.heading == "Who gets a place"))
    assert len(tables) > 2 and all(each == tables[0] for each in tables)


def test_a_school_in_its_first_year_is_told_when_it_will_be(made):
    facts = Facts(made.school, TODAY)
    first = facts.periods.past(Kind.HALF_TERM)[-1]
    document = governors.document(facts, first, made_on=TODAY)
    (part,) = [part for part in document.parts if part.heading == "Who gets a place"]
    assert not part.tables and "once a school year has closed" in part.words[0]


def test_sums_that_are_known_tell_what_follows_and_nothing_else():
    one, two, both, other = (("n", key) for key in ("one", "two", "both", "other"))
    known = Known([{both: 1, one: -1, two: -1}])
    assert not known.would_tell(both, [one])
    known.tell(both)
    assert known.would_tell(two, [one]) and not known.would_tell(other, [one, two])
