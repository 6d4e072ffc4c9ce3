"""The review of a plan: prepared by several, held once, never rewritten, and followed by the next cycle."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from iap.audit.models import Event
from iap.errors import Conflict, Refused
from iap.inbox.models import Message
from pupils.actions.errors import mark_in_error
from pupils.actions.plans import note_evidence
from pupils.actions.reviews import (
    begin_next_cycle,
    correct_review,
    hold_review,
    outcomes_of,
    review_of,
    save_review,
    targets_of,
    unsaved,
)
from pupils.actions.voices import answer, ask_teachers
from pupils.models import (
    Invitation,
    Plan,
    Reached,
    Review,
    ReviewCorrection,
    TargetOutcome,
    TeacherVoice,
    Then,
)
from pupils.plan_now import targets_now
from pupils.review.gathered import Fact, Part
from pupils.review.reading import correctable, step_field
from pupils.review.sections import contents, digest
from tests.factories import StaffMemberFactory

from .plans import WEEK, comes_to, held, plan_for, ready, target


@pytest.fixture
def plan(place, lead):
    return plan_for(place, lead)


def seen_of(plan, by):
    """What somebody who opens the page now has seen, by section."""
    review = review_of(plan) or unsaved(plan, by)
    return {slug: digest(content) for slug, content in contents(review, targets_of(plan)).items()}


def how(text, hard=""):
    return {"how": {"went_well": text, "was_hard": hard}}


def test_what_is_written_is_kept_section_by_section(plan, lead, iap_staff):
    save_review(plan, by=lead, written=how("Mornings"), seen=seen_of(plan, lead))
    save_review(
        plan, by=iap_staff, written={"agreed": {"agreed": "Two lessons"}}, seen=seen_of(plan, iap_staff)
    )
    review = review_of(plan)
    assert (review.went_well, review.agreed, review.saved_by) == ("Mornings", "Two lessons", iap_staff)
    assert Review.objects.count() == 1


def test_two_people_in_different_sections_both_keep_what_they_wrote(plan, lead, iap_staff):
    both = seen_of(plan, lead)
    untouched = {"went_well": "", "was_hard": ""}
    save_review(plan, by=lead, written={**how("Mornings"), "agreed": {"agreed": ""}}, seen=both)
    _, clashes = save_review(
        plan, by=iap_staff, written={"how": untouched, "agreed": {"agreed": "Two lessons"}}, seen=both
    )
    assert clashes == []
    assert (review_of(plan).went_well, review_of(plan).agreed) == ("Mornings", "Two lessons")


def test_two_people_in_one_section_lose_nothing(plan, lead, iap_staff):
    both = seen_of(plan, lead)
    save_review(plan, by=lead, written=how("The first wrote this"), seen=both)
    typed = {**how("The second wrote that"), "agreed": {"agreed": "Two lessons"}}
    review, clashes = save_review(plan, by=iap_staff, written=typed, seen=both)
    assert clashes == ["how"]
    assert (review.went_well, review.agreed) == ("The first wrote this", "Two lessons")
    _, clashes = save_review(plan, by=iap_staff, written=typed, seen=seen_of(plan, iap_staff))
    assert clashes == []
    assert review_of(plan).went_well == "The second wrote that"


def test_a_review_is_held_with_its_voices_and_the_facts_of_that_day(plan, lead):
    ready(plan, lead)
    facts = [Part("Attendance", "calendar-days", "Attendance was 93%.", [Fact("Now", "93%")])]
    review, follows = hold_review(plan, by=lead, facts=facts)
    assert review.is_held
    assert review.facts[0]["says"] == "Attendance was 93%."
    plan.refresh_from_db()
    assert plan.reviewed_on == review.day
    assert follows.number == 2
    assert Event.objects.get(verb="review.held").by == lead


def test_what_is_missing_is_named_all_at_once(plan, lead):
    with pytest.raises(Refused) as refusal:
        hold_review(plan, by=lead)
    for words in (
        "pupil’s own words",
        "how the parent or carer was heard",
        "choose the step",
        "choose what follows",
    ):
        assert words in str(refusal.value)
    assert review_of(plan) is None or not review_of(plan).is_held


def test_a_pupil_may_choose_not_to_say(plan, lead):
    ready(plan, lead, pupil_says="", pupil_how="not-now")
    assert hold_review(plan, by=lead)[0].is_held


def test_a_changed_target_needs_its_new_words(plan, lead):
    ready(plan, lead, then=Then.CHANGE)
    with pytest.raises(Refused, match="write the changed target"):
        hold_review(plan, by=lead)


@pytest.mark.parametrize(("days", "says"), [(1, "hold it on that day"), (-80, "The plan began on")])
def test_a_review_is_held_on_a_day_that_can_be(plan, lead, today, days, says):
    ready(plan, lead)
    meeting = {"day": today + dt.timedelta(days=days), "place": "", "invitations": []}
    save_review(plan, by=lead, written={"meeting": meeting}, seen=seen_of(plan, lead))
    with pytest.raises(Refused, match=says):
        hold_review(plan, by=lead)


def test_a_review_is_held_once(plan, lead, iap_staff):
    held(plan, lead)
    with pytest.raises(Refused, match="was held on"):
        hold_review(plan, by=iap_staff)
    with pytest.raises(Refused, match="Nothing you typed is lost"):
        save_review(plan, by=iap_staff, written=how("Later"), seen={})
    assert Review.objects.count() == 1


def test_a_held_review_cannot_be_rewritten_by_any_code(plan, lead):
    review = held(plan, lead)
    for change in (
        lambda: Review.objects.filter(pk=review.pk).update(went_well="Other"),
        lambda: Review.objects.filter(pk=review.pk)._raw_delete("default"),
        lambda: TargetOutcome.objects.filter(review=review).update(reached=5),
        lambda: Invitation.objects.filter(review=review).delete(),
        lambda: Invitation.objects.create(school=review.school, review=review, name="Late"),
    ):
        with pytest.raises(DatabaseError, match=r"pgtrigger|keeps its rows"), transaction.atomic():
            change()
    mark_in_error(review, by=lead, why="The wrong pupil")


def test_a_review_held_in_error_makes_room_for_the_right_one(plan, lead):
    mark_in_error(held(plan, lead), by=lead, why="Held with the wrong notes")
    assert review_of(plan) is None


def test_a_correction_stands_beside_what_was_written_and_says_who_and_why(plan, lead, iap_staff):
    review = held(plan, lead)
    correct_review(
        review, by=iap_staff, field="family_says", now="She sleeps again.", why="It was about her sister"
    )
    said = {each.field: each for each in correctable(review)}["family_says"]
    assert (said.first, said.text) == ("He sleeps again.", "She sleeps again.")
    review.refresh_from_db()
    assert review.family_says == "He sleeps again."
    correction = ReviewCorrection.objects.get()
    assert (correction.was, correction.by, correction.why) == (
        "He sleeps again.",
        iap_staff,
        "It was about her sister",
    )


def test_a_step_that_was_put_right_is_the_one_the_plan_shows_and_the_next_cycle_begins_with(plan, lead):
    review = held(plan, lead)
    (outcome,) = outcomes_of(review)
    field = step_field(outcome)
    for label in ("Not yet", "Most of the time"):
        correct_review(review, by=lead, field=field, now=label, why="It was written for another target")
    (now,) = targets_now(plan)
    assert (now.word, now.outcome.reached) == ("Most of the time", Reached.GETTING_THERE)
    assert targets_of(begin_next_cycle(review, by=lead))[0].starts_at == Reached.MOSTLY


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"why": " "}, "why it is put right"),
        ({"field": "held_by"}, "which part"),
        ({"now": "He sleeps again."}, "says already"),
    ],
)
def test_a_correction_that_says_nothing_is_refused(plan, lead, change, says):
    review = held(plan, lead)
    given = {"field": "family_says", "now": "She sleeps.", "why": "Typing error", **change}
    with pytest.raises(Refused, match=says):
        correct_review(review, by=lead, **given)


def test_two_corrections_of_one_part_see_each_other(plan, lead, iap_staff):
    review = held(plan, lead)
    seen = digest({"text": "He sleeps again."})
    correct_review(review, by=lead, field="family_says", now="She sleeps.", why="A name", seen=seen)
    with pytest.raises(Conflict, match="since you opened the page"):
        correct_review(review, by=iap_staff, field="family_says", now="They sleep.", why="A name", seen=seen)


def test_the_next_cycle_carries_changes_and_ends_targets_in_one_action(place, lead, today):
    plan = plan_for(place, lead, target("Carry"), target("Change"), target("End"))
    ready(plan, lead)
    outcomes = {
        str(each.uuid): {
            "reached": 4,
            "words": "",
            "then": each.words.lower(),
            "new_words": "Changed, in my words" if each.words == "Change" else "",
        }
        for each in targets_of(plan)
    }
    save_review(plan, by=lead, written={"targets": outcomes}, seen=seen_of(plan, lead))
    _, follows = hold_review(plan, by=lead)
    carried, changed = targets_of(follows)
    assert (carried.words, changed.words) == ("Carry", "Changed, in my words")
    assert carried.starts_at == 4
    assert carried.carried_from.words == "Carry"
    assert follows.day == today
    assert follows.review_on > today + 5 * WEEK
    assert (follows.barriers, follows.strengths) == (plan.barriers, plan.strengths)
    assert follows.is_open


def test_where_every_target_has_done_its_work_the_next_plan_is_written_anew(plan, lead):
    ready(plan, lead, then=Then.END)
    review, follows = hold_review(plan, by=lead)
    assert follows is None
    with pytest.raises(Refused, match="Write the next plan"):
        begin_next_cycle(review, by=lead)


def test_a_next_cycle_is_begun_once_and_only_after_a_held_review(plan, lead):
    review = ready(plan, lead)
    with pytest.raises(Refused, match="Hold the review first"):
        begin_next_cycle(review, by=lead)
    review, _ = hold_review(plan, by=lead)
    with pytest.raises(Refused, match="has a plan already"):
        begin_next_cycle(review, by=lead)
    assert Plan.objects.count() == 2


def test_teachers_of_lessons_the_pupil_comes_to_are_asked_once_and_answer_in_one_tap(
    plan, place, lead, teacher
):
    science = comes_to(place, StaffMemberFactory(school=place.school, user=teacher, linked_by=lead))
    StaffMemberFactory(school=place.school)  # teaches nothing to the pupil
    (voice,) = ask_teachers(plan, by=lead)
    assert (voice.teacher, voice.classes) == (science, "Science, 8R/Sc")
    assert ask_teachers(plan, by=lead) == []
    message = Message.objects.get(to=teacher)
    assert "Kai" not in message.text
    assert str(voice.uuid) in message.link
    answer(voice, by=teacher, how="well", line="Settles quickly")
    answer(voice, by=teacher, how="mixed", line="Settles, but not after lunch")
    voice = TeacherVoice.objects.get()
    assert (voice.answer, voice.line) == ("mixed", "Settles, but not after lunch")


def test_nobody_is_asked_where_there_is_no_lesson(plan, lead):
    with pytest.raises(Refused, match="no mainstream lesson yet"):
        ask_teachers(plan, by=lead)


def test_a_late_answer_is_told_that_the_review_was_held(plan, place, lead, teacher):
    comes_to(place, StaffMemberFactory(school=place.school, user=teacher, linked_by=lead))
    (voice,) = ask_teachers(plan, by=lead)
    held(plan, lead)
    with pytest.raises(Refused, match="was held on"):
        answer(voice, by=teacher, how="well")


def test_only_who_is_asked_answers_and_with_a_choice(plan, place, lead, teacher):
    comes_to(place, StaffMemberFactory(school=place.school, user=teacher, linked_by=lead))
    (voice,) = ask_teachers(plan, by=lead)
    with pytest.raises(Refused, match="Only the colleague"):
        answer(voice, by=lead, how="well")
    with pytest.raises(Refused, match="Choose how"):
        answer(voice, by=teacher, how="great")


def test_evidence_stays_when_its_plan_is_reviewed(plan, lead, today):
    (one,) = targets_of(plan)
    note_evidence(one, by=lead, day=today, text="Used the card twice")
    held(plan, lead)
    assert one.evidence.get().text == "Used the card twice"
