"""How far each place has led back, against the same told day by day."""

import datetime as dt
from collections import Counter
from fractions import Fraction
from functools import partial

import pytest

from iap.local.bench.years import Size
from pupils.models import AttendanceMark, Destination
from reporting.facts import Facts
from reporting.figures import figure_of, measure
from reporting.periods import Kind, Span
from reporting.reintegration.charts import steps_chart
from reporting.reintegration.lessons import TOGETHER
from reporting.reintegration.report import everything, report
from reporting.reintegration.ways import Mark, ways
from timetables.models import HybridStep, LessonFeedback, LessonTeacher, MainstreamClass, StepPlace

from .conftest import TODAY, a_school, kept_for_the_module, on_its_own

many = kept_for_the_module(partial(a_school, size=Size(years=2, roll=60, places=34, logged=True)))


def of_all(facts):
    return report(facts, everything(facts))


def day_by_day(school, place, facts):
    """Every open day of a place on its own, with the share of the step that holds it."""
    steps = list(HybridStep.objects.filter(school=school, placement=place).order_by("starts_on"))
    shares = {step.pk: _share(school, step) for step in steps}
    found = []
    for day in facts.open_days:
        if place.starts_on <= day <= facts.today and (place.ends_on is None or day < place.ends_on):
            held = [s for s in steps if s.starts_on <= day and (s.ends_on is None or day < s.ends_on)]
            if held:
                found.append((day, held[0], shares[held[0].pk]))
    return found


def _share(school, step):
    rows = StepPlace.objects.filter(school=school, step=step, period__kind="lesson").select_related("period")
    minutes = [(row.period.minutes * (1 if row.week else 2), row.place) for row in rows]
    whole = sum(length for length, _ in minutes)
    return (
        Fraction(sum(n for n, place in minutes if place in {"mainstream", "supported"}), whole)
        if whole
        else None
    )


def by_hand(school, place, facts):
    known = [each for each in day_by_day(school, place, facts) if each[2] is not None]
    start = known[0][2] if known else 0
    first = next((step.starts_on for _, step, share in known if share > start), None)
    half = next((step.starts_on for _, step, share in known if 2 * share >= 1), None)
    full, run = None, []
    for day, _, share in known:
        run = [*run, day] if share == 1 else []
        if len(run) == 10:
            full = day
            break
    if full is None and place.destination == Destination.FULL_RETURN and place.ends_on <= facts.today:
        full = place.ends_on
    return first, half, full


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_way_is_that_told_day_by_day(seed):
    made = a_school(seed, Size(years=2, roll=40, places=14, logged=False))
    facts = Facts(made.school, TODAY)
    found = ways(facts, facts.placements)
    assert found
    for way in found:
        assert (way.first, way.half, way.full) == by_hand(made.school, way.placement, facts)


def test_the_time_is_in_school_weeks_and_holidays_do_not_count(made, facts):
    for way in ways(facts, facts.placements):
        for mark in Mark:
            weeks = way.weeks_to(mark, facts.calendar)
            until = getattr(way, mark) or way.until
            between = [day for day in facts.open_days if way.placement.starts_on < day <= until]
            assert weeks == Fraction(len(between), 5)


def test_who_is_still_in_the_provision_is_followed_until_today_and_not_left_out(made, facts):
    found = ways(facts, facts.placements)
    staying = [way for way in found if way.placement.ends_on is None]
    assert staying
    assert all(way.until == TODAY for way in staying)
    assert len(found) == len([place for place in facts.placements if place.starts_on <= TODAY])


def test_a_step_that_is_only_planned_has_not_been_reached(made):
    yesterday = Facts(made.school, TODAY - dt.timedelta(days=200))
    for way in ways(yesterday, yesterday.placements):
        for mark in Mark:
            assert (getattr(way, mark) or TODAY - dt.timedelta(days=200)) <= yesterday.today


def test_curves_are_drawn_from_twenty_places_on(many):
    made = on_its_own(many)
    facts = Facts(made.school, TODAY)
    whole = of_all(facts)
    assert whole.places >= 20
    assert all(each.chart is not None for each in whole.marks)
    for each in whole.marks:
        assert all(number >= 5 for _, number in each.chart.at_risk), (
            "a curve ends where fewer than five are followed"
        )
        assert each.chart.at_risk[0] == (0, whole.places)
    begun = [report(facts, year) for year in facts.periods.past(Kind.YEAR)]
    assert sum(each.places for each in begun) == whole.places
    assert all(each.drawn == (each.places >= 20) for each in begun)


def test_below_twenty_there_are_counts_and_the_middle_of_those_who_have(made, facts):
    found = of_all(facts)
    assert found.places < 20
    assert not found.drawn
    for each in found.marks:
        assert each.said == f"{len(each.times)} of {found.places} places"
        assert ("Of those" in each.middle) == bool(each.times)


def test_steps_are_counted_by_term_and_kind(made, facts):
    """A step that begins in the holidays counts in the term that follows; none is left out."""
    held = list(HybridStep.objects.filter(school=made.school, starts_on__lte=TODAY).exclude(kind="start"))
    holiday = facts.periods.terms[-2].first - dt.timedelta(days=3)
    moved = next(step for step in held if step.ends_on is None)
    HybridStep.objects.filter(pk=moved.pk).update(starts_on=holiday)
    chart = of_all(Facts(made.school, TODAY)).steps
    counted, before = [], dt.date.min
    for term in facts.periods.terms:
        of = [
            step
            for step in HybridStep.objects.filter(school=made.school)
            if before < step.starts_on <= term.last
        ]
        of = [step.kind for step in of if step.starts_on <= TODAY and step.starts_on < _end(step)]
        counted.append(tuple(of.count(kind) for kind in ("forward", "hold", "back")))
        before = term.last
    assert [row.values for row in chart.rows if any(row.values)] == [row for row in counted if any(row)]
    assert sum(map(sum, counted)) == len(figure_of(facts, everything(facts), measure("way-back-steps")).rows)


