"""What a pupil's page says of their referrals, to those who decide about them."""

import datetime as dt
from typing import Any

from pupils.panels import Area, Panel, register
from pupils.record import record_of
from pupils.together import Ask

from .access import READERS
from .models import Referral


def offer() -> None:
    register(
        Panel(
            "referrals",
            READERS,
            referrals,
            "referrals/panels/referrals.html",
            area=Area.SIDE,
            order=45,
            asks=asks,
        )
    )


def asks(request: Any, pupil: Any, day: dt.date) -> dict[str, Ask]:
    mine = Referral.objects.at([pupil.school]).sent().filter(pupil=pupil)
    return {"referrals": Ask(mine.order_by("-submitted_at"))}


def referrals(request: Any, pupil: Any, day: dt.date) -> dict[str, Any] | None:
    """Those that were sent, the newest first; nothing for a pupil without one."""
    sent = record_of(request, pupil, day).rows["referrals"]
    return {"referrals": sent} if sent else None
