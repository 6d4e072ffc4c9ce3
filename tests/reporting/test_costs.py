"""Costs are entered by those who decide, once for each day, and the figures count them at once."""

import datetime as dt
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from iap.audit.models import Event
from iap.local.bench.years import Size
from reporting.actions.costs import keep_costs
from reporting.facts import Facts
from reporting.figures import figure_of, measure
from reporting.models import Costs
from reporting.periods import Kind
from tests.factories import SchoolFactory

from .conftest import TODAY, a_school

YEAR = {"starts_on": dt.date(2026, 9, 1), "ends_on": dt.date(2027, 8, 31)}
TYPED = {
    "starts_on": "2026-09-01",
    "ends_on": "2027-08-31",
    "staff": "84000",
    "other": "6000",
    "source": "Budget",
}
SUMS = {"staff": 84000, "other": 6000, "external_week": None, "source": ""}


@pytest.fixture
def costs(school, leader):
    return keep_costs(school, by=leader, **YEAR, **SUMS)


def change_url(costs):
    return reverse("reporting:change_costs", args=[costs.uuid])


def test_costs_are_entered_and_who_did_is_kept(client, school, leader):
    client.force_login(leader)
    page = client.post(reverse("reporting:new_costs"), {**TYPED, "external_week": "550"}, follow=True)
    assert "£84,000" in page.content.decode() and "£550 a week elsewhere" in page.content.decode()
    held = Costs.objects.get(school=school)
    assert (held.total, held.external_week, held.source) == (90_000, 550, "Budget")
    assert Event.objects.get(school=school, verb="costs.entered").by == leader


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"ends_on": "2026-08-31"}, "Enter a last day after the first."),
        ({"staff": "0", "other": "0"}, "Enter what the staff cost, or everything else."),
        ({"staff": "84 thousand"}, "Enter whole pounds, such as 84000."),
        ({"staff": "-1"}, "Enter whole pounds, such as 84000."),
        ({"starts_on": ""}, "Enter the first day."),
        ({"external_week": "1.5"}, "Enter whole pounds, such as 84000."),
    ],
)
def test_what_cannot_be_comes_back_as_typed_with_what_to_do(client, school, leader, wrong, says):
    client.force_login(leader)
    answer = client.post(reverse("reporting:new_costs"), {**TYPED, **wrong})
    assert answer.status_code == 422
    assert says in answer.content.decode() and 'value="Budget"' in answer.content.decode()
    assert not Costs.objects.filter(school=school).exists()


def test_a_day_is_paid_for_once(client, costs, leader):
    client.force_login(leader)
    overlapping = {**TYPED, "starts_on": "2027-08-31", "ends_on": "2028-08-31"}
    answer = client.post(reverse("reporting:new_costs"), overlapping)
    assert answer.status_code == 422 and "are already entered" in answer.content.decode()
    with pytest.raises(IntegrityError, match="a_day_is_paid_for_once"), transaction.atomic():
        Costs.objects.create(school=costs.school, **YEAR, staff=1)


def test_they_are_put_right_and_their_own_days_stand_in_nobodys_way(client, costs, leader):
    client.force_login(leader)
    assert client.post(change_url(costs), {**TYPED, "staff": "70000"}).status_code == 302
    costs.refresh_from_db()
    assert costs.staff == 70_000
    changed = Event.objects.get(school=costs.school, verb="costs.changed")
    assert (changed.details["before"]["staff"], changed.details["after"]["staff"]) == ("84000", "70000")


def test_they_are_taken_back_and_that_is_kept(client, costs, leader):
    client.force_login(leader)
    client.post(change_url(costs), {"remove": "1"})
    assert not Costs.objects.filter(school=costs.school).exists()
    assert Event.objects.filter(school=costs.school, verb="costs.removed").exists()


def test_another_schools_costs_are_not_found(client, leader):
    other = SchoolFactory()
    theirs = keep_costs(other, by=leader, **YEAR, **SUMS)
    client.force_login(leader)
    assert client.get(change_url(theirs)).status_code == 404
    assert client.post(change_url(theirs), {"remove": "1"}).status_code == 404
    assert Costs.objects.filter(pk=theirs.pk).exists()


def test_who_reads_figures_does_not_enter_what_they_cost(client, senco, costs):
    client.force_login(senco)
    for url in (reverse("reporting:costs"), reverse("reporting:new_costs"), change_url(costs)):
        assert client.get(url).status_code == 403


def test_who_came_back_on_days_without_costs_is_in_no_figure_of_money():
    made = a_school(size=Size(years=1, roll=40, places=30, logged=False))
    facts = Facts(made.school, TODAY)
    period = facts.periods.now(Kind.YEAR)
    back = sorted(row.cells[1] for row in figure_of(facts, period, measure("full-returns")).rows)
    assert back[0] < back[-1]
    Costs.objects.filter(school=made.school).delete()
    Costs.objects.create(school=made.school, starts_on=period.first, ends_on=back[0], staff=9000, other=0)
    found = figure_of(Facts(made.school, TODAY), period, measure("cost-per-return"))
    assert [row.cells[2] for row in found.rows if row.whole] == [day for day in back if day == back[0]]
    assert found.value == Fraction(9000, back.count(back[0]))
