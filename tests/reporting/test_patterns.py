"""Patterns in check-ins: against paper, with what is uncertain, and asking rather than telling."""

import datetime as dt
from collections import Counter
from fractions import Fraction
from functools import partial
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from iap.audit.models import Read
from iap.local.bench.years import Made
from iap.schools.models import CycleWeek, Weekday
from iap.schools.models import Period as Bell
from pupils.models import CheckIn, CheckInKind
from reporting.facts import Facts
from reporting.figures import Figure, Measure, Row, Way, figure_of, measure
from reporting.measures.check_ins import GROUPINGS, key
from reporting.patterns import ENOUGH, groups_of, patterns
from reporting.periods import Kind, Period
from tests.factories import MembershipFactory
from timetables.models import ClassMember, HybridStep, MainstreamLesson, StepPlace

from .conftest import LOGGED, TODAY, a_school, kept_for_the_module, on_its_own

NOON = dt.datetime.combine(TODAY, dt.time(12), tzinfo=dt.UTC)
PERIOD = Period(Kind.TERM, "Spring term", TODAY, TODAY, TODAY)


@pytest.fixture(autouse=True)
def _on_the_day() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


kept = kept_for_the_module(partial(a_school, size=LOGGED), NOON)


@pytest.fixture
def logged(kept: Made) -> Made:
    return on_its_own(kept)


def figure(*rows: Row) -> Figure:
    return Figure(Measure("test", "Test", lambda facts, period: [], Way.SHARE), PERIOD, rows)


def said(group: str, unsettled: int, settled: int, pupil: int = 1) -> list[Row]:
    return [Row(part=n < unsettled, pupil=pupil, group=group) for n in range(unsettled + settled)]


def by_hand(school: Any, check_in: CheckIn) -> dict[str, str]:
    """What surrounds one check-in, looked up row by row."""
    monday = check_in.day - dt.timedelta(days=check_in.day.weekday())
    label = CycleWeek.objects.get(school=school, monday=monday).label
    bell = Bell.objects.filter(school=school, weekday=check_in.day.isoweekday()).order_by("starts")
    before: list[Any] = []
    to_come: list[Any] = []
    if check_in.period and check_in.kind != "end-of-day":
        for each in bell.filter(kind="lesson"):
            over = each.starts < check_in.period.starts
            over |= each == check_in.period and check_in.kind == "after"
            (before if over else to_come).append(each)

    def where(period: Any) -> str:
        for step in HybridStep.objects.filter(pupil=check_in.pupil):
            ends = [each for each in (step.ends_on, step.placement.ends_on) if each]
            if step.starts_on <= check_in.day and all(check_in.day < end for end in ends):
                place = StepPlace.objects.get(step=step, week=label, period=period)
                if place.session:
                    return place.session.title
                groups = ClassMember.objects.filter(pupil=check_in.pupil).values("mainstream_class")
                lesson = MainstreamLesson.objects.get(mainstream_class__in=groups, week=label, period=period)
                return lesson.mainstream_class.subject
        return ""

    name = check_in.period.name if check_in.period else ""
    return {
        "weekday": f"{check_in.day:%A}",
        "period": f"Lesson {name}" if name.isdigit() else name,
        "going-to": where(to_come[0]) if to_come else "",
        "coming-from": where(before[-1]) if before else "",
    }


def all_kinds(school: Any) -> None:
    """Check-ins of every kind, some in a break, some at no time of the bell. Made ones are before lessons alone."""
    breaks = {each.weekday: each for each in Bell.objects.filter(school=school).exclude(kind="lesson")}
    for n, each in enumerate(CheckIn.objects.filter(school=school).order_by("pk")):
        each.kind = CheckInKind.values[n % 4]
        if n % 5 == 0:
            each.period = breaks[each.day.isoweekday()] if n % 2 else None
        each.save(update_fields=["kind", "period"])


