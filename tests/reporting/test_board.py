"""The overview's pictures, each against counting by hand."""

import datetime as dt
from collections import Counter

import pytest

from reporting.facts import Facts
from reporting.figures import figure_of, measure
from reporting.measures.sessions import STATES
from reporting.overview import Board, board
from reporting.periods import Kind, Period
from timetables.models import AgreedChange, HybridStep

from .conftest import TODAY
from .naive import Paper
from .test_agreement import ten_more

DAY, WEEK = dt.timedelta(days=1), dt.timedelta(weeks=1)


@pytest.fixture
def period(facts: Facts) -> Period:
    found = facts.periods.now(Kind.TERM)
    assert found is not None
    return found


@pytest.fixture
def drawn(facts: Facts, period: Period) -> Board:
    return board(facts, period, ["leader"])


def test_sizes_are_those_of_the_sessions_that_were_held(made, facts, period):
    ten_more(figure_of(facts, period, measure("group-size")), period)
    chart = board(Facts(made.school, TODAY), period, ["leader"]).charts["sizes"]
    sizes = Counter(pupils for pupils, *_ in Paper(made.school, *period.window).sessions)
    assert {row.label: row.value for row in chart.rows if row.value} == {
        str(n): of for n, of in sizes.items()
    }
    large = {row.label for row in chart.rows if int(row.label) >= 10}
    assert set(chart.outside) == large != set()
    assert chart.guide == "fewer than 10"
    assert chart.title.startswith(f"{sum(of for n, of in sizes.items() if n < 10)} of {sum(sizes.values())} ")


def test_adults_are_told_week_by_week_with_whether_one_was_a_teacher(made, drawn, period):
    by_hand = []
    monday = period.first - DAY * period.first.weekday()
    while monday <= period.last:
        window = max(monday, period.first), min(monday + 6 * DAY, period.last)
        held = Counter(_state(a, t) for _, a, t in Paper(made.school, *window).sessions)
        if held:
            by_hand.append(tuple(held[n] for n in range(len(STATES))))
        monday += WEEK
    assert [row.values for row in drawn.charts["adults"].rows] == by_hand
    assert len(by_hand) > 5


def _state(adults: int, teachers: int) -> int:
    """Two with a teacher; a teacher alone; nobody qualified; nobody."""
    if adults > 1 and teachers:
        return 0
    return 3 if not adults else 1 if teachers else 2


def test_the_waiting_list_is_told_month_by_month(made, facts):
    period = facts.periods.now(Kind.YEAR)
    months, first = [], period.first
    while first <= period.last:
        following = (first.replace(day=1) + 32 * DAY).replace(day=1)
        paper = Paper(made.school, first, min(following - DAY, period.last))
        flow = (
            paper.list_joined(),
            paper.list_started(),
            paper.list_helped_otherwise(),
            paper.list_waiting(),
        )
        months.append((f"{first:%b}", *flow))
        first = following
    assert [tuple(row) for row in board(facts, period, ["leader"]).charts["waiting"].rows] == months
    assert any(sum(flow[1:4]) for _, *flow in months)


def test_changes_are_told_by_subject_in_place_and_not_yet(made, drawn, period):
    supported = {place.pupil_id for place in Paper(made.school, *period.window).placements()}
    by_hand: dict[str, list[int]] = {}
    for change in AgreedChange.objects.filter(school=made.school).select_related(
        "class_return__mainstream_class"
    ):
        said = [each for each in change.events.order_by("pgh_id") if each.state_on <= period.last]
        if said and said[-1].state != "ended" and change.class_return.pupil_id in supported:
            subject = by_hand.setdefault(change.class_return.mainstream_class.subject, [0, 0])
            subject[said[-1].state != "in-place"] += 1
    assert {row.label: list(row.values) for row in drawn.charts["changed"].rows} == by_hand != {}


def test_before_during_and_after_say_of_how_many_places_they_are(made, facts):
    period = facts.periods.now(Kind.YEAR)
    paper = Paper(made.school, *period.window)
    known = [
        windows
        for place, windows in paper.paired
        if all(paper.attended(place, windows[each])[1] for each in ("Before", "During"))
    ]
    found = board(facts, period, ["leader"])
    bars = {row.label.split(" (")[0]: row for row in found.charts["attended"].rows}
    for name in ("Before", "During", "After"):
        n = sum(name in windows for windows in known)
        assert bars[name].label == f"{name} ({n} {'place' if n == 1 else 'places'})"
        share = paper.attendance(name)
        assert bars[name].value == (None if share is None else pytest.approx(100 * share, abs=0.51))
        counted = next(each for each in found.windows["suspensions"] if each.group == name)
        assert counted.n == sum(name in windows for _, windows in paper.paired)
        assert counted.said == f"{paper.suspensions(name):,}"


def test_every_way_back_is_there_in_order_of_start_and_tells_the_share_of_each_day(made, drawn, period):
    paper, ways = Paper(made.school, *period.window), drawn.ways
    places = sorted(paper.placements(), key=lambda place: place.starts_on)
    assert [way.pupil for way in ways.each] == [place.pupil_id for place in places]
    assert ways.weeks >= 12 and ways.until == period.last
    for way, place in zip(ways.each, places, strict=True):
        points, told = dict(way.points), None
        day = max(ways.first, place.starts_on)
        while day <= ways.until:
            told = points.get(day, told)
            share = paper.share(place.pupil_id, day) if place.is_open_on(day) else None
            assert told == (None if share is None else pytest.approx(100 * share, abs=0.51)), (way, day)
            day += DAY
        steps = HybridStep.objects.filter(placement=place, starts_on__range=(ways.first, ways.until))
        assert sorted(way.marks) == sorted((step.starts_on, step.kind) for step in steps)


def test_training_is_told_by_topic_and_by_who_is_to_have_it(drawn):
    told = [(has, of) for _, groups in drawn.learnt for _, has, of in groups]
    assert sum(of for _, of in told) == drawn.shown["training"].n
    assert (
        f"{100 * sum(has for has, _ in told) / sum(of for _, of in told):.0f}%"
        == drawn.shown["training"].said
    )
