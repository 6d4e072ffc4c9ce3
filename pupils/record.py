"""What the parts of a pupil's page share, read once for the whole page."""

import datetime as dt
from functools import cached_property
from typing import Any

from iap.schools.calendar import Calendar, monday_of
from iap.schools.models import Period

from . import attendance
from .attendance import Rate, Window
from .models import Contact, Passport, Placement, Pupil
from .plan_now import BESIDE as BESIDE_TARGETS
from .plan_now import PlanNow, open_plan, open_plan_in, open_targets
from .together import Ask

LOOK_BACK = dt.timedelta(weeks=40)  # holds two windows of six school weeks, whatever the holidays
WEEKS_DRAWN = 12
ADULT = ("title", "given_name", "family_name", "code")


class Record:
    """One pupil's places, calendar and attendance on a day, each asked of the database once."""

    def __init__(self, pupil: Pupil, day: dt.date) -> None:
        self.pupil, self.day = pupil, day
        self.rows: dict[str, list[Any]] = {}  # what the parts of a page have asked for, by name

    def asks(self) -> dict[str, Ask]:
        """What nearly every part of the pupil's page needs."""
        return {
            "placements": Ask(self._placements(), *(f"key_adult__{name}" for name in ADULT)),
            "contacts": Ask(self._contacts()),
            "passport": Ask(self._passports()[:1]),
            "targets": Ask(open_targets(self.pupil), *BESIDE_TARGETS),
        }

    def take(self, rows: dict[str, list[Any]]) -> None:
        """Keep what was read in one statement, instead of asking for each."""
        self.rows = rows
        self.placements, self.contacts = rows["placements"], rows["contacts"]
        self.passport = next(iter(rows["passport"]), None)
        self.plan = open_plan_in(rows["targets"])

    @cached_property
    def placements(self) -> list[Placement]:
        """Every place the pupil has had, the latest first."""
        return list(self._placements().select_related("key_adult"))

    def _placements(self) -> Any:
        mine = Placement.objects.filter(school=self.pupil.school_id, pupil=self.pupil)
        return mine.order_by("-starts_on", "-pk")

    @cached_property
    def placement(self) -> Placement | None:
        """The place of this day; without one, the next to begin, or the last that ended."""
        coming = [p for p in self.placements if p.starts_on > self.day]
        current = [p for p in self.placements if p not in coming and not self.has_ended(p)]
        return next(iter(current or coming[-1:] or self.placements), None)

    def has_ended(self, placement: Placement) -> bool:
        return placement.ends_on is not None and placement.ends_on <= self.day

    @property
    def has_place(self) -> bool:
        place = self.placement
        return place is not None and place.starts_on <= self.day and not self.has_ended(place)

    @property
    def has_left(self) -> bool:
        return self.pupil.left_on is not None and self.pupil.left_on <= self.day

    @cached_property
    def contacts(self) -> list[Contact]:
        return list(self._contacts())

    def _contacts(self) -> Any:
        return Contact.objects.filter(school=self.pupil.school_id, pupil=self.pupil).order_by("priority")

    @cached_property
    def plan(self) -> PlanNow | None:
        """The plan that is worked to, with its targets."""
        return open_plan(self.pupil)

    @cached_property
    def passport(self) -> Passport | None:
        """The version of the passport that stands."""
        return self._passports().first()

    def _passports(self) -> Any:
        mine = Passport.objects.standing().filter(school=self.pupil.school_id, pupil=self.pupil)
        return mine.newest_first()

    @cached_property
    def periods(self) -> list[Period]:
        """The bell of the school."""
        return list(Period.objects.filter(school=self.pupil.school_id).in_order())

    @cached_property
    def calendar(self) -> Calendar:
        """The school's weeks from well before today, and from the start of the place if that is earlier."""
        starts = [self.placement.starts_on] if self.placement else []
        return Calendar.of(self.pupil.school, min([self.day - LOOK_BACK, *starts]), self.day)

    @cached_property
    def school_week(self) -> int | None:
        """Which school week of the place this is, the first being 1; nothing while there is no place."""
        if not self.has_place or self.placement is None:
            return None
        first = monday_of(self.placement.starts_on)
        return sum(first <= monday <= self.day for monday in self.calendar.open_weeks()) or None

    @cached_property
    def windows(self) -> list[Window]:
        """The last six school weeks and the six before them; fewer while the calendar has none."""
        mondays = self.calendar.open_weeks()
        last = attendance.last_weeks(mondays, self.day)
        before = attendance.weeks_before(mondays, last[0]) if last else None
        return [window for window in (last, before) if window]

    @cached_property
    def weeks(self) -> list[dt.date]:
        """Mondays of the last school weeks, for charts by week."""
        return [monday for monday in self.calendar.open_weeks() if monday <= self.day][-WEEKS_DRAWN:]

    @cached_property
    def _rates(self) -> list[Rate]:
        by_week = [(monday, min(monday + dt.timedelta(days=6), self.day)) for monday in self.weeks]
        return attendance.rates_of(self.pupil, [*self.windows, *by_week])

    @property
    def attendance(self) -> list[Rate]:
        """The rate of each of `windows`."""
        return self._rates[: len(self.windows)]

    @property
    def attendance_by_week(self) -> list[tuple[dt.date, Rate]]:
        return list(zip(self.weeks, self._rates[len(self.windows) :], strict=True))


def record_of(request: Any, pupil: Pupil, day: dt.date) -> Record:
    """The record that this request's parts share."""
    known: dict[tuple[int, dt.date], Record] = request.__dict__.setdefault("_records", {})
    return known.setdefault((pupil.pk, day), Record(pupil, day))
