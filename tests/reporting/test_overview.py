"""The overview of a school, and the list behind each figure."""

import datetime as dt
import re
from collections import Counter
from html import escape, unescape
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from iap.audit.models import Read
from iap.schools.models import Role
from reporting import fairness
from reporting.figures import figure_of, figures_of, measure, measures
from reporting.overview.board import ABOUT
from reporting.periods import Kind
from tests.factories import MembershipFactory, PlacementFactory, SchoolFactory, open_weeks
from tests.ui.charts import ids

from .conftest import TODAY, a_school, lists_every_row

NOON = dt.datetime.combine(TODAY, dt.time(12), tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _on_the_day() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def signed_in(client: Any, school: Any, role: Role = Role.LEADER) -> Any:
    user = MembershipFactory(school=school, role=role).user
    client.force_login(user)
    return user


def test_the_overview_answers_what_a_leader_asks(client, made):
    signed_in(client, made.school)
    page = client.get(reverse("reporting:overview")).content.decode()
    for heading in (
        "Every pupil’s way back",
        "Group size",
        "Adults in the room",
        "Waiting list",
        "Who gets a place",
        "Cost",
    ):
        assert heading in page
    assert "Spring term, to Wednesday 3 March" in page
    assert page.count('<figure class="iap-figure">') == 6


def test_where_nobody_has_a_place_yet_every_part_says_what_fills_it(client):
    school = SchoolFactory()
    open_weeks(school, dt.date(2026, 9, 7), dt.date(2027, 7, 16))
    signed_in(client, school)
    page = client.get(reverse("reporting:overview")).content.decode()
    assert "<table" not in page and "<figure" not in page
    for words in (
        "Once pupils are referred and have places",
        "Nobody has been here for six whole school weeks yet",
    ):
        assert words in page


@pytest.mark.parametrize("name", ["overview", "reintegration", "check_ins"])
def test_no_name_is_given_twice_on_a_page(client, made, name):
    signed_in(client, made.school)
    given = ids(client.get(reverse(f"reporting:{name}")).content.decode())
    assert len(given) == len(set(given))


@pytest.mark.parametrize("period", ["half-term:2027-02-22", "term:2027-01-04", "year:2026-09-07", "own"])
def test_every_kind_of_period_can_be_chosen(client, made, facts, period):
    signed_in(client, made.school)
    own = {"from": "2027-01-11", "to": "2027-02-05"}
    page = client.get(reverse("reporting:overview"), {"period": period, **own}).content.decode()
    chosen = facts.periods.find(period if period != "own" else f"own:{own['from']}:{own['to']}")
    assert f'<p class="iap-head__sub">{made.school} · {chosen.words}</p>' in page


@pytest.mark.parametrize(
    ("first", "last"),
    [("", ""), ("2027-02-05", "2027-01-11"), ("2027-06-01", "2027-06-02"), ("soon", "later")],
)
def test_days_that_are_none_are_told_and_nothing_typed_is_lost(client, made, first, last):
    signed_in(client, made.school)
    answer = client.get(reverse("reporting:overview"), {"period": "own", "from": first, "to": last})
    assert answer.status_code == 422
    assert "Choose a first day" in answer.content.decode()
    assert f'value="{last}"' in answer.content.decode()


def test_a_period_the_school_does_not_have_is_not_found(client, made):
    signed_in(client, made.school)
    assert client.get(reverse("reporting:overview"), {"period": "term:2027-01-05"}).status_code == 404


def test_a_school_without_weeks_is_told_what_fills_the_page(client, other_school):
    signed_in(client, other_school)
    assert "No school weeks yet" in client.get(reverse("reporting:overview")).content.decode()


def test_it_is_kept_whose_way_was_shown(client, made, facts):
    user = signed_in(client, made.school)
    client.get(reverse("reporting:overview"))
    period = facts.periods.now(Kind.TERM)
    read = Read.objects.get(by=user, page="overview")
    assert set(read.pupil_ids) == {place.pupil_id for place in facts.open_in(*period.window)}


def test_costs_are_for_those_who_decide(client, made):
    signed_in(client, made.school, Role.SENCO)
    assert "cost-per-place-week" not in client.get(reverse("reporting:overview")).content.decode()
    assert client.get(reverse("reporting:figure", args=["cost-per-place-week"])).status_code == 404


def test_the_list_says_how_it_is_counted_and_has_every_row(client, made, facts):
    user = signed_in(client, made.school)
    period = facts.periods.now(Kind.TERM)
    for each in measures("places"):
        page = client.get(reverse("reporting:figure", args=[each.key])).content.decode()
        figure = figure_of(facts, period, each)
        assert each.definition.split(":")[0][:60] in page
        assert f">{figure.said}" in page
        assert lists_every_row(page, figure)
    assert Read.objects.filter(by=user, page="figure").exists()


@pytest.mark.parametrize("key", ["group-size", "adults-present"])
def test_of_a_group_that_is_how_the_share_turns_out_it_is_told_how_many_it_has(client, made, facts, key):
    signed_in(client, made.school)
    figure = figure_of(facts, facts.periods.now(Kind.TERM), measure(key))
    group = next(each for each in figure.groups() if each.rows)
    page = client.get(reverse("reporting:figure", args=[key]), {"group": group.group}).content.decode()
    assert f'<span class="iap-kpi__v">{len(group.rows)} <small>of {len(figure.rows)}</small></span>' in page


def test_of_the_whole_roll_a_list_has_groups_and_names_nobody(client, made):
    signed_in(client, made.school)
    page = client.get(reverse("reporting:figure", args=["roll-by-sex"])).content.decode()
    girls = re.search(r'Girls</td><td class="n" data-th="Pupils">(\d+)<', page)
    assert int(girls[1]) > 5
    assert "Number3" not in page


def test_a_group_of_few_has_no_list_and_is_named_in_none(client, made, facts):
    """Nor has a group that would give it away."""
    signed_in(client, made.school)
    period = facts.periods.now(Kind.TERM)
    few = Counter()
    for each in measures("fairness"):
        told = fairness.told(each, facts, period)
        address = reverse("reporting:figure", args=[each.key])
        page = client.get(address).content.decode()
        for group in figure_of(facts, period, each).groups():
            if group.rows:
                status = client.get(address, {"group": group.group}).status_code
                assert status == (200 if group.group in told else 404), (each.key, group.group)
                assert f'">{group.group}</td>' not in page or group.group in told
                few[status] += 1
    assert few[200] > 10 and few[404] > 10


def test_the_table_of_who_gets_a_place_says_not_shown_wherever_a_count_is_hidden(client, made, facts):
    signed_in(client, made.school)
    page = (
        client.get(reverse("reporting:overview"))
        .content.decode()
        .split('id="h-fair"')[1]
        .split("</table>")[0]
    )
    rows = dict(re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', page))
    lines = fairness.table(figures_of(facts, facts.periods.now(Kind.TERM), measures("fairness")))
    told = [line for line in lines if not line.is_untold]
    assert list(rows) == [line.group for line in told]
    tells = any(line.tells_returned for line in lines)
    assert ("Back full time" in page) == tells
    for line in told:
        hidden = [line.roll.count, line.referred.count, line.placed.count, line.difference]
        hidden += [None if line.returned.count is None else 0] if tells else []
        assert rows[line.group].count(">not shown<") == hidden.count(None), line


def test_who_works_in_the_sessions_sees_the_lists_of_check_ins_alone(client, made):
    signed_in(client, made.school, Role.STAFF)
    opened = {each.key for each in measures() if _opens(client, each.key)}
    assert opened == {each.key for each in measures("check-ins")}


def _opens(client: Any, key: str) -> bool:
    return client.get(reverse("reporting:figure", args=[key])).status_code == 200


def test_every_figure_on_the_page_leads_to_what_is_counted(client, made):
    signed_in(client, made.school)
    page = client.get(reverse("reporting:overview"), {"period": "year:2026-09-07"}).content.decode()
    linked = set(re.findall(r'href="/reports/figures/([a-z-]+)/', page))
    shown = {each.key for about in ABOUT for each in measures(about) if about != "fairness"}
    assert shown - linked == {"mainstream-by-week", "places-ended"}, "which are in packs alone"
    assert {each.split("-by-")[0] for each in linked if "-by-" in each} >= {"roll", "referred"}
    assert not any(each.startswith("placed-by-") for each in linked), "the places told are none"


def test_everything_the_page_leads_to_is_there(client, made):
    """Also behind a group of which nobody was referred, or has a place: it has no list."""
    signed_in(client, made.school)
    page = client.get(reverse("reporting:overview")).content.decode()
    assert ">0%<" in page
    led = {unescape(each) for each in re.findall(r'href="(/reports/[^"]*)"', page)}
    assert len(led) > 30
    assert [each for each in sorted(led) if client.get(each).status_code != 200] == []


def test_each_headline_stands_beside_what_it_is_compared_with_in_words(client, made, facts):
    signed_in(client, made.school)
    period = facts.periods.now(Kind.TERM)
    page = client.get(reverse("reporting:overview")).content.decode()
    said = [figure_of(facts, period, each).comparison for each in measures() if each.headline]
    assert len(said) == 5 and all(said)
    for words in said:
        assert f'<span class="iap-kpi__d">{escape(words)}</span>' in page
    assert any("Same part of Autumn term" in words for words in said)


def test_the_overview_costs_the_same_however_much_there_is(client, made):
    signed_in(client, made.school)
    url = reverse("reporting:overview")
    client.get(url)
    with CaptureQueriesContext(connection) as before:
        client.get(url)
    for n in range(20):
        PlacementFactory(school=made.school, starts_on=TODAY - dt.timedelta(days=n))
    with CaptureQueriesContext(connection) as after:
        client.get(url)
    assert len(after) <= len(before), [each["sql"][:120] for each in after]
    assert len(_of_the_page(after)) <= 30, [each["sql"][:120] for each in after]


def _of_the_page(captured):
    """Without the transaction's begin and end, which are no question, and what the test's client asks to put back."""
    own = ("SAVEPOINT", "RELEASE SAVEPOINT", "SELECT coalesce(current_setting(")
    return [each["sql"] for each in captured if not each["sql"].startswith(own)]


def test_another_schools_rows_are_in_no_figure(client, made, facts):
    period = facts.periods.now(Kind.YEAR)
    before = {each.key: figure_of(facts, period, each).value for each in measures()}
    a_school(2)
    again = type(facts)(made.school, TODAY)
    assert {each.key: figure_of(again, period, each).value for each in measures()} == before
