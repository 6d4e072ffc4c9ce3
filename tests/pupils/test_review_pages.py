"""The pages of plans and reviews: filled beforehand, kept section by section, honest about what others did."""

import datetime as dt
import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from iap.inbox import duties
from iap.inbox.models import Message
from iap.schools.models import Closure
from pupils.actions.contacts import log_contact
from pupils.actions.entries import log_check_in, log_note
from pupils.actions.errors import mark_in_error
from pupils.actions.interventions import start_intervention
from pupils.actions.needs import note_need
from pupils.actions.plans import note_evidence
from pupils.actions.programmes import keep_programme
from pupils.actions.reviews import hold_review, review_of, targets_of, what_is_missing
from pupils.actions.voices import ask_teachers
from pupils.models import (
    AttendanceMark,
    CheckIn,
    ContactLog,
    Note,
    Plan,
    PupilSaid,
    Target,
    TargetEvidence,
    TeacherVoice,
    Then,
)
from pupils.record import Record
from pupils.review.gathered import gather, span_of
from pupils.tasks import morning
from tests.factories import (
    HybridStepFactory,
    IapSessionFactory,
    MembershipFactory,
    PlacementFactory,
    StaffMemberFactory,
    UserFactory,
)
from timetables.actions.feedback import log_feedback
from timetables.actions.interventions import link_sessions
from timetables.models import LessonFeedback, MainstreamLesson, SessionMark, StepPlace

from .needs import word
from .plans import WEEK, comes_to, held, plan_for, ready, target


@pytest.fixture
def plan(place, lead):
    return plan_for(place, lead)


@pytest.fixture
def page(client, plan):
    """Open the review's page, or send it; the answer must be as expected."""

    def opened(data=None, *, status=200):
        address = reverse("pupils:review", args=[plan.pupil.uuid, plan.uuid])
        answer = client.get(address) if data is None else client.post(address, data)
        assert answer.status_code == status, answer.content.decode()
        return answer.content.decode()

    return opened


def fields(shown):
    """What a browser would send of a page as it is shown: every field of its form, by name."""
    from html.parser import HTMLParser

    class Fields(HTMLParser):
        def __init__(self):
            super().__init__()
            self.found, self.select, self.area = {}, None, None

        def handle_starttag(self, tag, attrs):
            given = dict(attrs)
            if tag == "input" and given.get("name") and given.get("type") not in ("checkbox", "radio"):
                self.found[given["name"]] = given.get("value", "")
            elif tag == "textarea":
                self.area = given["name"]
                self.found[self.area] = ""
            elif tag == "select":
                self.select = given["name"]
                self.found[self.select] = ""
            elif tag == "option" and self.select and "selected" in given:
                self.found[self.select] = given.get("value", "")

        def handle_endtag(self, tag):
            if tag == "textarea":
                self.area = None
            if tag == "select":
                self.select = None

        def handle_data(self, data):
            if self.area:
                self.found[self.area] += data

    parser = Fields()
    parser.feed(shown)
    return {key: value.lstrip("\n") for key, value in parser.found.items()}


def test_the_page_is_filled_with_what_was_logged(client, plan, place, lead, teacher, page, today):
    science = comes_to(place, StaffMemberFactory(school=place.school, user=teacher, linked_by=lead))
    now = dt.datetime.now(dt.UTC)
    log_check_in(place.pupil, by=lead, entry=uuid.uuid4(), day=today, at=now, kind="arrival", readiness=5)
    log_note(place.pupil, by=lead, entry=uuid.uuid4(), day=today, at=now, text="Walked over alone.")
    AttendanceMark.objects.create(school=place.school, pupil=place.pupil, day=today, half="AM", code="/")
    lesson = science.lessons.get().lesson
    log_feedback(
        place.pupil, by=teacher, entry=uuid.uuid4(), day=today, at=now, lesson=lesson, outcome="well",
        line="Settled at once.",
    )  # fmt: skip
    log_contact(
        place.pupil, by=lead, entry=uuid.uuid4(), day=today, with_name="Mum", how="phone", said="A long day.",
        tone="plain",
    )  # fmt: skip
    (one,) = targets_of(plan)
    note_evidence(one, by=lead, day=today, reached=4, text="Used the card twice")
    client.force_login(lead)
    shown = page()
    for words in (
        "Attendance was 100%",
        "1 of 1 check-in was steady or ready",
        "Walked over alone.",
        "1 contact with home, none of them with good news.",
        "1 of 1 rated visit to lessons went well.",
        "Settled at once.",
        "Used the card twice",
        "Science, 8R/Sc",
    ):
        assert words in shown, words
    assert fields(shown)[f"t-{one.uuid}-reached"] == "4"


