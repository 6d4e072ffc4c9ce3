"""Who hears of what happens to a referral, and in which words. No message names a pupil or a reason."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from iap.inbox.actions import tell
from iap.schools.models import Role, User

from .models import Referral, TeacherView

DECIDE = (Role.LEAD, Role.LEADER)


def deciders(school: Any) -> Iterable[User]:
    """The lead and the leaders of a school."""
    return User.objects.filter(
        memberships__school=school, memberships__role__in=DECIDE, is_active=True
    ).distinct()


def tell_deciders(referral: Referral, what: str, *, kind: str, but: Any = None) -> None:
    """The lead and leaders, except the person who did it."""
    users = [user for user in deciders(referral.school_id) if user != but]
    _tell(referral, users, what, kind, referral.get_absolute_url())


def tell_referrer(referral: Referral, what: str, *, kind: str, but: Any = None) -> None:
    """The referrer, on their own page of the referral, unless they did it themselves."""
    if referral.referrer != but:
        _tell(referral, [referral.referrer], what, kind, reverse("referrals:mine_one", args=[referral.uuid]))


def ask_teacher(view: TeacherView) -> None:
    """A teacher whose record is linked with an account."""
    if view.teacher.user:
        link = reverse("referrals:asked", args=[view.uuid])
        _tell(view.referral, [view.teacher.user], "You are asked about a pupil you teach.", "asked", link)


def _tell(referral: Referral, users: Iterable[Any], what: str, kind: str, link: str) -> None:
    key = f"{kind}:{referral.uuid}:{referral.state_at:%Y%m%d%H%M%S%f}"
    tell(referral.school, list(users), kind=kind, text=what, link=link, key=key)
