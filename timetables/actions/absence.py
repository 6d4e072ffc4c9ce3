"""An adult is away: noted in all their sessions of some days at once, or in none."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from iap.errors import Refused
from iap.schools.models import School, StaffMember
from timetables.models import Cover, IapSession, SessionRole

from .cover import note_cover
from .locks import lock_slot

Key = tuple[int, dt.date]  # session, day


@dataclass(frozen=True)
class Pick:
    """One session on one day, and who comes; nobody where `covered_by` is empty."""

    session: IapSession
    day: dt.date
    role: str
    covered_by: StaffMember | None = None

    @property
    def key(self) -> Key:
        return self.session.pk, self.day

    @property
    def cover_role(self) -> str:
        """Who stands in for a teacher is one only when qualified."""
        teaches = self.role == SessionRole.QT and self.covered_by is not None and self.covered_by.qualified
        return SessionRole.QT if teaches else SessionRole.SUPPORT


class AbsenceRefused(Refused):
    """Nothing was noted; `rows` says of each session that stands in the way what is to be done."""

    def __init__(self, rows: dict[Key, str]) -> None:
        self.rows = rows
        super().__init__("Nothing is noted yet. Put right what is said beside each session, then save again.")


@transaction.atomic
def note_absence(school: School, *, by: Any, adult: StaffMember, picks: Sequence[Pick]) -> list[Cover]:
    """Note in each of these sessions that the adult is away and who comes. All or nothing.

    Raises AbsenceRefused with the reason for each session that refuses.
    """
    if not picks:
        raise Refused("There is no session to note. Choose somebody who has one on those days.")
    # Locked in one order before the first is noted, so that two of these never wait for each other.
    ids = sorted({pick.session.pk for pick in picks})
    held = IapSession.objects.select_for_update(no_key=True).filter(school=school, pk__in=ids)
    list(held.order_by("pk").values_list("pk", flat=True))
    periods = {pick.session.period.weekday: pick.session.period for pick in picks}
    for weekday in sorted(periods):
        lock_slot(school.pk, periods[weekday])
    noted, wrong = [], {}
    for pick in sorted(picks, key=lambda each: (each.day, each.session.pk)):
        try:
            noted.append(
                note_cover(
                    pick.session,
                    by=by,
                    day=pick.day,
                    adult=adult,
                    covered_by=pick.covered_by,
                    role=pick.cover_role if pick.covered_by else pick.role,
                )
            )
        except Refused as refusal:
            wrong[pick.key] = str(refusal)
    if wrong:
        raise AbsenceRefused(wrong)
    return noted
