"""Teachers are asked for a review, and answer in one tap and one line."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Refused
from iap.inbox.actions import tell
from iap.ui.moments import day as said
from pupils.models import HowItGoes, Plan, Review, TeacherVoice
from pupils.taught import teachers_of

from .reviews import draft_of, locked

LONGEST = 300


@transaction.atomic
def ask_teachers(plan: Plan, *, by: Any) -> list[TeacherVoice]:
    """Ask each teacher to whose lessons the pupil comes, once. Returns those who are asked now.

    Raises Refused where there are none. Who has no account cannot answer, and is told so on the review.
    """
    plan = locked(plan)
    review, now = draft_of(plan, by), timezone.now()
    taught = teachers_of(plan.pupil, timezone.localdate())
    if not taught:
        raise Refused(
            f"{plan.pupil.known_as} has no mainstream lesson yet, so there is no teacher to ask. "
            "They can be asked once a step brings a lesson."
        )
    asked = set(
        TeacherVoice.objects.filter(school=plan.school_id, review=review).values_list("teacher", flat=True)
    )
    made = [
        TeacherVoice.objects.create(
            school_id=plan.school_id,
            review=review,
            teacher=each.teacher,
            classes=each.classes[:200],
            asked_at=now,
            asked_by=by,
        )
        for each in taught
        if each.teacher.pk not in asked
    ]
    for voice in made:
        if voice.teacher.user is not None:
            _tell(voice, plan)
    record("review.asked", review, by=by, teachers=len(made))
    return made


@transaction.atomic
def answer(voice: TeacherVoice, *, by: Any, how: str, line: str = "") -> TeacherVoice:
    """Keep how it is going. It may be said anew until the review is held; the latest counts."""
    voice = (
        TeacherVoice.objects.select_for_update(no_key=True, of=("self",))
        .select_related("teacher", "review__plan")
        .get(school=voice.school_id, pk=voice.pk)
    )
    if voice.teacher.user_id != by.pk:
        raise Refused("Only the colleague who is asked answers this.")
    review = Review.objects.select_for_update(no_key=True, of=("self",)).get(
        school=voice.school_id, pk=voice.review_id
    )
    if review.is_held or not review.stands:
        raise Refused(
            f"The review was held on {said(review.day)}. Tell the key adult what you would add; nothing is lost."
        )
    if how not in HowItGoes.values:
        raise Refused("Choose how it is going.")
    if len(line := line.strip()) > LONGEST:
        raise Refused(f"One line holds {LONGEST} characters. Shorten it.")
    voice.answer, voice.line, voice.answered_at = how, line, timezone.now()
    voice.save(update_fields=["answer", "line", "answered_at"])
    return voice


def _tell(voice: TeacherVoice, plan: Plan) -> None:
    tell(
        plan.pupil.school,
        [voice.teacher.user],  # type: ignore[list-item]
        kind="review-asked",
        text="You are asked how it is going for a pupil who comes to your lessons. One tap answers.",
        link=reverse("pupils:asked", args=[voice.uuid]),
        key=f"review-asked:{voice.uuid}",
    )