def test_sessions_are_those_with_a_mark_of_the_days_register_since_the_plan_began(
    plan, place, lead, today, client, page
):
    """The last mark that stands counts, once for each session of a day."""
    garden, maths = (IapSessionFactory(school=place.school, title=title) for title in ("Garden", "Maths"))
    now = timezone.now()

    def mark(session, day, here, **more):
        SessionMark.objects.create(
            school=place.school, pupil=place.pupil, session=session, by=lead, at=now,
            **more, entry=uuid.uuid4(), day=day, here=here,
        )  # fmt: skip

    mark(garden, today, here=False)
    mark(garden, today, here=True)
    mark(maths, today, here=False)
    mark(maths, plan.day, here=True)
    mark(maths, plan.day - dt.timedelta(days=1), here=True)
    mark(maths, today - WEEK, here=True, undone_at=now, undone_by=lead)
    client.force_login(lead)
    assert "Here for 2 of 3 marked sessions." in page()
    (part,) = [part for part in gather(span_of(Record(place.pupil, today), plan)) if part.title == "Sessions"]
    assert [(fact.label, fact.value) for fact in part.facts] == [("Here", "2"), ("Not here", "1")]


def test_the_way_back_since_the_plan_began_is_told_with_the_steps_between(
    plan, place, lead, today, client, page
):
    comes_to(place, ends_on=today - WEEK)
    ahead = HybridStepFactory(
        school=place.school, placement=place, starts_on=today - WEEK, kind="forward", why="Art as well."
    )
    for number, subject in (("3", "Science"), ("4", "Art")):
        comes_to(place, number=number, subject=subject, step=ahead)
    for row in StepPlace.objects.filter(step=ahead, period__name="4"):
        session = IapSessionFactory(school=place.school, week=row.week, period=row.period)
        row.pk, row.step, row.place, row.session = None, place.steps.get(kind="start"), "session", session
        row.save()
    client.force_login(lead)
    shown = page()
    part = shown.partition(">The way back<")[2].partition("</section>")[0]
    for words in (
        "of the week’s lessons in mainstream",
        "When the plan began",
        "In mainstream now",
        "Art as well.",
    ):
        assert words in part
    then, now = (int(each) for each in re.search(r"From (\d+)% to (\d+)%", part).groups())
    assert then < now


def test_usual_people_are_invited_to_begin_with(client, plan, place, lead, page):
    client.force_login(lead)
    sent = fields(page())
    assert (sent["invited-0-name"], sent["invited-0-part"]) == (place.pupil.full_name, "Pupil")
    assert sent["invited-1-name"] == str(place.key_adult)


def test_what_was_typed_is_kept_when_something_in_it_is_wrong(client, plan, lead, page):
    client.force_login(lead)
    sent = fields(page()) | {"went_well": "x" * 3001, "pupil_says": "It is too loud", "day": "the thirteenth"}
    shown = page(sent, status=422)
    assert "Choose a day, such as 3 March 2026." in shown
    assert "This holds 3,000 characters." in shown
    again = fields(shown)
    assert again["pupil_says"] == "It is too loud"
    assert again["went_well"] == "x" * 3001
    assert again["day"] == "the thirteenth"


