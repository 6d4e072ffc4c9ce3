"""Plans, their reviews and passports: pupils stand at different stages, as in any week of a provision."""

import datetime as dt
from random import Random
from typing import Any

from iap.schools.models import User
from pupils.actions.passports import note_passport_read, save_passport
from pupils.actions.plans import TargetIn, make_plan, note_evidence
from pupils.actions.reviews import hold_review, save_review, targets_of
from pupils.actions.voices import answer, ask_teachers
from pupils.models import HowItGoes, Passport, Placement, Plan, Reached, TeacherVoice, Then
from pupils.plans import usual_review
from pupils.record import Record
from pupils.review.gathered import gather, span_of
from pupils.taught import teachers_of

from . import clock
from .planned_words import (
    AVOID,
    BARRIERS,
    FAMILY_SAYS,
    HELPS,
    LINES,
    OWN_WORDS,
    PUPIL_SAYS,
    SCRIPT,
    SIGNS,
    STRENGTHS,
    WISHES,
    Wish,
)
from .provision import Base
from .school import Invented


def plan_all(invented: Invented, base: Base, staff: list[User]) -> None:
    """For each place that has begun a passport, and a plan with as many held reviews as there was time for."""
    random = invented.random("planned")
    placements = Placement.objects.filter(school=base.school, starts_on__lte=invented.today).select_related(
        "pupil", "key_adult"
    )
    for number, place in enumerate(placements.order_by("starts_on", "pk")):
        place.pupil.school = base.school
        by = random.choice([base.lead, *staff])
        if number % 5 != 4:
            _passport(place, by, random, invented)
        if (invented.today - place.starts_on).days > 10:
            _plans(place, by, random, invented, number)


def _plans(place: Placement, by: User, random: Random, invented: Invented, number: int) -> None:
    """Cycle after cycle; every fourth pupil's last review is overdue, as some always are."""
    with clock.at(_open_day(invented, place.starts_on)):
        plan: Plan | None = make_plan(
            place,
            by=by,
            day=place.starts_on,
            review_on=usual_review(place.pupil.school, place.starts_on),
            barriers=random.choice(BARRIERS),
            strengths=random.choice(STRENGTHS),
            with_pupil=True,
            with_family=random.random() < 0.7,
            targets=[_target(wish, random) for wish in random.sample(WISHES, 3)],
        )
    while plan is not None:
        _note(plan, by, random, invented)
        overdue = plan.review_on <= invented.today and number % 4 == 3
        if plan.review_on >= invented.today or overdue:
            if (invented.today - plan.day).days > 20:
                _prepare(plan, by, random, invented)
            return
        plan = _hold(plan, by, random, invented)


def _target(wish: Wish, random: Random) -> TargetIn:
    starts = random.choice([Reached.NOT_YET, Reached.WITH_HELP, Reached.WITH_HELP])
    return TargetIn(
        wish.words,
        wish.success,
        wish.provision,
        starts,
        random.choice([Reached.GETTING_THERE, Reached.MOSTLY]),
    )


