"""The provision's review of itself: read, written by tenet, kept, and its earlier versions."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from iap.errors import Refused
from iap.schools.access import only
from reporting.access import KEEPERS, READERS
from reporting.actions import reviews as actions
from reporting.evidence import as_kept, evidence_of
from reporting.facts import Facts
from reporting.forms.reviews import SummaryForm, TenetForm
from reporting.models import Judgement, SelfReview
from reporting.tenets import TENETS, Tenet, tenet_of


@only(*READERS)
@require_GET
def review(request: Any) -> HttpResponse:
    """The version underway, or the last that was kept."""
    newest = SelfReview.objects.at([request.school]).newest_first().first()
    return _show(request, newest)


@only(*READERS)
@require_GET
def kept(request: Any, uuid: UUID) -> HttpResponse:
    """One version as it stands, or stood."""
    return _show(request, get_object_or_404(SelfReview.objects.at([request.school]), uuid=uuid))


def _show(request: Any, shown: SelfReview | None, form: SummaryForm | None = None) -> HttpResponse:
    underway = shown is not None and shown.is_underway
    judged = _judged(shown)
    live = evidence_of(Facts(request.school, timezone.localdate())) if underway or shown is None else {}
    tenets = [
        (
            tenet,
            [
                (
                    each,
                    judged.get(each.key),
                    live.get(each.key) or getattr(judged.get(each.key), "evidence", ()),
                )
                for each in tenet.statements
            ],
        )
        for tenet in TENETS
    ]
    if form is None and underway and shown is not None:
        form = SummaryForm(initial={"stage": shown.stage, "summary": shown.summary})
    versions = list(SelfReview.objects.at([request.school]).newest_first())
    may_write = bool(request.roles & set(KEEPERS))
    context = {
        "review": shown,
        "underway": underway,
        "tenets": tenets,
        "judged": sum(bool(each.level) for each in judged.values()),
        "of": sum(len(tenet.statements) for tenet in TENETS),
        "versions": versions,
        "may_write": may_write,
        "may_begin": may_write and not any(each.is_underway for each in versions),
        "form": form,
    }
    return render(request, "reporting/review.html", context, status=422 if form and form.errors else 200)


def _judged(review: SelfReview | None) -> dict[str, Judgement]:
    rows = Judgement.objects.filter(school=review.school_id, review=review) if review else ()
    return {each.statement: each for each in rows}


@only(*KEEPERS)
@require_POST
def begin(request: Any) -> HttpResponse:
    actions.begin(request.school, by=request.user)
    return redirect("reporting:review")


@only(*KEEPERS)
def tenet(request: Any, key: str) -> HttpResponse:
    """The statements of one tenet, to judge."""
    asked = tenet_of(key)
    if asked is None:
        raise Http404("No such tenet.")
    held = SelfReview.objects.at([request.school]).underway().first()
    if held is None:
        messages.info(request, "Begin a review first; the last one stays as it was kept.")
        return redirect("reporting:review")
    form = TenetForm(asked, _judged(held), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.judge(held, asked, form.said, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("reporting:review")
        messages.success(request, f"Saved: {asked.name}.")
        return redirect(_after(asked))
    evidence = evidence_of(Facts(request.school, timezone.localdate()), asked.statements)
    rows = [(each, row, evidence.get(each.key, ())) for each, row in form.rows]
    context = {
        "tenet": asked,
        "form": form,
        "rows": rows,
        "number": TENETS.index(asked) + 1,
        "of": len(TENETS),
    }
    return render(
        request, "reporting/review_tenet.html", context, status=422 if request.method == "POST" else 200
    )


def _after(asked: Tenet) -> str:
    """The next tenet; after the last, the whole review."""
    rest = TENETS[TENETS.index(asked) + 1 :]
    return reverse("reporting:review_tenet", args=[rest[0].key]) if rest else reverse("reporting:review")


@only(*KEEPERS)
@require_POST
def keep(request: Any) -> HttpResponse:
    """Say the stage and keep this version."""
    held = get_object_or_404(SelfReview.objects.at([request.school]).underway())
    form = SummaryForm(request.POST)
    if not form.is_valid():
        return _show(request, held, form)
    evidence = as_kept(evidence_of(Facts(request.school, timezone.localdate())))
    try:
        actions.sum_up(held, by=request.user, **form.cleaned_data)
        if "keep" in request.POST:
            actions.keep(held, by=request.user, evidence=evidence)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _show(request, held, form)
    messages.success(request, "This version is kept as it is today." if "keep" in request.POST else "Saved.")
    return redirect("reporting:review")
