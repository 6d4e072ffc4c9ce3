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


def fill(school: School) -> int:
    """As many open referrals as make three hundred, over stages and reasons, each with something tried.

    The demo has fewer pupils than that; others are made for it. Returns how many are open then.
    """
    with context.within(school.pk):
        lead = lead_of(school)
        held = Referral.objects.filter(school=school)
        number = held.aggregate(last=Max("number"))["last"] or 0
        _more_pupils(school)
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
                zip(free.order_by("pk")[: MANY - held.open().sent().count()], cycle(STATES), strict=False),
                start=1,
            )
        )
        Strategy.objects.bulk_create(
            Strategy(school=school, referral=each, what="A seat by the door", effect=Effect.NONE)
            for each in made
        )
        return held.open().sent().count()


def _more_pupils(school: School) -> None:
    """Enough of them for three hundred referrals and some over."""
    Pupil.objects.bulk_create(
        Pupil(
            school=school,
            upn=f"B{n:012}",
            given_name="Sam",
            family_name=f"Number {n}",
            born_on=dt.date(2014, 3, 5),
            year_group="8",
        )
        for n in range(MANY)
    )


def lead_of(school: School) -> Any:
    return (
        Membership.objects.filter(school=school, role=Role.LEAD).select_related("user").order_by("pk")[0].user
    )


def queue_page(client: Client) -> dict[str, Any]:
    """What the first page weighs."""
    return weight.page(client.get(reverse("referrals:queue")).content)
