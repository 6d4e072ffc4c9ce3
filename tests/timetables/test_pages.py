"""The pages: sessions, a place, planning a week, and a teacher's lessons."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from iap.audit.models import Read
from iap.schools.models import Period
from pupils.actions.passports import save_passport
from pupils.models import Placement, ReducedHours
from tests.factories import PupilFactory, StaffMemberFactory
from timetables.actions.returns import agree_return
from timetables.actions.steps import publish_step
from timetables.models import Cover, IapSession, MainstreamClass, Place, SessionStaff

from .week import TODAY, all_mainstream, lesson_of, placement_at, session_in, with_sessions

WEEK = dt.timedelta(weeks=1)


def url(name: str, pupil: Any = None) -> str:
    return reverse(f"timetables:{name}", args=[pupil.uuid] if pupil else [])


def values(form: Any, **changes: Any) -> dict[str, Any]:
    """What a browser would send of a form as it was shown."""
    shown = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in {**shown, **changes}.items() if value not in (None, False)}


def plan(client: Any, pupil: Any, **changes: Any) -> Any:
    form = client.get(url("new_step", pupil)).context["form"]
    return client.post(url("new_step", pupil), values(form, why="A first week.", kind="start", **changes))


def test_a_lead_sets_up_a_session_in_both_weeks(client, lead, school):
    client.force_login(lead)
    form = client.get(url("new_session")).context["form"]
    period = form.fields["period"].queryset.filter(kind="lesson").first()
    data = values(form, title="Garden", strand="enrichment", week="both", period=period.pk)
    answer = client.post(url("new_session"), data)
    assert answer.status_code == 302
    assert [s.week for s in IapSession.objects.filter(school=school, title="Garden")] == ["A", "B"]
    page = client.get(url("sessions") + "?week=B")
    assert "Garden" in page.content.decode()
    assert "0 of 9 places taken" in page.content.decode()


def test_a_refused_session_comes_back_as_typed(client, lead):
    client.force_login(lead)
    answer = client.post(url("new_session"), {"title": "Garden", "strand": "enrichment"})
    assert answer.status_code == 422
    assert 'value="Garden"' in answer.content.decode()


def test_adults_join_and_leave_a_session_and_cover_is_noted(client, lead, school):
    client.force_login(lead)
    held = session_in(school)
    teacher, support = StaffMemberFactory(school=school), StaffMemberFactory(school=school, qualified=False)
    join = {"adult": teacher.uuid, "role": "qt", "valid_from": TODAY.isoformat()}
    assert client.post(url("staff", held), join).status_code == 302
    again = client.post(url("staff", held), join)
    assert again.status_code == 422
    assert "already in this session" in again.content.decode()
    page = client.get(url("session", held))
    day = page.context["cover"].initial["day"]
    data = {"day": day.isoformat(), "adult": teacher.uuid, "covered_by": support.uuid, "role": "support"}
    assert client.post(url("cover", held), data).status_code == 302
    noted = Cover.objects.get(session=held)
    assert noted.covered_by == support
    assert "Take back" in client.get(url("session", held)).content.decode()
    elsewhere = session_in(school)
    assert client.post(url("cover_back", elsewhere), {"cover": noted.pk}).status_code == 404
    assert client.post(url("cover_back", held), {"cover": noted.pk}).status_code == 302
    assert not Cover.objects.exists()
    client.post(url("end_staff", held), {"adult": teacher.uuid})
    assert not SessionStaff.objects.standing_from(TODAY).filter(session=held).exists()


def test_a_session_with_pupils_is_not_ended_and_names_them(client, lead, school):
    client.force_login(lead)
    held, placement = session_in(school), placement_at(school)
    publish_step(
        placement, by=lead, kind="start", starts_on=TODAY, why="Start", places=with_sessions(school, held)
    )
    answer = client.post(url("end_session", held), {"end-ends_on": (TODAY + WEEK).isoformat()})
    assert answer.status_code == 422
    assert placement.pupil.full_name in answer.content.decode()
    assert Read.objects.of(placement.pupil).filter(page="session").exists()


def test_the_senco_sees_a_session_but_has_nothing_to_press(client, senco, school):
    client.force_login(senco)
    page = client.get(url("session", session_in(school)))
    assert page.status_code == 200
    assert "End the session" not in page.content.decode()
    assert client.post(url("session", session_in(school)), {"title": "X"}).status_code == 403


def test_a_place_is_given_changed_and_ended(client, lead, school):
    client.force_login(lead)
    pupil, adult = PupilFactory(school=school), StaffMemberFactory(school=school)
    form = client.get(url("open_placement", pupil)).context["form"]
    answer = client.post(url("open_placement", pupil), values(form, key_adult=adult.uuid, helps="Warn early"))
    assert answer.headers["Location"] == url("new_step", pupil)
    form = client.get(url("open_placement", pupil)).context["form"]
    client.post(url("open_placement", pupil), values(form, helps="Two short parts"))
    assert Placement.objects.get(pupil=pupil).helps == "Two short parts"
    end = {"end-ends_on": (TODAY + WEEK).isoformat()}
    refused = client.post(url("end_placement", pupil), end)
    assert refused.status_code == 422
    assert "Say where the pupil goes next" in refused.content.decode()
    client.post(
        url("end_placement", pupil),
        end | {"end-destination": "full-return", "end-handed_to": "Mr Lund, tutor"},
    )
    assert Placement.objects.get(pupil=pupil).destination == "full-return"


def test_reduced_hours_are_agreed_with_an_end_and_a_review(client, lead, school):
    client.force_login(lead)
    placement = placement_at(school)
    data = {
        "reduced-agreed_by": "Alex Mensah",
        "reduced-agreed_on": TODAY.isoformat(),
        "reduced-reason": "medical",
        "reduced-starts_on": TODAY.isoformat(),
        "reduced-review_on": (TODAY + WEEK).isoformat(),
    }
    assert client.post(url("reduced_hours", placement.pupil), data).status_code == 422
    end = {"reduced-ends_on": (TODAY + 4 * WEEK).isoformat()}
    behaviour = client.post(
        url("reduced_hours", placement.pupil), data | end | {"reduced-reason": "behaviour"}
    )
    assert behaviour.status_code == 422
    assert client.post(url("reduced_hours", placement.pupil), data | end).status_code == 302
    assert ReducedHours.objects.get(placement=placement).agreed_by == "Alex Mensah"


@pytest.mark.parametrize(
    ("left_out", "asked"),
    [("agreed_by", "Say who agreed."), ("review_on", "Choose a review before they end.")],
)
def test_reduced_hours_need_who_agreed_and_a_review(client, lead, school, left_out, asked):
    client.force_login(lead)
    placement = placement_at(school)
    data = {
        "reduced-agreed_by": "Alex Mensah",
        "reduced-agreed_on": TODAY.isoformat(),
        "reduced-reason": "medical",
        "reduced-starts_on": TODAY.isoformat(),
        "reduced-review_on": (TODAY + WEEK).isoformat(),
        "reduced-ends_on": (TODAY + 4 * WEEK).isoformat(),
    }
    data.pop(f"reduced-{left_out}")
    answer = client.post(url("reduced_hours", placement.pupil), data)
    assert answer.status_code == 422 and asked in answer.content.decode()
    assert not ReducedHours.objects.exists()


def test_a_week_is_looked_at_before_it_is_published(client, lead, school):
    client.force_login(lead)
    held, placement = session_in(school), placement_at(school)
    chosen = {f"slot-A-{held.period_id}": f"session:{held.uuid}"}
    page = plan(client, placement.pupil, do="preview", **chosen)
    assert page.context["changes"].after.percent == 98
    assert not placement.steps.exists()
    assert "Nothing is published yet" in page.content.decode()
    assert plan(client, placement.pupil, do="publish", **chosen).status_code == 302
    assert placement.steps.get().places.get(place=Place.SESSION).session == held


def test_a_full_session_is_named_at_its_slot_and_nothing_is_lost(client, lead, school):
    client.force_login(lead)
    held, placement = session_in(school, places=1), placement_at(school)
    full = with_sessions(school, held)
    publish_step(placement_at(school), by=lead, kind="start", starts_on=TODAY, why="Start", places=full)
    slot = f"slot-A-{held.period_id}"
    chosen = {slot: f"session:{held.uuid}", "do": "publish"}
    page = plan(client, placement.pupil, **chosen)
    assert page.status_code == 422
    assert slot in page.context["form"].errors
    assert page.context["form"][slot].value() == f"session:{held.uuid}"
    assert "A first week." in page.content.decode()
    assert plan(client, placement.pupil, **chosen, over_places="on").status_code == 302


def test_week_a_is_copied_to_week_b_with_the_sessions_of_the_same_name(client, lead, school):
    client.force_login(lead)
    one, other = session_in(school, title="Garden"), session_in(school, week="B", title="Garden")
    placement = placement_at(school)
    chosen = {f"slot-A-{one.period_id}": f"session:{one.uuid}"}
    page = plan(client, placement.pupil, do="copy", **chosen)
    form = page.context["form"]
    assert form[f"slot-B-{one.period_id}"].value() == f"session:{other.uuid}"
    assert form["why"].value() == "A first week."
    assert not placement.steps.exists()


def test_a_step_published_meanwhile_is_said_and_what_was_typed_stays(client, lead, school):
    client.force_login(lead)
    placement = placement_at(school)
    form = client.get(url("new_step", placement.pupil)).context["form"]
    publish_step(
        placement, by=lead, kind="start", starts_on=TODAY, why="First", places=all_mainstream(school)
    )
    data = values(form, why="Mine", kind="forward", do="publish", starts_on=(TODAY + WEEK).isoformat())
    page = client.post(url("new_step", placement.pupil), data)
    assert page.status_code == 422
    assert "since you opened this page" in page.content.decode()
    assert page.context["form"]["why"].value() == "Mine"


def test_without_a_place_there_is_no_week_to_plan(client, lead, school):
    client.force_login(lead)
    assert "No place yet" in client.get(url("new_step", PupilFactory(school=school))).content.decode()


@pytest.fixture
def linked(teacher, lead, school):
    return StaffMemberFactory(school=school, user=teacher, linked_by=lead, family_name="Kaur")


def coming(school: Any, lead: Any, linked: Any, number: int = 0, **fields: Any) -> Placement:
    """A pupil who comes to a lesson of the teacher's from a day on."""
    placement = placement_at(school, helps="Two short parts", **fields)
    period = Period.objects.filter(school=school, kind="lesson").in_order()[number]
    lesson_of(school, placement.pupil, period, week="A", teacher=linked)
    publish_step(
        placement,
        by=lead,
        kind="start",
        starts_on=placement.starts_on,
        why="The reason stays with us",
        places=all_mainstream(school),
    )
    return placement


