"""Where a first hybrid week starts from: lessons named as going well, and teachers who would have the pupil back."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from referrals.going_well import going_well
from referrals.models import GoodLesson, TeacherView
from tests.factories import PlacementFactory, PupilFactory, ReferralFactory, StaffMemberFactory
from tests.timetables.week import lesson_of, session_in, slots
from timetables.forms.steps import Offer
from timetables.models import MainstreamClass

TODAY = dt.date.today()


@pytest.fixture
def placement(school: Any) -> Any:
    """A pupil with textiles, English and maths, each of a teacher of its own."""
    pupil = PupilFactory(school=school)
    for number, name in enumerate(("8x/Te", "8x/En", "8x/Ma")):
        lesson_of(
            school,
            pupil,
            slots(school)[number][1],
            name=name,
            subject=name,
            teacher=StaffMemberFactory(school=school),
        )
    return PlacementFactory(school=school, pupil=pupil, starts_on=TODAY)


def referred(placement: Any) -> Any:
    return ReferralFactory(school=placement.school, pupil=placement.pupil, state="placed")


def says(referral: Any, placement: Any, name: str, going: int, back_first: bool) -> None:
    lesson = MainstreamClass.objects.get(name=name).lessons.get()
    TeacherView.objects.create(
        school=placement.school,
        referral=referral,
        teacher=lesson.teachers.get().teacher,
        classes=name,
        asked_at=timezone.now(),
        answered_at=timezone.now(),
        answered_by=referral.referrer,
        going=going,
        back_first=back_first,
    )


def test_without_a_referral_nothing_is_known(placement: Any) -> None:
    assert going_well(placement) == set()


def test_what_the_referrer_named_and_whose_teacher_would_have_them_back(placement: Any) -> None:
    referral = referred(placement)
    textiles = MainstreamClass.objects.get(name="8x/Te")
    GoodLesson.objects.create(school=placement.school, referral=referral, mainstream_class=textiles)
    says(referral, placement, "8x/En", going=2, back_first=True)
    says(referral, placement, "8x/Ma", going=1, back_first=True)
    assert going_well(placement) == {"8x/Te", "8x/En"}


def test_the_first_week_keeps_those_and_the_base_has_the_others(placement: Any) -> None:
    school = placement.school
    for number in range(3):
        session_in(school, "A", number=number, places=2)
    referral = referred(placement)
    textiles = MainstreamClass.objects.get(name="8x/Te")
    GoodLesson.objects.create(school=school, referral=referral, mainstream_class=textiles)
    offer = Offer.of(placement, None, TODAY)
    first, second = (("A", slots(school)[number][1].pk) for number in range(2))
    assert offer.initial(first) == "mainstream"
    assert offer.initial(second).startswith("session:")
