"""What happens by itself: hand-offs are chased the same day, follow-up checks keep to the calendar and are
chased, reviews that are due are told once."""

from celery import shared_task
from django.utils import timezone

from iap.schools.calendar import Calendar
from iap.schools.models import School
from iap.tenancy.tasks import SchoolTask

from .actions.exits import chase_follow_ups
from .actions.handoffs import chase_hand_offs as chase
from .review.chased import chase_reviews


@shared_task
def sweep_hand_offs() -> None:
    """Send each school its own task."""
    for school in School.objects.values_list("pk", flat=True):
        chase_hand_offs.delay(school_id=school)


@shared_task(base=SchoolTask)
def chase_hand_offs(*, school_id: int) -> None:
    """Run as often as one likes, it tells nobody twice on a day."""
    chase(School.objects.select_related("provision").get(pk=school_id), now=timezone.now())


@shared_task
def sweep_each_morning() -> None:
    """Send each school its own task."""
    for school in School.objects.values_list("pk", flat=True):
        morning.delay(school_id=school)


@shared_task(base=SchoolTask)
def morning(*, school_id: int) -> None:
    """Run twice on a day it does nothing the second time. Reviews are chased on school days alone."""
    school, day = School.objects.get(pk=school_id), timezone.localdate()
    chase_follow_ups(school, day=day)
    if Calendar.of(school, day, day).is_open(day):
        chase_reviews(school, day)
