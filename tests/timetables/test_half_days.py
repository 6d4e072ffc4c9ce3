"""The week of a stable cohort in half-days: planning it, reading it back, and its share."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from iap.audit.models import Read
from iap.schools.models import Period
from tests.factories import PlacementFactory, SchoolFactory, bell, open_weeks
from timetables.actions.slots import PlaceIn
from timetables.actions.steps import publish_step
from timetables.forms.steps import Offer
from timetables.half_days import (
    HalfDaysRefused,
    half_day_share,
    half_days_of,
    half_name,
    lessons_by_half,
    places_of,
)
from timetables.journeys import journey_of
from timetables.models import HybridStep, Place, StepKind, StepPlace

from .week import TODAY, all_mainstream, placement_at, session_in

DAY, WEEK = dt.timedelta(days=1), dt.timedelta(weeks=1)
HALVES = [(day, half) for day in range(1, 6) for half in ("am", "pm")]
CLASS = dict.fromkeys(HALVES, "mainstream")


@pytest.fixture
def school() -> Any:
    """A primary school on a one-week cycle: three lessons in the morning, two in the afternoon."""
    school = SchoolFactory(phase="primary", cycle_weeks=1)
    bell(school)
    open_weeks(school, TODAY - 20 * WEEK, TODAY + 20 * WEEK)
    return school


def placed(school: Any, **fields: Any) -> Any:
    return placement_at(school, **{"model": "stable", **fields})


def sessions_on(school: Any, numbers: Any, **fields: Any) -> list[Any]:
    return [session_in(school, week="", number=number, **fields) for number in numbers]


def url(pupil: Any, name: str = "half_days") -> str:
    return reverse(f"timetables:{name}", args=[pupil.uuid])


def sent(**changes: str) -> dict[str, str]:
    """What a browser sends: every half-day with the class, but for these."""
    halves = {f"half-{day}-{half}": "mainstream" for day, half in HALVES}
    return halves | {"starts_on": TODAY.isoformat(), "why": "A first plan.", "provider": ""} | changes


def post(client: Any, pupil: Any, **changes: str) -> Any:
    seen = client.get(url(pupil)).context["form"]["seen"].value()
    return client.post(url(pupil), sent(**{"seen": seen, **changes}))


def step_of(placement: Any) -> HybridStep:
    return HybridStep.objects.filter(placement=placement).by_date().last()


def test_lunch_parts_the_day(school):
    names = {
        half_name(half): [p.name for p in of] for half, of in lessons_by_half(Period.objects.all()).items()
    }
    assert names["Monday morning"] == ["1", "2", "3"]
    assert names["Friday afternoon"] == ["4", "5"]
    assert len(names) == 10


def test_without_lunch_a_quarter_past_twelve_does(school):
    Period.objects.filter(school=school, kind="lunch").delete()
    Period.objects.filter(school=school, name="3").update(starts="12:14", ends="13:00")
    Period.objects.filter(school=school, name="4").update(starts="12:15")
    names = {half: [p.name for p in of] for half, of in lessons_by_half(Period.objects.all()).items()}
    assert (names[1, "am"], names[1, "pm"]) == (["1", "2", "3"], ["4", "5"])


def test_a_plan_by_half_days_is_an_ordinary_step(client, lead, school):
    client.force_login(lead)
    placement = placed(school)
    sessions = sessions_on(school, range(3), title="Garden")
    answer = post(
        client,
        placement.pupil,
        **{"half-1-am": "session", "half-1-pm": "supported", "half-5-pm": "offsite", "provider": "The Farm"},
    )
    assert answer.status_code == 302
    step = step_of(placement)
    assert (step.kind, step.starts_on, step.why) == (StepKind.START, TODAY, "A first plan.")
    rows = StepPlace.objects.filter(step=step)
    assert rows.count() == 25
    assert {row.session for row in rows.filter(place="session")} == set(sessions)
    assert {row.provider for row in rows.filter(place="offsite")} == {"The Farm"}
    read = half_days_of(step).over_weeks
    assert read == {**CLASS, (1, "am"): "session", (1, "pm"): "supported", (5, "pm"): "offsite"}
    assert Read.objects.of(placement.pupil).filter(page="half-days").exists()


def test_a_half_day_with_two_kinds_of_places_is_mixed_and_counts_for_nothing(lead, school):
    placement = placed(school)
    (session,) = sessions_on(school, [0])
    places = [
        PlaceIn("", each.period, Place.SESSION, session) if each.period == session.period else each
        for each in all_mainstream(school)
    ]
    step = publish_step(placement, by=lead, kind="start", starts_on=TODAY, why="Start", places=places)
    assert half_days_of(step).over_weeks == {**CLASS, (1, "am"): "mixed"}
    assert str(half_day_share(step)) == "9 of 10 half-days with the class"


def test_the_share_counts_lessons_with_support_and_not_those_elsewhere(client, lead, school):
    client.force_login(lead)
    placement = placed(school)
    sessions_on(school, range(10))
    post(
        client,
        placement.pupil,
        **{f"half-{day}-{half}": "session" for day in (1, 2) for half in ("am", "pm")},
        **{"half-3-am": "supported"},
    )
    assert (half_day_share(step_of(placement)).with_class, half_day_share(step_of(placement)).of) == (6, 10)


def test_a_day_that_ends_at_lunch_is_one_half_day(lead, school):
    Period.objects.filter(school=school, weekday=5, name__in=["4", "5"]).delete()
    placement = placed(school)
    places = all_mainstream(school)
    step = publish_step(placement, by=lead, kind="start", starts_on=TODAY, why="Start", places=places)
    assert str(half_day_share(step)) == "9 of 9 half-days with the class"
    assert ("Friday", ["With the class", "No lessons"]) in half_days_of(step).days


def test_in_two_weeks_each_counts_and_weeks_that_differ_are_mixed(lead, school):
    type(school).objects.filter(pk=school.pk).update(cycle_weeks=2)
    school.refresh_from_db()
    placement = placed(school)
    garden = [session_in(school, week="A", number=n) for n in range(3)]
    offer = Offer.of(placement, None, TODAY)
    with pytest.raises(HalfDaysRefused, match="Week B, Monday 1: no session runs then"):
        places_of(offer, {**CLASS, (1, "am"): "session"})
    named = {session.period_id: session for session in garden}
    places = [
        PlaceIn("A", p.period, Place.SESSION, named[p.period.pk])
        if p.week == "A" and p.period.pk in named
        else p
        for p in all_mainstream(school)
    ]
    step = publish_step(placement, by=lead, kind="start", starts_on=TODAY, why="Start", places=places)
    assert half_days_of(step, school).over_weeks[1, "am"] == "mixed"
    assert str(half_day_share(step, school)) == "19 of 20 half-days with the class"


def test_in_two_weeks_a_session_of_every_week_is_one_place(school):
    type(school).objects.filter(pk=school.pk).update(cycle_weeks=2)
    school.refresh_from_db()
    sessions = sessions_on(school, range(3))
    offer = Offer.of(placed(school), None, TODAY)
    places = places_of(offer, {**CLASS, (1, "am"): "session"})
    held = [place for place in places if place.session]
    assert [(place.week, place.session) for place in held] == [("", each) for each in sessions]
    assert len(places) == 3 + 2 * 22


def test_of_several_sessions_the_first_with_room_is_taken(lead, school):
    art, garden = (sessions_on(school, range(3), title=title, places=1) for title in ("Art", "Garden"))
    sit_in(lead, school, art[0])
    offer = Offer.of(placed(school), None, TODAY)
    taken = [p.session for p in places_of(offer, {**CLASS, (1, "am"): "session"}) if p.session]
    assert taken == [garden[0], art[1], art[2]]


def sit_in(lead: Any, school: Any, session: Any) -> None:
    places = [
        PlaceIn("", each.period, Place.SESSION, session) if each.period == session.period else each
        for each in all_mainstream(school)
    ]
    publish_step(placed(school), by=lead, kind="start", starts_on=TODAY, why="Start", places=places)


def test_a_pupil_stays_in_the_session_they_are_in(lead, school):
    sessions_on(school, range(3), title="Art")
    garden = sessions_on(school, range(3), title="Garden")
    placement = placed(school)
    named = {session.period_id: session for session in garden}
    places = [
        PlaceIn("", p.period, Place.SESSION, named[p.period.pk]) if p.period.pk in named else p
        for p in all_mainstream(school)
    ]
    step = publish_step(placement, by=lead, kind="start", starts_on=TODAY, why="Start", places=places)
    offer = Offer.of(placement, step, TODAY + DAY)
    taken = [p.session for p in places_of(offer, {**CLASS, (1, "am"): "session"}) if p.session]
    assert taken == garden


def test_a_session_goes_with_its_slot_when_the_bell_has_no_lesson_there_any_more(lead, school):
    (art,) = sessions_on(school, [0], title="Art")
    placement = placed(school)
    places = [
        PlaceIn("", p.period, Place.SESSION, art) if p.period.pk == art.period_id else p
        for p in all_mainstream(school)
    ]
    step = publish_step(placement, by=lead, kind="start", starts_on=TODAY, why="Start", places=places)
    type(art.period).objects.filter(pk=art.period_id).update(kind="break")
    kept = places_of(Offer.of(placement, step, TODAY + DAY), CLASS)
    assert art.period_id not in {place.period.pk for place in kept}


def test_where_no_session_runs_the_slot_is_named_and_nothing_typed_is_lost(client, lead, school):
    client.force_login(lead)
    placement = placed(school)
    sessions_on(school, [0, 1])
    answer = post(client, placement.pupil, **{"half-1-am": "session", "why": "Time to settle."})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Monday 3: no session runs then. Set one up in Sessions, or choose another place." in page
    assert "Time to settle." in page
    assert answer.context["form"]["half-1-am"].value() == "session"
    assert not HybridStep.objects.filter(placement=placement).exists()


def test_where_all_sessions_are_full_the_slot_is_named(client, lead, school):
    client.force_login(lead)
    full, *_ = sessions_on(school, range(3), title="Art", places=1)
    sit_in(lead, school, full)
    placement = placed(school)
    answer = post(client, placement.pupil, **{"half-1-am": "session"})
    assert answer.status_code == 422
    assert "Monday 1: Art is full." in answer.content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"half-1-am": "offsite"}, "Name the off-site provider."),
        ({"why": ""}, "Say what changed and why"),
        ({"starts_on": ""}, "Choose the first day of this plan."),
        ({"half-2-pm": ""}, "Tuesday afternoon: choose where the pupil is."),
        ({"starts_on": (TODAY - DAY).isoformat()}, "Choose that day or a later one."),
    ],
)
def test_what_is_missing_is_said(client, lead, school, changes, words):
    client.force_login(lead)
    answer = post(client, placed(school).pupil, **changes)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_more_with_the_class_is_a_step_forward_less_a_step_back_the_same_a_hold(client, lead, school):
    client.force_login(lead)
    placement = placed(school, starts_on=TODAY - WEEK)
    sessions_on(school, range(5))
    pupil = placement.pupil
    both = {"half-1-am": "session", "half-1-pm": "session"}
    days = [(TODAY - WEEK, both), (TODAY, {"half-1-am": "session"}), (TODAY + DAY, {"half-1-pm": "session"})]
    days += [(TODAY + WEEK, both), (TODAY + WEEK + DAY, both), (TODAY + WEEK + DAY, {})]
    for day, changes in days:
        assert post(client, pupil, starts_on=day.isoformat(), **changes).status_code == 302
    kinds = [step.kind for step in HybridStep.objects.filter(placement=placement).by_date()]
    assert kinds == ["start", "forward", "forward", "back", "forward"]
    assert post(client, pupil, starts_on=(TODAY + 2 * WEEK).isoformat()).status_code == 302
    assert step_of(placement).kind == "hold"


def test_a_plan_that_holds_since_today_is_put_right(client, lead, school):
    client.force_login(lead)
    placement = placed(school)
    for changes in ({}, {"half-1-am": "supported"}):
        assert post(client, placement.pupil, **changes).status_code == 302
    step = HybridStep.objects.get(placement=placement)
    assert step.kind == "start"
    assert half_days_of(step).over_weeks[1, "am"] == "supported"


def test_a_half_day_planned_lesson_by_lesson_stays_as_it_is(client, lead, school):
    client.force_login(lead)
    placement = placed(school)
    (session,) = sessions_on(school, [0])
    reg = Period.objects.get(school=school, weekday=1, name="Reg")
    places = [
        PlaceIn("", each.period, Place.SESSION, session) if each.period == session.period else each
        for each in all_mainstream(school)
    ]
    places.append(PlaceIn("", reg, Place.SOCIAL))
    publish_step(placement, by=lead, kind="start", starts_on=TODAY, why="Start", places=places)
    form = client.get(url(placement.pupil)).context["form"]
    assert form["half-1-am"].value() == "keep"
    assert ("keep", "Mixed, as it is now") in form.fields["half-1-am"].choices
    assert "keep" not in dict(form.fields["half-1-pm"].choices)
    tomorrow = (TODAY + DAY).isoformat()
    changes = {"half-1-am": "keep", "half-2-am": "supported", "starts_on": tomorrow}
    assert post(client, placement.pupil, **changes).status_code == 302
    step = step_of(placement)
    assert half_days_of(step).over_weeks == {**CLASS, (1, "am"): "mixed", (2, "am"): "supported"}
    assert StepPlace.objects.get(step=step, period=session.period).session == session
    assert StepPlace.objects.get(step=step, period=reg).place == "social"


def test_somebody_elses_plan_since_is_not_written_over_unseen(client, lead, school):
    client.force_login(lead)
    placement = placed(school)
    answer = None
    publish_step(
        placement, by=lead, kind="start", starts_on=TODAY, why="Start", places=all_mainstream(school)
    )
    tomorrow = (TODAY + DAY).isoformat()
    answer = client.post(url(placement.pupil), sent(seen="older", starts_on=tomorrow))
    assert answer.status_code == 422
    assert "published a step for this pupil since" in answer.content.decode()
    again = answer.context["form"]["seen"].value()
    assert client.post(url(placement.pupil), sent(seen=again, starts_on=tomorrow)).status_code == 302


def test_other_kinds_of_places_are_planned_lesson_by_lesson(client, lead, school):
    client.force_login(lead)
    pupil = placed(school, model="reintegration").pupil
    page = client.get(url(pupil)).content.decode()
    assert "Planned lesson by lesson" in page
    assert url(pupil, "new_step") in page
    assert client.post(url(pupil), sent()).status_code == 200
    assert not HybridStep.objects.filter(pupil=pupil).exists()


def test_without_a_bell_the_page_says_what_is_missing(client, lead, school):
    client.force_login(lead)
    Period.objects.filter(school=school).delete()
    assert "The bell has no lessons yet" in client.get(url(placed(school).pupil)).content.decode()


def test_the_page_costs_the_same_for_one_session_and_for_thirty(client, lead, school):
    client.force_login(lead)
    pupil = placed(school).pupil
    counts = []
    for more in (1, 29):
        for _ in range(more):
            sessions_on(school, [0])
            PlacementFactory(school=school)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(url(pupil)).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_the_pupils_page_shows_half_days_and_leads_to_their_plan(client, lead, iap_staff, school):
    client.force_login(lead)
    placement = placed(school)
    sessions_on(school, range(5))
    detail = reverse("pupils:detail", args=[placement.pupil.uuid])
    assert url(placement.pupil) in client.get(detail).content.decode()
    post(client, placement.pupil, **{"half-1-am": "session", "half-1-pm": "session"})
    page = client.get(detail).content.decode()
    assert "8 of 10 half-days with the class" in page
    assert "In the provision" in page
    for name in ("half_days", "new_step", "next_year"):
        assert url(placement.pupil, name) in page
    client.force_login(iap_staff)
    page = client.get(detail).content.decode()
    assert "8 of 10 half-days with the class" in page
    assert url(placement.pupil) not in page


def test_a_pupil_on_the_way_back_still_has_steps(client, lead, school):
    client.force_login(lead)
    placement = placed(school, model="reintegration")
    publish_step(
        placement, by=lead, kind="start", starts_on=TODAY, why="Start", places=all_mainstream(school)
    )
    page = client.get(reverse("pupils:detail", args=[placement.pupil.uuid])).content.decode()
    assert "Steps so far" in page
    assert "half-days with the class" not in page
    assert url(placement.pupil, "next_year") not in page


def test_mainstream_share_stays_the_measure(client, lead, school):
    client.force_login(lead)
    placement = placed(school)
    sessions_on(school, range(3))
    post(client, placement.pupil, **{"half-1-am": "session"})
    way = journey_of(placement)
    assert way.percent(step_of(placement)) == 88  # 22 of 25 hours
    assert str(half_day_share(step_of(placement))) == "9 of 10 half-days with the class"
