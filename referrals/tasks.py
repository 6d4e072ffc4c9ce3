"""What happens by itself each morning: deferrals come back, offers run out, nudges are given, old papers go."""

import datetime as dt
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from iap.schools.calendar import Calendar
from iap.schools.models import School, User
from iap.tenancy.tasks import SchoolTask

from . import papers
from .actions.offers import run_out
from .actions.waiting import come_back
from .evidence import BACK
from .interim import latest_support, nudges
from .models import Meeting, Offer, Referral
from .pack import pack_pdf
from .packing import pack_of
from .telling import tell_deciders

NUDGE = "support while waiting is to be noted or looked at again."


@shared_task(base=SchoolTask)
def make_pack(*, school_id: int, meeting: int, user_id: int, paper: str) -> None:
    """The papers of a panel, kept for a day for who asked."""
    held = Meeting.objects.select_related("school__provision").get(school=school_id, pk=meeting)
    try:
        pack = pack_of(held, made_for=str(User.objects.get(pk=user_id)))
        numbers = [page.number for page in pack.pages]
        listed = Referral.objects.at([held.school]).filter(number__in=numbers)
        papers.keep(held, UUID(paper), pack_pdf(pack), listed.values_list("pupil_id", flat=True))
    except Exception:
        papers.fail(held, UUID(paper))
        raise


@shared_task
def sweep_each_morning() -> None:
    """Send each school its own task."""
    for school in School.objects.values_list("pk", flat=True):
        morning.delay(school_id=school)


@shared_task(base=SchoolTask)
def morning(*, school_id: int) -> None:
    """Run twice on a day it does nothing the second time."""
    day = timezone.localdate()
    school = School.objects.get(pk=school_id)
    papers.clear(school)
    for referral in Referral.objects.at([school]).back_from_deferral(day):
        come_back(referral, day=day)
    for offer in Offer.objects.at([school]).run_out(day).select_related("referral"):
        run_out(offer, day=day)
    _nudge(school, day)


def _nudge(school: School, day: dt.date) -> None:
    """Once a week for each pupil who needs it, on a school day."""
    waiting = list(Referral.objects.at([school]).waiting_for_a_place().order_by("pk"))
    calendar = Calendar.of(school, day - BACK, day)
    if not calendar.is_open(day):
        return
    needed = nudges(waiting, latest_support(waiting), calendar, day)
    for referral in waiting:
        if referral.pk in needed:
            tell_deciders(referral, f"{referral}: {NUDGE}", kind=f"nudge-{day:%G-%V}")
