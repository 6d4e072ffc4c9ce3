"""Reviews that are due: shown to whoever sees to them, and told once to the lead and the key adult."""

import datetime as dt
from typing import Any

from django.urls import reverse

from iap.inbox import duties
from iap.inbox.actions import tell
from iap.inbox.duties import Due, Duty
from iap.schools.models import Role, School, User
from iap.ui.moments import day as said
from pupils.access import PLANNERS
from pupils.models import Placement, Plan
from pupils.plans import due_on, without_plan_on


def offer() -> None:
    seen_to_by = {Role.LEAD, Role.LEADER, Role.SENCO}
    duties.register(Duty("review-due", "Reviews that are due", seen_to_by, reviews, order=20))
    duties.register(Duty("plan-missing", "Pupils without a plan", {Role.LEAD, Role.SENCO}, plans, order=25))


def reviews(school: School, day: dt.date) -> list[Due]:
    """One query, however many are due."""
    return [
        Due(
            f"{plan.pupil.known_as}’s review was set for {said(plan.review_on)}",
            _review(plan),
            plan.review_on,
            plan.pupil,
        )
        for plan in due_on(school, day)
    ]


def plans(school: School, day: dt.date) -> list[Due]:
    """Places whose first review has come although nothing is planned: one query."""
    found = []
    for place in without_plan_on(school, day):
        assert place.first_review_on is not None
        text = f"{place.pupil.known_as}’s first review was set for {said(place.first_review_on)}; there is no plan yet"
        found.append(Due(text, _new(place), place.first_review_on, place.pupil))
    return found


def chase_reviews(school: School, day: dt.date) -> None:
    """Tell the leads, and each pupil's key adult, once for each day that was set. The messages name nobody."""
    planners = User.objects.filter(
        memberships__school=school, memberships__role__in=PLANNERS, is_active=True
    ).distinct()
    leads = set(planners.filter(memberships__school=school, memberships__role=Role.LEAD))
    by_key = {user.pk: user for user in planners}
    for plan in due_on(school, day):
        tell(
            school,
            leads | _key_adult(plan.placement, by_key),
            kind="review-due",
            text=f"A review was set for {said(plan.review_on)}. What was logged is gathered for it.",
            link=_review(plan),
            key=f"review-due:{plan.uuid}:{plan.review_on}",
        )
    for place in without_plan_on(school, day):
        tell(
            school,
            leads | _key_adult(place, by_key),
            kind="plan-missing",
            text="The day of a pupil’s first review has come, and there is no plan yet.",
            link=_new(place),
            key=f"plan-missing:{place.uuid}:{place.first_review_on}",
        )


def _key_adult(placement: Placement, by_key: dict[int, Any]) -> set[Any]:
    user = placement.key_adult.user_id
    return {by_key[user]} if user in by_key else set()


def _review(plan: Plan) -> str:
    return reverse("pupils:review", args=[plan.pupil.uuid, plan.uuid])


def _new(placement: Placement) -> str:
    return reverse("pupils:plan_new", args=[placement.pupil.uuid])
