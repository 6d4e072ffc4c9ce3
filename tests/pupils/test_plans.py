"""A plan and its targets: what may be written, what is kept, and what is refused."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from iap.audit.models import Event
from iap.errors import Conflict, Refused
from iap.schools.models import Closure, CycleWeek, Provision
from pupils.actions.errors import mark_in_error
from pupils.actions.plans import change_plan, end_target, make_plan, note_evidence, version_of
from pupils.actions.reviews import targets_of
from pupils.models import Plan, Target, TargetEvidence
from pupils.plans import due_on, usual_review, without_plan_on

from .plans import WEEK, held, plan_for, target


def again(plan, by, *targets, seen="", **more):
    """The plan as it stands, with these targets."""
    fields = {
        "day": plan.day,
        "review_on": plan.review_on,
        "barriers": plan.barriers,
        "strengths": plan.strengths,
    }
    return change_plan(plan, by=by, seen=seen, targets=targets, **{**fields, **more})


def standing(each, **more):
    names = ("words", "success", "provision", "starts_at", "aims_at")
    return target(**{**{name: getattr(each, name) for name in names}, "target": each, **more})


def test_a_plan_has_targets_in_the_pupils_words_and_a_day_for_its_review(place, lead):
    plan = plan_for(place, lead, target(), target("I walk in by myself"))
    assert [each.words for each in targets_of(plan)] == [
        "I ask for a break before it gets too much",
        "I walk in by myself",
    ]
    assert plan.number == 1
    assert plan.is_open
    assert Event.objects.get(verb="plan.made").pupil_id == place.pupil_id


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"day": -WEEK}, "place began on"),
        ({"review_on": dt.timedelta(0)}, "comes after the first day"),
        ({"targets": []}, "at least one target"),
        ({"targets": [target()] * 7}, "Keep to 6 targets"),
        ({"targets": [target(aims_at=1)]}, "the same step or a further one"),
    ],
)
def test_what_cannot_be_is_refused_in_words(place, lead, change, says):
    moved = {
        key: place.starts_on + each if isinstance(each, dt.timedelta) else each
        for key, each in change.items()
    }
    with pytest.raises(Refused, match=says):
        plan_for(place, lead, **moved)
    assert not Plan.objects.exists()


def test_a_plan_after_the_place_has_ended_is_refused(place, lead, today):
    place.ends_on, place.destination = today - WEEK, "full-return"
    place.save()
    with pytest.raises(Refused, match="place ended on"):
        plan_for(place, lead, day=today)


def test_a_pupil_has_one_plan_at_a_time(place, lead):
    plan = plan_for(place, lead)
    with pytest.raises(Refused, match="has a plan already"):
        plan_for(place, lead)
    with pytest.raises(IntegrityError, match="a_pupil_has_one_plan_at_a_time"), transaction.atomic():
        Plan.objects.create(
            school=plan.school, pupil=plan.pupil, placement=place, number=2, day=plan.day,
            review_on=plan.review_on, barriers="x", by=lead, saved_at=plan.saved_at,
        )  # fmt: skip


def test_a_plan_entered_in_error_leaves_room_for_the_right_one(place, lead):
    mark_in_error(plan_for(place, lead), by=lead, why="The wrong pupil")
    assert plan_for(place, lead).number == 1


def test_a_plan_is_changed_and_targets_are_added_and_removed(place, lead):
    plan = plan_for(place, lead, target("One"), target("Two"))
    one, _ = targets_of(plan)
    plan = again(plan, lead, standing(one, words="One, again"), target("Three"), barriers="Noise")
    assert [each.words for each in targets_of(plan)] == ["One, again", "Three"]
    assert plan.barriers == "Noise"


def test_a_target_with_something_noted_on_it_is_not_removed_and_nothing_else_is_lost(place, lead, today):
    plan = plan_for(place, lead, target("One"), target("Two"))
    one, two = targets_of(plan)
    note_evidence(one, by=lead, day=today, reached=3, text="Walked in alone")
    with pytest.raises(Refused, match="End it instead"), transaction.atomic():
        again(plan, lead, standing(two, words="Two, changed"))
    assert [each.words for each in targets_of(plan)] == ["One", "Two"]
    end_target(one, by=lead, why="It is easy now")
    assert [each.words for each in targets_of(plan)] == ["Two"]
    assert TargetEvidence.objects.get().target == one
    again(plan, lead, standing(two))
    assert Target.objects.get(pk=one.pk).ended_why == "It is easy now"


def test_ending_a_target_says_why_and_ending_it_twice_changes_nothing(place, lead, iap_staff):
    (one,) = targets_of(plan_for(place, lead))
    with pytest.raises(Refused, match="why it ends"):
        end_target(one, by=lead, why=" ")
    end_target(one, by=lead, why="Done")
    assert end_target(one, by=iap_staff, why="Again").ended_why == "Done"


def test_two_people_who_change_a_plan_do_not_undo_each_other(place, lead, iap_staff):
    plan = plan_for(place, lead)
    seen = version_of(plan)
    again(plan, lead, target("Mine"), seen=seen)
    with pytest.raises(Conflict, match="shown beside it"):
        again(plan, iap_staff, target("Theirs"), seen=seen)
    assert [each.words for each in targets_of(plan)] == ["Mine"]


@pytest.mark.parametrize(
    ("noted", "says"),
    [
        ({"reached": None, "text": " "}, "Choose a step, or write"),
        ({"reached": 9}, "one of the five steps"),
        ({"day": -60}, "The plan began on"),
        ({"day": 1}, "today or an earlier day"),
    ],
)
def test_evidence_that_says_nothing_or_lies_outside_the_plan_is_refused(place, lead, today, noted, says):
    (one,) = targets_of(plan_for(place, lead))
    given = {"reached": 3, "text": "", **noted, "day": today + dt.timedelta(days=noted.get("day", 0))}
    with pytest.raises(Refused, match=says):
        note_evidence(one, by=lead, **given)


def test_nothing_is_noted_on_an_ended_target_or_a_reviewed_plan(place, lead, today):
    one, two = targets_of(plan := plan_for(place, lead, target("One"), target("Two")))
    end_target(one, by=lead, why="Done")
    with pytest.raises(Refused, match="target ended on"):
        note_evidence(one, by=lead, day=today, reached=3)
    held(plan, lead)
    with pytest.raises(Refused, match="kept as it was"):
        note_evidence(two, by=lead, day=today, reached=3)
    with pytest.raises(Refused, match="kept as it was"):
        again(plan, lead, standing(two))


def test_a_review_is_due_after_the_schools_number_of_school_weeks(school):
    monday = CycleWeek.objects.filter(school=school).order_by("monday")[4].monday
    tuesday = monday + dt.timedelta(days=1)
    assert usual_review(school, tuesday) == tuesday + 6 * WEEK
    CycleWeek.objects.filter(school=school, monday=monday + 2 * WEEK).delete()  # a holiday
    assert usual_review(school, tuesday) == tuesday + 7 * WEEK
    Closure.objects.create(school=school, day=tuesday + 7 * WEEK)
    assert usual_review(school, tuesday) == tuesday + 7 * WEEK + dt.timedelta(days=1)
    Provision.objects.filter(school=school).update(plan_weeks=4)
    assert usual_review(school, tuesday) == tuesday + 5 * WEEK


def test_a_review_beyond_what_the_calendar_knows_is_counted_by_the_week(school):
    far = dt.date.today() + 19 * WEEK
    assert usual_review(school, far) == far + 6 * WEEK


def test_reviews_are_due_from_their_day_on_and_while_the_place_is_open(place, lead, today):
    plan = plan_for(place, lead, review_on=today)
    assert list(due_on(place.school, today)) == [plan]
    assert list(due_on(place.school, today - dt.timedelta(days=1))) == []
    place.ends_on, place.destination = today, "full-return"
    place.save()
    assert list(due_on(place.school, today)) == []


def test_a_place_whose_first_review_has_come_without_a_plan_is_named(place, lead, today):
    place.first_review_on = today
    place.save()
    assert list(without_plan_on(place.school, today)) == [place]
    plan_for(place, lead)
    assert list(without_plan_on(place.school, today)) == []


def test_a_plan_made_before_the_last_review_is_refused(place, lead, today):
    held(plan_for(place, lead), lead)
    with pytest.raises(Refused, match="was reviewed on"):
        make_plan(
            place, by=lead, day=today - WEEK, review_on=today + WEEK, barriers="Noise", targets=[target()]
        )
