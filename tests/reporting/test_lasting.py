"""Whether what came after a place holds, after 2, 6 and 12 school weeks, against counting by hand."""

import datetime as dt
from random import Random

import pytest
from django.utils import timezone

from pupils.models import FollowUpCheck, Placement
from pupils.models.exits import AFTER_WEEKS, Holds
from reporting.facts import Facts
from reporting.figures import figure_of, measure
from reporting.measures.way_back import SAID
from reporting.periods import Kind
from reporting.reintegration.charts import lasting_chart
from reporting.reintegration.report import everything
from tests.factories import UserFactory

from .conftest import TODAY, a_school


def answer_some(school, seed):
    """Checks of every place that has ended, some asked already, some of these answered."""
    chance, by = Random(seed), UserFactory()
    for place in Placement.objects.filter(school=school, ends_on__isnull=False):
        for weeks in AFTER_WEEKS:
            due = place.ends_on + dt.timedelta(weeks=weeks)
            said = chance.choice([*Holds.values, ""]) if due <= TODAY else ""
            by_whom = (
                {"line": "Asked the tutor", "answered_by": by, "answered_at": timezone.now()} if said else {}
            )
            FollowUpCheck.objects.create(
                school=school,
                placement=place,
                pupil_id=place.pupil_id,
                weeks=weeks,
                due_on=due,
                answer=said,
                **by_whom,
            )


def told(facts, period=None):
    """What the report tells of places that began in a period, or of all."""
    return lasting_chart(figure_of(facts, period or everything(facts), measure("way-back-lasting")))


def by_hand(school):
    found = {}
    for weeks in AFTER_WEEKS:
        counted = [0, 0, 0, 0]
        for check in FollowUpCheck.objects.filter(school=school):
            if check.weeks == weeks and check.due_on <= TODAY:
                counted[
                    ["yes", "partly", "no"].index(check.answer)
                    if check.answer in {"yes", "partly", "no"}
                    else 3
                ] += 1
        found[f"After {weeks} weeks"] = tuple(counted)
    return found


@pytest.mark.parametrize("seed", range(1, 6))
def test_each_answer_is_counted_where_it_was_given(seed):
    made = a_school(seed)
    answer_some(made.school, seed)
    facts = Facts(made.school, TODAY)
    chart = told(facts)
    wanted = by_hand(made.school)
    assert chart is not None
    assert {row[0]: tuple(row[1]) for row in chart.rows} == wanted
    holds, asked = sum(row[0] for row in wanted.values()), sum(map(sum, wanted.values()))
    assert chart.title.startswith(f"At {holds} of {asked} check")
    assert [name for name, _ in chart.series] == list(SAID.values())


def test_only_places_that_are_looked_at_are_counted(made):
    answer_some(made.school, 1)
    facts = Facts(made.school, TODAY)
    (first, *_) = [place for place in facts.placements if place.ends_on]
    day = facts.periods.own(first.starts_on, first.starts_on)
    began = [place for place in facts.placements if place.starts_on == first.starts_on]
    due = FollowUpCheck.objects.filter(placement__in=[place.pk for place in began], due_on__lte=TODAY)
    chart = told(facts, day)
    assert chart is not None and sum(sum(row[1]) for row in chart.rows) == due.count() > 0
    assert told(facts, facts.periods.own(dt.date(2019, 9, 2), dt.date(2019, 9, 3))) is None


def test_a_check_whose_day_has_not_come_says_nothing(made):
    answer_some(made.school, 1)
    FollowUpCheck.objects.filter(school=made.school, answer="").update(due_on=TODAY + dt.timedelta(days=1))
    FollowUpCheck.objects.filter(school=made.school).exclude(answer="").delete()
    facts = Facts(made.school, TODAY)
    assert told(facts) is None


@pytest.mark.parametrize("seed", range(1, 4))
def test_beside_full_returns_stands_how_many_were_there_six_weeks_on(seed):
    made = a_school(seed)
    answer_some(made.school, seed)
    facts = Facts(made.school, TODAY)
    period = facts.periods.now(Kind.YEAR)
    (*_, year) = [each for each in facts.periods.years if each.first <= period.last]
    checks = [
        check
        for check in FollowUpCheck.objects.filter(school=made.school, weeks=6).exclude(answer="")
        if check.placement.destination == "full-return"
        and year.first <= check.placement.ends_on <= period.last
    ]
    beside = figure_of(facts, period, measure("full-returns")).comparison
    if checks:
        there = len([check for check in checks if check.answer == "yes"])
        assert beside == f"{there} of {len(checks)} still there 6 weeks on"
    else:
        assert "6 weeks on" not in beside
