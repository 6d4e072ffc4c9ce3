"""The children, teachers and lessons that a plan asks for, made from its seed alone."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from random import Random

from pupils import upn

from .names import people
from .plans import LESSONS, WEEKDAYS, Plan
from .years import Year, year_around

TITLES = ("Mr", "Mrs", "Ms", "Miss")
SUBJECT_TEACHERS = {"English": 5, "Mathematics": 5, "Science": 5}


@dataclass(frozen=True)
class Child:
    upn: str
    admission: str
    given: str
    family: str
    sex: str
    born: dt.date
    year: str
    form: str
    sen: str
    need: str
    premium: bool


@dataclass(frozen=True)
class Teacher:
    code: str
    title: str
    given: str
    family: str
    subject: str


@dataclass(frozen=True)
class Lesson:
    weekday: str
    week: str
    period: str
    form: str
    subject: str
    teacher: Teacher

    @property
    def class_name(self) -> str:
        return f"{self.form}/{self.subject[:2]}"


class Invented:
    """A plan brought to life around a date. The same plan and date give the same school."""

    def __init__(self, plan: Plan, today: dt.date) -> None:
        self.plan, self.today = plan, today
        self._random = Random(plan.seed)  # noqa: S311  invented data, not a secret
        self._people = people(self._random)
        self.year: Year = year_around(today, plan.cycle_weeks)
        self.children = self._children()
        self.teachers = self._teachers()

    @property
    def weeks(self) -> list[str]:
        return ["A", "B"] if self.plan.cycle_weeks == 2 else [""]

    def random(self, topic: str) -> Random:
        """Chance for one topic, so that a change in one leaves the others as they were."""
        return Random(f"{self.plan.seed} {topic}")  # noqa: S311  invented data, not a secret

    @cached_property
    def story_children(self) -> list[Child]:
        """The child of each story: every third of the year group, so that they come from different forms."""
        waiting = {year: iter([c for c in self.children if c.year == year][1::3]) for year in self.plan.years}
        return [next(waiting[story.year]) for story in self.plan.stories]

    @cached_property
    def referred_children(self) -> list[Child]:
        """The child of each referral, none of whom has a story."""
        taken = {child.upn for child in self.story_children}
        free = {
            year: iter([c for c in self.children if c.year == year and c.upn not in taken][::2])
            for year in self.plan.years
        }
        return [next(free[each.year]) for each in self.plan.referrals]

    @cached_property
    def lessons(self) -> list[Lesson]:
        """Every form has one subject in every slot; no teacher is asked to be in two rooms."""
        slots = [(week, day, period) for week in self.weeks for day in WEEKDAYS for period in LESSONS]
        forms = [form for forms in self.plan.years.values() for form in forms]
        found, pattern = [], self.plan.pattern
        for i, (week, day, period) in enumerate(slots):
            for j, form in enumerate(forms):
                subject = pattern[(3 * i + j) % len(pattern)]
                teachers = self.teachers[subject]
                found.append(Lesson(day, week, period, form, subject, teachers[j % len(teachers)]))
        return found

    def _children(self) -> list[Child]:
        found: list[Child] = []
        for age, (year, forms) in enumerate(
            self.plan.years.items(), start=11 if "7" in self.plan.years else 4
        ):
            for form in forms:
                found += [
                    self._child(len(found) + i + 1, age, year, form) for i in range(self.plan.form_size)
                ]
        return found

    def _child(self, number: int, age: int, year: str, form: str) -> Child:
        random = self._random
        sex, given, family = next(self._people)
        digits = f"{self.plan.urn}26{number:04}"
        sen = random.choices(("N", "K", "E"), (70, 24, 6))[0]
        return Child(
            upn=upn.check_letter("A" + digits) + digits,
            admission=f"{number:06}",
            given=given,
            family=family,
            sex=sex,
            born=dt.date(self.year.days[0].year - age, 8, 31) - dt.timedelta(days=random.randrange(365)),
            year=year,
            form=form,
            sen=sen,
            need=random.choice(("SEMH", "SLCN", "ASD", "SPLD", "MLD")) if sen != "N" else "",
            premium=random.random() < 0.3,
        )

    def _teachers(self) -> dict[str, list[Teacher]]:
        taken: set[str] = {adult.code for adult in self.plan.team}
        return {
            subject: [self._teacher(subject, taken) for _ in range(self._how_many(subject))]
            for subject in dict.fromkeys(self.plan.pattern)
        }

    def _how_many(self, subject: str) -> int:
        return len(self.plan.years) if subject == "Class" else SUBJECT_TEACHERS.get(subject, 1)

    def _teacher(self, subject: str, taken: set[str]) -> Teacher:
        _, given, family = next(self._people)
        code = next(c for c in (f"{given[0]}{family[:n]}".upper() for n in range(2, 8)) if c not in taken)
        taken.add(code)
        return Teacher(code, self._random.choice(TITLES), given, family, subject)
