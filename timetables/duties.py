"""What waits to be seen to in the provision's week and in the lessons that pupils have come back to."""

import datetime as dt
from collections import defaultdict
from typing import Any

from django.db.models import F, Q
from django.urls import reverse

from iap.inbox import duties
from iap.inbox.duties import Due, Duty
from iap.schools.calendar import Calendar
from iap.schools.models import Role
from iap.ui.moments import day as said
from iap.ui.words import plural
from pupils.models import Destination, Placement, Pupil

from . import agreements
from .measures.forecast import Occurrence, occurrences
from .measures.full_return import whole_weeks
from .measures.share import IN_MAINSTREAM
from .models import AgreedChange, ChangeState, LessonFeedback, NextYearPlan, StepPlace
from .next_year import year_on
from .offsite import checks_to_make

AHEAD, BACK = dt.timedelta(days=7), dt.timedelta(weeks=4)
HOLIDAY = dt.timedelta(weeks=6)  # no holiday is longer
RATED = 5  # school days within which a teacher says how a visit went


def uncovered(school: Any, day: dt.date) -> list[Due]:
    """Sessions with pupils in the next seven days without two adults of whom one is qualified, or with one who has
    a lesson of their own then.
    """
    calendar = Calendar.of(school, day, day + AHEAD)
    return [
        Due(_short_of(each), reverse("timetables:session", args=[each.session.uuid]), each.day)
        for each in occurrences(school, day, day + AHEAD, calendar=calendar)
        if each.needs_cover
    ]


def _short_of(each: Occurrence) -> str:
    where = f"{each.session.title}, {said(each.day)}, period {each.session.period.name}"
    return f"{where}: {each.missing or each.clashes[0]}"


def unrated(school: Any, day: dt.date) -> list[Due]:
    """Visits of the last five school days before this one of which no teacher has said how they went, by pupil
    and class.
    """
    calendar = Calendar.of(school, day - BACK, day)
    days = [each for each in calendar.open_days() if each < day][-RATED:]
    if not days:
        return []
    told = set(
        LessonFeedback.objects.filter(school=school, day__range=(days[0], days[-1]))
        .standing()
        .values_list("pupil", "lesson", "day")
    )
    missing: dict[tuple[int, str], set[dt.date]] = defaultdict(set)
    for row in _lessons_visited(school, days[0], days[-1]):
        for each in days:
            comes = row.comes_on(each, calendar.week_label(each))
            if comes and (row.pupil, row.lesson, each) not in told:
                missing[row.pupil, row.class_name].add(each)
    pupils = Pupil.objects.filter(school=school).in_bulk({pupil for pupil, _ in missing})
    return [
        Due(
            f"{pupils[pupil].short_name} in {name}: {plural(len(held), 'visit')} without a word on how it went",
            reverse("timetables:returns", args=[pupils[pupil].uuid]),
            min(held),
            pupils[pupil],
        )
        for (pupil, name), held in sorted(missing.items(), key=lambda item: (min(item[1]), item[0]))
    ]


class _Lesson:
    """A lesson that a step places a pupil in: for which days all of that holds."""

    def __init__(
        self, pupil: int, lesson: int, name: str, weekday: int, weeks: tuple[str, str], *spans: Any
    ) -> None:
        self.pupil, self.lesson, self.class_name, self.weekday = pupil, lesson, name, weekday
        self.weeks, self.spans = weeks, spans

    def comes_on(self, day: dt.date, label: str) -> bool:
        return (
            day.isoweekday() == self.weekday
            and all(week in {"", label} for week in self.weeks)
            and all(start <= day and (end is None or day < end) for start, end in self.spans)
        )


def _lessons_visited(school: Any, first: dt.date, last: dt.date) -> list[_Lesson]:
    """Lessons to which pupils come by a step that holds on some day from `first` to `last`: one query."""
    member = "step__pupil__classes"
    lesson = f"{member}__mainstream_class__lessons"
    rows = StepPlace.objects.standing_from(first).filter(
        school=school,
        place__in=IN_MAINSTREAM,
        step__starts_on__lte=last,
        **{
            f"{member}__valid_from__lte": last,
            f"{lesson}__valid_from__lte": last,
            f"{lesson}__period": F("period"),
        },
    )
    return [
        _Lesson(pupil, pk, name, weekday, (week, of), (starts, ends), (starts, leaves), (joined, left), (since, until))
        for pupil, pk, name, weekday, week, of, starts, ends, leaves, joined, left, since, until in rows.values_list(
            "step__pupil", f"{lesson}__pk", f"{member}__mainstream_class__name", "period__weekday", "week",
            f"{lesson}__week", "step__starts_on", "step__ends_on", "step__placement__ends_on",
            f"{member}__valid_from", f"{member}__valid_to", f"{lesson}__valid_from", f"{lesson}__valid_to",
        )
    ]  # fmt: skip