def test_a_teacher_sees_who_comes_and_what_helps_and_no_more(client, teacher, lead, linked, school):
    placement = coming(school, lead, linked, starts_on=TODAY + WEEK)
    client.force_login(teacher)
    page = client.get(url("my_lessons_coming")).content.decode()
    assert placement.pupil.short_name in page
    assert "Two short parts" in page
    assert "Comes from" in page
    assert placement.pupil.family_name not in page
    assert "The reason stays with us" not in page
    assert Read.objects.of(placement.pupil).filter(page="my-lessons-coming", by=teacher).exists()


def test_who_comes_later_shows_what_helps_as_the_class_the_passport_or_the_place_says_it(
    client, teacher, lead, linked, school
):
    placement = coming(school, lead, linked, starts_on=TODAY + WEEK)
    client.force_login(teacher)
    save_passport(placement.pupil, by=lead, own_words="Art is me.", helps="Warn me\nOne\nTwo\nThree")
    page = client.get(url("my_lessons_coming")).content.decode()
    assert "Warn me" in page and "Two" in page
    assert "Three" not in page and "Two short parts" not in page
    (found,) = client.get(url("my_lessons_coming")).context["found"]
    group = MainstreamClass.objects.get(school=school, name=found.class_name)
    agree_return(placement.pupil, group, by=lead, helps="A seat by the door")
    (found,) = client.get(url("my_lessons_coming")).context["found"]
    assert found.helps == ("A seat by the door",)


