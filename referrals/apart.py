"""Who is kept apart from whom. Seen by the lead alone."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from .models import KeepApart


def apart(school: Any, pupils: Iterable[int]) -> dict[int, set[int]]:
    """For each of these pupils those they are kept apart from, whoever of the two was named first: one query."""
    asked = set(pupils)
    pairs = KeepApart.objects.at([school]).filter(Q(one__in=asked) | Q(other__in=asked))
    found: dict[int, set[int]] = defaultdict(set)
    for one, other in pairs.values_list("one", "other"):
        found[one].add(other)
        found[other].add(one)
    return found
