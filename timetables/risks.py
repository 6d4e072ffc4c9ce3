"""Who is concerned by a pupil's risk assessment: the adults of the sessions that the pupil comes to.

An adult is concerned from the day on which they are known to be in such a session: assigned to it now or from a
coming day, or covering it within a fortnight. The key adult is concerned by every line.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from iap.schools.models import School, StaffMember
from pupils.models import Hazard, Placement, Pupil, RiskAssessment, RiskRead
from timetables.models import Cover, SessionStaff, StepPlace

COVER_AHEAD = dt.timedelta(days=14)


@dataclass
class Circle:
    """The adults of a pupil's sessions on a day, each with the titles of the sessions they share."""

    titles: dict[StaffMember, set[str]] = field(default_factory=dict)
    key_adults: set[int] = field(default_factory=set)  # accounts

    def titles_of(self, user: Any) -> set[str]:
        return {title for adult, of in self.titles.items() if adult.user_id == user.pk for title in of}

    def lines_for(self, user: Any, hazards: Iterable[Hazard]) -> list[Hazard]:
        """The lines that concern one person by the sessions they are in, not by a role they hold."""
        if user.pk in self.key_adults:
            return list(hazards)
        shared = self.titles_of(user)
        return [hazard for hazard in hazards if hazard.is_about(shared)]

    def who_must_read(self, hazards: Iterable[Hazard]) -> list[StaffMember]:
        hazards = list(hazards)
        adults = sorted(self.titles, key=lambda adult: (adult.family_name, adult.given_name, adult.pk))
        return [
            adult
            for adult in adults
            if adult.user_id in self.key_adults or any(each.is_about(self.titles[adult]) for each in hazards)
        ]


def session_titles(school: School, pupil: Pupil, day: dt.date) -> list[str]:
    """The titles of the sessions that the pupil's steps name, from that day on."""
    rows = _places(school, pupil, day).values_list("session__title", flat=True)
    return sorted(set(rows))


def circle_of(school: School, pupil: Pupil, day: dt.date) -> Circle:
    """The adults of the sessions that the pupil comes to from that day on: four queries."""
    sessions = dict(_places(school, pupil, day).values_list("session", "session__title"))
    found: dict[StaffMember, set[str]] = defaultdict(set)
    staff = SessionStaff.objects.standing_from(day).filter(school=school, session__in=sessions)
    for row in staff.select_related("adult"):
        found[row.adult].add(sessions[row.session_id])
    cover = Cover.objects.filter(
        school=school,
        session__in=sessions,
        covered_by__isnull=False,
        day__gte=day,
        day__lte=day + COVER_AHEAD,
    )
    for each in cover.select_related("covered_by"):
        if each.covered_by is not None:
            found[each.covered_by].add(sessions[each.session_id])
    adults = set()
    for place in Placement.objects.filter(school=school, pupil=pupil).select_related("key_adult"):
        if place.ends_on is None or place.ends_on > day:
            adults.add(place.key_adult)
            found[place.key_adult] |= set()
    users = {adult.user_id for adult in adults if adult.user_id is not None}
    return Circle({adult: titles for adult, titles in found.items() if not _left(adult, day)}, users)


def readers_of(version: RiskAssessment) -> dict[int, dt.datetime]:
    """Who has read a version, by account, and when."""
    return dict(RiskRead.objects.filter(school=version.school_id, assessment=version).values_list("by", "at"))


def _places(school: School, pupil: Pupil, day: dt.date) -> Any:
    return StepPlace.objects.standing_from(day).filter(~Q(session=None), school=school, step__pupil=pupil)


def _left(adult: StaffMember, day: dt.date) -> bool:
    return adult.left_on is not None and adult.left_on <= day
