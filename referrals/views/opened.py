"""All that the page of one referral shows, for those who decide about it."""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_date

from iap.audit.models import Event
from iap.schools.calendar import Calendar
from iap.schools.models import Role
from pupils.models import Placement
from referrals.earliest import HORIZON, Room
from referrals.evidence import BACK, evidence_of
from referrals.forms.panels import DecisionForm
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
from referrals.interim import latest_support, nudges
from referrals.models import KeepApart, Meeting, Offer, Referral, Rules
from referrals.priority import Priority, first_day, priorities
from referrals.queue import Row, clock
from referrals.states import ACCEPTED_ONES, NEXT, State
from timetables.models import IapSession, StepPlace

# What happened, as a line of the referral's story. A verb that is not here is left out.
SAID = {
    "referral.submitted": "Sent",
    "referral.at-panel": "Put on a panel’s agenda",
    "referral.more-information": "More information was asked for",
    "referral.accepted": "Accepted",
    "referral.waiting": "On the waiting list",
    "referral.declined": "Declined, with advice",
    "referral.deferred": "Deferred",
    "referral.offered": "A place was offered",
    "referral.placed": "The place was accepted",
    "referral.withdrawn": "Withdrawn",
    "referral.talked": "Talked about: the place is not a punishment",
    "referral.order_changed": "The order was changed",
    "referral.interim_support": "Support while waiting was noted",
    "referral.fit_judged": "Fit with the groups was judged",
    "referral.family_told": "The family was told",
}


def opened(
    request: Any, referral: Referral, *, row: Row | None = None, room: Room | None = None, **forms: Any
) -> dict[str, Any]:
    """The context of one referral. `forms` are those that were refused, in place of fresh ones."""
    day, school, pupil = timezone.localdate(), request.school, referral.pupil
    rules = Rules.of(school)
    calendar = Calendar.of(school, min(first_day([referral], day), day - BACK), day + HORIZON)
    evidence = evidence_of(school, [pupil], day, calendar=calendar)[pupil.pk]
    support = latest_support([referral])
    may_decide = bool(request.roles & {Role.LEAD, Role.LEADER})
    is_lead = Role.LEAD in request.roles
    offer = Offer.objects.filter(school=school, referral=referral).unanswered().first()
    waits = referral.state in ACCEPTED_ONES
    return {
        "referral": referral,
        "pupil": pupil,
        "row": row,
        "clock": clock(referral, rules, calendar, day),
        "evidence": evidence,
        "priority": row.priority if row else _priority(referral, day, rules, calendar, evidence),
        "strategies": list(referral.strategies.all()),
        "good_lessons": [
            each.mainstream_class for each in referral.good_lessons.select_related("mainstream_class")
        ],
        "views": list(referral.views.select_related("teacher").order_by("answered_at", "pk")),
        "files": list(referral.attachments.filter(removed_at=None)),
        "decisions": list(referral.decisions.select_related("by", "meeting", "key_adult")),
        "interim": list(referral.interim.all()),
        "nudge": nudges([referral], support, calendar, day).get(referral.pk, "") if waits else "",
        "earlier": _earlier(referral),
        "placements": list(Placement.objects.filter(school=school, pupil=pupil).by_start()),
        "story": _story(referral),
        "offer": offer,
        "waits": waits,
        "may_decide": may_decide,
        "is_lead": is_lead,
        "apart": _apart(referral, day) if is_lead else [],
        "decision_form": forms.get("decision") or (_decision_form(referral, may_decide)),
        "panels": _panels(referral, school, day) if may_decide else [],
        "interim_form": forms.get("interim") or InterimForm(auto_id="interim_%s"),
        "review_form": forms.get("review") or ReviewForm(auto_id="review_%s"),
        "fit_form": forms.get("fit")
        or FitForm(auto_id="fit_%s", initial={"fit": referral.fit, "fit_note": referral.fit_note}),
        "order_form": forms.get("order")
        or OrderForm(
            auto_id="order_%s", initial={"points": referral.override, "reason": referral.override_reason}
        ),
        "talk_form": forms.get("talk") or TalkForm(auto_id="talk_%s"),
        "offer_form": forms.get("offer")
        or OfferForm(
            auto_id="offer_%s",
            initial=_offered(row, calendar, rules, day, _day_of(request.GET.get("starts", ""))),
        ),
        "accept_form": forms.get("accept")
        or AcceptForm(auto_id="accept_%s", school=school, initial=_place(referral, offer)),
        "words_form": forms.get("words") or WordsForm(auto_id="words_%s"),
        "refused": list(forms.values()),
    }


