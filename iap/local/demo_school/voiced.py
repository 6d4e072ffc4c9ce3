"""What pupils said on their own page, and what keeps some of them safe."""

import datetime as dt
from uuid import UUID

from django.utils import timezone

from iap.schools.models import User
from pupils.actions.risks import HazardIn, note_read, save_risks
from pupils.actions.voice import end_time, hand_over, say_day
from pupils.models import Placement
from timetables.risks import circle_of, session_titles

from . import clock
from .provision import Base
from .school import Invented

SAID: tuple[tuple[int | None, list[str], str], ...] = (
    (4, ["making", "friends"], "Art was good. I finished my lino print."),
    (2, ["quiet", "adult"], "Science was too loud after lunch. I used my card."),
    (5, ["lesson"], "I read my poem out."),
    (3, ["break"], ""),
    (4, [], "Can I do the garden on Thursday as well?"),
    (None, ["food", "adult"], "Breakfast helps."),
)
HAZARDS = (
    HazardIn(
        "Leaving the building when upset",
        "possible",
        "Offer the break card early. An adult walks alongside and says nothing for two minutes.",
        who_knows="Reception and the site manager",
    ),
    HazardIn(
        "Hot oil and knives in cooking",
        "unlikely",
        "Knives are counted out and in. A second adult stands at the hob.",
        sessions=("Cooking", "Kitchen garden"),
    ),
    HazardIn(
        "Arguments on the way in from break",
        "likely",
        "Meet at the door two minutes before the bell, and sit first.",
    ),
)


def tell_all(invented: Invented, base: Base, by: User) -> None:
    """Days in their own words for some who have a place now, and a risk assessment for every fourth."""
    today = timezone.localdate()
    past = [day for day in invented.year.days if day < today][-6:]
    here = Placement.objects.filter(school=base.school).open_on(today).select_related("pupil")
    for number, place in enumerate(here.by_start()):
        place.pupil.school = base.school
        if past and number % 3 != 2:
            _say(invented, place, number, past, by)
        if number % 4 == 0:
            _assess(base, place, number, today)


def _say(invented: Invented, place: Placement, number: int, past: list[dt.date], by: User) -> None:
    random = invented.random(f"voice {number}")
    for day in past[number % 3 :: 3]:
        if day < place.starts_on:
            continue
        mood, helped, words = random.choice(SAID)
        with clock.at(day, dt.time(14, 40)):
            time = hand_over(place.pupil, by=by)
            entry = UUID(int=random.getrandbits(128), version=4)
            say_day(time, entry=entry, mood=mood, helped=helped, words=words)
            end_time(time)


def _assess(base: Base, place: Placement, number: int, today: dt.date) -> None:
    titles = session_titles(base.school, place.pupil, today)
    lines = [line for line in HAZARDS if not line.sessions or set(line.sessions) & set(titles)]
    lines = [
        HazardIn(
            each.hazard,
            each.likelihood,
            each.controls,
            each.who_knows,
            [t for t in each.sessions if t in titles],
        )
        for each in lines[: 2 + number % 2]
    ]
    with clock.at(max(place.starts_on, today - dt.timedelta(weeks=5))):
        version = save_risks(
            place.pupil,
            by=base.lead,
            hazards=lines,
            review_on=today + dt.timedelta(weeks=number // 4, days=-2 if number == 0 else 5),
            changed="First version, with the family and the key adult",
            seen=0,
        )
    with clock.at(today):
        for adult in circle_of(base.school, place.pupil, today).who_must_read(version.hazards.all())[:2]:  # type: ignore[attr-defined]
            if adult.user is not None:
                note_read(version, by=adult.user)
