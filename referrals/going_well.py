"""The lessons that go well, as the referral and the pupil's own teachers say: a first hybrid week starts from them."""

from typing import Any

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
