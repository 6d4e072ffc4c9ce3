"""The lessons that go well, as the referral and the pupil's own teachers say: a first hybrid week starts from them."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Coalesce

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


def named_as_going_well(school: Any, pupils: Iterable[int], *, pupil: str) -> Exists:
    """Of lessons: whether the newest referral of the pupil named `pupil` in the query named their class."""
    named = GoodLesson.objects.filter(school=school, referral__in=_newest(school, pupils))
    return Exists(
        named.filter(mainstream_class=OuterRef("mainstream_class"), referral__pupil=OuterRef(pupil))
    )


def known(school: Any, placements: Sequence[Any]) -> dict[int, Known]:
    """What each pupil's newest referral and their own teachers said: one query."""
    pupils = {each.pupil_id for each in placements}
    newest = _newest(school, pupils)
    named = GoodLesson.objects.filter(school=school, referral__in=newest).values_list(
        "referral__pupil",
        "mainstream_class__name",
        "mainstream_class__subject",
        Value(0),
        Value(0),
        Value(False),
    )
    answered = (
        TeacherView.objects.filter(school=school, referral__in=newest)
        .exclude(going=None)
        .values_list(
            "referral__pupil", Value(""), Value(""), "teacher", "going", Coalesce("back_first", False)
        )
    )
    told = {pupil: (set[str](), set[str](), dict[int, str]()) for pupil in pupils}
    for pupil, name, subject, teacher, going, first in named.union(answered, all=True):
        good, subjects, answers = told[pupil]
        if not name:
            answers[teacher] = _answer(going, first)
            continue
        good.add(name)
        if subject:
            subjects.add(subject)
    return {
        each.pk: Known(frozenset(good), frozenset(subjects), answers)
        for each in placements
        for good, subjects, answers in [told[each.pupil_id]]
    }


def _newest(school: Any, pupils: Iterable[int]) -> Any:
    """The newest referral of each pupil that was sent."""
    sent = Referral.objects.filter(school=school, pupil__in=set(pupils)).sent()
    return sent.order_by("pupil", "-submitted_at", "-pk").distinct("pupil").values("pk")


def _answer(going: int, back_first: bool | None) -> str:
    """In the words of the suggestions; a mixed answer says nothing either way."""
    if back_first and going != Going.HARD:
        return "back-first"
    return {Going.WELL: "well", Going.HARD: "hard"}.get(Going(going), "")
