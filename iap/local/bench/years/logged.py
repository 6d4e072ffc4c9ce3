"""What was logged day by day: who was here, how they were, how lessons went."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from pupils.models import CheckIn, CheckInKind
from pupils.models.exits import AFTER_WEEKS, FollowUpCheck, Holds
from timetables.models import HybridStep, LessonFeedback, SessionMark

from .made import Made


def log_days(made: Made) -> None:
    """Marks and check-ins of whoever was planned, most of the time; how visits to lessons went."""
    sat: list[Any] = []
    said: list[Any] = []
    rated: list[Any] = []
    for placement in made.placements:
        for day in made.past:
            if not placement.is_open_on(day):
                continue
            back = _on(made.steps[placement.pk], day)
            for n, (week, period) in enumerate(made.slots):
                if (
                    period.weekday != day.isoweekday()
                    or week not in {"", made.label(day)}
                    or made.chance.random() < 0.3
                ):
                    continue
                entry: dict[str, Any] = {
                    "school": made.school,
                    "pupil_id": placement.pupil_id,
                    "entry": uuid.UUID(int=made.chance.getrandbits(128)),
                    "day": day,
                    "at": made.moment(day, period.starts),
                    "by": made.by,
                }
                if n in back:
                    rated.append(
                        LessonFeedback(
                            **entry,
                            lesson=made.lessons[week, period.pk],
                            outcome=made.chance.choice(("well", "well", "mixed", "hard", "absent")),
                        )
                    )
                    continue
                sat.append(
                    SessionMark(
                        **entry, session=made.sessions[week, period.pk], here=made.chance.random() < 0.9
                    )
                )
                if made.chance.random() < 0.4:
                    said.append(
                        CheckIn(
                            **entry,
                            kind=CheckInKind.BEFORE,
                            period=period,
                            readiness=made.chance.choice((1, 2, 3, 4, 4, 5)),
                        )
                    )
    SessionMark.objects.bulk_create(sat, 2000)
    CheckIn.objects.bulk_create(said, 2000)
    LessonFeedback.objects.bulk_create(rated, 2000)
    _follow_up(made)


def _follow_up(made: Made) -> None:
    """Of places that have ended, what people said of them whose day had come; some have said nothing."""
    asked = []
    ended = [(place, place.ends_on) for place in made.placements if place.ends_on is not None]
    for place, last in ended:
        for weeks in AFTER_WEEKS:
            due = last + dt.timedelta(weeks=weeks)
            answer = made.chance.choice([*Holds.values, ""]) if due <= made.today else ""
            told = {"line": "Asked the tutor", "answered_by": made.by, "answered_at": made.moment(due)}
            asked.append(
                FollowUpCheck(
                    school=made.school, placement=place, pupil_id=place.pupil_id, weeks=weeks, due_on=due,
                    answer=answer, **(told if answer else {}),
                )
            )  # fmt: skip
    FollowUpCheck.objects.bulk_create(asked, 2000)


def _on(steps: Sequence[tuple[HybridStep, set[int]]], day: dt.date) -> set[int]:
    return next(
        back for step, back in steps if step.starts_on <= day and (step.ends_on is None or day < step.ends_on)
    )
