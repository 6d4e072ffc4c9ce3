"""How a visit to a mainstream lesson went, as its teacher says in one tap."""

import datetime as dt
from typing import Any
from uuid import UUID

from iap.errors import Refused
from pupils.actions.entries import keep
from pupils.models import Pupil
from timetables.models import LessonFeedback, MainstreamLesson, Outcome


def log_feedback(
    pupil: Pupil,
    *,
    by: Any,
    entry: UUID,
    day: dt.date,
    at: dt.datetime,
    lesson: MainstreamLesson,
    outcome: str,
    line: str = "",
) -> LessonFeedback:
    """Keep how it went. Who may say it of which lesson is the caller's to decide.

    Raises Refused for an outcome or a day that cannot be, Conflict for a UUID used with other content.
    """
    line = " ".join(line.replace("\x00", "").split())
    if outcome not in Outcome.values:
        raise Refused("Choose how the lesson went.")
    if len(line) > 200:
        raise Refused("A line holds 200 characters. Shorten it.")
    feedback = LessonFeedback(
        school_id=pupil.school_id,
        pupil=pupil,
        by=by,
        entry=entry,
        day=day,
        at=at,
        lesson=lesson,
        outcome=outcome,
        line=line,
    )
    return keep(feedback, pupil)