def reduced_hours(school: Any, day: dt.date) -> list[Due]:
    """Agreed reduced hours whose review is reached, whose end is near, or that nothing agrees."""
    calendar = Calendar.of(school, day, day + HOLIDAY)
    return [
        Due(
            f"{each.placement.pupil.short_name}: {each.text}",
            reverse("timetables:open_placement", args=[each.placement.pupil.uuid]),
            day,
            each.placement.pupil,
        )
        for each in agreements.due(school, day, calendar)
    ]


def offsite_checks(school: Any, day: dt.date) -> list[Due]:
    """Off-site providers in pupils' weeks without checks of the last year, or to be looked at again."""
    return [
        Due(
            f"{each.pupil.short_name} at {each.provider}: "
            + (
                f"checks to look at again, last made {said(each.checked_on)}"
                if each.checked_on
                else "checks to make"
            ),
            reverse("timetables:offsite"),
            each.review_on or day,
            each.pupil,
        )
        for each in checks_to_make(school, day)
    ]


def late_changes(school: Any, day: dt.date) -> list[Due]:
    """Classroom changes that were to be in place before this day, for pupils who have a place."""
    rows = AgreedChange.objects.at([school]).filter(
        Q(class_return__pupil__placements__ends_on=None)
        | Q(class_return__pupil__placements__ends_on__gt=day),
        class_return__pupil__placements__starts_on__lte=day,
        state__in=[ChangeState.AGREED, ChangeState.LOOK_AGAIN],
        due_on__lt=day,
    )
    listed = rows.select_related("class_return__pupil", "class_return__mainstream_class", "owner")
    return [
        Due(
            f"{each.what}, for {each.class_return.pupil.short_name} in {each.class_return.mainstream_class}: "
            f"by {said(each.due_on, weekday=False)}, {each.owner}",
            reverse("timetables:returns", args=[each.class_return.pupil.uuid]),
            each.due_on,
            each.class_return.pupil,
        )
        for each in listed.order_by("due_on", "pk")
    ]


def whole_returns(school: Any, day: dt.date) -> list[Due]:
    """Places whose whole week has been in mainstream for two school weeks, and that nobody has ended: three queries."""
    places = list(Placement.objects.filter(school=school, ends_on=None).open_on(day).select_related("pupil"))
    if not places:
        return []
    calendar = Calendar.of(school, min(place.starts_on for place in places), day)
    return [
        Due(
            f"{each.placement.pupil.short_name} has been in mainstream all week since "
            f"{said(each.since, weekday=False)}: end the place?",
            address_to_end(each.placement),
            day,
            each.placement.pupil,
        )
        for each in whole_weeks(school, places, calendar, day)
    ]


def next_years(school: Any, day: dt.date) -> list[Due]:
    """This school year's plans for the next, of places that stand, whose day to be looked at again has come."""
    places = Placement.objects.filter(school=school).open_on(day)
    plans = NextYearPlan.objects.filter(
        school=school, placement__in=places, year=year_on(school, day), review_on__lte=day
    )
    return [
        Due(
            f"{each.pupil.short_name}, next year: {each.get_outlook_display().lower()}",
            reverse("timetables:next_year", args=[each.pupil.uuid]),
            each.review_on,
            each.pupil,
        )
        for each in plans.select_related("pupil").order_by("review_on", "pk")
    ]


def address_to_end(placement: Placement) -> str:
    """Where a place is ended, with a full return chosen already."""
    page = reverse("timetables:open_placement", args=[placement.pupil.uuid])
    return f"{page}?destination={Destination.FULL_RETURN}#h-end"


def offer() -> None:
    deciders = {Role.LEAD, Role.LEADER}
    for duty in (
        Duty("sessions-uncovered", "Sessions to cover in the next seven days", deciders, uncovered, 10),
        Duty("reduced-hours", "Agreed reduced hours to see to", {*deciders, Role.SENCO}, reduced_hours, 30),
        Duty(
            "offsite-checks",
            "Off-site providers to check",
            {*deciders, Role.SENCO, Role.DSL},
            offsite_checks,
            32,
        ),
        Duty("whole-returns", "Whole weeks in mainstream: end the place?", deciders, whole_returns, 33),
        Duty("next-year", "Plans for next year to look at again", {*deciders, Role.SENCO}, next_years, 35),
        Duty("changes-late", "Classroom changes past their date", deciders, late_changes, 34),
        Duty("feedback-missing", "Lessons nobody has said a word about", deciders, unrated, 36),
    ):
        duties.register(duty)
