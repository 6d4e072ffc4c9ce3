"""A pupil with a plan, in sentences."""

import datetime as dt
from typing import Any

from iap.schools.models import Period
from pupils.actions.plans import TargetIn, make_plan
from pupils.actions.reviews import hold_review, save_review, targets_of
from pupils.models import Plan, Reached, Review, Then
from tests.factories import HybridStepFactory, PlacementFactory, StaffMemberFactory, UserFactory
from tests.timetables.week import lesson_of
from timetables.models import Place, StepPlace

WEEK = dt.timedelta(weeks=1)


def target(words: str = "I ask for a break before it gets too much", **more: Any) -> TargetIn:
    return TargetIn(
        **{
            "words": words,
            "success": "Uses the break card in four lessons of five",
            "provision": "Ms Adeyemi goes through the card with Kai each morning.",
            "starts_at": Reached.WITH_HELP,
            "aims_at": Reached.MOSTLY,
            **more,
        }
    )


def plan_for(place: Any, by: Any = None, *targets: TargetIn, **more: Any) -> Plan:
    """An open plan that began with the place, and is due today."""
    today = dt.date.today()
    return make_plan(
        place,
        by=by or UserFactory(),
        **{
            "day": place.starts_on,
            "review_on": max(today, place.starts_on + WEEK),
            "barriers": "Noise, and not knowing what comes next.",
            "strengths": "Art, and helping in the garden.",
            "targets": targets or [target()],
            **more,
        },
    )


def ready(plan: Plan, by: Any, *, then: str = Then.CARRY, new_words: str = "", **voices: Any) -> Review:
    """A review in which nothing is missing, set for today."""
    outcome = {"reached": Reached.GETTING_THERE, "words": "Four times last week", "then": then}
    said = {"pupil_says": "I can do science if I know what is coming.", "pupil_how": "spoken"} | voices
    review, clashes = save_review(
        plan,
        by=by,
        written={
            "how": {"went_well": "Mornings are calmer.", "was_hard": "Changes of room."},
            "targets": {str(each.uuid): outcome | {"new_words": new_words} for each in targets_of(plan)},
            "pupil": {"pupil_says": said["pupil_says"], "pupil_how": said["pupil_how"]},
            "family": {"family_says": "He sleeps again.", "family_how": "meeting"},
            "meeting": {"day": dt.date.today(), "place": "2:10 pm, Room 4", "invitations": [invited()]},
            "agreed": {"agreed": "Two more lessons after half-term."},
        },
        seen={},
    )
    assert clashes == []
    return review


def held(plan: Plan, by: Any, **more: Any) -> Review:
    ready(plan, by, **more)
    return hold_review(plan, by=by, next_cycle=False)[0]


def invited(name: str = "Abena Mensah", **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "part": "Mum",
        "invited_on": dt.date.today() - WEEK,
        "came": True,
        "views": "",
    } | more


def comes_to(
    place: Any, staff: Any = None, *, number: str = "3", subject: str = "Science", **more: Any
) -> Any:
    """The pupil's step brings them to this teacher's lesson on Wednesdays. Returns the teacher's record."""
    staff = staff or StaffMemberFactory(school=place.school)
    step = more.pop("step", None) or HybridStepFactory(school=place.school, placement=place, **more)
    period = Period.objects.get(school=place.school, weekday=3, name=number)
    lesson_of(
        place.school,
        place.pupil,
        period,
        name=f"8R/{subject[:2]}",
        subject=subject,
        room="Lab 3",
        teacher=staff,
    )
    for week in place.school.weeks:
        StepPlace.objects.get_or_create(
            school=place.school, step=step, week=week, period=period, place=Place.MAINSTREAM
        )
    return staff


def pupils_place(school: Any, **more: Any) -> Any:
    return PlacementFactory(school=school, **more)