def test_two_people_are_shown_what_both_wrote_and_the_rest_is_kept(client, plan, lead, iap_staff, page):
    client.force_login(iap_staff)
    theirs = fields(page())
    client.force_login(lead)
    assert page(fields(page()) | {"went_well": "The lead wrote this"}, status=302) == ""
    client.force_login(iap_staff)
    shown = page(theirs | {"went_well": "Staff wrote that", "agreed": "Two lessons"}, status=409)
    assert "The lead wrote this" in shown
    assert fields(shown)["went_well"] == "Staff wrote that"
    assert review_of(plan).agreed == "Two lessons"
    page(fields(shown), status=302)
    assert review_of(plan).went_well == "Staff wrote that"


def test_holding_it_begins_the_next_cycle_in_one_press(client, plan, lead, page):
    client.force_login(lead)
    (one,) = targets_of(plan)
    sent = fields(page()) | {
        "pupil_says": "Science is fine.",
        "family_how": "phone",
        f"t-{one.uuid}-then": "change",
        f"t-{one.uuid}-new_words": "I use my card in science too",
        "day": dt.date.today().isoformat(),
        "do": "hold",
    }
    page(sent, status=302)
    follows = Plan.objects.open().get()
    assert [each.words for each in targets_of(follows)] == ["I use my card in science too"]
    assert review_of(plan).is_held
    assert "Science is fine." in page()


def test_a_review_that_was_only_held_is_followed_by_the_next_cycle_later(client, plan, lead, leader, page):
    ready(plan, lead)
    client.force_login(lead)
    page(fields(page()) | {"do": "hold-only"}, status=302)
    assert review_of(plan).is_held
    assert not Plan.objects.open().exists()
    follow = reverse("pupils:next_cycle", args=[plan.pupil.uuid, plan.uuid])
    shown = page()
    assert follow in shown
    for words in ("Abena Mensah, Mum", "Came", "2:10 pm, Room 4", "Two more lessons after half-term."):
        assert words in shown
    client.force_login(leader)
    assert follow not in page()
    assert client.post(follow).status_code == 403
    client.force_login(lead)
    assert client.post(follow).status_code == 302
    assert Plan.objects.open().get().number == 2
    assert follow not in page(), "a pupil has one plan at a time"
    again = client.post(follow, follow=True)
    assert "has a plan already" in again.content.decode()


def test_what_is_missing_is_said_and_what_was_typed_is_saved_all_the_same(client, plan, lead, page):
    client.force_login(lead)
    shown = page(fields(page()) | {"went_well": "Mornings", "do": "hold"}, status=422)
    listed = shown.partition('id="errors"')[2].partition("</ul>")[0]
    assert "<li><p>Write the pupil’s own words" in listed, "each by itself"
    assert listed.count("<li>") == len(what_is_missing(plan, review_of(plan), targets_of(plan)))
    assert review_of(plan).went_well == "Mornings"
    assert not review_of(plan).is_held


def test_a_review_held_meanwhile_gives_back_what_was_typed(client, plan, lead, iap_staff, page):
    client.force_login(iap_staff)
    typed = fields(page()) | {"went_well": "Typed while it was held", "do": "hold"}
    ready(plan, lead)
    hold_review(plan, by=lead)
    shown = page(typed, status=409)
    assert "This review was held while you wrote." in shown
    assert "Typed while it was held" in shown
    assert review_of(plan).went_well == "Mornings are calmer."


def test_teachers_are_asked_from_the_page_and_answer_from_my_lessons(
    client, plan, place, lead, teacher, page
):
    comes_to(place, StaffMemberFactory(school=place.school, user=teacher, linked_by=lead))
    client.force_login(lead)
    page(fields(page()) | {"went_well": "Kept with it", "do": "ask"}, status=302)
    assert review_of(plan).went_well == "Kept with it"
    voice = TeacherVoice.objects.get()
    client.force_login(teacher)
    mine = client.get(reverse("timetables:my_lessons")).content.decode()
    assert f"How is it going for {place.pupil.short_name}?" in mine
    address = reverse("pupils:asked", args=[voice.uuid])
    assert address in mine
    assert client.post(address, {"how": "", "line": "Kept"}).status_code == 422
    assert client.post(address, {"how": "mixed", "line": "Quiet after lunch"}).status_code == 302
    assert "How is it going for" not in client.get(reverse("timetables:my_lessons")).content.decode()
    client.force_login(lead)
    assert "Quiet after lunch" in page()


