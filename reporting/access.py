"""Who reads figures, and of which period."""

from typing import Any

from django.http import Http404

from iap.schools.models import Role

from .periods import Kind, Period, Periods

READERS = (Role.LEAD, Role.LEADER, Role.SENCO)
KEEPERS = (Role.LEAD, Role.LEADER)


def period_or_404(request: Any, periods: Periods) -> Period | None:
    """The period that is asked for; without a word, this term. Nothing where the school has no weeks yet."""
    asked = request.GET.get("period", "")
    if asked == Kind.OWN:
        asked = f"{Kind.OWN}:{request.GET.get('from', '')}:{request.GET.get('to', '')}"
    if not asked:
        return periods.now(Kind.TERM)
    found = periods.find(asked)
    if found is None:
        raise Http404("No such period.")
    return found