def test_a_lesson_taken_in_the_provision_is_not_the_teachers(client, teacher, lead, linked, school):
    placement = coming(school, lead, linked)
    held = session_in(school)
    publish_step(
        placement,
        by=lead,
        kind="back",
        starts_on=TODAY + WEEK,
        why="Time",
        places=with_sessions(school, held),
    )
    client.force_login(teacher)
    (only,) = client.get(url("my_lessons_coming")).context["found"]
    assert only.first.until == TODAY + WEEK


def test_an_account_without_a_staff_record_is_told_what_to_do(client, teacher):
    client.force_login(teacher)
    assert "link your account" in client.get(url("my_lessons")).content.decode()


def test_pages_cost_the_same_however_many_there_are(client, lead, teacher, linked, school):
    def cost(user: Any, address: str) -> int:
        client.force_login(user)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    first = coming(school, lead, linked)
    session_in(school)
    pages = [
        (teacher, url("my_lessons_coming")),
        (lead, url("sessions")),
        (lead, url("new_step", first.pupil)),
    ]
    before = [cost(*page) for page in pages]
    for number in range(8):
        coming(school, lead, linked, number)
        session_in(school, number=number)
    assert [cost(*page) for page in pages] == before


def test_a_week_published_by_somebody_else_since_is_published_over_only_when_sent_again(client, lead, school):
    client.force_login(lead)
    placement = placement_at(school, starts_on=TODAY - WEEK)
    form = client.get(url("new_step", placement.pupil)).context["form"]
    typed = values(form, why="A first week.", kind="start", do="publish", seen="older")
    answer = client.post(url("new_step", placement.pupil), {**typed, "do": "publish"})
    assert answer.status_code == 422
    assert "Somebody has published a step" in answer.content.decode()
    again = {**typed, "do": "publish", "seen": answer.context["form"]["seen"].value()}
    assert client.post(url("new_step", placement.pupil), again).status_code == 302
