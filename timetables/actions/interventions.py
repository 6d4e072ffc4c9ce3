"""In which of the provision's sessions an intervention is given."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Refused
from iap.ui.moments import day as said
from pupils.models import Intervention
from timetables.models import IapSession, InterventionSession


@transaction.atomic
def link_sessions(intervention: Intervention, *, by: Any, title: str) -> int:
    """Every session of that name gives the intervention, from its first day on; one that does already stays.

    Where it was given elsewhere meanwhile, they give it again from today. Gives how many are new. Raises Refused
    where there is none, and for what has ended or was an error.
    """
    held = Intervention.objects.select_for_update(of=("self",)).get(
        school=intervention.school_id, pk=intervention.pk
    )
    if not held.stands:
        raise Refused("This was entered in error, so it stays as it was.")
    if held.ended_on is not None:
        raise Refused(f"This ended on {said(held.ended_on)}.")
    today = timezone.localdate()
    named = IapSession.objects.standing_from(min(held.day, today)).filter(school=held.school_id, title=title)
    links = InterventionSession.objects.filter(school=held.school_id, intervention=held)
    linked = links.filter(valid_to=None)
    new = list(named.exclude(pk__in=linked.values("session")))
    if not new and not linked.exists():
        raise Refused("Choose sessions of this school that are still held.")
    before = set(links.values_list("session", flat=True))
    InterventionSession.objects.bulk_create(
        InterventionSession(
            school_id=held.school_id,
            intervention=held,
            session=each,
            valid_from=today if each.pk in before else held.day,
        )
        for each in new
    )
    record("intervention.linked", held, by=by, title=title, sessions=len(new))
    return len(new)


@transaction.atomic
def unlink_sessions(intervention: Intervention, *, by: Any) -> None:
    """From today it is given elsewhere; what the register said until then still counts."""
    held = Intervention.objects.select_for_update(of=("self",)).get(
        school=intervention.school_id, pk=intervention.pk
    )
    today = timezone.localdate()
    links = InterventionSession.objects.filter(school=held.school_id, intervention=held, valid_to=None)
    links.filter(valid_from__gte=today).delete()
    links.update(valid_to=today)
    record("intervention.unlinked", held, by=by)


def titles(school: Any, day: dt.date) -> list[str]:
    """The names of sessions held now or later."""
    rows = IapSession.objects.standing_from(day).filter(school=school).order_by("title")
    return list(rows.values_list("title", flat=True).distinct())
