"""Planning the next step: ticks, drafts, taking back, and who is told."""

import datetime as dt
import re
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from iap.errors import Refused
from iap.inbox.models import Message
from iap.schools.models import Period, School
from tests.factories import StaffMemberFactory, UserFactory
from timetables.actions.steps import publish_step, undo_step
from timetables.findings import Kind
from timetables.forms.steps import slot_name
from timetables.models import HybridStep, IapSession, LessonFeedback, LessonWish, Place, StepDraft, StepPlace
from timetables.rollover import looks_on

from .week import TODAY, lesson_of, placement_at, session_in, with_sessions

LONG_SINCE = TODAY - dt.timedelta(weeks=8)


@pytest.fixture
def placed(school: Any, lead: Any, teacher: Any) -> Any:
    """A pupil in one session at the time of a science lesson, since eight weeks."""
    placement = placement_at(school, starts_on=LONG_SINCE)
    session = session_in(school, valid_from=LONG_SINCE)
    staff = StaffMemberFactory(
        school=school, title="Mr", family_name="Whitfield", user=teacher, linked_by=lead
    )
    lesson_of(school, placement.pupil, session.period, name="8R2", subject="Science", teacher=staff)
    publish_step(
        placement,
        by=lead,
        kind="start",
        starts_on=LONG_SINCE,
        why="A start",
        places=with_sessions(school, session),
    )
    return placement


def address(placement: Any) -> str:
    return reverse("timetables:new_step", args=[placement.pupil.uuid])


def posted(client: Any, placement: Any, **changes: Any) -> dict[str, Any]:
    """What the page's form would send as it stands, with these changes."""
    form = client.get(address(placement)).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    start = {"kind": "forward", "why": "Science goes well", "starts_on": _soon(placement.school).isoformat()}
    return {
        name: value for name, value in {**shown, **start, **changes}.items() if value not in (None, False)
    }


def _soon(school: Any) -> dt.date:
    return TODAY + dt.timedelta(days=7 - TODAY.weekday())


def candidate(client: Any, placement: Any) -> Any:
    advice = client.get(address(placement)).context["advice"]
    (only,) = [each.candidate for each in (*advice.suggested, *advice.later)]
    return only


def test_a_lesson_in_the_provision_is_suggested_with_its_reasons(client, lead, placed):
    client.force_login(lead)
    html = client.get(address(placed)).content.decode()
    assert "Science, Monday P1" in html
    assert "First lesson with Mr Whitfield: meet before it" in html


def test_no_lesson_is_suggested_in_the_place_of_off_site_education(client, lead, placed):
    client.force_login(lead)
    science = candidate(client, placed)
    at_college = {"place": Place.OFFSITE, "session": None, "provider": "Rivers College"}
    StepPlace.objects.filter(step__placement=placed, period=science.slots[0][1]).update(**at_college)
    page = client.get(address(placed))
    assert not (page.context["advice"].suggested or page.context["advice"].later)
    assert "Rivers College" in page.content.decode()


def test_a_ticked_lesson_moves_to_mainstream_and_back_when_unticked(client, lead, placed):
    client.force_login(lead)
    science = candidate(client, placed)
    slot = slot_name(science.slots[0])
    before = posted(client, placed)
    answer = client.post(address(placed), posted(client, placed, add=[science.key], do="preview"))
    assert answer.context["form"][slot].value() == "mainstream"
    assert 'name="applied"' in answer.content.decode()
    data = {**posted(client, placed), slot: "mainstream", "applied": [science.key], "do": "preview"}
    assert client.post(address(placed), data).context["form"][slot].value() == before[slot]
    assert HybridStep.objects.count() == 1


