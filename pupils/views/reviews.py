"""The review of a plan: prepared with what was logged beside it, and held."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from iap.audit.models import log_read
from iap.errors import Refused
from iap.schools.access import only
from pupils import plan_now
from pupils.access import READERS, pupil_or_404
from pupils.actions import reviews as actions
from pupils.actions.voices import ask_teachers
from pupils.forms.reviews import Written
from pupils.labels import label
from pupils.models import Plan, Pupil, Review, TeacherVoice
from pupils.record import Record, record_of
from pupils.review.gathered import gather, span_of
from pupils.review.sections import BY_SLUG, SECTIONS, contents, digest

from .held_reviews import read, voices_of
from .plans import may_plan, plan_or_404


@only(*READERS)
def review(request: Any, uuid: UUID, plan: UUID) -> HttpResponse:
    """Prepare the review, or read it once it is held. Whoever may not write reads what is there."""
    pupil = pupil_or_404(request, uuid)
    held = plan_or_404(request, pupil, plan)
    found = actions.review_of(held)
    if found is not None and found.is_held:
        return read(request, pupil, held, found)
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
        for sentence in refusal.args:
            page.written.form.add_error(None, sentence)
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
