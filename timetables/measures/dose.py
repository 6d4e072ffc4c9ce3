"""Sessions of an intervention that were given, against those planned.

Given: occurrences of linked sessions in which the pupil's last standing mark of the day's register says "here",
between the intervention's first and last day and while the link holds; and days logged by hand on which no linked
session has a mark. Missed: the same with "not here". An occurrence nobody marked is neither.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

GIVEN = """
WITH marked AS (
    SELECT DISTINCT ON (i.id, m.session_id, m.day) i.id, m.day, m.here
    FROM pupils_intervention i
    JOIN timetables_interventionsession l ON l.school_id = i.school_id AND l.intervention_id = i.id
    JOIN timetables_sessionmark m ON m.school_id = i.school_id AND m.session_id = l.session_id
        AND m.pupil_id = i.pupil_id AND m.undone_at IS NULL
        AND m.day >= l.valid_from AND (l.valid_to IS NULL OR m.day < l.valid_to)
        AND m.day >= i.day AND (i.ended_on IS NULL OR m.day <= i.ended_on)
    WHERE i.school_id = %(school)s AND i.id = ANY(%(ids)s)
    ORDER BY i.id, m.session_id, m.day, m.at DESC, m.id DESC
), tapped AS (
    SELECT DISTINCT ON (g.intervention_id, g.day) g.intervention_id AS id, g.day, g.here
    FROM pupils_givensession g
    WHERE g.school_id = %(school)s AND g.intervention_id = ANY(%(ids)s) AND g.undone_at IS NULL
    ORDER BY g.intervention_id, g.day, g.at DESC, g.id DESC
), held AS (
    SELECT * FROM marked
    UNION ALL
    SELECT * FROM tapped t WHERE NOT EXISTS (SELECT 1 FROM marked m WHERE m.id = t.id AND m.day = t.day)
)
SELECT id, count(*) FILTER (WHERE here), count(*) FILTER (WHERE NOT here), max(day) FILTER (WHERE here)
FROM held GROUP BY id
"""


@dataclass(frozen=True)
class Dose:
    """Sessions planned, given and missed, and the day of the last one given."""

    planned: int
    given: int = 0
    missed: int = 0
    last: dt.date | None = None

    @property
    def words(self) -> str:
        return f"{self.given} of {self.planned} sessions given"

    @property
    def left(self) -> int:
        return max(self.planned - self.given, 0)


def doses(school_id: int, interventions: Iterable[Any]) -> dict[int, Dose]:
    """The dose of each of these interventions by its key: one query."""
    planned = {each.pk: each.planned for each in interventions}
    found = {pk: Dose(number) for pk, number in planned.items()}
    if not planned:
        return found
    with connection.cursor() as cursor:
        cursor.execute(GIVEN, {"school": school_id, "ids": list(planned)})
        for pk, given, missed, last in cursor.fetchall():
            found[pk] = Dose(planned[pk], given, missed, last)
    return found
