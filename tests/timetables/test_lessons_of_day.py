"""The day's lessons with our pupils: who covers one of them, and half a page for those without an account."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from iap.audit.models import Read
from iap.schools.models import Closure, Period
from pupils.actions.passports import save_passport
from tests.factories import (
    HybridStepFactory,
    MembershipFactory,
    PlacementFactory,
    PupilFactory,
    StaffMemberFactory,
)
from timetables.models import LessonCover, StepPlace

from .week import LONG_AGO, TODAY, lesson_of

ADDRESS = reverse("timetables:lessons_day")


def comes(school: Any, name: str = "3", *, teacher: Any = None, group: str = "8R2") -> tuple[Any, Any]:
    """A pupil who goes to a lesson of this weekday, and the lesson."""
    pupil = PupilFactory(school=school, given_name="Kai", family_name="Mensah")
    placement = PlacementFactory(school=school, pupil=pupil, starts_on=LONG_AGO, helps="A seat by the door")
    step = HybridStepFactory(school=school, placement=placement, starts_on=LONG_AGO)
    period = Period.objects.get(school=school, weekday=TODAY.isoweekday(), name=name)
    StepPlace.objects.create(school=school, step=step, week="", period=period, place="mainstream")
    return pupil, lesson_of(school, pupil, period, name=group, subject="Science", teacher=teacher)


@pytest.fixture
def without_account(school: Any) -> Any:
    return StaffMemberFactory(school=school, title="Mr", family_name="Whitfield")


def test_each_visit_says_what_helps_and_who_needs_it_on_paper(client, school, iap_staff, teacher):
    named = StaffMemberFactory(school=school, user=teacher, linked_by=teacher, family_name="Kaur")
    comes(school, "1", teacher=named, group="8R1")
    pupil, _ = comes(school, teacher=StaffMemberFactory(school=school, title="Mr", family_name="Whitfield"))
    client.force_login(iap_staff)
    answer = client.get(ADDRESS)
    assert [each.on_paper for each in answer.context["lessons"]] == [False, True]
    html = answer.content.decode()
    assert "Kai M." in html and "A seat by the door" in html and "Mr Whitfield" in html
    assert "☐ Went well" in html and html.count("On paper</span>") == 1
    assert pupil.pk in Read.objects.get(page="lessons-day").pupil_ids


def test_a_lesson_whose_teacher_has_left_is_on_paper_and_names_nobody(client, school, iap_staff, teacher):
    leaver = StaffMemberFactory(
        school=school,
        user=teacher,
        linked_by=teacher,
        family_name="Kaur",
        left_on=TODAY + dt.timedelta(days=1),
    )
    comes(school, teacher=leaver)
    client.force_login(iap_staff)
    assert [each.on_paper for each in client.get(ADDRESS).context["lessons"]] == [False]
    leaver.left_on = TODAY
    leaver.save(update_fields=["left_on"])
    answer = client.get(ADDRESS)
    assert [each.on_paper for each in answer.context["lessons"]] == [True]
    html = answer.content.decode()
    assert "no teacher named" in html and "Kaur" not in html


def test_staff_are_led_to_the_passport_that_they_may_read(client, school, lead, iap_staff, without_account):
    pupil, _ = comes(school, teacher=without_account)
    save_passport(pupil, by=lead, own_words="I like to sit by the door.", helps="A seat by the door")
    client.force_login(iap_staff)
    html = client.get(ADDRESS).content.decode()
    address = reverse("pupils:passport", args=[pupil.uuid])
    assert address in html and "New version" not in html
    assert reverse("timetables:passport", args=[pupil.uuid]) not in html
    assert client.get(address).status_code == 200


def test_who_covers_and_has_an_account_reads_the_lesson_in_my_lessons_that_day(
    client, school, lead, without_account
):
    _, lesson = comes(school, teacher=without_account)
    user = MembershipFactory(school=school, role="teacher").user
    stands_in = StaffMemberFactory(school=school, user=user, linked_by=lead)
    client.force_login(lead)
    answer = client.post(
        f"{ADDRESS}?on={TODAY}", {"lesson": lesson.pk, "covered_by": stands_in.uuid}, follow=True
    )
    (shown,) = answer.context["lessons"]
    assert (shown.cover, shown.on_paper) == (stands_in, False)
    client.force_login(user)
    mine = client.get(reverse("timetables:my_lessons")).content.decode()
    assert "You cover" in mine and "Kai M." in mine
    client.force_login(lead)
    client.post(f"{ADDRESS}?on={TODAY}", {"lesson": lesson.pk, "covered_by": ""})
    assert not LessonCover.objects.exists()


def test_a_lesson_that_is_none_of_the_days_and_somebody_who_left_are_refused(
    client, school, lead, other_school, without_account
):
    _, lesson = comes(school, teacher=without_account)
    client.force_login(lead)
    elsewhere = StaffMemberFactory(school=other_school)
    for data in (
        {"lesson": lesson.pk + 999, "covered_by": ""},
        {"lesson": lesson.pk, "covered_by": elsewhere.uuid},
        {"lesson": "", "covered_by": ""},
    ):
        assert client.post(f"{ADDRESS}?on={TODAY}", data).status_code == 422
    assert not LessonCover.objects.exists()


def test_a_closed_day_has_no_lessons_and_a_day_that_is_none_is_the_next_school_day(client, school, lead):
    comes(school)
    client.force_login(lead)
    Closure.objects.create(school=school, day=TODAY)
    assert client.get(ADDRESS, {"on": "soon"}).context["day"] == TODAY + dt.timedelta(days=1)
    answer = client.get(ADDRESS, {"on": TODAY.isoformat()})
    assert "Nobody goes to a mainstream lesson that day" in answer.content.decode()


def test_it_costs_the_same_for_one_lesson_and_for_ten(client, school, lead):
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(ADDRESS)
        return len(asked)

    client.force_login(lead)
    comes(school)
    client.get(ADDRESS)
    few = cost()
    for number in range(9):
        comes(school, str(number % 5 + 1), group=f"8R{number + 3}")
    assert cost() == few
