"""The whole week in mainstream for two school weeks: the suggestion to end the place. People decide."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from iap.schools.calendar import Calendar
from iap.schools.models import Closure
from pupils.actions.placements import end_placement
from reporting.facts import Facts
from reporting.reintegration.ways import ways
from tests.timetables.week import all_mainstream, placement_at, session_in, with_sessions
from timetables.actions.steps import publish_step
from timetables.duties import whole_returns
from timetables.measures.full_return import HELD

WEEK = dt.timedelta(weeks=1)


@pytest.fixture
def today(school: Any) -> dt.date:
    """The last school day up to now."""
    day = Calendar.of(school, timezone.localdate() - WEEK, timezone.localdate()).last_open(
        timezone.localdate()
    )
    assert day is not None
    return day


def days_back(school: Any, today: dt.date, number: int) -> dt.date:
    """The first of so many school days that end today."""
    days = [day for day in Calendar.of(school, today - 9 * WEEK, today).open_days() if day <= today]
    return days[-number]


def whole_since(school: Any, lead: Any, day: dt.date, **more: Any) -> Any:
    """A place with one session a week, and nothing but mainstream from a day on."""
    place = placement_at(school, starts_on=day - 3 * WEEK, **more)
    step(place, lead, "start", place.starts_on, with_sessions(school, session_in(school, title=f"Art {day}")))
    step(place, lead, "forward", day, all_mainstream(school))
    return place


def step(place: Any, lead: Any, kind: str, day: dt.date, places: Any) -> None:
    publish_step(place, by=lead, kind=kind, starts_on=day, why="Ready", places=places, today=day)


def due(school: Any, day: dt.date) -> list[Any]:
    return [each.pupil for each in whole_returns(school, day)]


def test_it_is_suggested_after_ten_school_days_and_not_before(school: Any, lead: Any, today: dt.date) -> None:
    place = whole_since(school, lead, days_back(school, today, HELD))
    assert due(school, today) == [place.pupil]
    assert due(school, days_back(school, today, 2)) == []


def test_a_closed_day_does_not_count(school: Any, lead: Any, today: dt.date) -> None:
    whole_since(school, lead, days_back(school, today, HELD))
    Closure.objects.create(school=school, day=days_back(school, today, 4), reason="Training")
    assert due(school, today) == []


def test_a_step_back_begins_anew(school: Any, lead: Any, today: dt.date) -> None:
    place = whole_since(school, lead, days_back(school, today, 20))
    step(place, lead, "back", days_back(school, today, 5), with_sessions(school, session_in(school)))
    assert due(school, today) == []


def test_a_place_that_has_an_end_is_not_suggested(school: Any, lead: Any, today: dt.date) -> None:
    place = whole_since(school, lead, days_back(school, today, HELD))
    end_placement(place, by=lead, ends_on=today + WEEK, destination="full-return")
    assert due(school, today) == []


def test_reports_call_it_a_full_return_from_the_same_day(school: Any, lead: Any, today: dt.date) -> None:
    place = whole_since(school, lead, days_back(school, today, HELD))
    (way,) = ways(Facts(school, today), [place])
    assert way.full == today


def test_the_lead_ends_it_from_the_pupils_page_with_the_destination_chosen(
    client: Any, lead: Any, leader: Any, school: Any, today: dt.date, time_machine: Any
) -> None:
    place = whole_since(school, lead, days_back(school, today, HELD))
    time_machine.move_to(timezone.make_aware(dt.datetime.combine(today, dt.time(12))), tick=False)
    client.force_login(leader)
    page = client.get(place.pupil.get_absolute_url()).content.decode()
    assert "The whole week in mainstream" in page
    assert "End the place" not in page
    client.force_login(lead)
    page = client.get(place.pupil.get_absolute_url()).content.decode()
    address = reverse("timetables:open_placement", args=[place.pupil.uuid]) + "?destination=full-return"
    assert f'href="{address}#h-end"' in page
    form = client.get(address).context["end"]
    assert form["destination"].value() == "full-return"


def test_it_costs_the_same_however_many_there_are(
    school: Any, lead: Any, today: dt.date, django_assert_num_queries: Any
) -> None:
    for number in range(3):
        whole_since(school, lead, days_back(school, today, HELD + number))
        with django_assert_num_queries(3):
            assert len(whole_returns(school, today)) == number + 1