def _end(step):
    return step.placement.ends_on or dt.date.max


def test_what_was_before_the_last_eight_terms_stands_together(made, facts):
    figure = figure_of(facts, everything(facts), measure("way-back-steps"))
    terms = facts.periods.terms
    late = [Span(f"Term {n}", dt.date(2040, n, 1), dt.date(2040, n, 2)) for n in range(1, 9)]
    chart = steps_chart(figure, [*terms, *late])
    assert chart.rows[0].label == "Earlier"
    assert [sum(column) for column in zip(*(row.values for row in chart.rows), strict=True)] == [
        len(figure.of_group(kind).rows) for kind in ("Step forward", "Hold", "Step back")
    ]


def test_the_report_costs_the_same_for_few_and_for_many(django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked(size):
        made = a_school(1, size)
        with CaptureQueriesContext(connection) as queries:
            of_all(Facts(made.school, TODAY))
        return len(queries)

    few = asked(Size(years=1, roll=20, places=5, logged=True))
    assert few == asked(Size(years=1, roll=40, places=24, logged=True)) <= 16


def test_lessons_are_told_by_subject_and_period_only_from_five_pupils_on(many):
    made = on_its_own(many)
    found = of_all(Facts(made.school, TODAY))
    for chart in (found.subjects, found.periods):
        assert chart is not None
        for row in chart.rows:
            assert (row.values is None) == (row.words == "fewer than 5 pupils")


def visits_by_hand(school, facts):
    """The last word of each visit, where the pupil was in school, as subject, time of day and how it went."""
    latest = {}
    words = LessonFeedback.objects.filter(school=school, undone_at=None, day__lte=TODAY).order_by("at", "pk")
    for said in words.select_related("lesson__period", "lesson__mainstream_class"):
        latest[said.pupil_id, said.day, said.lesson_id] = said
    found = []
    for said in latest.values():
        period = said.lesson.period
        half = "AM" if period.starts < dt.time(12, 15) else "PM"
        marks = AttendanceMark.objects.filter(pupil=said.pupil_id, day=said.day, half=half)
        if said.outcome == "absent" and any(mark.code not in "/\\L" for mark in marks):
            continue
        found.append((said.lesson.mainstream_class.subject, f"Lesson {period.name}", said.outcome == "well"))
    return found


def test_visits_to_lessons_are_those_that_paper_would_count(many):
    made = on_its_own(many)
    facts = Facts(made.school, TODAY)
    by_hand = visits_by_hand(made.school, facts)
    absent = LessonFeedback.objects.filter(school=made.school, outcome="absent").first()
    half = "AM" if absent.lesson.period.starts < dt.time(12, 15) else "PM"
    of_day = {"school": made.school, "pupil_id": absent.pupil_id, "day": absent.day, "half": half}
    AttendanceMark.objects.update_or_create(**of_day, defaults={"code": "I"})
    again = visits_by_hand(made.school, facts)
    assert len(again) < len(by_hand), "ill at home says nothing of the lesson"
    for key, column in (("way-back-by-subject", 0), ("way-back-by-period", 1)):
        rows = figure_of(facts, everything(facts), measure(key)).rows
        assert Counter((row.group, bool(row.part)) for row in rows) == Counter(
            (v[column], v[2]) for v in again
        )
    groups = [
        each.group for each in figure_of(facts, everything(facts), measure("way-back-by-subject")).groups()
    ]
    assert groups == sorted(groups) and len(groups) > 5, "no league"


def test_a_subject_that_one_teacher_alone_has_taught_stands_with_others(many):
    """By its name it would tell how lessons go with one adult."""
    made = on_its_own(many)
    said = LessonFeedback.objects.filter(school=made.school).first()
    group = said.lesson.mainstream_class
    MainstreamClass.objects.filter(pk=group.pk).update(subject="Latin")
    taught = LessonTeacher.objects.filter(lesson__mainstream_class=group)
    taught.exclude(teacher=taught.first().teacher).delete()
    facts = Facts(made.school, TODAY)
    groups = [
        each.group for each in figure_of(facts, everything(facts), measure("way-back-by-subject")).groups()
    ]
    assert "Latin" not in groups and groups[-1] == TOGETHER


def test_the_report_page_opens_for_a_year_and_for_all(client, made, facts):
    import time_machine
    from django.urls import reverse

    from tests.factories import MembershipFactory

    with time_machine.travel(dt.datetime.combine(TODAY, dt.time(10), tzinfo=dt.UTC), tick=False):
        client.force_login(MembershipFactory(school=made.school, role="leader").user)
        address = reverse("reporting:reintegration")
        assert "drawn from 20 places on" in client.get(address).content.decode()
        year = facts.periods.past(Kind.YEAR)[0]
        assert f"began in {year.name}" in client.get(address, {"began": year.key}).content.decode()
        assert client.get(address, {"began": "year:1066-09-01"}).status_code == 404
