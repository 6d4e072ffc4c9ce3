"""Whose calendar an address shows, and whether they may still see it."""

import datetime as dt
from dataclasses import dataclass

from iap.schools.models import Membership, Role, School, StaffMember, User
from timetables.models import CalendarFeed

ROLES = (Role.STAFF, Role.LEAD, Role.TEACHER)
IN_THE_BASE = {Role.STAFF, Role.LEAD}


@dataclass(frozen=True)
class Owner:
    """A person at one school, by what they are there today."""

    user: User
    school: School
    adult: StaffMember | None
    roles: frozenset[str]

    @property
    def teaches(self) -> bool:
        return Role.TEACHER in self.roles

    @property
    def in_the_base(self) -> bool:
        return bool(self.roles & IN_THE_BASE)


def owner_of(school: School, token: str, today: dt.date) -> Owner | None:
    """Whose working address this is; nobody's once its person has left, lost the roles or the account.

    Three queries. The roles are asked for each time, so that ending one ends what it showed.
    """
    feed = CalendarFeed.objects.at([school]).named_by(token).select_related("user").first()
    if feed is None or not feed.user.is_active:
        return None
    held = Membership.objects.filter(school=school, user=feed.user, role__in=ROLES)
    roles = frozenset(held.values_list("role", flat=True))
    adult = StaffMember.objects.at([school]).filter(user=feed.user).first()
    has_left = adult is not None and adult.left_on is not None and adult.left_on <= today
    return None if not roles or has_left else Owner(feed.user, school, adult, roles)
