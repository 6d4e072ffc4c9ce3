"""The pupils who have places, and their hybrid weeks step by step."""

import datetime as dt
from collections.abc import Iterator

from iap.schools.calendar import monday_of
from iap.schools.models import User
from pupils.actions.placements import agree_reduced_hours, change_placement, open_placement
from pupils.models import Placement, Pupil, ReducedHoursReason
from timetables.actions.slots import PlaceIn
from timetables.actions.steps import publish_step
from timetables.models import Place

from . import clock
from .arrived import Arrivals
from .plans import Story
from .provision import Base, Slot, slots
from .school import Child, Invented

# The subjects that pupils here tend to find easiest to return to, first.
EASIEST_FIRST = (
    "Art",
    "Music",
    "Physical education",
    "Computing",
    "Geography",
    "History",
    "French",
    "Science",
)
COLLEGE_DAY, COLLEGE = "Thursday", "Rivers College"
HOME_SLOTS = {("Friday", "4"), ("Friday", "5")}
EXPECTED_WEEKS = 20


def tell_all(invented: Invented, base: Base, users: dict[str, User]) -> None:
    """Open every place and publish every step, each on the day before it takes effect. Where pupils come during the
    year, those who came later were referred and offered their place.
    """
    arrivals = Arrivals(invented, base, users) if invented.plan.model != "stable" else None
    for child, story in zip(invented.story_children, invented.plan.stories, strict=True):
        placement = _open(invented, base, child, story, arrivals)
        for day, (lessons, kind, why) in _journey(invented, story):
            with clock.at(_day_before(invented, day)) as moment:
                publish_step(
                    placement,
                    by=base.lead,
                    kind=kind,
                    starts_on=day,
                    why=why,
                    places=list(places_of(invented, base, child, story, lessons)),
                    today=moment.date(),
                )
    if arrivals is not None:
        arrivals.close_panels()


def start_of(invented: Invented, story: Story) -> dt.date:
    """The first open day of the school week in which the place begins."""
    weeks = list(invented.year.labels)
    now = weeks.index(invented.year.mondays_past[-1])
    return _first_day(invented, weeks[now - story.weeks_ago])


def _first_day(invented: Invented, monday: dt.date) -> dt.date:
    return next(day for day in invented.year.days if day >= monday)


def _day_before(invented: Invented, day: dt.date) -> dt.date:
    """The last open day before, and never later than today."""
    days = [d for d in invented.year.days if d < day and d <= invented.today]
    return days[-1] if days else day


def _open(invented: Invented, base: Base, child: Child, story: Story, arrivals: Arrivals | None) -> Placement:
    start = start_of(invented, story)
    pupil = Pupil.objects.get(school=base.school, upn=child.upn)
    review = _first_day(invented, monday_of(start) + dt.timedelta(weeks=6))
    referred = arrivals is not None and start <= invented.today and arrivals.could_come(start)
    if arrivals is not None and referred:
        placement = arrivals.place(pupil, story, start, expected_weeks=EXPECTED_WEEKS, first_review_on=review)
    with clock.at(_day_before(invented, start)):
        if referred:
            change_placement(placement, by=base.lead, helps=story.helps)
        else:
            placement = open_placement(
                pupil,
                by=base.lead,
                starts_on=start,
                key_adult=base.staff[story.key_adult],
                model=invented.plan.model,
                expected_weeks=EXPECTED_WEEKS,
                first_review_on=review,
                helps=story.helps,
            )
        if story.extra == "reduced":
            _agree_reduced_hours(placement, base.lead, child, start)
    return placement


def _agree_reduced_hours(placement: Placement, lead: User, child: Child, start: dt.date) -> None:
    agree_reduced_hours(
        placement,
        by=lead,
        agreed_by=f"Alex {child.family}",
        agreed_on=start,
        reason=ReducedHoursReason.RETURN,
        explanation="Friday afternoons at home while mornings become a habit again.",
        starts_on=start,
        ends_on=start + dt.timedelta(weeks=20),
        review_on=start + dt.timedelta(weeks=6),
    )


def _journey(invented: Invented, story: Story) -> Iterator[tuple[dt.date, tuple[int, str, str]]]:
    first = monday_of(start_of(invented, story))
    weeks = [monday for monday in invented.year.labels if monday >= first]
    for after, lessons, kind, why in story.journey:
        yield _first_day(invented, weeks[after]), (lessons, kind, why)


def places_of(invented: Invented, base: Base, child: Child, story: Story, lessons: int) -> Iterator[PlaceIn]:
    """The whole cycle with so many lessons in mainstream, the easiest first."""
    away = _elsewhere(story)
    order = [slot for slot in _easiest_first(invented, child) if slot not in away]
    mainstream = order[:lessons]
    supported = set(mainstream[-2:]) if story.extra == "supported" else set()
    for slot in slots(invented):
        week, day, name = slot
        period = base.periods[day, name]
        if slot in away:
            yield PlaceIn(week, period, away[slot], provider=COLLEGE if away[slot] == Place.OFFSITE else "")
        elif slot in mainstream:
            yield PlaceIn(week, period, Place.SUPPORTED if slot in supported else Place.MAINSTREAM)
        else:
            yield PlaceIn(week, period, Place.SESSION, session=base.sessions[story.group, slot])


def _elsewhere(story: Story) -> dict[Slot, Place]:
    weeks = ("A", "B")
    if story.extra == "offsite":
        return {(week, COLLEGE_DAY, name): Place.OFFSITE for week in weeks for name in "12345"}
    if story.extra == "reduced":
        return {(week, *slot): Place.REDUCED for week in weeks for slot in HOME_SLOTS}
    return {}


def _easiest_first(invented: Invented, child: Child) -> list[Slot]:
    """The slots in the order in which this child's lessons are returned to."""
    random = invented.random(f"order {child.upn}")
    mine = [lesson for lesson in invented.lessons if lesson.form == child.form]
    random.shuffle(mine)
    if invented.plan.phase == "primary":
        mine.sort(key=lambda lesson: lesson.period < "4")  # afternoons first
    else:
        mine.sort(key=lambda lesson: _rank(lesson.subject))
    return [(lesson.week, lesson.weekday, lesson.period) for lesson in mine]


def _rank(subject: str) -> int:
    return EASIEST_FIRST.index(subject) if subject in EASIEST_FIRST else len(EASIEST_FIRST)
