"""A decision, and that the family has been told of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from iap.errors import Refused
from iap.schools.access import only
from referrals.access import DECIDERS, sent_or_404
from referrals.actions import panels as actions
from referrals.forms.panels import DecisionForm
from referrals.priority import priority_of
from referrals.states import State

from .queue import show


@only(*DECIDERS)
@require_POST
def decide(request: Any, uuid: UUID) -> HttpResponse:
    """Keep the panel's decision; refused, the page comes back with all that was typed."""
    referral = sent_or_404(request, uuid)
    form = DecisionForm(request.POST, referral=referral)
    if form.is_valid():
        priority = priority_of(referral, timezone.localdate())
        item = referral.agenda_items.select_related("meeting").order_by("-pk").first()
        try:
            actions.decide(
                referral,
                by=request.user,
                meeting=item.meeting if item and referral.state == State.AT_PANEL else None,
                outcome=form.cleaned_data["outcome"],
                rationale=form.cleaned_data["rationale"],
                priority=priority.points,
                parts=priority.as_json(),
                **form.details(),
            )
        except Refused as refusal:
            referral.refresh_from_db()
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The decision is kept with its reasons.")
            return redirect(referral)
    return show(request, referral, status=422, decision=form)


@only(*DECIDERS)
@require_POST
def family_told(request: Any, uuid: UUID) -> HttpResponse:
    referral = sent_or_404(request, uuid)
    try:
        actions.family_told(referral, by=request.user, day=timezone.localdate())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Kept: the family has been told.")
    return redirect(referral)
