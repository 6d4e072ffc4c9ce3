"""Every measure says what counting by hand says, on schools made at random."""

import datetime as dt
from collections import Counter
from dataclasses import replace
from typing import Any

from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iap.schools.models import Closure
from referrals.models import Decision, Outcome, Referral
from reporting.facts import Facts
from reporting.figures import figure_of, measure, measures
from reporting.measures import fairness
from reporting.periods import Kind
from timetables.models import Cover

from .conftest import SMALL, TODAY, a_school
from .naive import Paper

WHOLE = (
    "pupils-supported", "mainstream-share", "full-returns", "places-ended", "sessions-within-guide", "group-size",
    "adults-present", "pupils-to-an-adult",
    "list-joined", "list-started", "list-helped-otherwise", "list-waiting", "wait", "decision",
    "changes-in-place", "training", "cost-per-place-week", "cost-per-return", "external-place-week",
)  # fmt: skip
WINDOWED = ("attendance", "suspensions", "incidents")
few = settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))


def agree(facts: Facts, period: Any) -> None:
    paper = Paper(facts.school, *period.window)
    for key in WHOLE:
        by_hand = getattr(paper, key.replace("-", "_"))()
        assert figure_of(facts, period, measure(key)).value == by_hand, key
    for key in WINDOWED:
        for name in ("Before", "During", "After"):
            found = figure_of(facts, period, measure(key)).of_group(name).value
            assert found == getattr(paper, key)(name), (key, name)
    for column in fairness.COLUMNS:
        by_hand = getattr(paper, column)()
        for each in fairness.CHARACTERISTICS:
            figure = figure_of(facts, period, measure(fairness.key(column, each)))
            assert {g.group: g.value for g in figure.groups() if g.value} == Counter(map(each.of, by_hand))


@few
@given(seed=st.integers(1, 10_000), cycle=st.sampled_from([1, 2]))
def test_every_figure_of_this_term_agrees_with_counting_by_hand(seed, cycle):
    facts = Facts(a_school(seed, cycle_weeks=cycle).school, TODAY)
    agree(facts, facts.periods.now(Kind.TERM))


@few
@given(seed=st.integers(1, 10_000), first=st.integers(0, 300), long=st.integers(0, 250))
def test_and_of_any_days_across_holidays_years_and_changes_of_the_clock(seed, first, long):
    facts = Facts(a_school(seed).school, TODAY)
    start = dt.date(2026, 1, 5) + dt.timedelta(days=first)
    period = facts.periods.own(start, start + dt.timedelta(days=long))
    agree(facts, period)
    if period.before is not None:
        agree(facts, period.before)


def test_every_measure_is_checked_by_hand():
    fair = {fairness.key(column, each) for column in fairness.COLUMNS for each in fairness.CHARACTERISTICS}
    elsewhere = {
        each.key for about in ("check-ins", "way-back") for each in measures(about)
    }  # beside their pages
    assert {each.key for each in measures()} == {*WHOLE, *WINDOWED, "mainstream-by-week", *fair, *elsewhere}


def test_the_share_by_week_is_that_of_its_last_school_day(facts):
    period = facts.periods.now(Kind.HALF_TERM)
    paper = Paper(facts.school, *period.window)
    weeks = figure_of(facts, period, measure("mainstream-by-week")).groups()
    assert [each.group for each in weeks] == sorted(
        {str(row.cells[0]) for each in weeks for row in each.rows}
    )
    for each in weeks:
        day = dt.date.fromisoformat(each.group)
        assert paper.days(day, day) and not paper.days(day + dt.timedelta(days=1), _sunday(day))
        by_hand = {
            place.pupil_id: paper.share(place.pupil_id, day)
            for place in paper.placements()
            if place.is_open_on(day)
        }
        assert {row.pupil: row.cells[1] for row in each.rows} == {
            k: v for k, v in by_hand.items() if v is not None
        }


def _sunday(day: dt.date) -> dt.date:
    """The end of the week, or of what has happened of it."""
    return min(day + dt.timedelta(days=6 - day.weekday()), TODAY)


def test_the_made_school_has_something_of_everything():
    """A property over an empty school proves nothing."""
    facts = Facts(a_school(size=replace(SMALL, logged=True)).school, TODAY)
    period = facts.periods.now(Kind.YEAR)
    assert [each.key for each in measures() if not figure_of(facts, period, each).rows] == []


def test_the_made_school_has_what_is_easily_counted_wrongly():
    """Closures, two places of one pupil, an adult who is away and not covered, a session without pupils, and moments
    that are another day elsewhere: over years, and across summer time.
    """
    school = a_school().school
    facts = Facts(school, TODAY)
    year = facts.periods.now(Kind.YEAR)
    facts.look_at(year)
    assert Closure.objects.filter(school=school, day__week_day__in=range(2, 7)).exists()
    assert max(Counter(place.pupil_id for place in facts.placements).values()) > 1
    assert Cover.objects.filter(school=school, adult__isnull=False, covered_by=None).exists()
    assert any(not each.planned for each in facts.occurrences(year))
    assert any(not each.staffing.within_guide for each in facts.occurrences(year))
    sent = Referral.objects.filter(school=school).values_list("submitted_at", flat=True)
    assert any(at.astimezone(dt.UTC).date() != timezone.localdate(at) for at in sent)
    assert len(facts.periods.past(Kind.YEAR)) > 1


def test_what_is_decided_soon_after_midnight_in_summer_belongs_to_that_day():
    school = a_school().school
    facts = Facts(school, TODAY)
    decided = Decision.objects.filter(school=school, outcome=Outcome.WAIT).select_related("referral")
    late = [each for each in decided if each.at.astimezone(dt.UTC).date() != timezone.localdate(each.at)]
    assert late
    for each in late:
        day = timezone.localdate(each.at)
        joined = figure_of(facts, facts.periods.own(day, day), measure("list-joined"))
        assert each.referral.pupil_id in {row.pupil for row in joined.rows}
