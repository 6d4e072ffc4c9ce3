"""What each pupil of a story needs and is good at, how they were assessed, and what is given to them."""

import datetime as dt
from decimal import Decimal
from random import Random
from uuid import UUID

from iap.schools.models import User
from pupils.actions.assessments import keep_scores
from pupils.actions.interventions import end_intervention, log_given, start_intervention
from pupils.actions.needs import note_need
from pupils.actions.programmes import keep_programme
from pupils.actions.readiness import look_at_readiness
from pupils.models import FoundAt, Intervention, Need, NeedArea, Placement, Programme, Pupil, Score, Tool
from pupils.models.readiness import AREAS
from pupils.standard.needs import words_of
from pupils.standard.tools import tools_of
from timetables.actions.interventions import link_sessions
from timetables.actions.rooms import log_work, look_at_room
from timetables.models import ClassReturn
from timetables.models.rooms import ROOM_AREAS
from timetables.risks import session_titles

from . import clock
from .provision import Base
from .school import Invented

WEEK = dt.timedelta(weeks=1)
# name, strand, what it is, sessions, in a group, cost, and the sessions of the week in which it is given
PROGRAMMES = (
    ("Reading together", "intervention", "Paired reading, ten minutes and a talk about it.", 20, True, None,
     "Reading together"),
    ("Naming feelings", "intervention", "Words and signs for feelings, in a small group.", 12, True, None,
     "Naming feelings"),
    ("Talking it through", "intervention", "One to one with an adult the pupil has chosen.", 10, False, None,
     "Talking it through"),
    ("Kitchen garden", "enrichment", "Growing, cooking and giving away.", 16, True, Decimal("2.50"),
     "Kitchen garden"),
    ("Speech and language", "intervention", "A therapist comes in on Wednesdays.", 8, False, Decimal("48.00"), ""),
)  # fmt: skip
# the tool a programme is measured by, whose view that is, the needs it answers, and what it is for
BY_READING = ("Reading", "staff", NeedArea.LEARNING, "Reads a page aloud to somebody younger.")
BY_WELLBEING = ("SDQ", "teacher", NeedArea.WELLBEING, "Says what helps before it gets too much.")
MEASURED = {"Reading together": BY_READING}
DETAILS = {
    NeedArea.LEARNING: (
        "Loses the thread when a task has several parts; steps written down help.",
        "Hides it with jokes; likes to be asked quietly.",
        "",
    ),
    NeedArea.WELLBEING: (
        "Better in a small room, and after movement.",
        "Says more on a walk than at a table.",
        "",
    ),
    NeedArea.SAFETY: ("An adult walks along at the start and the end of the day.", ""),
}
PUPIL_WORDS = (
    "I can do art on my own now.",
    "Science is fine if I sit by the door.",
    "I want maths back.",
    "",
)


def note_all(invented: Invented, base: Base, staff: list[User]) -> None:
    """Every pupil with a place that has begun, from the first days to now."""
    random = invented.random("needed")
    with clock.at(invented.year.days[0]):
        programmes = [_programme(base, *each) for each in PROGRAMMES]
        words_of(base.school)
        tools_of(base.school)
    placed = Placement.objects.filter(school=base.school, starts_on__lte=invented.today)
    for number, place in enumerate(placed.select_related("pupil").order_by("starts_on", "pk")):
        place.pupil.school = base.school
        teller = _Teller(invented, base, place, random, random.choice(staff))
        teller.tell(programmes, number)
    _look_at_rooms(invented, base, random)


