"""The lessons that go well, as the referral and the pupil's own teachers say: a first hybrid week starts from them."""

from typing import Any

from timetables.first_week import Known
from timetables.models import MainstreamClass

from .models import Going, GoodLesson, Referral, TeacherView
from .teaching import classes_of_pupil


def going_well(placement: Any) -> set[str]:
    """Names of classes: those the newest referral named, and those whose teacher says it goes well and would have
    the pupil back first.
    """
    school, pupil = placement.school_id, placement.pupil
    newest = Referral.objects.filter(school=school, pupil=pupil).sent().order_by("-submitted_at").first()
    if newest is None:
        return set()
    named = GoodLesson.objects.filter(school=school, referral=newest).values_list(
        "mainstream_class__name", flat=True
    )
    asked = TeacherView.objects.filter(school=school, referral=newest, going=Going.WELL, back_first=True)
    theirs = MainstreamClass.objects.filter(
        school=school,
        pk__in=classes_of_pupil(pupil, placement.starts_on),
        lessons__teachers__teacher__in=asked.values("teacher"),
        lessons__teachers__valid_to=None,
    )
    return {*named, *theirs.values_list("name", flat=True)}


def known(placement: Any) -> Known:
    """What the newest referral and the pupil's own teachers said: two queries."""
    school = placement.school_id
    newest = Referral.objects.filter(school=school, pupil=placement.pupil_id).sent().order_by("-submitted_at")
    latest = newest.values("pk")[:1]
    named = GoodLesson.objects.filter(school=school, referral__in=latest)
    answered = TeacherView.objects.filter(school=school, referral__in=latest).exclude(going=None)
    return Known(
        frozenset(named.values_list("mainstream_class__name", flat=True)),
        {
            teacher: _answer(going, first)
            for teacher, going, first in answered.values_list("teacher", "going", "back_first")
        },
    )


def _answer(going: int, back_first: bool | None) -> str:
    """In the words of the suggestions; a mixed answer says nothing either way."""
    if back_first and going != Going.HARD:
        return "back-first"
    return {Going.WELL: "well", Going.HARD: "hard"}.get(Going(going), "")
