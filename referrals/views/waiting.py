"""What is done to a referral beside the panel: the talk, the order, support, fit, offer and answer."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from iap.errors import Refused
from iap.schools.access import only
from iap.schools.models import Role
from referrals.access import DECIDERS, READERS, sent_or_404
from referrals.actions import offers, waiting
from referrals.forms.waiting import (
    AcceptForm,
    FitForm,
    InterimForm,
    OfferForm,
    OrderForm,
    ReviewForm,
    TalkForm,
    WordsForm,
)
from referrals.models import InterimSupport, Offer, Referral

from .queue import show


def _try(
    request: Any,
    referral: Referral,
    name: str,
    form: forms.Form,
    act: Callable[[dict[str, Any]], Any],
    done: str,
) -> HttpResponse:
    """Do it and go back to the referral; refused, the page comes back with all that was typed."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect(referral)
    return show(request, referral, status=422, **{name: form})


@only(Role.LEAD)
@require_POST
def talked(request: Any, uuid: UUID) -> HttpResponse:
    referral = sent_or_404(request, uuid)
    form = TalkForm(request.POST, auto_id="talk_%s")

    def act(data: dict[str, Any]) -> None:
        waiting.talked(referral, by=request.user, talk=data["talk"], still=data["still"] == "yes")

    return _try(request, referral, "talk", form, act, "Kept.")


@only(*DECIDERS)
@require_POST
def order(request: Any, uuid: UUID) -> HttpResponse:
    referral = sent_or_404(request, uuid)
    form = OrderForm(request.POST, auto_id="order_%s")

    def act(data: dict[str, Any]) -> None:
        waiting.change_order(referral, by=request.user, points=data["points"], reason=data["reason"])

    return _try(request, referral, "order", form, act, "The order is changed.")


@only(*READERS)
@require_POST
def interim(request: Any, uuid: UUID) -> HttpResponse:
    referral = sent_or_404(request, uuid)
    form = InterimForm(request.POST, auto_id="interim_%s")

    def act(data: dict[str, Any]) -> None:
        waiting.give_interim_support(referral, by=request.user, **data)

    return _try(request, referral, "interim", form, act, "Kept: what the pupil has while they wait.")


@only(*READERS)
@require_POST
def interim_review(request: Any, uuid: UUID, support: UUID) -> HttpResponse:
    referral = sent_or_404(request, uuid)
    held = get_object_or_404(InterimSupport, school=request.school, referral=referral, uuid=support)
    form = ReviewForm(request.POST, auto_id="review_%s")

    def act(data: dict[str, Any]) -> None:
        waiting.review_interim_support(held, by=request.user, review=data["review"])

    return _try(request, referral, "review", form, act, "Kept: how it goes.")


@only(Role.LEAD)
@require_POST
def fit(request: Any, uuid: UUID) -> HttpResponse:
    referral = sent_or_404(request, uuid)
    form = FitForm(request.POST, auto_id="fit_%s")

    def act(data: dict[str, Any]) -> None:
        waiting.judge_fit(referral, by=request.user, fit=data["fit"], note=data["fit_note"])

    return _try(request, referral, "fit", form, act, "Kept.")


@only(*DECIDERS)
@require_POST
def offer(request: Any, uuid: UUID) -> HttpResponse:
    referral = sent_or_404(request, uuid)
    form = OfferForm(request.POST, auto_id="offer_%s")

    def act(data: dict[str, Any]) -> None:
        offers.offer_place(referral, by=request.user, **data)

    return _try(request, referral, "offer", form, act, "The place is offered. Tell the family today.")


@only(*DECIDERS)
@require_POST
def answer(request: Any, uuid: UUID, offer: UUID) -> HttpResponse:
    """The family's answer: accepted opens the first hybrid week; declined and taken back wait on."""
    referral = sent_or_404(request, uuid)
    held = get_object_or_404(Offer, school=request.school, referral=referral, uuid=offer)
    if request.POST.get("answer") == "accepted":
        return _accept(request, referral, held)
    form = WordsForm(request.POST, auto_id="words_%s")
    act = offers.take_back if request.POST.get("answer") == "taken-back" else offers.decline_offer

    def answered(data: dict[str, Any]) -> None:
        act(held, by=request.user, words=data["words"])

    return _try(request, referral, "words", form, answered, "Kept. The pupil waits on; the place is free.")


def _accept(request: Any, referral: Referral, held: Offer) -> HttpResponse:
    form = AcceptForm(request.POST, auto_id="accept_%s", school=request.school)
    if form.is_valid():
        try:
            offers.accept_offer(held, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{referral.pupil.known_as} has a place. Plan the first week now.")
            if Role.LEAD in request.roles:
                return redirect("timetables:new_step", referral.pupil.uuid)
            return redirect(referral)
    return show(request, referral, status=422, accept=form)
