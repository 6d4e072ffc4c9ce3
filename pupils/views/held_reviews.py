"""A held review: read, followed by the next cycle, and put right beside what it says."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from iap.audit.models import log_read
from iap.errors import Conflict, Refused
from iap.schools.access import only
from pupils.access import PLANNERS, READERS, pupil_or_404
from pupils.actions import reviews as actions
from pupils.forms.reviews import CorrectionForm
from pupils.labels import label
from pupils.models import Plan, Pupil, Review, TeacherVoice
from pupils.record import record_of
from pupils.review.gathered import from_kept
from pupils.review.reading import correctable
from pupils.review.sections import digest

from .plans import may_plan, plan_or_404, strikable


def voices_of(review: Review | None) -> list[TeacherVoice]:
    """Who was asked, with those who have answered first: one query."""
    if review is None:
        return []
    held = TeacherVoice.objects.filter(school=review.school_id, review=review).select_related("teacher")
    return sorted(held, key=lambda voice: (not voice.answer, str(voice.teacher)))


def read(request: Any, pupil: Pupil, plan: Plan, review: Review) -> HttpResponse:
    """A held review: what it says, with what was put right, and the facts of that day."""
    if request.method == "POST":  # somebody held it while this was typed: nothing of it is thrown away
        return _held_meanwhile(request, pupil, plan, review)
    log_read(request, "review", [pupil])
    return render(request, "pupils/review_held.html", _reading(request, pupil, plan, review))


def _held_meanwhile(request: Any, pupil: Pupil, plan: Plan, review: Review) -> HttpResponse:
    log_read(request, "review", [pupil])
    context = _reading(request, pupil, plan, review) | {"typed": _typed(request.POST)}
    return render(request, "pupils/review_held.html", context, status=409)


def _typed(data: Any) -> list[tuple[str, str]]:
    """Every text that was sent, with what it was written under."""
    found = []
    for key, text in data.items():
        name = key.rpartition("-")[2]
        if name in TEXTS and text.strip():
            found.append((TEXTS[name], text))
    return found


TEXTS = {
    name: label(Review, name)
    for name in ("went_well", "was_hard", "pupil_says", "family_says", "agreed", "place")
} | {"words": "What shows it", "new_words": "The changed target", "name": "Invited", "views": "Their view"}


def _reading(request: Any, pupil: Pupil, plan: Plan, review: Review) -> dict[str, Any]:
    said = correctable(review)
    return {
        "pupil": pupil,
        "plan": plan,
        "review": review,
        "said": {each.field: each for each in said},
        "outcomes": actions.outcomes_of(review),
        "invitations": list(review.invitations.all()),  # type: ignore[attr-defined]
        "voices": voices_of(review),
        "gathered": from_kept(review.facts),
        "strikable": strikable(request, [review]),
        "may_write": may_plan(request) and review.stands,
        "may_follow": may_plan(request)
        and review.stands
        and record_of(request, pupil, timezone.localdate()).plan is None,
    }


@only(*READERS)
@require_GET
def held_review(request: Any, uuid: UUID, review: UUID) -> HttpResponse:
    """A review by its own address: where it stands, or as it was when it was entered in error."""
    pupil = pupil_or_404(request, uuid)
    held = get_object_or_404(
        Review.objects.at(request.schools).select_related("plan"), uuid=review, pupil=pupil
    )
    if held.stands or not held.is_held:
        return redirect("pupils:review", pupil.uuid, held.plan.uuid)
    return read(request, pupil, plan_or_404(request, pupil, held.plan.uuid), held)


@only(*PLANNERS)
@require_POST
def next_cycle(request: Any, uuid: UUID, plan: UUID) -> HttpResponse:
    """Begin the next plan from a held review, where that was not done with it."""
    pupil = pupil_or_404(request, uuid)
    held = plan_or_404(request, pupil, plan)
    review = actions.review_of(held)
    if review is None:
        raise Http404("This plan has no review yet.")
    try:
        actions.begin_next_cycle(review, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("pupils:plan_new", pupil.uuid)
    messages.success(request, "The next plan has begun with what the review decided.")
    return redirect("pupils:plan", pupil.uuid)


@only(*PLANNERS)
def correct(request: Any, uuid: UUID, plan: UUID) -> HttpResponse:
    """Put one part of a held review right; `?part=` names it. What it said stays beside it."""
    pupil = pupil_or_404(request, uuid)
    held = plan_or_404(request, pupil, plan)
    review = actions.review_of(held)
    parts = correctable(review) if review is not None and review.is_held else []
    part = next((each for each in parts if each.field == request.GET.get("part")), None)
    if review is None or part is None:
        return redirect("pupils:review", pupil.uuid, held.uuid)
    initial = {"now": part.text, "seen": digest({"text": part.text})}
    form = CorrectionForm(request.POST or None, label=part.label, steps=part.steps, initial=initial)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            actions.correct_review(review, by=request.user, field=part.field, **form.cleaned_data)
        except Conflict as conflict:
            form.add_error(None, str(conflict))
            form.look_again(initial["seen"])
            status = 409
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Put right. What it said before stays beside it.")
            return redirect("pupils:review", pupil.uuid, held.uuid)
    log_read(request, "review-correct", [pupil])
    context = {"pupil": pupil, "plan": held, "part": part, "form": form}
    return render(request, "pupils/review_correct.html", context, status=status)
