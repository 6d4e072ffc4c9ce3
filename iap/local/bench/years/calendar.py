"""School years with half terms, holidays and closures, and the bell."""

import datetime as dt

from iap.schools.models import AcademicYear, Closure, CycleWeek, Period, PeriodKind, Term

from .made import DAY, WEEK, Made

# Weeks of a school year in half terms, each with its first week counted from the first Monday of September.
HALVES = (
    ("Autumn 1", 0, 7),
    ("Autumn 2", 8, 7),
    ("Spring 1", 17, 6),
    ("Spring 2", 24, 5),
    ("Summer 1", 31, 5),
    ("Summer 2", 37, 7),
)
BELL = (
    ("Reg", "08:40", "09:00", PeriodKind.REGISTRATION),
    ("1", "09:00", "10:00", PeriodKind.LESSON),
    ("2", "10:00", "11:00", PeriodKind.LESSON),
    ("Break", "11:00", "11:20", PeriodKind.BREAK),
    ("3", "11:20", "12:20", PeriodKind.LESSON),
    ("Lunch", "12:20", "13:05", PeriodKind.LUNCH),
    ("4", "13:05", "14:05", PeriodKind.LESSON),
    ("5", "14:05", "15:05", PeriodKind.LESSON),
)


def first_monday(year: int) -> dt.date:
    september = dt.date(year, 9, 1)
    return september + dt.timedelta(days=-september.weekday() % 7)


def open_years(made: Made) -> None:
    now = made.today.year - (made.today < first_monday(made.today.year))
    weeks: list[CycleWeek] = []
    for year in range(now - made.size.years + 1, now + 1):
        first = first_monday(year)
        mondays = [first + WEEK * (start + n) for _, start, long in HALVES for n in range(long)]
        AcademicYear.objects.create(
            school=made.school,
            name=f"{year}/{(year + 1) % 100:02}",
            starts_on=first,
            ends_on=mondays[-1] + 4 * DAY,
        )
        Term.objects.bulk_create(
            Term(
                school=made.school, name=name, starts_on=first + WEEK * start,
                ends_on=first + WEEK * (start + long - 1) + 4 * DAY,
            )
            for name, start, long in HALVES
        )  # fmt: skip
        closed = [
            first,
            first + WEEK * 8,
            *(made.chance.choice(mondays) + made.chance.randrange(5) * DAY for _ in range(3)),
        ]
        Closure.objects.bulk_create(
            Closure(school=made.school, day=day, reason="Staff training") for day in sorted(set(closed))
        )
        weeks += [
            CycleWeek(school=made.school, monday=monday, label=made.school.weeks[n % len(made.school.weeks)])
            for n, monday in enumerate(mondays)
        ]
        made.days += [day for monday in mondays for n in range(5) if (day := monday + n * DAY) not in closed]
    CycleWeek.objects.bulk_create(weeks)
    made.labels = {week.monday: week.label for week in weeks}


def ring_bells(made: Made) -> None:
    made.periods = Period.objects.bulk_create(
        Period(
            school=made.school, weekday=weekday, name=name,
            starts=dt.time.fromisoformat(starts), ends=dt.time.fromisoformat(ends), kind=kind,
        )
        for weekday in range(1, 6)
        for name, starts, ends, kind in BELL
    )  # fmt: skip
