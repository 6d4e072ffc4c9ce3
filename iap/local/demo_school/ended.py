"""A pupil whose place has ended, and what was handed over; a worry that was told on; a letter that went home."""

import datetime as dt
from dataclasses import replace
from uuid import UUID

from iap.schools.models import SafeguardingPerson, User
from pupils.actions.exits import answer_follow_up, keep_evaluation
from pupils.actions.handoffs import confirm_hand_off, keep_hand_off
from pupils.actions.letters import make_letter, note_sent
from pupils.actions.placements import end_placement, open_placement
from pupils.letters import kind_of
from pupils.models import Contact, FollowUpCheck, Placement, Pupil
from timetables.actions.steps import publish_step

from . import clock
from .plans import Story
from .provision import Base
from .school import Child, Invented
from .stories import places_of

BEGAN, WHOLE, ENDED = 11, 6, 4  # school weeks ago
LESSONS = (
    (0, 12, "start", "Begins with the lessons that go well."),
    (3, 30, "forward", "Asked for science back."),
)


def end_one(invented: Invented, base: Base) -> None:
    """Eleven school weeks ago to four: a full return, told about in the pupil's own words, asked about once so far."""
    mondays = invented.year.mondays_past
    child = _somebody_else(invented)
    pupil = Pupil.objects.get(school=base.school, upn=child.upn)
    story = replace(invented.plan.stories[0], year=child.year, extra="")
    placement = _through(invented, base, pupil, child, story, mondays)
    ended = _first_day(invented, mondays[-ENDED])
    with clock.at(ended):
        placement = end_placement(
            placement,
            by=base.lead,
            ends_on=ended,
            destination="full-return" if invented.plan.model != "stable" else "moved",
            handed_to=f"The tutor of {child.form}",
            handover="The break card stays, and a word before changes of room. Ring us whenever you like.",
            outcomes="Comes to every lesson, and asks for help before it gets too much.",
        )
        keep_evaluation(
            placement,
            by=base.lead,
            feels="better",
            helped="Having somebody to tell first thing.",
            hard="The first week back in science.",
            proud="I read my poem out.",
            advice="Use the card. Nobody minds.",
        )
    _ask_once(invented, base, placement)


def _through(
    invented: Invented, base: Base, pupil: Pupil, child: Child, story: Story, mondays: list[dt.date]
) -> Placement:
    """The place and its steps, the last of them the whole week with the class."""
    start = _first_day(invented, mondays[-BEGAN])
    with clock.at(start):
        placement = open_placement(
            pupil, by=base.lead, starts_on=start, key_adult=base.staff[story.key_adult],
            model=invented.plan.model, expected_weeks=8, helps="A word before changes",
        )  # fmt: skip
    whole = len(invented.weeks) * 25
    steps = (*LESSONS, (BEGAN - WHOLE, whole, "forward", "The whole week with the class."))
    for after, lessons, kind, why in steps:
        day = _first_day(invented, mondays[after - BEGAN])
        with clock.at(day) as moment:
            publish_step(
                placement, by=base.lead, kind=kind, starts_on=day, why=why, over_places=True, today=moment.date(),
                places=list(places_of(invented, base, child, story, min(lessons, whole))),
            )  # fmt: skip
    return placement


def _ask_once(invented: Invented, base: Base, placement: Placement) -> None:
    """What is asked after two school weeks is answered; the others come by themselves."""
    check = FollowUpCheck.objects.get(school=base.school, placement=placement, weeks=2)
    if check.due_on <= invented.today:
        with clock.at(check.due_on):
            answer_follow_up(
                check, by=base.lead, answer="yes", line="In every lesson since, says the tutor.", today=check.due_on
            )  # fmt: skip


def hand_on(invented: Invented, base: Base, staff: User, dsl: User | None) -> None:
    """Two worries told to the safeguarding lead: one confirmed, and one of the last school day that waits."""
    random, days = invented.random("hand-offs"), [day for day in invented.year.days if day < invented.today]
    to = SafeguardingPerson.objects.filter(school=base.school).order_by("position")[0]
    mine = Placement.objects.filter(school=base.school).open_on(invented.today).select_related("pupil")
    for place, day, reference in zip(
        mine.by_start()[:2], (days[-4], days[-1]), ("SG-0412", ""), strict=False
    ):
        entry = UUID(int=random.getrandbits(128), version=4)
        with clock.at(day, dt.time(11, 40)) as now:
            kept = keep_hand_off(
                place.pupil, by=staff, entry=entry, to=to, told_at=now - dt.timedelta(minutes=10),
                reference=reference,
            )  # fmt: skip
        if dsl is not None and reference:
            with clock.at(day, dt.time(12, 15)):
                confirm_hand_off(kept, by=dsl)


def write_home(invented: Invented, base: Base) -> None:
    """An invitation to a review, sent by post, and the change of a week."""
    days = [day for day in invented.year.days if day < invented.today]
    mine = Placement.objects.filter(school=base.school).open_on(invented.today).select_related("pupil")
    for place, name, day in zip(
        mine.by_start()[:2], ("review", "timetable"), (days[-6], days[-2]), strict=False
    ):
        pupil, kind = place.pupil, kind_of(name)
        assert kind is not None
        pupil.school = base.school
        home = Contact.objects.filter(school=base.school, pupil=pupil).order_by("priority").first()
        title, text = kind.draft(pupil, day)
        with clock.at(day, dt.time(15, 40)):
            letter = make_letter(
                pupil, by=base.lead, kind=kind, to_name=f"Dear {home.name if home else 'family'}", title=title,
                text=text, signed=str(base.lead),
            )  # fmt: skip
            note_sent(letter, by=base.lead, day=day, how="By post, and a copy with the pupil")


def _somebody_else(invented: Invented) -> Child:
    """A child of the year of the first story about whom nothing else is told."""
    taken = {child.upn for child in (*invented.story_children, *invented.referred_children)}
    year = invented.plan.stories[0].year
    return next(child for child in invented.children if child.year == year and child.upn not in taken)


def _first_day(invented: Invented, monday: dt.date) -> dt.date:
    return next(day for day in invented.year.days if day >= monday)
