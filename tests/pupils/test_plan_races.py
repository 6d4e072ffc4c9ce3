"""Two people at the same moment: both are held at the same door, and what either wrote is kept or told."""

import datetime as dt
from typing import Any

import pytest
from django.db import transaction

from iap.errors import Conflict, Refused
from iap.tenancy import context
from pupils.actions import passports, plans, reviews
from pupils.models import Passport, Plan, Review, Target, TargetEvidence
from tests.factories import MembershipFactory, PlacementFactory
from tests.timetables.race import committed, meet, together

from .plans import plan_for, ready

pytestmark = pytest.mark.django_db(transaction=True)
SAYS = {"own_words": "Art is where I feel like me.", "helps": "Warn me"}


@pytest.fixture
def cast(transactional_db: Any) -> Any:
    with transaction.atomic():
        school, lead = committed()
        with context.within(school.pk):
            place = PlacementFactory(school=school)
            other = MembershipFactory(school=school).user
    return school, lead, other, place


def kept(answers, kind=Exception):
    """What was done, and what was raised."""
    return [each for each in answers if not isinstance(each, Exception)], [
        each for each in answers if isinstance(each, kind)
    ]


def test_two_people_who_hold_one_review_hold_it_once(cast, monkeypatch):
    school, lead, other, place = cast
    with context.within(school.pk):
        plan = plan_for(place, lead)
        ready(plan, lead)
    meet(monkeypatch, reviews, "draft_of")
    answers = together(
        school,
        lambda: reviews.hold_review(plan, by=lead),
        lambda: reviews.hold_review(plan, by=other),
    )
    done, refused = kept(answers, Refused)
    assert (len(done), len(refused)) == (1, 1)
    assert "was held on" in str(refused[0])
    with context.within(school.pk):
        assert Review.objects.get().held_by in (lead, other)
        assert Plan.objects.filter(reviewed_on=None).count() == 1


def test_two_people_who_begin_a_review_at_once_share_it_and_lose_nothing(cast, monkeypatch):
    school, lead, other, place = cast
    with context.within(school.pk):
        plan = plan_for(place, lead)
    seen = {
        "how": reviews.digest({"went_well": "", "was_hard": ""}),
        "agreed": reviews.digest({"agreed": ""}),
    }
    meet(monkeypatch, reviews, "draft_of")
    answers = together(
        school,
        lambda: reviews.save_review(
            plan, by=lead, written={"how": {"went_well": "Mornings", "was_hard": ""}}, seen=seen
        ),
        lambda: reviews.save_review(plan, by=other, written={"agreed": {"agreed": "Two lessons"}}, seen=seen),
    )
    assert kept(answers)[1] == []
    with context.within(school.pk):
        review = Review.objects.get()
        assert (review.went_well, review.agreed) == ("Mornings", "Two lessons")


def test_two_people_who_write_one_section_at_once_are_told_of_each_other(cast, monkeypatch):
    school, lead, other, place = cast
    with context.within(school.pk):
        plan = plan_for(place, lead)
    seen = {"agreed": reviews.digest({"agreed": ""})}
    meet(monkeypatch, reviews, "draft_of")
    answers = together(
        school,
        lambda: reviews.save_review(plan, by=lead, written={"agreed": {"agreed": "One"}}, seen=seen),
        lambda: reviews.save_review(plan, by=other, written={"agreed": {"agreed": "Two"}}, seen=seen),
    )
    assert sorted(clashes for _, clashes in answers) == [[], ["agreed"]]


def test_two_people_who_save_a_version_at_once_make_one_and_the_second_is_told(cast, monkeypatch):
    school, lead, other, place = cast
    meet(monkeypatch, passports, "record")
    answers = together(
        school,
        lambda: passports.save_passport(place.pupil, by=lead, seen=0, **SAYS),
        lambda: passports.save_passport(place.pupil, by=other, seen=0, **SAYS | {"helps": "Ask me"}),
    )
    done, told = kept(answers, Conflict)
    assert (len(done), len(told)) == (1, 1)
    with context.within(school.pk):
        assert Passport.objects.get().version == 1


def test_two_plans_at_once_are_one(cast, monkeypatch):
    school, lead, other, place = cast
    meet(monkeypatch, plans, "_keep_targets")
    answers = together(school, lambda: plan_for(place, lead), lambda: plan_for(place, other))
    done, refused = kept(answers, Refused)
    assert (len(done), len(refused)) == (1, 1)
    with context.within(school.pk):
        assert Plan.objects.count() == 1


def test_a_target_removed_while_something_is_noted_on_it_is_never_lost_with_it(cast, monkeypatch):
    """Either it goes before anything was noted, or it stays with what was."""
    school, lead, other, place = cast
    with context.within(school.pk):
        plan = plan_for(place, lead)
        target = Target.objects.get()
    meet(monkeypatch, plans, "locked")
    fields = {"day": plan.day, "review_on": plan.review_on, "barriers": plan.barriers, "strengths": ""}
    new = plans.TargetIn("New", "Seen", "Adults greet", 1, 3)
    answers = together(
        school,
        lambda: plans.note_evidence(target, by=lead, day=dt.date.today(), reached=3),
        lambda: plans.change_plan(plan, by=other, seen="", targets=[new], **fields),
    )
    assert len(kept(answers)[0]) == 1
    assert len(kept(answers, Refused)[1]) == 1
    with context.within(school.pk):
        still_there = Target.objects.filter(pk=target.pk).exists()
        assert TargetEvidence.objects.count() == (1 if still_there else 0)
