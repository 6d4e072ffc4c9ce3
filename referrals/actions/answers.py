"""What a teacher answers about a pupil of theirs who is referred."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Refused
from referrals.models import TeacherView
from referrals.states import ACCEPTED_ONES, UNDECIDED

from .moves import locked


@transaction.atomic
def answer(view: TeacherView, *, by: Any, going: int, works: str, back_first: bool) -> TeacherView:
    """Keep the answer of the teacher who was asked; they may change it while the referral is open."""
    referral = locked(view.referral)
    held = (
        TeacherView.objects.select_for_update(of=("self",))
        .select_related("teacher")
        .get(school=view.school_id, pk=view.pk)
    )
    if held.teacher.user_id != by.pk:
        raise Refused("Only the teacher who was asked answers this.")
    if referral.state not in (*UNDECIDED, *ACCEPTED_ONES):
        raise Refused("This referral has ended since you were asked. Thank you all the same.")
    held.going, held.works, held.back_first = going, works.strip()[:300], back_first
    held.answered_at, held.answered_by = timezone.now(), by
    held.save(update_fields=["going", "works", "back_first", "answered_at", "answered_by"])
    record("referral.teacher_answered", held.referral, by=by)
    return held
