"""What a pupil's page shows of their week and their way."""

import datetime as dt

from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from pupils import panels
from pupils.panels import Area
from tests.factories import PupilFactory
from timetables.actions.steps import publish_step
from timetables.models import HybridStep

from .week import TODAY, all_mainstream, lesson_of, placement_at, session_in, with_sessions

DAY, WEEK = dt.timedelta(days=1), dt.timedelta(weeks=1)


def drawn(pupil, role="lead", **query):
    request = RequestFactory().get("/", query)
    request.user, request.roles, request.school = AnonymousUser(), {role}, pupil.school
    parts = panels.draw(request, pupil, TODAY)
    return {part.name: str(part.html) for each in parts.values() for part in each}


def on_the_way(school, lead):
    session = session_in(school, title="Garden")
    placement = placement_at(school, starts_on=TODAY - 4 * WEEK)
    lesson_of(school, placement.pupil, session.period)
    start = with_sessions(school, session)
    publish_step(placement, by=lead, kind="start", starts_on=placement.starts_on, why="First", places=start)
    return placement


def test_the_week_shows_sessions_in_one_week_and_lessons_in_the_other(lead, school):
    pupil = on_the_way(school, lead).pupil
    assert "Garden" in drawn(pupil, week="A")["week"]
    assert "English" in drawn(pupil, week="B")["week"]
    assert "Garden" not in drawn(pupil, week="B")["week"]


def test_what_a_coming_step_changes_is_flagged(lead, school):
    placement = on_the_way(school, lead)
    publish_step(
        placement, by=lead, kind="forward", starts_on=TODAY + WEEK, why="Well", places=all_mainstream(school)
    )
    assert "iap-cell__flag" in drawn(placement.pupil, week="A")["week"]
    assert "iap-cell__flag" not in drawn(placement.pupil, week="B")["week"]


def test_the_way_has_a_chart_and_says_why(lead, school):
    pupil = on_the_way(school, lead).pupil
    parts = drawn(pupil, "staff")
    assert "First" in parts["journey"]
    assert "<svg" in parts["journey"]
    assert "98% of the week" in parts["share"]
    assert "place-acts" not in parts


def test_the_way_names_whom_a_person_tells_of_the_newest_step_until_it_has_held_for_a_week(lead, school):
    placement = on_the_way(school, lead)
    step = publish_step(
        placement, by=lead, kind="forward", starts_on=TODAY + WEEK, why="Well",
        places=all_mainstream(school), told=["pupil", "teachers", "office"],
    )  # fmt: skip
    said = "is to be told by a person to the pupil, a parent or carer and the attendance office"
    assert said in drawn(placement.pupil)["journey"]
    for since, told in ((TODAY - WEEK + DAY, True), (TODAY - WEEK, False)):
        placement.steps.exclude(pk=step.pk).update(ends_on=since)
        HybridStep.objects.filter(pk=step.pk).update(starts_on=since)
        assert (said in drawn(placement.pupil)["journey"]) is told


def test_a_pupil_without_a_place_has_only_what_gives_one(school):
    ours = {"week", "journey", "share", "place-acts"}
    parts = drawn(PupilFactory(school=school))
    assert ours & set(parts) == {"place-acts"}
    assert "Give a place" in parts["place-acts"]


def test_a_place_without_a_week_says_what_fills_it(school):
    assert "No week planned yet" in drawn(placement_at(school).pupil)["week"]


def test_a_place_that_ended_shows_its_way_and_has_no_week_to_plan(lead, school):
    placement = on_the_way(school, lead)
    placement.ends_on, placement.destination = TODAY - WEEK, "full-return"
    placement.save(update_fields=["ends_on", "destination"])
    parts = drawn(placement.pupil)
    assert "week" not in parts
    assert "First" in parts["journey"]


def test_every_part_lies_in_a_known_area():
    assert {panel.area for panel in panels.shown_to({"lead"})} <= set(Area)
