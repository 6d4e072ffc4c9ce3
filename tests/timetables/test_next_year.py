"""What is planned for the year after this one, in a stable cohort."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from iap.audit.models import Event, Read
from iap.errors import Conflict, Refused
from iap.schools.models import AcademicYear
from iap.tenancy import context
from timetables.actions import next_year as actions
from timetables.actions.next_year import keep_plan
from timetables.duties import next_years
from timetables.models import NextYearPlan
from timetables.next_year import plan_of, version_of, year_on

from .race import committed, meet, together
from .week import TODAY, placement_at

DAY = dt.timedelta(days=1)


def year_in(school: Any, starts_on: dt.date = TODAY - 90 * DAY, name: str = "This year") -> AcademicYear:
    return AcademicYear.objects.create(
        school=school, name=name, starts_on=starts_on, ends_on=starts_on + 300 * DAY
    )


def placed(school: Any, **fields: Any) -> Any:
    return placement_at(school, **{"model": "stable", **fields})


def url(pupil: Any) -> str:
    return reverse("timetables:next_year", args=[pupil.uuid])


WRITTEN = {
    "outlook": "return",
    "receiving": "Year 4, Mr Ortiz",
    "needed": "A quiet table near the door.",
    "pupil_view": "I want to sit with Ben.",
    "family_view": "Slowly, please.",
    "decided_on": TODAY.isoformat(),
    "review_on": (TODAY + 60 * DAY).isoformat(),
}


@pytest.mark.parametrize("writer", ["lead", "senco"])
def test_the_lead_and_the_senco_write_it(client, school, writer, request):
    user = request.getfixturevalue(writer)
    client.force_login(user)
    year, placement = year_in(school), placed(school)
    assert client.post(url(placement.pupil), WRITTEN).status_code == 302
    plan = NextYearPlan.objects.get(placement=placement)
    assert (plan.year, plan.outlook, plan.receiving, plan.by) == (year, "return", "Year 4, Mr Ortiz", user)
    assert Event.objects.filter(verb="next_year.planned", pupil_id=placement.pupil_id, by=user).exists()


@pytest.mark.parametrize("reader", ["iap_staff", "leader", "dsl"])
def test_the_others_read_it_and_have_nothing_to_press(client, school, lead, reader, request):
    year_in(school)
    placement = placed(school)
    keep_plan(placement, by=lead, outlook="undecided", needed="A quiet table.")
    client.force_login(request.getfixturevalue(reader))
    page = client.get(url(placement.pupil))
    assert "A quiet table." in page.content.decode()
    assert "Keep the plan" not in page.content.decode()
    assert Read.objects.of(placement.pupil).filter(page="next-year").exists()
    assert client.post(url(placement.pupil), WRITTEN).status_code == 403
    assert NextYearPlan.objects.get(placement=placement).outlook == "undecided"


def test_it_is_changed_and_not_written_twice(client, lead, school):
    client.force_login(lead)
    year_in(school)
    placement = placed(school)
    client.post(url(placement.pupil), WRITTEN)
    form = client.get(url(placement.pupil)).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    assert shown["pupil_view"] == "I want to sit with Ben."
    assert (
        client.post(url(placement.pupil), {**WRITTEN, "seen": shown["seen"], "outlook": "stay"}).status_code
        == 302
    )
    assert NextYearPlan.objects.get(placement=placement).outlook == "stay"
    assert Event.objects.filter(verb="next_year.changed", pupil_id=placement.pupil_id).exists()


def test_a_new_school_year_has_a_new_plan_and_the_earlier_one_stays(client, lead, school):
    earlier = year_in(school, TODAY - 500 * DAY, "Year before")
    placement = placed(school, starts_on=TODAY - 400 * DAY)
    assert year_on(school, TODAY) == earlier  # in a summer the year that has just ended
    keep_plan(placement, by=lead, outlook="undecided", needed="Time to settle.")
    this = year_in(school)
    assert plan_of(placement, this) is None
    keep_plan(placement, by=lead, outlook="stay", decided_on=TODAY)
    client.force_login(lead)
    page = client.get(url(placement.pupil)).content.decode()
    assert "Planned in Year before" in page
    assert "Time to settle." in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"outlook": ""}, "Choose how next year looks."),
        ({"decided_on": ""}, "Say when it was decided."),
        ({"outlook": "undecided"}, "Leave this empty while it is not decided"),
        ({"decided_on": (TODAY + DAY).isoformat()}, "Choose today or an earlier day."),
        ({"review_on": TODAY.isoformat()}, "Choose a day after the decision"),
        ({"needed": "x" * 1001}, "at most 1000 characters"),
    ],
)
def test_what_is_to_be_put_right_is_said_and_nothing_typed_is_lost(client, lead, school, changes, words):
    client.force_login(lead)
    year_in(school)
    placement = placed(school)
    answer = client.post(url(placement.pupil), WRITTEN | changes)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "I want to sit with Ben." in answer.content.decode()
    assert not NextYearPlan.objects.filter(placement=placement).exists()


def test_somebody_elses_words_are_not_written_over_unseen(client, lead, school):
    client.force_login(lead)
    year_in(school)
    placement = placed(school)
    seen = client.get(url(placement.pupil)).context["form"]["seen"].value()
    keep_plan(placement, by=lead, outlook="undecided", needed="Another’s words.")
    answer = client.post(url(placement.pupil), {**WRITTEN, "seen": seen})
    assert answer.status_code == 422
    assert "Somebody has changed this plan" in answer.content.decode()
    assert NextYearPlan.objects.get(placement=placement).needed == "Another’s words."
    again = answer.context["form"]["seen"].value()
    assert client.post(url(placement.pupil), {**WRITTEN, "seen": again}).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_two_who_write_at_once_make_one_plan(monkeypatch):
    school, user = committed()
    with context.within(school.pk):
        year_in(school)
        placement = placed(school)
    meet(monkeypatch, actions, "plan_of")
    answers = together(school, *[lambda: keep_plan(placement, by=user, outlook="undecided", seen="")] * 2)
    assert {type(answer) for answer in answers} == {NextYearPlan, Conflict}


def test_a_plan_waits_to_be_looked_at_on_the_day_that_was_set(school, lead):
    year_in(school)
    placement, looked_at = placed(school), TODAY + 60 * DAY
    given = {"by": lead, "outlook": "undecided"}
    keep_plan(placement, **given, review_on=looked_at)
    assert next_years(school, looked_at - DAY) == []
    (due,) = next_years(school, looked_at)
    assert (due.pupil, due.on, due.url) == (placement.pupil, looked_at, url(placement.pupil))
    assert due.text.endswith("next year: not decided yet")
    keep_plan(placement, **given, review_on=looked_at + 30 * DAY)
    assert next_years(school, looked_at) == []
    keep_plan(placement, **given, review_on=looked_at)
    placement.ends_on, placement.destination = looked_at, "moved"
    placement.save(update_fields=["ends_on", "destination"])
    assert next_years(school, looked_at) == []


def test_other_kinds_of_places_and_ended_ones_have_none(client, lead, school):
    year_in(school)
    other = placed(school, model="reintegration")
    with pytest.raises(Refused, match="stable cohort"):
        keep_plan(other, by=lead, outlook="undecided")
    ended = placed(school, starts_on=TODAY - DAY, ends_on=TODAY, destination="moved")
    with pytest.raises(Refused, match="has ended"):
        keep_plan(ended, by=lead, outlook="undecided")
    client.force_login(lead)
    assert "No plan for next year" in client.get(url(other.pupil)).content.decode()
    assert "Keep the plan" not in client.get(url(ended.pupil)).content.decode()


def test_without_a_school_year_the_page_says_what_to_do(client, lead, school):
    client.force_login(lead)
    placement = placed(school)
    assert "The school year is not in the calendar yet" in client.get(url(placement.pupil)).content.decode()
    answer = client.post(url(placement.pupil), WRITTEN)
    assert answer.status_code == 422
    assert "Add it in Settings, then save again" in answer.content.decode()
    assert "I want to sit with Ben." in answer.content.decode()


def test_the_pupils_page_has_the_plan_or_says_what_fills_it(client, lead, iap_staff, school):
    year_in(school)
    placement = placed(school)
    detail = reverse("pupils:detail", args=[placement.pupil.uuid])
    client.force_login(lead)
    assert "Begin the plan" in client.get(detail).content.decode()
    client.force_login(iap_staff)
    page = client.get(detail).content.decode()
    assert "The lead or the SENCO writes it" in page
    assert "Begin the plan" not in page
    keep_plan(placement, by=lead, outlook="special", decided_on=TODAY, receiving="Oak House")
    page = client.get(detail).content.decode()
    assert "Special school" in page
    assert "Oak House" in page


def test_a_version_names_what_was_kept_last(lead, school):
    year_in(school)
    placement = placed(school)
    assert version_of(None) == ""
    first = version_of(keep_plan(placement, by=lead, outlook="undecided"))
    assert version_of(keep_plan(placement, by=lead, outlook="undecided")) != first
