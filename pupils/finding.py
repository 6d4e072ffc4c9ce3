"""Which pupils a reader may find, and by what.

IAP staff find those whose place is current, coming, or ended within the year. The lead, leaders, the SENCO and
the DSL find any pupil of the school. Both are asked of one school, named in the query: a name cannot be looked
up by index under row security alone, so that the school is what narrows the search.
"""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import Value
from django.db.models.functions import Coalesce, NullIf

from .access import SENSITIVE
from .models import Placement, Pupil
from .models.pupils import PupilQuerySet

STILL_FOUND = dt.timedelta(days=365)  # how long after the end of a place
FEWEST_LETTERS = 2


def sees_whole_school(roles: Collection[str]) -> bool:
    return bool(set(roles) & set(SENSITIVE))


def findable(school: Any, roles: Collection[str], day: dt.date) -> PupilQuerySet:
    """The pupils of this school that somebody with these roles in it may find."""
    pupils: PupilQuerySet = Pupil.objects.at([school])
    if sees_whole_school(roles):
        return pupils
    return pupils.filter(_has(_places(school).filter(Q(ends_on=None) | Q(ends_on__gt=day - STILL_FOUND))))


def with_place(pupils: PupilQuerySet, school: Any, day: dt.date) -> PupilQuerySet:
    """Those who have a place on the day."""
    return pupils.filter(_has(_places(school).open_on(day)))


def with_coming_place(pupils: PupilQuerySet, school: Any, day: dt.date) -> PupilQuerySet:
    """Those whose place begins later."""
    return pupils.filter(_has(_places(school).filter(starts_on__gt=day)))


def with_ended_place(pupils: PupilQuerySet, school: Any, day: dt.date) -> PupilQuerySet:
    """Those who had a place, and have none now or to come."""
    later = _places(school).filter(Q(ends_on=None) | Q(ends_on__gt=day))
    return pupils.filter(_has(_places(school).filter(ends_on__lte=day))).exclude(_has(later))


def named(pupils: PupilQuerySet, text: str) -> PupilQuerySet:
    """Those with every word typed in a name; names that begin with what was typed come first."""
    words = text.split()
    if not words:
        return pupils.in_register_order()
    first = words[0]
    known_as = Coalesce(NullIf("preferred_name", Value("")), "given_name")
    begins = Q(called__istartswith=first) | Q(family_name__istartswith=first)
    ranked = pupils.named_like(text).alias(called=known_as).alias(begins=begins)
    return ranked.order_by("-begins", *Pupil.objects.in_register_order().query.order_by)


def is_enough(text: str) -> bool:
    """Whether a search is worth asking: at least two letters."""
    return len(text.replace(" ", "")) >= FEWEST_LETTERS


def _places(school: Any) -> Any:
    return Placement.objects.at([school]).filter(pupil=OuterRef("pk"))


def _has(places: Any) -> Exists:
    return Exists(places)
