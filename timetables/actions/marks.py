"""Who is here: the provision's own register."""

import datetime as dt
from typing import Any
from uuid import UUID

from iap.errors import Refused
from pupils.actions.entries import keep
from pupils.models import Pupil
from timetables.models import IapSession, SessionMark


def log_mark(
    pupil: Pupil,
    *,
    by: Any,
    entry: UUID,
    day: dt.date,
    at: dt.datetime,
    session: IapSession,
    here: bool,
) -> SessionMark:
    """The pupil is here, or not here, in this occurrence of the session. The latest that stands counts.

    A session that has moved since the page was opened is refused: nobody can be in it then.
    """
    if not session.is_valid_on(day):
        raise Refused(
            f"{session.title} has moved since this page was opened. Reload it to see where it is now."
        )
    mark = SessionMark(
        school_id=pupil.school_id,
        pupil=pupil,
        by=by,
        entry=entry,
        day=day,
        at=at,
        session=session,
        here=here,
    )
    return keep(mark, pupil)
