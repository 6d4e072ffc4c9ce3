"""What happens by itself each morning: the lead is told of reduced hours that need somebody."""

import datetime as dt

from celery import shared_task
from django.urls import reverse
from django.utils import timezone

from iap.inbox.actions import tell
from iap.schools.calendar import Calendar
from iap.schools.models import Role, School, User
from iap.tenancy.tasks import SchoolTask

from .agreements import due

AHEAD = dt.timedelta(weeks=6)  # longer than any holiday


@shared_task
def sweep_each_morning() -> None:
    """Send each school its own task."""
    for school in School.objects.values_list("pk", flat=True):
        morning.delay(school_id=school)


@shared_task(base=SchoolTask)
def morning(*, school_id: int) -> None:
    """On school days; run twice it tells nobody anything twice."""
    day = timezone.localdate()
    school = School.objects.get(pk=school_id)
    calendar = Calendar.of(school, day, day + AHEAD)
    if not calendar.is_open(day):
        return
    leads = list(
        User.objects.filter(
            memberships__school=school, memberships__role=Role.LEAD, is_active=True
        ).distinct()
    )
    for each in due(school, day, calendar):
        link = reverse("timetables:open_placement", args=[each.placement.pupil.uuid])
        tell(school, leads, kind=each.kind, text=each.text, link=link, key=each.key)
