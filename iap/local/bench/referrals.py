"""The queue of three hundred referrals, as the lead opens it."""

import datetime as dt
from itertools import cycle
from typing import Any

from django.db.models import Max
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from iap.schools.models import Membership, Role, School
from iap.tenancy import context
from pupils.models import Pupil
from referrals.models import Effect, Reason, Referral, Strategy
from referrals.states import State

from . import weight

MANY = 300
STATES = (State.SUBMITTED, State.AT_PANEL, State.WAITING, State.MORE_INFORMATION)


def fill(school: School) -> None:
    """As many open referrals as make three hundred, over stages and reasons, each with something tried."""
    with context.within(school.pk):
        lead = lead_of(school)
        held = Referral.objects.filter(school=school)
        number = held.aggregate(last=Max("number"))["last"] or 0
        free = Pupil.objects.filter(school=school).exclude(pk__in=held.open().values("pupil"))
        now = timezone.now()
        made = Referral.objects.bulk_create(
            Referral(
                school=school,
                pupil=pupil,
                referrer=lead,
                number=number + n,
                state=state,
                state_at=now,
                begun_at=now,
                saved_at=now,
                submitted_at=now - dt.timedelta(days=n % 60),
                decided_at=now if state == State.WAITING else None,
                happening="Leaves the room within ten minutes, mostly after lunch.",
                reasons=[Reason.values[n % len(Reason.values)]],
                is_punishment=False,
            )
            for n, (pupil, state) in enumerate(
                zip(free.order_by("pk")[: MANY - held.open().count()], cycle(STATES), strict=False), start=1
            )
        )
        Strategy.objects.bulk_create(
            Strategy(school=school, referral=each, what="A seat by the door", effect=Effect.NONE)
            for each in made
        )


def lead_of(school: School) -> Any:
    return (
        Membership.objects.filter(school=school, role=Role.LEAD).select_related("user").order_by("pk")[0].user
    )


def queue_page(client: Client) -> dict[str, Any]:
    """What the first page weighs, and how many rows the queue has."""
    answer = client.get(reverse("referrals:queue"))
    return {"referrals": len(answer.context["queue"].rows), **weight.page(answer.content)}