class _Teller:
    """One pupil's time so far."""

    def __init__(self, invented: Invented, base: Base, place: Placement, random: Random, by: User) -> None:
        self.invented, self.base, self.random, self.by = invented, base, random, by
        self.place, self.pupil = place, place.pupil
        self.school_days = [day for day in invented.year.days if place.starts_on <= day <= invented.today]

    def tell(self, programmes: list[Programme], number: int) -> None:
        if not self.school_days:
            return
        self._needs()
        self._scores()
        self._readiness()
        self._interventions(programmes, number)

    def _needs(self) -> None:
        words = words_of(self.base.school)
        for area, how_many in (
            (NeedArea.STRENGTH, 2),
            (NeedArea.LEARNING, 1),
            (NeedArea.WELLBEING, 2),
            (NeedArea.SAFETY, 1 if self.random.random() < 0.3 else 0),
        ):
            of_area = [word for word in words if word.area == area]
            for word in self.random.sample(of_area, how_many):
                with clock.at(self.school_days[0]):
                    note_need(
                        self.pupil,
                        by=self.by,
                        day=self.school_days[0],
                        found_at=self.random.choice([FoundAt.REFERRAL, FoundAt.ASSESSMENT]),
                        word=word,
                        detail="" if area == NeedArea.STRENGTH else self.random.choice(DETAILS[area]),
                    )

    def _scores(self) -> None:
        tools = {tool.name: tool for tool in tools_of(self.base.school)}
        level = self.random.randrange(17, 28)
        for week in (0, 6, 12):
            if week and not self._day(week):
                break
            level = max(level - self.random.randrange(0, 5) * bool(week), 4)
            for informant in ("teacher", "family", "pupil"):
                if self.random.random() < 0.85:
                    self._keep(tools["SDQ"], informant, week, level + self.random.randrange(-2, 3))
            self._keep(
                tools["How school feels"], "pupil", week, min(10, 3 + week // 3 + self.random.randrange(3))
            )
        months = 12 * 9 + self.random.randrange(30)
        for week, gained in ((0, 0), (12, self.random.randrange(2, 9))):
            if not week or self._day(week):
                self._keep(tools["Reading"], "staff", week, months + gained)

    def _keep(self, tool: Tool, informant: str, week: int, first: int) -> None:
        """A value of the first score, and others about as high in their own range."""
        day = self._day(week) or self.school_days[0]
        fields = list(tool.fields.all())  # type: ignore[attr-defined]
        share = (Decimal(first) - fields[0].low) / (fields[0].high - fields[0].low)
        scores: dict[object, Decimal] = {fields[0]: Decimal(first)}
        for each in fields[1:]:
            part = share if each.good == fields[0].good else 1 - share
            moved = min(max(part + Decimal(self.random.randrange(-10, 11)) / 100, Decimal(0)), Decimal(1))
            scores[each] = (each.low + (each.high - each.low) * moved).to_integral_value()
        with clock.at(day):
            keep_scores(self.pupil, by=self.by, tool=tool, informant=informant, day=day, scores=scores)  # type: ignore[arg-type]

    def _readiness(self) -> None:
        steps = {name: self.random.choice([1, 2, 2]) for name in AREAS}
        for week in (1, 5, 10):
            day = self._day(week)
            if day is None:
                return
            with clock.at(day):
                look_at_readiness(
                    self.pupil, by=self.by, day=day, steps=steps, pupil_words=self.random.choice(PUPIL_WORDS)
                )
            steps = {name: min(4, step + self.random.choice([0, 1, 1])) for name, step in steps.items()}

    def _interventions(self, programmes: list[Programme], number: int) -> None:
        titles = {each[0]: each[-1] for each in PROGRAMMES}
        mine = set(session_titles(self.base.school, self.pupil, self.school_days[-1]))
        turned = [*programmes[number % len(programmes) :], *programmes[: number % len(programmes)]]
        first, second = sorted(turned, key=lambda each: titles[each.name] not in mine)[:2]
        for programme, week in ((first, 1), (second, 4)):
            day = self._day(week)
            if day is None:
                return
            title = titles[programme.name]
            _, _, area, aim = MEASURED.get(programme.name, BY_WELLBEING)
            need = Need.objects.filter(school=self.base.school, pupil=self.pupil, area=area).first()
            with clock.at(day):
                held = start_intervention(
                    self.pupil,
                    by=self.by,
                    programme=programme,
                    day=day,
                    planned=programme.sessions * (2 if title in mine else 1),  # some sit in it twice a week
                    deliverer=self.base.staff["RMC"] if title and "RMC" in self.base.staff else None,
                    delivered_by="A therapist of the health service",
                    in_group=programme.in_group,
                    cost=programme.cost,
                    need=need,
                    entry=self._score(programme, before=day),
                    aim=aim,
                )
                if title in mine:
                    link_sessions(held, by=self.by, title=title)
            if title not in mine:
                self._log_by_hand(held, week)
            ends = self._day(week + 10)
            if ends is not None and programme is first:
                with clock.at(ends):
                    exit = self._score(programme, before=ends, after=day)
                    end_intervention(
                        held, by=self.by, day=ends, ending="completed", words="Uses it without being asked.",
                        exit=exit,
                    )  # fmt: skip

    def _log_by_hand(self, held: Intervention, week: int) -> None:
        """Once a week, in no session of the provision."""
        for number in range(min(held.planned, 9)):
            day = self._day(week + number)
            if day is None:
                return
            entry = UUID(int=self.random.getrandbits(128), version=4)
            with clock.at(day, dt.time(13, 30)) as moment:
                log_given(
                    held, by=self.by, entry=entry, day=day, at=moment, here=self.random.random() < 0.9
                )  # fmt: skip

    def _score(self, programme: Programme, *, before: dt.date, after: dt.date | None = None) -> Score | None:
        """The newest score of the programme's measure up to a day; after another only beside one from before that."""
        rows = Score.objects.filter(
            school=self.base.school,
            field=programme.measure,
            assessment__pupil=self.pupil,
            assessment__informant=MEASURED.get(programme.name, BY_WELLBEING)[1],
            assessment__day__lte=before,
        )
        if after is not None:
            rows = rows.filter(assessment__day__gt=after)
            if self._score(programme, before=after) is None:
                return None
        return rows.select_related("assessment", "field").order_by("-assessment__day").first()

    def _day(self, week: int) -> dt.date | None:
        """The first school day so many weeks after the first, if it has come."""
        since = self.place.starts_on + week * WEEK
        return next((day for day in self.school_days if day >= since), None)


def _programme(
    base: Base,
    name: str,
    strand: str,
    about: str,
    sessions: int,
    in_group: bool,
    cost: Decimal | None,
    _: str,
) -> Programme:
    by = MEASURED.get(name, BY_WELLBEING)[0]
    tool = next(each for each in tools_of(base.school) if each.name == by)
    return keep_programme(
        base.school,
        by=base.lead,
        name=name,
        strand=strand,
        about=about,
        sessions=sessions,
        in_group=in_group,
        minutes=30,
        cost=cost,
        measure=tool.fields.first(),  # type: ignore[attr-defined]
    )


def _look_at_rooms(invented: Invented, base: Base, random: Random) -> None:
    """Some classes to which pupils return were looked at, and sent work."""
    day = [each for each in invented.year.days if each <= invented.today][-1]
    held = ClassReturn.objects.filter(school=base.school).select_related("pupil", "mainstream_class")
    for row in held.order_by("pk"):
        if random.random() < 0.5:
            continue
        row.pupil.school = base.school
        with clock.at(day) as at:
            steps = {name: random.choice([2, 3, 3, 4, 4]) for name in ROOM_AREAS}
            look_at_room(row.pupil, row.mainstream_class, by=base.lead, steps=steps)
            if _has_place(row.pupil, day):
                for kind in ("sent", *(["returned"] if random.random() < 0.6 else [])):
                    log_work(
                        row.pupil,
                        row.mainstream_class,
                        by=base.lead,
                        entry=UUID(int=random.getrandbits(128), version=4),
                        day=day,
                        at=at,
                        kind=kind,
                    )


def _has_place(pupil: Pupil, day: dt.date) -> bool:
    return Placement.objects.filter(school=pupil.school_id, pupil=pupil).open_on(day).exists()