def test_a_question_is_nobody_elses(client, plan, place, lead, teacher, school):
    comes_to(place, StaffMemberFactory(school=place.school, user=teacher, linked_by=lead))
    (voice,) = ask_teachers(plan, by=lead)
    client.force_login(MembershipFactory(school=school, role="teacher").user)
    assert client.get(reverse("pupils:asked", args=[voice.uuid])).status_code == 404


def test_a_leader_reads_a_review_in_preparation_and_changes_nothing(client, plan, leader, lead, page):
    ready(plan, lead)
    client.force_login(leader)
    shown = page()
    assert "Save for later" not in shown
    assert "Mornings are calmer." in shown
    page({"went_well": "Other", "do": "hold"})
    assert not review_of(plan).is_held


def test_a_correction_is_made_from_the_page_and_stands_beside_what_it_said(client, plan, lead, page):
    held(plan, lead)
    client.force_login(lead)
    address = reverse("pupils:review_correct", args=[plan.pupil.uuid, plan.uuid])
    assert client.get(address, {"part": "held_by"}).status_code == 302
    form = fields(client.get(address, {"part": "family_says"}).content.decode())
    assert form["now"] == "He sleeps again."
    answer = client.post(f"{address}?part=family_says", form | {"now": "She sleeps.", "why": ""})
    assert answer.status_code == 422
    assert "She sleeps." in answer.content.decode()
    answer = client.post(f"{address}?part=family_says", form | {"now": "She sleeps.", "why": "A name"})
    assert answer.status_code == 302
    shown = page()
    assert "She sleeps." in shown
    assert "<s>He sleeps again.</s>" in shown
    assert f"Put right by {lead}" in shown


def test_a_review_in_error_is_read_at_its_own_address_and_makes_room(client, plan, lead, page):
    review = held(plan, lead)
    address = reverse("pupils:held_review", args=[plan.pupil.uuid, review.uuid])
    client.force_login(lead)
    assert client.get(address).status_code == 302
    mark_in_error(review, by=lead, why="Another pupil’s meeting")
    assert "Another pupil’s meeting" in client.get(address).content.decode()
    assert "Save for later" in page()


def test_a_plan_is_written_and_changed_on_its_pages(client, place, lead, today):
    client.force_login(lead)
    address = reverse("pupils:plan_new", args=[place.pupil.uuid])
    sent = fields(client.get(address).content.decode())
    assert sent["day"] == today.isoformat()
    answer = client.post(address, sent | {"barriers": "Noise", "targets-0-words": "I walk in"})
    assert answer.status_code == 422
    assert "Say what success looks like." in answer.content.decode()
    row = {
        "targets-0-words": "I walk in",
        "targets-0-success": "Four days of five",
        "targets-0-provision": "Somebody greets at the door",
        "targets-0-starts_at": "2",
        "targets-0-aims_at": "4",
    }
    assert client.post(address, sent | {"barriers": "Noise", **row}).status_code == 302
    plan = Plan.objects.get()
    change = reverse("pupils:plan_change", args=[place.pupil.uuid, plan.uuid])
    opened = fields(client.get(change).content.decode())
    note_evidence(Target.objects.get(), by=lead, day=today, reached=3)
    answer = client.post(
        change, opened | {"targets-0-remove": "on", **{k.replace("0", "1"): v for k, v in row.items()}}
    )
    assert answer.status_code == 422
    assert "End it instead" in answer.content.decode()
    assert Target.objects.count() == 1