def _priority(referral: Any, day: dt.date, rules: Rules, calendar: Calendar, evidence: Any) -> Priority:
    referral.effects = [strategy.effect for strategy in referral.strategies.all()]
    return priorities(
        [referral], day, rules=rules, calendar=calendar, evidence={referral.pupil_id: evidence}
    )[referral.pk]


def _decision_form(referral: Referral, may_decide: bool) -> DecisionForm | None:
    """Where a panel has it before it; and while it is new, to ask the referrer for more."""
    open_to_it = referral.state in (State.AT_PANEL, State.SUBMITTED) and not referral.is_to_talk_about
    return DecisionForm(referral=referral) if may_decide and open_to_it else None


def _panels(referral: Referral, school: Any, day: dt.date) -> list[Meeting]:
    """Meetings to whose agenda this may be added."""
    if State.AT_PANEL not in NEXT[State(referral.state)] or referral.is_punishment is not False:
        return []
    return list(Meeting.objects.at([school]).filter(day__gte=day, closed_at=None).order_by("day", "starts"))


def _earlier(referral: Referral) -> list[Referral]:
    others = Referral.objects.filter(school=referral.school_id, pupil=referral.pupil_id).sent()
    return list(others.exclude(pk=referral.pk).order_by("-submitted_at"))


def _story(referral: Referral) -> list[tuple[Event, str]]:
    events = Event.objects.filter(
        school=referral.school_id, model="referrals.referral", object_id=referral.pk, verb__in=SAID
    ).select_related("by")
    return [(event, SAID[event.verb]) for event in events.order_by("at", "pk")]


def _apart(referral: Referral, day: dt.date) -> list[tuple[Any, str, list[IapSession]]]:
    """Whom the pupil is kept apart from, why, and the sessions in which those are placed now."""
    pairs = KeepApart.objects.filter(
        Q(one=referral.pupil_id) | Q(other=referral.pupil_id), school=referral.school_id
    ).select_related("one", "other")
    found = []
    for pair in pairs:
        other = pair.other if pair.one_id == referral.pupil_id else pair.one
        placed = StepPlace.objects.standing_from(day).filter(school=referral.school_id, step__pupil=other)
        sessions = IapSession.objects.filter(pk__in=placed.exclude(session=None).values("session"))
        found.append((other, pair.reason, list(sessions.select_related("period").order_by("title"))))
    return found


def _day_of(text: str) -> dt.date | None:
    """The first day that a link to this page names, where it is a date."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def _offered(
    row: Row | None, calendar: Calendar, rules: Rules, day: dt.date, found: dt.date | None
) -> dict[str, Any]:
    """The day that was found, or the earliest start; and an answer within the days the school gives."""
    coming = [each for each in calendar.open_days() if each > day]
    starts = found or (
        row.start.day
        if row and row.start
        else (coming[rules.offer_days] if len(coming) > rules.offer_days else None)
    )
    answer = coming[min(rules.offer_days, len(coming)) - 1] if coming else None
    return {"starts_on": starts, "expires_on": min(filter(None, (answer, starts)), default=None)}


def _place(referral: Referral, offer: Offer | None) -> dict[str, Any]:
    """What the panel named, to begin from; a first review six weeks after the first day."""
    decided = (
        referral.decisions.filter(outcome__in=["accepted", "waiting"]).select_related("key_adult").first()
    )
    review = decided.first_review_on if decided else None
    if offer and (review is None or review <= offer.starts_on):
        review = offer.starts_on + dt.timedelta(weeks=6)
    return {
        "key_adult": decided.key_adult.uuid if decided and decided.key_adult else None,
        "model": decided.model if decided and decided.model else referral.school.provision.model,
        "first_review_on": review,
    }
