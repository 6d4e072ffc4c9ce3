"""Programmes of the school: added, changed, and offered to nobody else."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Refused
from iap.schools.models import School
from iap.ui.typed import tidied
from iap.ui.words import plural
from pupils.models import (
    Intervention,
    Programme,
    ScoreField,
    Strand,
)


@transaction.atomic
def keep_programme(
    school: School,
    *,
    by: Any,
    name: str,
    strand: str,
    sessions: int,
    about: str = "",
    in_group: bool = False,
    minutes: int | None = None,
    cost: Decimal | None = None,
    measure: ScoreField | None = None,
    programme: Programme | None = None,
) -> Programme:
    """Add a programme, or change one. Pupils who are on it keep what was planned for them."""
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    name, today = tidied(name), timezone.localdate()
    if not name:
        raise Refused("Give the programme a name.")
    if strand not in Strand.values:
        raise Refused("Choose one of the five strands.")
    same = Programme.objects.filter(school=school, name__iexact=name).standing_from(today)
    if same.exclude(pk=programme.pk if programme else None).exists():
        raise Refused(f"Another programme is called “{name}”.")
    words = {
        "name": name,
        "strand": strand,
        "about": tidied(about),
        "in_group": in_group,
        "sessions": sessions,
        "minutes": minutes,
        "cost": cost,
        "measure": measure,
    }
    if programme is None:
        programme = Programme.objects.create(school=school, valid_from=today, **words)
    else:
        programme = Programme.objects.select_for_update(of=("self",)).get(school=school, pk=programme.pk)
        for key, value in words.items():
            setattr(programme, key, value)
        programme.save(update_fields=list(words))
    record("programme.kept", programme, by=by, name=name)
    return programme


@transaction.atomic
def end_programme(programme: Programme, *, by: Any, let_finish: bool = False) -> Programme:
    """Offer it to nobody else from today. Raises Refused while pupils are on it, unless they may finish."""
    programme = Programme.objects.select_for_update(of=("self",)).get(
        school=programme.school_id, pk=programme.pk
    )
    if programme.valid_to is not None:
        return programme
    on_it = Intervention.objects.filter(school=programme.school_id, programme=programme, ended_on=None)
    number = on_it.standing().count()
    if number and not let_finish:
        raise Refused(
            f"{plural(number, 'pupil is', 'pupils are')} still on {programme}. Let them finish, or end theirs first."
        )
    programme.valid_to = max(timezone.localdate(), programme.valid_from + dt.timedelta(days=1))
    programme.save(update_fields=["valid_to"])
    record("programme.ended", programme, by=by, on_it=number)
    return programme
