"""What is held while sessions and their adults are changed, so that it is decided one by one."""

from typing import Any

from iap.schools.models import Period
from timetables.models import IapSession


def locked(session: IapSession) -> IapSession:
    """The session as it is now, held until the transaction ends."""
    return (
        IapSession.objects.select_for_update(no_key=True, of=("self",))
        .select_related("school", "period")
        .get(school=session.school_id, pk=session.pk)
    )


def lock_slot(school: Any, period: Period) -> None:
    """Hold the school's periods of that weekday, so that staffing at that time is decided one by one."""
    held = Period.objects.select_for_update(no_key=True).filter(school=school, weekday=period.weekday)
    list(held.order_by("pk").values_list("pk", flat=True))