def test_a_first_plan_and_passport_begin_with_what_is_noted_and_a_later_plan_with_the_last(
    client, place, lead, today
):
    for words, detail in (("Humour", ""), ("Sleep", "up late, hard mornings")):
        note_need(
            place.pupil,
            by=lead,
            day=today,
            found_at="day",
            word=word(place.school, words),
            detail=detail,
        )
    note_need(place.pupil, by=lead, day=today, found_at="day", area="learning", detail="Long texts")
    client.force_login(lead)
    begun = fields(client.get(reverse("pupils:plan_new", args=[place.pupil.uuid])).content.decode())
    assert begun["strengths"] == "Humour"
    assert begun["barriers"].splitlines() == ["Long texts", "Sleep: up late, hard mornings"]
    passport = fields(client.get(reverse("pupils:passport_write", args=[place.pupil.uuid])).content.decode())
    assert passport["strengths"] == "Humour"
    held(plan_for(place, lead, barriers="Noise"), lead, then=Then.END)
    later = fields(client.get(reverse("pupils:plan_new", args=[place.pupil.uuid])).content.decode())
    assert later["barriers"] == "Noise"


def test_two_people_who_change_a_plan_are_shown_both(client, plan, lead, iap_staff):
    change = reverse("pupils:plan_change", args=[plan.pupil.uuid, plan.uuid])
    client.force_login(iap_staff)
    theirs = fields(client.get(change).content.decode())
    client.force_login(lead)
    client.post(change, fields(client.get(change).content.decode()) | {"barriers": "The lead wrote this"})
    client.force_login(iap_staff)
    answer = client.post(change, theirs | {"barriers": "Staff wrote that"})
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "The lead wrote this" in shown
    assert client.post(change, fields(shown)).status_code == 302
    assert Plan.objects.get().barriers == "Staff wrote that"


def test_a_step_is_noted_on_a_target_in_one_tap(client, plan, iap_staff, today):
    one = Target.objects.get()
    client.force_login(iap_staff)
    address = reverse("pupils:target", args=[plan.pupil.uuid, one.uuid])
    data = {"do": "note", "day": today.isoformat(), "text": "", "reached": "4"}
    assert client.post(address, data).status_code == 302
    assert TargetEvidence.objects.get().reached == 4
    answer = client.post(address, data | {"reached": "", "day": (today + WEEK).isoformat(), "text": "Later"})
    assert answer.status_code == 422
    assert "today or an earlier day" in answer.content.decode()
    assert "Later" in answer.content.decode()
    assert client.post(address, {"do": "end", "end-why": "Easy now"}).status_code == 302
    assert "Easy now" in client.get(reverse("pupils:plan", args=[plan.pupil.uuid])).content.decode()


def test_the_pupils_page_shows_targets_and_who_was_heard(client, plan, place, lead, teacher, today):
    comes_to(place, StaffMemberFactory(school=place.school, user=teacher, linked_by=lead))
    ask_teachers(plan, by=lead)
    note_evidence(Target.objects.get(), by=lead, day=today, reached=3)
    client.force_login(lead)
    shown = client.get(reverse("pupils:detail", args=[place.pupil.uuid])).content.decode()
    assert "I ask for a break before it gets too much" in shown
    assert "Getting there" in shown
    assert "Teachers’ voice: 0 of 1" in shown
    assert "own words to come" in shown


def test_every_page_costs_the_same_however_much_there_is(client, place, lead, teacher, today, cost):
    plan = plan_for(place, lead, target("One"), target("Two"))
    comes_to(place, StaffMemberFactory(school=place.school, user=teacher, linked_by=lead))
    ask_teachers(plan, by=lead)
    client.force_login(lead)
    addresses = [
        reverse("pupils:plan", args=[place.pupil.uuid]),
        reverse("pupils:review", args=[place.pupil.uuid, plan.uuid]),
        reverse("pupils:passport", args=[place.pupil.uuid]),
        reverse("pupils:target", args=[place.pupil.uuid, targets_of(plan)[0].uuid]),
    ]
    few = [cost(address) for address in addresses]
    for n in range(20):
        for each in targets_of(plan):
            note_evidence(each, by=lead, day=today, reached=3, text=f"Seen {n}")
        comes_to(place, number="4" if n % 2 else "2", subject=f"Subject {n}", step=place.steps.get())
    ask_teachers(plan, by=lead)
    assert [cost(address) for address in addresses] == few