def test_every_check_in_is_put_where_paper_would_put_it(logged):
    all_kinds(logged.school)
    facts = Facts(logged.school, TODAY)
    period = facts.periods.now(Kind.HALF_TERM)
    rows = CheckIn.objects.filter(school=logged.school, day__range=period.window, undone_at=None)
    assert rows.count() > 10  # how many there are depends on the day
    paper = [(by_hand(logged.school, each), each.readiness <= 2) for each in rows.select_related("period")]
    for grouping in GROUPINGS:
        rows = figure_of(facts, period, measure(key(grouping))).rows
        assert Counter((row.group, bool(row.part)) for row in rows) == Counter(
            (where[grouping.key], unsettled) for where, unsettled in paper if where[grouping.key]
        )


def test_groups_stand_in_the_order_of_the_week_of_the_day_and_of_the_alphabet(logged):
    """Of one pupil too, whose first check-in may have been in the last lesson of a Friday."""
    for pupil in {placement.pupil for placement in logged.placements}:
        facts = Facts(logged.school, TODAY, pupil=pupil)
        found = {each.grouping.key: [group.name for group in each.groups] for each in _of_year(facts)}
        assert found["weekday"] == [day for day in Weekday.labels if day in found["weekday"]]
        assert found["period"] == sorted(found["period"])  # Lesson 1, Lesson 2 …
        assert found["going-to"] == sorted(found["going-to"])
        assert found["coming-from"] == sorted(found["coming-from"])


def _of_year(facts: Facts) -> Any:
    return patterns(facts, facts.periods.now(Kind.YEAR)).each


def test_an_undone_check_in_is_none(logged):
    period = Facts(logged.school, TODAY).periods.now(Kind.YEAR)
    before = len(check_ins(logged.school, period))
    check_in = CheckIn.objects.filter(school=logged.school, day__range=period.window).first()
    CheckIn.objects.filter(pk=check_in.pk).update(undone_at=NOON, undone_by=check_in.by)
    assert len(check_ins(logged.school, period)) == before - 1


def check_ins(school: Any, period: Period) -> list[Any]:
    facts = Facts(school, TODAY)
    facts.look_at(period)
    return facts.check_ins(period)


@given(unsettled=st.integers(0, 60), settled=st.integers(0, 60))
def test_the_interval_of_one_pupil_is_wilsons_and_holds_the_share(unsettled, settled):
    if not unsettled + settled:
        return
    (group,) = groups_of(figure(*said("Monday", unsettled, settled)), of_one=True)
    assert group.is_known == (unsettled + settled >= ENOUGH)
    if group.is_known:
        n, z = unsettled + settled, stats.norm.ppf(0.975)
        middle = (unsettled + z * z / 2) / (n + z * z)
        assert abs((group.low + group.high) / 2 - middle) < 1e-9
        assert group.low - 1e-12 <= group.share <= group.high + 1e-12


def test_one_pupil_who_is_often_unsettled_says_little_of_the_provision():
    """Twenty check-ins of one pupil are one pupil: the interval is as wide as pupils differ."""
    alike = [row for pupil in range(6) for row in said("Monday", 5, 15, pupil)]
    apart = [
        row for pupil, low in enumerate((20, 2, 2, 2, 2, 2)) for row in said("Monday", low, 20 - low, pupil)
    ]
    (even,), (uneven,) = (groups_of(figure(*rows), of_one=False) for rows in (alike, apart))
    assert even.share == uneven.share == Fraction(1, 4)
    assert uneven.high - uneven.low > even.high - even.low


def test_too_few_pupils_are_too_few_to_say():
    rows = [row for pupil in range(4) for row in said("Monday", 10, 10, pupil)]
    (group,) = groups_of(figure(*rows), of_one=False)
    assert not group.is_known and not group.asks


def test_a_question_is_asked_only_of_what_stands_out():
    rows = [*said("Monday", 18, 2), *said("Tuesday", 3, 17), *said("Friday", 3, 1)]
    monday, tuesday, friday = groups_of(figure(*rows), of_one=True)
    assert (monday.asks, tuesday.asks, friday.asks) == (True, False, False)
    assert monday.others == Fraction(6, 24)


