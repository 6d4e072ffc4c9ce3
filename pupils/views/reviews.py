"""The review of a plan: prepared with what was logged beside it, held, read, and put right."""

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
from pupils import plan_now
from pupils.access import PLANNERS, READERS, pupil_or_404
from pupils.actions import reviews as actions
from pupils.actions.voices import ask_teachers
from pupils.forms.reviews import CorrectionForm, Written
from pupils.labels import label
from pupils.models import Plan, Pupil, Review, TeacherVoice
from pupils.record import Record, record_of
from pupils.review.gathered import from_kept, gather, span_of
from pupils.review.reading import correctable
from pupils.review.sections import BY_SLUG, SECTIONS, contents, digest

from .plans import may_plan, plan_or_404, strikable


@only(*READERS)
def review(request: Any, uuid: UUID, plan: UUID) -> HttpResponse:
    """Prepare the review, or read it once it is held. Whoever may not write reads what is there."""
    pupil = pupil_or_404(request, uuid)
    held = plan_or_404(request, pupil, plan)
    found = actions.review_of(held)
    if found is not None and found.is_held:
        return _read(request, pupil, held, found)
    if request.method == "POST" and may_plan(request):
        return _write(request, pupil, held, found)
    return _page(request, pupil, held, found)


def _write(request: Any, pupil: Pupil, plan: Plan, found: Review | None) -> HttpResponse:
    """Keep every section, then do what the button says: ask the teachers, or hold the review."""
    page = _Page(request, pupil, plan, found, request.POST)
    if not page.written.is_valid():
        return page.shown(status=422)
    seen = {section.slug: request.POST.get(f"seen-{section.slug}", "") for section in SECTIONS}
    seen = {slug: value for slug, value in seen.items() if value}
    try:
        _, page.clashes = actions.save_review(
            plan, by=request.user, written=page.written.contents(), seen=seen
        )
        if not page.clashes and (onwards := _then(request, pupil, plan, page.record)):
            return onwards
    except Refused as refusal:
        page.written.form.add_error(None, str(refusal))
    page.again()
    return page.shown(status=409 if page.clashes else 422)


def _then(request: Any, pupil: Pupil, plan: Plan, record: Record) -> HttpResponse:
    here = redirect("pupils:review", pupil.uuid, plan.uuid)
    match request.POST.get("do"):
        case "ask":
            asked = ask_teachers(plan, by=request.user)
            messages.success(request, _asked_words(asked))
        case "hold" | "hold-only":
            facts = gather(span_of(record, plan))
            next_cycle = request.POST["do"] == "hold"
            _, follows = actions.hold_review(plan, by=request.user, facts=facts, next_cycle=next_cycle)
            if follows:
                messages.success(
                    request, "The review is held, and the next plan has begun with what you decided."
                )
                return redirect("pupils:plan", pupil.uuid)
            messages.success(request, "The review is held. It stands from now on.")
        case _:
            messages.success(request, "Saved. Anybody who plans with the pupil can go on from here.")
    return here


def _asked_words(asked: list[TeacherVoice]) -> str:
    if not asked:
        return "Every teacher was asked already. Their answers gather here."
    without = [str(voice.teacher) for voice in asked if voice.teacher.user_id is None]
    words = "Asked. Their answers gather here."
    return f"{words} Without an account, so ask in person: {', '.join(without)}." if without else words


def _page(request: Any, pupil: Pupil, plan: Plan, found: Review | None) -> HttpResponse:
    return _Page(request, pupil, plan, found, None).shown()


class _Page:
    """The page on which a review is prepared."""

    def __init__(self, request: Any, pupil: Pupil, plan: Plan, found: Review | None, data: Any) -> None:
        self.request, self.pupil, self.plan = request, pupil, plan
        self.record = record_of(request, pupil, timezone.localdate())
        self.found, self.data = found, data
        self.targets = [each for each in plan_now.targets_now(plan) if each.target.goes_on]
        self.clashes: list[str] = []
        self._read()

    def _read(self) -> None:
        review = self.found or actions.unsaved(self.plan, self.request.user)
        self.kept = contents(review, [each.target for each in self.targets])
        self.written = Written(self.data, self.kept, self.targets, self._invite())
        self.seen = {slug: digest(content) for slug, content in self.kept.items()}

    def again(self) -> None:
        """What is kept now, after somebody else's save or our own; what was typed stays, with what it was told."""
        self.found = actions.review_of(self.plan)
        typed = self.written
        self._read()
        self.written = typed

    def _invite(self) -> list[dict[str, Any]]:
        """Who is usually asked: the pupil, who is called first at home, and the key adult."""
        rows = [{"name": self.pupil.full_name, "part": "Pupil"}]
        home = [
            each for each in self.record.contacts if each.parental_responsibility
        ] or self.record.contacts[:1]
        rows += [{"name": each.name, "part": each.relationship or "Home"} for each in home]
        rows.append({"name": str(self.plan.placement.key_adult), "part": "Key adult"})
        return rows

    def shown(self, status: int = 200) -> HttpResponse:
        log_read(self.request, "review", [self.pupil])
        context = {
            "pupil": self.pupil,
            "plan": self.plan,
            "review": self.found,
            "written": self.written,
            "seen": self.seen,
            "targets": self.targets,
            "clashes": [(BY_SLUG[slug], _lines(self.kept[slug], self.targets)) for slug in self.clashes],
            "gathered": gather(span_of(self.record, self.plan)),
            "voices": voices_of(self.found),
            "may_write": may_plan(self.request),
            "today": self.record.day,
        }
        return render(self.request, "pupils/review.html", context, status=status)


def _lines(content: Any, targets: list[plan_now.TargetNow]) -> list[tuple[str, str]]:
    """What somebody else kept in a section, as label and words."""
    names = {str(each.target.uuid): each.target.words for each in targets}
    found: list[tuple[str, str]] = []
    for key, value in content.items():
        if isinstance(value, dict):
            found.append((names.get(key, ""), "; ".join(str(each) for each in value.values() if each)))
        elif isinstance(value, list):
            found.append(
                ("Invited", "; ".join(", ".join(str(v) for v in row.values() if v) for row in value))
            )
        else:
            found.append((label(Review, key), str(value or "")))
    return found


def voices_of(review: Review | None) -> list[TeacherVoice]:
    """Who was asked, with those who have answered first: one query."""
    if review is None:
        return []
    held = TeacherVoice.objects.filter(school=review.school_id, review=review).select_related("teacher")
    return sorted(held, key=lambda voice: (not voice.answer, str(voice.teacher)))


def _read(request: Any, pupil: Pupil, plan: Plan, review: Review) -> HttpResponse:
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
    return _read(request, pupil, plan_or_404(request, pupil, held.plan.uuid), held)


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