def test_a_tick_shows_the_week_in_which_its_lesson_stands(client, lead, placed):
    client.force_login(lead)
    science = candidate(client, placed)
    assert {week for week, _ in science.slots} == {"A"}

    def shown(**changes: Any) -> str:
        return client.post(address(placed), posted(client, placed, do="look", shown="B", **changes)).context[
            "shown"
        ]

    assert shown() == "B"
    assert shown(add=[science.key]) == "A"
    assert shown(applied=[science.key]) == "A"
    assert shown(add=[science.key], applied=[science.key]) == "B"


@pytest.mark.parametrize("place", [Place.SESSION, Place.MAINSTREAM, Place.SUPPORTED])
def test_a_place_goes_with_its_slot_when_the_bell_has_no_lesson_there_any_more(client, lead, placed, place):
    """Nothing on the page could take it out: a seat would stay taken, or the roll-over would ask for ever."""
    client.force_login(lead)
    gone = StepPlace.objects.get(step__placement=placed, week="A", place=Place.SESSION)
    if place != Place.SESSION:
        StepPlace.objects.filter(pk=gone.pk).update(place=place, session=None)
    Period.objects.filter(pk=gone.period_id).update(kind="break")
    (look,) = looks_on(placed.school, TODAY)
    assert [(each.kind, each.slot) for each in look.findings if "Week A" in each.slot] == [
        (Kind.NO_SLOT, "Week A, Monday 1")
    ]
    assert client.post(address(placed), posted(client, placed, kind="hold", do="publish")).status_code == 302
    step = HybridStep.objects.latest("starts_on")
    assert not step.places.filter(period=gone.period).exists()
    assert looks_on(placed.school, step.starts_on) == []


def test_a_week_planned_as_one_is_planned_anew_as_a_and_b(client, lead, school):
    """The school had one timetable week when it was planned, and has two now."""
    School.objects.filter(pk=school.pk).update(cycle_weeks=1)
    school.refresh_from_db()
    placement = placement_at(school, starts_on=LONG_SINCE)
    session = session_in(school, week="", valid_from=LONG_SINCE)
    places = with_sessions(school, session)
    publish_step(placement, by=lead, kind="start", starts_on=LONG_SINCE, why="A start", places=places)
    School.objects.filter(pk=school.pk).update(cycle_weeks=2)
    placement.school.refresh_from_db()
    client.force_login(lead)
    data = posted(client, placement, kind="hold", do="publish")
    lessons = Period.objects.filter(school=school, kind="lesson").count()
    assert len([name for name in data if name.startswith("slot-")]) == 2 * lessons
    assert (
        data[f"slot-A-{session.period_id}"]
        == data[f"slot-B-{session.period_id}"]
        == f"session:{session.uuid}"
    )
    assert client.post(address(placement), data).status_code == 302
    step = HybridStep.objects.latest("starts_on")
    assert {place.week for place in step.places.exclude(session=session)} == {"A", "B"}
    assert looks_on(placement.school, step.starts_on) == []


def test_what_a_step_says_of_a_break_is_kept(client, lead, placed):
    client.force_login(lead)
    lunch = Period.objects.filter(school=placed.school, kind="lunch").first()
    held = StepPlace.objects.filter(step__placement=placed).first()
    StepPlace.objects.create(school=placed.school, step=held.step, week="A", period=lunch, place=Place.SOCIAL)
    client.post(address(placed), posted(client, placed, kind="hold", do="publish"))
    step = HybridStep.objects.latest("starts_on")
    assert step.places.get(period=lunch).place == Place.SOCIAL


def test_publishing_with_a_tick_tells_the_teacher_once_and_names_nobody(client, lead, teacher, placed):
    client.force_login(lead)
    science = candidate(client, placed)
    data = posted(
        client, placed, add=[science.key], told=["teachers", "tutor"], pupil_view="If I sit by Tobi"
    )
    assert client.post(address(placed), {**data, "do": "publish"}).status_code == 302
    step = HybridStep.objects.latest("starts_on")
    assert (step.kind, step.told, step.pupil_view) == ("forward", ["teachers", "tutor"], "If I sit by Tobi")
    period = Period.objects.get(pk=science.slots[0][1])
    assert StepPlace.objects.get(step=step, period=period, week="A").place == "mainstream"
    message = Message.objects.get(to=teacher)
    assert placed.pupil.known_as not in message.text