def _note(plan: Plan, by: User, random: Random, invented: Invented) -> None:
    """What was seen of each target, once or twice on the way."""
    seen = {wish.words: wish.seen for wish in WISHES}
    days = [day for day in invented.year.past if plan.day <= day < plan.review_on]
    for target in targets_of(plan):
        texts = seen.get(target.words, ())
        for step, text in enumerate(texts[: len(days)]):
            day = days[(step + 1) * len(days) // (len(texts) + 1)]
            with clock.at(day, dt.time(15, 20)):
                reached = min(target.starts_at + step + random.choice([0, 1]), Reached.MINE)
                note_evidence(target, by=by, day=day, reached=reached, text=text)


def _hold(plan: Plan, by: User, random: Random, invented: Invented) -> Plan | None:
    """The meeting took place on its day."""
    day = plan.review_on
    _ask(plan, by, random, invented, day - dt.timedelta(days=7))
    with clock.at(day, dt.time(14, 10)):
        outcomes = {str(each.uuid): _outcome(each, random) for each in targets_of(plan)}
        save_review(
            plan,
            by=by,
            seen={},
            written={
                "how": {
                    "went_well": "Mornings are calmer, and the break card is used.",
                    "was_hard": "Changes on the day.",
                },
                "targets": outcomes,
                "pupil": {"pupil_says": random.choice(PUPIL_SAYS), "pupil_how": "spoken"},
                "family": {"family_says": random.choice(FAMILY_SAYS), "family_how": "meeting"},
                "meeting": {
                    "day": day,
                    "place": "2:10 pm, the library",
                    "invitations": _invited(plan, day, came=True),
                },
                "agreed": {"agreed": "Carry on, and add one lesson once two weeks have gone well."},
            },
        )
        facts = gather(span_of(Record(plan.pupil, day), plan))
        return hold_review(plan, by=by, facts=facts)[1]


def _prepare(plan: Plan, by: User, random: Random, invented: Invented) -> None:
    """Half prepared: teachers are asked, some have answered, and the first words are there."""
    day = invented.year.past[-2]
    _ask(plan, by, random, invented, day)
    with clock.at(day, dt.time(15, 40)):
        save_review(
            plan,
            by=by,
            seen={},
            written={
                "how": {"went_well": "More whole lessons than in the cycle before.", "was_hard": ""},
                "meeting": {
                    "day": plan.review_on,
                    "place": "2:10 pm, the library",
                    "invitations": _invited(plan, day, came=None),
                },
            },
        )


def _ask(plan: Plan, by: User, random: Random, invented: Invented, day: dt.date) -> None:
    """Teachers are asked on a day, and most have answered by the next."""
    with clock.at(_open_day(invented, day), dt.time(8, 30)):
        if not teachers_of(plan.pupil, day):
            return
        ask_teachers(plan, by=by)
    asked = TeacherVoice.objects.filter(school=plan.school_id, review__plan=plan, teacher__user__isnull=False)
    for voice in asked.select_related("teacher__user"):
        if random.random() < 0.7:
            with clock.at(_open_day(invented, day), dt.time(12, 30)):
                how = random.choice([HowItGoes.WELL, HowItGoes.WELL, HowItGoes.MIXED, HowItGoes.HARD])
                answer(voice, by=voice.teacher.user, how=how, line=random.choice(LINES))


def _outcome(target: Any, random: Random) -> dict[str, Any]:
    reached = min(target.starts_at + random.choice([0, 1, 1, 2]), Reached.MINE)
    then = Then.END if reached >= Reached.MOSTLY else Then.CARRY
    return {"reached": reached, "words": "As was noted on the way.", "then": then, "new_words": ""}


def _invited(plan: Plan, day: dt.date, *, came: bool | None) -> list[dict[str, Any]]:
    people = [(plan.pupil.full_name, "Pupil"), (f"Alex {plan.pupil.family_name}", "Home")]
    people.append((str(plan.placement.key_adult), "Key adult"))
    asked = day - dt.timedelta(days=10)
    return [
        {"name": name, "part": part, "invited_on": asked, "came": came, "views": ""} for name, part in people
    ]


def _passport(place: Placement, by: User, random: Random, invented: Invented) -> None:
    """The first version early on, for some a second; some teachers have read it."""
    written: dict[str, Any] = {
        "own_words": random.choice(OWN_WORDS),
        "strengths": random.choice(STRENGTHS),
        "helps": random.choice(HELPS),
        "avoid": "\n".join(random.sample(AVOID, 2)),
        "early_signs": random.choice(SIGNS),
        "script": random.choice(SCRIPT),
        "exit_card": f"I show it and walk to the library. {place.key_adult} comes.",
    }
    first = min(_open_day(invented, place.starts_on + dt.timedelta(days=5)), invented.year.past[-1])
    with clock.at(first, dt.time(15, 30)):
        passport = save_passport(place.pupil, by=by, **written)
    later = first + dt.timedelta(weeks=5)
    if random.random() < 0.5 and later < invented.year.past[-1]:
        with clock.at(_open_day(invented, later), dt.time(15, 30)):
            written["strengths"] = random.choice([each for each in STRENGTHS if each != written["strengths"]])
            passport = save_passport(place.pupil, by=by, **written)
    _read(passport, random, invented)


def _read(passport: Passport, random: Random, invented: Invented) -> None:
    with clock.at(_open_day(invented, passport.day + dt.timedelta(days=1)), dt.time(8, 20)):
        for taught in teachers_of(passport.pupil, passport.day):
            if taught.teacher.user and random.random() < 0.6:
                note_passport_read(passport, by=taught.teacher.user)


def _open_day(invented: Invented, day: dt.date) -> dt.date:
    """The day itself or the next on which the school is open, and never later than the last one past."""
    return next((each for each in invented.year.past if each >= day), invented.year.past[-1])
