"""Who is spoken to about a worry."""

import datetime as dt
from typing import Any

from django.db import transaction

from iap.audit.models import record
from iap.schools.models import SafeguardingPerson, School

from .settings import lock, provision_of

FIELDS = ("name", "phone", "room", "is_deputy")


@transaction.atomic
def keep_people(
    school: School, *, by: Any, rows: list[dict[str, Any]], hand_offs_chased_at: dt.time
) -> list[SafeguardingPerson]:
    """Keep the list as given, in its order. Those left out are no longer shown; what was handed to them stays."""
    lock(school)
    known = {person.pk: person for person in SafeguardingPerson.objects.filter(school=school).current()}
    kept = []
    for position, row in enumerate(rows):
        person = known.pop(row.get("id") or 0, None) or SafeguardingPerson(school=school)
        for name in FIELDS:
            setattr(person, name, row[name])
        person.position = position
        person.save()
        kept.append(person)
    SafeguardingPerson.objects.filter(school=school, pk__in=known).update(is_current=False)
    provision = provision_of(school)
    provision.hand_offs_chased_at = hand_offs_chased_at
    provision.save(update_fields=["hand_offs_chased_at"])
    record("safeguarding.changed", provision, by=by, people=[person.name for person in kept])
    return kept