def test_single_lessons_open_where_one_of_them_is_to_be_put_right_and_else_stay_closed(client, lead, placed):
    client.force_login(lead)
    refused = client.post(address(placed), posted(client, placed, why="", do="publish"))
    assert (refused.status_code, refused.context["may_open"]) == (422, False)
    slot = slot_name(candidate(client, placed).slots[0])
    nowhere = {**posted(client, placed, do="publish"), slot: ""}
    assert client.post(address(placed), nowhere).context["may_open"]


def test_the_first_review_is_named_until_it_is_past(client, lead, placed):
    client.force_login(lead)
    for ahead, named in ((dt.timedelta(weeks=2), True), (-dt.timedelta(weeks=2), False)):
        placed.first_review_on = TODAY + ahead
        placed.save(update_fields=["first_review_on"])
        assert ("· first review" in client.get(address(placed)).content.decode()) is named


def test_a_draft_changes_nobodys_week_and_is_taken_up_again(client, lead, placed):
    client.force_login(lead)
    data = posted(client, placed, why="To talk over with Kai", told=["tutor"], do="draft")
    assert client.post(address(placed), data).status_code == 302
    assert HybridStep.objects.count() == 1
    page = client.get(address(placed))
    assert "left a draft" in page.content.decode()
    form = client.get(address(placed) + "?draft=1").context["form"]
    assert (form["why"].value(), form["told"].value()) == ("To talk over with Kai", ["tutor"])
    client.post(address(placed), {"do": "forget"})
    assert not StepDraft.objects.exists()


def test_a_published_step_takes_the_draft_with_it(client, lead, placed):
    client.force_login(lead)
    client.post(address(placed), posted(client, placed, do="draft"))
    client.post(address(placed), posted(client, placed, do="publish"))
    assert not StepDraft.objects.exists()


def test_a_step_is_taken_back_until_it_begins_and_the_week_before_goes_on(client, lead, placed):
    client.force_login(lead)
    client.post(address(placed), posted(client, placed, do="publish"))
    assert HybridStep.objects.count() == 2
    assert "is taken back" in client.post(address(placed), {"do": "undo"}, follow=True).content.decode()
    (start,) = HybridStep.objects.all()
    assert start.ends_on is None
    with pytest.raises(Refused, match="has begun"):
        undo_step(start, by=lead)


def test_a_step_is_taken_back_only_once(client, lead, placed):
    client.force_login(lead)
    client.post(address(placed), posted(client, placed, do="publish"))
    step = HybridStep.objects.latest("starts_on")
    undo_step(step, by=lead)
    with pytest.raises(Refused, match="already"):
        undo_step(step, by=lead)


def test_nothing_is_suggested_straight_after_a_change_but_any_lesson_may_be_ticked(
    client, lead, school, placed
):
    client.force_login(lead)
    HybridStep.objects.update(starts_on=TODAY)
    advice = client.get(address(placed)).context["advice"]
    assert not advice.suggested and "last changed this week" in advice.wait
    (later,) = advice.later
    data = posted(client, placed, add=[later.candidate.key], do="publish")
    assert client.post(address(placed), data).status_code == 302
    step = HybridStep.objects.latest("starts_on")
    week, period = later.candidate.slots[0]
    assert step.places.get(week=week, period=period).place == Place.MAINSTREAM


def test_hard_visits_to_the_class_are_not_yet_and_say_why(client, lead, school, placed):
    group = lesson_of(
        school,
        placed.pupil,
        Period.objects.filter(school=school, name="5").first(),
        name="8R2",
        subject="Science",
    )
    for days in range(3):
        LessonFeedback.objects.create(
            school=school, pupil=placed.pupil, lesson=group, day=TODAY - dt.timedelta(weeks=1 + days),
            outcome="hard", at=timezone.now(), by=UserFactory(), entry=uuid4(),
        )  # fmt: skip
    client.force_login(lead)
    advice = client.get(address(placed)).context["advice"]
    assert not advice.suggested
    assert "The last lessons in 8R2 were hard" in advice.not_yet[0].why


