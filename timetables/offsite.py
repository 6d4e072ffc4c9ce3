"""Who is off site on a day, with whom, what was told of it, and which providers wait for checks."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from iap.schools.calendar import Calendar
from iap.schools.models import Period, School
from iap.ui.moments import span
from pupils.models import Pupil

from .models import OffsiteAttendance, OffsiteProvider, Place, StepPlace


@dataclass
class Away:
    """One pupil with one provider on one day."""

    pupil: Pupil
    provider: str
    periods: list[Period] = field(default_factory=list)
    told: OffsiteAttendance | None = None

    @property
    def time(self) -> str:
        """9:00 to 12:20, from the first period to the last."""
        return span(min(p.starts for p in self.periods), max(p.ends for p in self.periods))


@dataclass(frozen=True)
class ToCheck:
    """A provider in a pupil's week whose checks are missing, older than a year, or due to be looked at."""

    pupil: Pupil
    provider: str
    checked_on: dt.date | None = None
    review_on: dt.date | None = None


def away_on(school: School, day: dt.date, *, calendar: Calendar, pupil: Any = None) -> list[Away]:
    """Pupils whose step in force places them off site on a day, by name: at most two queries.

    Nobody while the school is closed. `pupil` asks about one only.
    """
    if not calendar.is_open(day):
        return []
    rows = _places(school, day).filter(
        step__starts_on__lte=day,
        step__placement__starts_on__lte=day,
        week__in={"", calendar.week_label(day)},
        period__weekday=day.isoweekday(),
    )
    if pupil is not None:
        rows = rows.filter(step__pupil=pupil)
    found: dict[tuple[int, str], Away] = {}
    for row in rows.select_related("period", "step__pupil").order_by("period__starts"):
        key = (row.step.pupil_id, _same(row.provider))
        found.setdefault(key, Away(row.step.pupil, row.provider.strip())).periods.append(row.period)
    if not found:
        return []
    told = OffsiteAttendance.objects.filter(school=school, pupil__in={pk for pk, _ in found}).on_day(day)
    for entry in told.standing().select_related("by").order_by("at", "pk"):
        if (away := found.get((entry.pupil_id, _same(entry.provider)))) is not None:
            away.told = entry
    return sorted(
        found.values(), key=lambda each: (each.pupil.family_name, each.pupil.known_as, each.provider)
    )


def checks_to_make(school: School, day: dt.date) -> list[ToCheck]:
    """Providers in weeks that hold on that day or later, without checks of the last year: two queries.

    Those whose review is due are among them.
    """
    rows = _places(school, day).select_related("step__pupil").order_by("step__pupil__family_name", "provider")
    used = {(row.step.placement_id, _same(row.provider)): row for row in rows}
    if not used:
        return []
    held = OffsiteProvider.objects.filter(school=school, placement__in={pk for pk, _ in used})
    known = {(each.placement_id, _same(each.name)): each for each in held.order_by("checked_on")}
    good = {(each.placement_id, _same(each.name)) for each in held.checked_by(day).filter(review_on__gt=day)}
    return [
        ToCheck(
            row.step.pupil,
            row.provider.strip(),
            known[key].checked_on if key in known else None,
            known[key].review_on if key in known else None,
        )
        for key, row in used.items()
        if key not in good
    ]


def providers_of(placement: Any, day: dt.date) -> list[str]:
    """The off-site providers of a pupil's weeks on that day or later, each once. One query."""
    rows = _places(placement.school, day).filter(step__placement=placement)
    names = {_same(name): name.strip() for name in rows.values_list("provider", flat=True)}
    return sorted(names.values())


def _places(school: School, day: dt.date) -> Any:
    return StepPlace.objects.standing_from(day).filter(school=school, place=Place.OFFSITE)


def _same(name: str) -> str:
    """The same provider, however it was typed."""
    return " ".join(name.split()).casefold()
