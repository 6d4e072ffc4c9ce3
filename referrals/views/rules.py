"""Targets and weights, and pupils who are kept apart."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from iap.audit.models import log_read
from iap.errors import Refused
from iap.schools.access import only
from iap.schools.models import Role
from referrals.access import DECIDERS
from referrals.actions import waiting
from referrals.forms.waiting import KeepApartForm, RulesForm
from referrals.models import KeepApart, Referral, Rules


@only(*DECIDERS)
def rules(request: Any) -> HttpResponse:
    """Targets per stage in school days, and what counts how much."""
    held = Rules.of(request.school)
    form = RulesForm(request.POST or None, instance=held)
    if request.method == "POST" and form.is_valid():
        try:
            waiting.set_rules(request.school, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Kept. The queue is in its new order.")
            return redirect("referrals:queue")
    said = Referral.objects.at([request.school]).filter(said_punishment=True).count()
    context = {"form": form, "said_punishment": said}
    return render(request, "referrals/rules.html", context, status=422 if form.errors else 200)


@only(Role.LEAD)
def keep_apart(request: Any) -> HttpResponse:
    """Pairs of pupils who are not placed in one session. The lead's alone."""
    form = KeepApartForm(request.POST if request.method == "POST" else None, school=request.school)
    if request.method == "POST" and form.is_valid():
        try:
            waiting.keep_apart(by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Kept. You see it where either of them is placed.")
            return redirect("referrals:keep_apart")
    pairs = list(
        KeepApart.objects.at([request.school])
        .select_related("one", "other")
        .order_by("one__family_name", "pk")
    )
    offered = list(form.fields["one"].queryset)  # type: ignore[attr-defined]
    log_read(
        request, "keep-apart", [*offered, *(pupil for pair in pairs for pupil in (pair.one, pair.other))]
    )
    context = {"form": form, "pairs": pairs}
    return render(request, "referrals/keep_apart.html", context, status=422 if form.errors else 200)


@only(Role.LEAD)
@require_POST
def end_keep_apart(request: Any, uuid: UUID) -> HttpResponse:
    pair = get_object_or_404(KeepApart.objects.at([request.school]), uuid=uuid)
    waiting.end_keep_apart(pair, by=request.user)
    messages.success(request, "They may be placed together from now on.")
    return redirect("referrals:keep_apart")