def test_a_tick_shows_at_once_in_the_week_and_in_the_rooms_and_asks_for_nothing_yet(client, lead, placed):
    """What a script sends when a lesson is ticked: the plan comes back as a part, without errors."""
    client.force_login(lead)
    science = candidate(client, placed)
    data = posted(client, placed, add=[science.key], why="", kind="", do="look")
    answer = client.post(address(placed), data, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    html = answer.content.decode()
    assert html.lstrip().startswith('<form id="plan"')
    changes = answer.context["changes"]
    assert (changes.lessons_before, changes.lessons_after, changes.lessons) == (49, 50, 50)
    (room,) = changes.rooms
    assert (room.before, room.after, room.of) == (1, 0, 9)
    assert "iap-cell--plan" in html
    assert "Say what changed" not in html
    assert HybridStep.objects.count() == 1


def test_the_changes_say_lesson_by_lesson_what_each_was_and_what_it_becomes(client, lead, placed):
    client.force_login(lead)
    science = candidate(client, placed)
    title = IapSession.objects.get().title
    data = posted(client, placed, add=[science.key], do="preview")
    answer = client.post(address(placed), data)
    ((where, was, becomes),) = answer.context["changes"].slots
    assert where == "Week A, Monday P1"
    assert was.startswith(f"{title}, ") and becomes.startswith("Mainstream: Science")
    html = unescape(answer.content.decode())
    assert "Lesson by lesson (1)" in html
    assert f"<li><b>{where}:</b> {was} → {becomes}</li>" in html
    assert "The week stays as it is" in client.get(address(placed)).content.decode()


def test_the_week_shows_lessons_sessions_social_time_and_off_site_and_how_lessons_went(
    client, lead, school, placed
):
    """Monday of week A, down the page: a session, a lesson with its last visits, social time, a provider."""
    IapSession.objects.update(title="Garden", strand="enrichment")
    periods = list(Period.objects.filter(school=school, kind="lesson", weekday=1).in_order())
    maths = lesson_of(school, placed.pupil, periods[1], name="8x/Ma", subject="Maths")
    places = StepPlace.objects.filter(step__placement=placed, week="A")
    places.filter(period=periods[2]).update(place=Place.SOCIAL)
    places.filter(period=periods[3]).update(place=Place.OFFSITE, provider="Rivers College")
    for weeks, outcome in ((3, "hard"), (2, "mixed"), (1, "well")):
        LessonFeedback.objects.create(
            school=school, pupil=placed.pupil, lesson=maths, day=TODAY - dt.timedelta(weeks=weeks),
            outcome=outcome, at=timezone.now(), by=UserFactory(), entry=uuid4(),
        )  # fmt: skip
    client.force_login(lead)
    html = client.get(address(placed)).content.decode()
    week = html[html.index('data-week="A"') : html.index('data-week="B"')]
    mondays = [row.split("<td", 2)[1] for row in week.split("<tr>")[1:] if "<td" in row]
    lessons = [cell for cell in mondays if "iap-cell--thin" not in cell and "iap-cell " in cell]
    said = [" ".join(re.sub(r"<[^>]*>", " ", cell.partition(">")[2]).split()) for cell in lessons]
    assert [words.partition(": ")[0] for words in said[:4]] == [
        "Enrichment",
        "Mainstream",
        "With year group",
        "Off site",
    ]
    assert "Garden" in said[0] and "Maths" in said[1] and "Rivers College" in said[3]
    assert 'aria-label="Last 3: 1 went well, 1 mixed, 1 found it hard"' in lessons[1]
    assert "iap-marks" not in "".join(lessons[2:4])


def test_what_the_pupil_asks_for_is_kept_counts_and_ends_when_they_no_longer_do(client, lead, placed):
    client.force_login(lead)
    answer = client.post(
        address(placed), posted(client, placed, wish=["8R2"], why="Half written", do="wishes")
    )
    assert answer.context["form"]["why"].value() == "Half written"
    assert candidate(client, placed).asked_for
    assert "The pupil asked for it" in client.get(address(placed)).content.decode()
    wish = LessonWish.objects.get()
    assert (wish.pupil, wish.said_to, str(wish.mainstream_class)) == (placed.pupil, lead, "8R2")
    client.post(address(placed), posted(client, placed, wish=["8R2", "no class of theirs"], do="wishes"))
    assert LessonWish.objects.get() == wish
    client.post(address(placed), posted(client, placed, do="wishes"))
    assert not LessonWish.objects.exists()
    assert [event.pgh_label for event in LessonWish.pgh_event_model.objects.all()] == ["insert", "delete"]


def test_the_lessons_returned_to_say_since_when_and_how_they_go(client, lead, school, placed):
    """Maths is back since the start; art came three weeks later."""
    periods = list(Period.objects.filter(school=school, kind="lesson").in_order())
    maths = lesson_of(school, placed.pupil, periods[1], name="8x/Ma", subject="Maths")
    art = lesson_of(school, placed.pupil, periods[0], week="B", name="8x/Ar", subject="Art")
    first = HybridStep.objects.get()
    StepPlace.objects.filter(step=first, period=periods[0], week="B").update(place="social")
    later = LONG_SINCE + dt.timedelta(weeks=3)
    step = publish_step(
        placed, by=lead, kind="forward", starts_on=later, why="Art", today=later,
        places=with_sessions(school, *IapSession.objects.filter(school=school)),
    )  # fmt: skip
    for weeks, outcome, line in ((2, "well", ""), (1, "mixed", "A calm start")):
        LessonFeedback.objects.create(
            school=school, pupil=placed.pupil, lesson=maths, day=TODAY - dt.timedelta(weeks=weeks),
            outcome=outcome, line=line, at=timezone.now(), by=UserFactory(), entry=uuid4(),
        )  # fmt: skip
    client.force_login(lead)
    answer = client.get(address(placed))
    rows = [(each.lesson.subject, each.since, each.last, each.line) for each in answer.context["returned"]]
    assert rows == [
        ("Maths", LONG_SINCE, ["well", "mixed"], "A calm start"),
        ("Art", step.starts_on, [], ""),
    ]
    html = answer.content.decode()
    assert "1 of 2 went well" in html and "“A calm start”" in html
    assert art.mainstream_class.name in {each.class_name for each in client_lessons(answer)}


def client_lessons(answer: Any) -> list[Any]:
    return list(answer.context["form"].offer.lessons.values())


def test_the_planner_costs_sixteen_queries_at_most_however_long_the_way(
    client, lead, school, placed, django_assert_max_num_queries
):
    client.force_login(lead)
    client.get(address(placed))
    with django_assert_max_num_queries(16 + HARNESS):
        client.get(address(placed))
    periods = list(Period.objects.filter(school=school, kind="lesson").in_order())
    for number, period in enumerate(periods[:20]):
        lesson_of(school, placed.pupil, period, week="B", name=f"8x/{number}", subject=f"Subject {number}")
    for week in range(1, 6):
        day = LONG_SINCE + dt.timedelta(weeks=week)
        publish_step(
            placed, by=lead, kind="forward", starts_on=day, why="On", today=day,
            places=with_sessions(school, *IapSession.objects.filter(school=school)),
        )  # fmt: skip
    with django_assert_max_num_queries(16 + HARNESS):
        client.get(address(placed))


HARNESS = 4  # what the test's client asks around a request, to put back its own context