def test_equal_groups_ask_nothing():
    rows = [*said("Monday", 5, 15), *said("Tuesday", 5, 15)]
    assert not any(group.asks for group in groups_of(figure(*rows), of_one=True))


def test_the_pages_ask_and_do_not_judge(client, logged):
    pupil = logged.placements[-1].pupil
    monday = CheckIn.objects.filter(school=logged.school, day__iso_week_day=1)
    CheckIn.objects.filter(school=logged.school).update(readiness=4)
    monday.update(readiness=1)
    client.force_login(MembershipFactory(school=logged.school, role="staff").user)
    year = {"period": Facts(logged.school, TODAY).periods.now(Kind.YEAR).key}
    for url in (reverse("reporting:check_ins"), reverse("reporting:pupil_check_ins", args=[pupil.uuid])):
        page = client.get(url, year).content.decode()
        assert "Worth asking about" in page and "not an answer" in page
    facts = Facts(logged.school, TODAY, pupil=pupil)
    found = patterns(facts, facts.periods.now(Kind.YEAR))
    assert {row.pupil for each in found.each for row in each.figure.rows} <= {pupil.pk}


def test_a_pupil_without_check_ins_is_told_so(client, logged):
    client.force_login(MembershipFactory(school=logged.school, role="staff").user)
    url = reverse("reporting:pupil_check_ins", args=[logged.pupils[-1].uuid])
    assert "No check-ins in these days" in client.get(url).content.decode()


@pytest.mark.parametrize("role", ["staff", "dsl"])
def test_each_pattern_of_a_pupil_leads_to_its_check_ins_and_the_read_is_kept(client, logged, role):
    pupil = logged.placements[-1].pupil
    reader = MembershipFactory(school=logged.school, role=role).user
    client.force_login(reader)
    period = Facts(logged.school, TODAY).periods.now(Kind.YEAR)
    page = client.get(reverse("reporting:pupil_check_ins", args=[pupil.uuid]), {"period": period.key})
    for grouping in GROUPINGS:
        address = reverse("reporting:pupil_figure", args=[pupil.uuid, key(grouping)])
        assert address in page.content.decode()
        shown = client.get(address, {"period": period.key}).context
        facts = Facts(logged.school, TODAY, pupil=pupil)
        assert shown["figure"].rows == figure_of(facts, period, measure(key(grouping))).rows
        assert shown["page"].paginator.count == len(shown["figure"].rows) > 0
        assert {row.pupil for row in shown["figure"].rows} == {pupil.pk}
    reads = Read.objects.filter(by=reader, page="check-in-patterns")
    assert [each.pupil_ids for each in reads] == [[pupil.pk]] * (1 + len(GROUPINGS))


def test_one_check_in_that_is_undone_changes_a_pupils_pattern_and_its_list_alike(client, logged):
    check_in = CheckIn.objects.filter(school=logged.school, readiness__lte=2).first()
    client.force_login(MembershipFactory(school=logged.school, role="lead").user)
    year = {"period": Facts(logged.school, TODAY).periods.now(Kind.YEAR).key}
    page = reverse("reporting:pupil_check_ins", args=[check_in.pupil.uuid])
    listed = reverse("reporting:pupil_figure", args=[check_in.pupil.uuid, "check-ins-by-weekday"])

    def told() -> int:
        count: int = client.get(listed, year).context["page"].paginator.count
        said = client.get(listed, year).context["figure"].said
        assert f"{said} of {count} check-ins were stuck or shaky" in client.get(page, year).content.decode()
        assert f">{said}" in client.get(listed, year).content.decode()
        return count

    before = told()
    CheckIn.objects.filter(pk=check_in.pk).update(undone_at=NOON, undone_by=check_in.by)
    assert told() == before - 1


def test_the_list_of_a_pupil_is_of_check_ins_alone(client, logged):
    client.force_login(MembershipFactory(school=logged.school, role="lead").user)
    for other in ("pupils-supported", "cost-per-place-week", "none"):
        address = reverse("reporting:pupil_figure", args=[logged.placements[-1].pupil.uuid, other])
        assert client.get(address).status_code == 404