def much_logged(place, days):
    """Of each of the last days every kind of entry, written by somebody else each time."""
    pupil, today = place.pupil, dt.date.today()
    session = IapSessionFactory(school=place.school)
    lesson = MainstreamLesson.objects.filter(school=place.school)[0]
    for back in range(days):
        day = today - dt.timedelta(days=back)
        at = dt.datetime.combine(day, dt.time(10), dt.UTC)
        common = {"school": place.school, "pupil": pupil, "by": UserFactory(), "day": day}
        CheckIn.objects.create(**common, entry=uuid.uuid4(), at=at, readiness=4, note="Came in smiling.")
        Note.objects.create(**common, entry=uuid.uuid4(), at=at, text="Asked for the next chapter.")
        PupilSaid.objects.create(**common, entry=uuid.uuid4(), at=at, mood=4, words="The garden was good.")
        SessionMark.objects.create(**common, entry=uuid.uuid4(), at=at, session=session, here=True)
        LessonFeedback.objects.create(
            **common, entry=uuid.uuid4(), at=at, lesson=lesson, outcome="well", line="Stayed."
        )
        ContactLog.objects.create(**common, with_name="Mum", how="phone", tone="good", said="A good week.")
        AttendanceMark.objects.create(school=place.school, pupil=pupil, day=day, half="AM", code="/")
    for number in range(5):
        programme = keep_programme(
            place.school, by=UserFactory(), name=f"Way {number}", strand="intervention", sessions=12
        )
        held = start_intervention(
            pupil, by=UserFactory(), programme=programme, day=place.starts_on, planned=12, delivered_by="Us"
        )
        link_sessions(held, by=UserFactory(), title=session.title)


def test_what_is_gathered_costs_no_more_than_twelve_queries(
    plan, place, today, django_assert_max_num_queries
):
    """However much was logged since the plan began."""
    comes_to(place)
    much_logged(place, days=30)
    with django_assert_max_num_queries(12):
        parts = gather(span_of(Record(place.pupil, today), plan))
    assert [part.title for part in parts] == [
        "Attendance", "Check-ins", "In their own words", "The way back", "Lessons", "Sessions",
        "Interventions", "Contacts", "Notes",
    ]  # fmt: skip


def test_reviews_that_are_due_wait_for_the_lead_and_are_told_once(
    plan, place, lead, iap_staff, school, today
):
    place.key_adult.user, place.key_adult.linked_by = iap_staff, lead
    place.key_adult.save()
    other = PlacementFactory(school=school, first_review_on=today)
    found = {duty.name: duty.find(school, today) for duty in duties.of({"lead"})}
    assert [due.pupil for due in found["review-due"]] == [place.pupil]
    assert [due.pupil for due in found["plan-missing"]] == [other.pupil]
    for _ in range(2):
        morning(school_id=school.pk)
    assert {each.to for each in Message.objects.filter(kind="review-due")} == {lead, iap_staff}
    assert Message.objects.filter(kind="review-due").count() == 2
    assert {each.to for each in Message.objects.filter(kind="plan-missing")} == {lead}
    assert not [each for each in Message.objects.all() if place.pupil.known_as in each.text]


def test_nothing_is_chased_while_the_school_is_closed(plan, school, today):
    Closure.objects.create(school=school, day=today)
    morning(school_id=school.pk)
    assert not Message.objects.filter(kind="review-due").exists()


def test_plans_reviews_and_passports_stand_in_the_timeline(client, plan, lead):
    held(plan, lead)
    client.force_login(lead)
    shown = client.get(reverse("pupils:timeline", args=[plan.pupil.uuid])).content.decode()
    assert "Plan, cycle 1" in shown
    assert "Review, cycle 1" in shown
