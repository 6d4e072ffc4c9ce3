"""A second, slow and plain implementation of every measure, by which the first is judged.

It reads rows one by one, knows nothing of the code it checks, and counts as somebody with paper would.
"""

import datetime as dt
from fractions import Fraction
from functools import cached_property
from statistics import median
from typing import Any

from django.utils import timezone

from iap.schools.models import (
    AcademicYear,
    Closure,
    CycleWeek,
    Membership,
    StaffMember,
    Training,
    TrainingTopic,
)
from pupils.models import AttendanceMark, Incident, Placement, Pupil, Suspension
from referrals.models import Decision, Offer, Referral
from reporting.models import Costs
from timetables.models import (
    AgreedChange,
    ClassReturn,
    Cover,
    HybridStep,
    IapSession,
    LessonTeacher,
    SessionStaff,
    StepPlace,
)

DAY = dt.timedelta(days=1)
PRESENT, POSSIBLE = set("/\\LBKPVW"), {*"/\\LBKPVWCEIMRSTGNOU", "C1", "C2", "J1"}


class Paper:
    """One school, one period, as it is when it is first looked at."""

    def __init__(self, school: Any, first: dt.date, last: dt.date) -> None:
        self.school, self.first, self.last = school, first, last

    # The calendar

    def is_open(self, day: dt.date) -> bool:
        monday = day - dt.timedelta(days=day.weekday())
        return (
            day.weekday() < 5
            and CycleWeek.objects.filter(school=self.school, monday=monday).exists()
            and not Closure.objects.filter(school=self.school, day=day).exists()
        )

    def days(self, first: dt.date, last: dt.date) -> list[dt.date]:
        mondays = set(CycleWeek.objects.filter(school=self.school).values_list("monday", flat=True))
        closed = set(Closure.objects.filter(school=self.school).values_list("day", flat=True))
        found, day = [], first
        while day <= last:
            if day.weekday() < 5 and day - dt.timedelta(days=day.weekday()) in mondays and day not in closed:
                found.append(day)
            day += DAY
        return found

    def clock(self, start: dt.date, end: dt.date) -> int:
        """School days after the start, up to and with the end."""
        return len(self.days(start + DAY, end))

    # Places

    def placements(self) -> list[Placement]:
        return [
            place
            for place in Placement.objects.filter(school=self.school)
            if place.starts_on <= self.last and not (place.ends_on and place.ends_on <= self.first)
        ]

    def pupils_supported(self) -> int:
        return len({place.pupil_id for place in self.placements()})

    def step(self, pupil: int, day: dt.date) -> HybridStep | None:
        for step in HybridStep.objects.filter(school=self.school, pupil=pupil):
            ends = [each for each in (step.ends_on, step.placement.ends_on) if each]
            if step.starts_on <= day and all(day < end for end in ends):
                return step
        return None

    def share(self, pupil: int, day: dt.date) -> Fraction | None:
        step = self.step(pupil, day)
        if step is None:
            return None
        back = of = 0
        for row in StepPlace.objects.filter(step=step).select_related("period"):
            if row.period.kind == "lesson":
                times = 1 if row.week else self.school.cycle_weeks
                minutes = times * row.period.minutes
                of += minutes
                back += minutes if row.place in ("mainstream", "supported") else 0
        return Fraction(back, of) if of else None

    def mainstream_share(self) -> Fraction | None:
        shares = [
            share
            for place in Placement.objects.filter(school=self.school)
            if place.starts_on <= self.last and (not place.ends_on or self.last < place.ends_on)
            if (share := self.share(place.pupil_id, self.last)) is not None
        ]
        return median(shares) if shares else None

    def full_returns(self) -> int:
        return sum(
            place.destination == "full-return" and self.first <= place.ends_on <= self.last
            for place in Placement.objects.filter(school=self.school, ends_on__isnull=False)
        )

    def places_ended(self) -> int:
        return sum(
            self.first <= place.ends_on <= self.last
            for place in Placement.objects.filter(school=self.school, ends_on__isnull=False)
        )

    # Sessions

    @cached_property
    def sessions(self) -> list[tuple[int, int, int]]:
        """Pupils, adults and teachers of each session with a pupil, on each day."""
        found = []
        labels = dict(CycleWeek.objects.filter(school=self.school).values_list("monday", "label"))
        steps = [
            (step, {row.session_id for row in step.places.all() if row.session_id})
            for step in HybridStep.objects.filter(school=self.school).select_related("placement")
        ]
        listed = list(IapSession.objects.filter(school=self.school).select_related("period"))
        for day in self.days(self.first, self.last):
            label = labels[day - dt.timedelta(days=day.weekday())]
            for session in listed:
                if session.period.weekday != day.isoweekday() or session.week not in ("", label):
                    continue
                if not session.is_valid_on(day):
                    continue
                there = {
                    step.pupil_id
                    for step, sits in steps
                    if session.pk in sits
                    and step.starts_on <= day
                    and all(day < end for end in (step.ends_on, step.placement.ends_on) if end)
                }
                if there:
                    adults = self.adults(session, day)
                    found.append((len(there), len(adults), sum(adult.qualified for adult in adults)))
        return found

    def adults(self, session: IapSession, day: dt.date) -> set[Any]:
        rows = SessionStaff.objects.filter(session=session).select_related("adult")
        adults = {row.adult for row in rows if row.is_valid_on(day)}
        covers = Cover.objects.filter(session=session, day=day).select_related("adult", "covered_by")
        adults -= {cover.adult for cover in covers}
        return adults | {cover.covered_by for cover in covers if cover.covered_by}

    def sessions_within_guide(self) -> Fraction | None:
        return _of([p < 10 and a > 1 and t > 0 for p, a, t in self.sessions])

    def group_size(self) -> Fraction | None:
        return _of([pupils < 10 for pupils, _, _ in self.sessions])

    def adults_present(self) -> Fraction | None:
        return _of([adults > 1 and teachers > 0 for _, adults, teachers in self.sessions])

    def pupils_to_an_adult(self) -> Fraction | None:
        ratios = [Fraction(pupils, adults) for pupils, adults, _ in self.sessions if adults]
        return median(ratios) if ratios else None

    # Referrals

    @cached_property
    def accepted(self) -> list[tuple[Referral, dt.date]]:
        found = []
        for referral in Referral.objects.filter(school=self.school):
            yes = Decision.objects.filter(referral=referral, outcome__in=["accepted", "waiting"])
            if yes:
                found.append((referral, min(timezone.localdate(each.at) for each in yes)))
        return found

    def start(self, referral: Referral) -> dt.date | None:
        offers = Offer.objects.filter(referral=referral, answer="accepted")
        return max((offer.starts_on for offer in offers), default=None)

    def left(self, referral: Referral) -> dt.date | None:
        return timezone.localdate(referral.state_at) if referral.state == "withdrawn" else None

    def _within(self, day: dt.date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    def list_joined(self) -> int:
        return sum(self._within(day) for _, day in self.accepted)

    def list_started(self) -> int:
        return sum(self._within(self.start(referral)) for referral, _ in self.accepted)

    def list_helped_otherwise(self) -> int:
        return sum(self._within(self.left(referral)) for referral, _ in self.accepted)

    def list_waiting(self) -> int:
        return sum(
            day <= self.last
            and not (self.start(referral) and self.start(referral) <= self.last)
            and not (self.left(referral) and self.left(referral) <= self.last)
            for referral, day in self.accepted
        )

    def wait(self) -> Any:
        days = [
            self.clock(day, start)
            for referral, day in self.accepted
            if self._within(start := self.start(referral))
        ]
        return median(days) if days else None

    def decision(self) -> Any:
        days = []
        for referral in Referral.objects.filter(school=self.school):
            said = Decision.objects.filter(referral=referral, outcome__in=["accepted", "waiting", "declined"])
            if said and self._within(day := min(timezone.localdate(each.at) for each in said)):
                days.append(self.clock(timezone.localdate(referral.submitted_at), day))
        return median(days) if days else None

    # Classrooms

    def changes_in_place(self) -> Fraction | None:
        pupils = {place.pupil_id for place in self.placements()}
        states = []
        for change in AgreedChange.objects.filter(school=self.school).select_related("class_return"):
            if change.class_return.pupil_id in pupils:
                said = [each for each in change.events.order_by("pgh_id") if each.state_on <= self.last]
                if said and said[-1].state != "ended":
                    states.append(said[-1].state)
        return _of([state == "in-place" for state in states])

    # Before, during and after

    def windows(self, place: Placement) -> dict[str, tuple[dt.date, dt.date]]:
        weeks: dict[Any, list[dt.date]] = {}
        for day in self.days(place.starts_on - 400 * DAY, self.last + 7 * DAY):
            weeks.setdefault(day.isocalendar()[:2], []).append(day)
        until = min(self.last, place.ends_on - DAY) if place.ends_on else self.last
        listed = list(weeks.values())
        windows = {
            "Before": [week for week in listed if week[-1] < place.starts_on][-6:],
            "During": [week for week in listed if week[0] >= place.starts_on and week[-1] <= until][-6:],
            "After": [
                week
                for week in listed
                if place.ends_on and week[0] >= place.ends_on and week[-1] <= self.last
            ][:6],
        }
        return {name: (held[0][0], held[-1][-1]) for name, held in windows.items() if len(held) == 6}

    @cached_property
    def paired(self) -> list[tuple[Placement, dict[str, tuple[dt.date, dt.date]]]]:
        found = [(place, self.windows(place)) for place in self.placements()]
        return [(place, windows) for place, windows in found if {"Before", "During"} <= set(windows)]

    def attended(self, place: Placement, window: tuple[dt.date, dt.date]) -> tuple[int, int]:
        codes = AttendanceMark.objects.filter(pupil=place.pupil, day__range=window).values_list(
            "code", flat=True
        )
        return sum(code in PRESENT for code in codes), sum(code in POSSIBLE for code in codes)

    def attendance(self, name: str) -> Fraction | None:
        there = possible = 0
        for place, windows in self.paired:
            if not all(self.attended(place, windows[each])[1] for each in ("Before", "During")):
                continue
            if name in windows:
                attended, of = self.attended(place, windows[name])
                there, possible = there + attended, possible + of
        return Fraction(there, possible) if possible else None

    def suspensions(self, name: str) -> int:
        return sum(
            suspension.sessions
            for place, windows in self.paired
            if name in windows
            for suspension in Suspension.objects.filter(pupil=place.pupil, starts_on__range=windows[name])
        )

    def incidents(self, name: str) -> int:
        return sum(
            not entry.kind.startswith("Positive")
            for place, windows in self.paired
            if name in windows
            for entry in Incident.objects.filter(pupil=place.pupil, day__range=windows[name])
        )

    # Staff

    def training(self) -> Fraction | None:
        return _of(
            [
                any(
                    each.topic_id == topic.pk
                    and each.done_on <= self.last
                    and not (each.refresh_by and each.refresh_by < self.last)
                    for each in Training.objects.filter(staff=adult)
                )
                for topic in TrainingTopic.objects.filter(school=self.school)
                for group in (self.of_the_provision(), self.returned_to() if topic.for_teachers else [])
                for adult in group
            ]
        )

    def of_the_provision(self) -> list[StaffMember]:
        roles = Membership.objects.filter(school=self.school, role__in=["staff", "lead"])
        users = {membership.user_id for membership in roles}
        adults = StaffMember.objects.filter(school=self.school, left_on=None)
        return [adult for adult in adults if adult.user_id in users]

    def returned_to(self) -> list[StaffMember]:
        classes = {each.mainstream_class_id for each in ClassReturn.objects.filter(school=self.school)}
        rows = LessonTeacher.objects.filter(school=self.school).select_related("lesson", "teacher")
        taught = {
            row.teacher
            for row in rows
            if row.is_valid_on(self.last) and row.lesson.mainstream_class_id in classes
        }
        return list(taught)

    # Money

    def money(self) -> Fraction:
        spent = Fraction(0)
        for costs in Costs.objects.filter(school=self.school):
            each = Fraction(costs.staff + costs.other, len(self.days(costs.starts_on, costs.ends_on)))
            spent += each * len(self.paid_days(costs))
        return spent

    def paid_days(self, costs: Costs) -> list[dt.date]:
        return [day for day in self.days(costs.starts_on, costs.ends_on) if self.first <= day <= self.last]

    def cost_per_place_week(self) -> Fraction | None:
        days = [day for costs in Costs.objects.filter(school=self.school) for day in self.paid_days(costs)]
        held = sum(
            place.starts_on <= day and not (place.ends_on and place.ends_on <= day)
            for place in self.placements()
            for day in days
        )
        return self.money() / Fraction(held, 5) if held else None

    def cost_per_return(self) -> Fraction | None:
        paid = [costs for costs in Costs.objects.filter(school=self.school) if self.paid_days(costs)]
        back = sum(
            any(costs.starts_on <= place.ends_on <= costs.ends_on for costs in paid)
            for place in Placement.objects.filter(school=self.school, destination="full-return")
            if self.first <= place.ends_on <= self.last
        )
        return self.money() / back if back else None

    def external_place_week(self) -> Fraction | None:
        prices = [
            costs.external_week
            for costs in Costs.objects.filter(school=self.school)
            if costs.external_week is not None
            for _ in self.paid_days(costs)
        ]
        return Fraction(sum(prices), len(prices)) if prices else None

    # Fairness

    def since(self) -> dt.date:
        begun = [
            year.starts_on for year in AcademicYear.objects.filter(school=self.school).order_by("starts_on")
        ]
        return [day for day in begun if day <= self.last][-2:][0]

    def roll(self) -> list[Pupil]:
        return [pupil for pupil in Pupil.objects.filter(school=self.school) if pupil.is_on_roll(self.last)]

    def referred(self) -> list[Pupil]:
        sent = {
            referral.pupil_id
            for referral in Referral.objects.filter(school=self.school, submitted_at__isnull=False)
            if self.since() <= timezone.localdate(referral.submitted_at) <= self.last
        }
        return list(Pupil.objects.filter(pk__in=sent))

    def placed(self) -> list[Pupil]:
        here = Paper(self.school, self.since(), self.last).placements()
        return list(Pupil.objects.filter(pk__in={place.pupil_id for place in here}))

    def returned(self) -> list[Pupil]:
        back = {
            place.pupil_id
            for place in Placement.objects.filter(school=self.school, destination="full-return")
            if self.since() <= place.ends_on <= self.last
        }
        return list(Pupil.objects.filter(pk__in=back))


def _of(good: list[bool]) -> Fraction | None:
    return Fraction(sum(good), len(good)) if good else None
