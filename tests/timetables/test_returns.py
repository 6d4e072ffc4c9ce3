"""Agreeing what a class changes for a pupil who returns."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from iap.errors import Conflict, Refused
from iap.schools.models import Period
from tests.factories import PupilFactory, StaffMemberFactory
from timetables.actions.returns import ChangeIn, agree_return, note_read
from timetables.models import AgreedChange, ChangeState, ClassReturn, MainstreamClass

from .week import TODAY, lesson_of

SOON = TODAY + dt.timedelta(days=9)


@pytest.fixture
def kai(school: Any) -> Any:
    pupil = PupilFactory(school=school)
    lesson_of(
        school, pupil, Period.objects.filter(school=school, name="1").first(), name="8R2", subject="Science"
    )
    return pupil


@pytest.fixture
def group(school: Any, kai: Any) -> Any:
    return MainstreamClass.objects.get(school=school, name="8R2")


def rows(*changes: dict[str, Any], total: int = 3, initial: int = 0) -> dict[str, Any]:
    data = {"changes-TOTAL_FORMS": total, "changes-INITIAL_FORMS": initial, "seen": 0}
    for number, change in enumerate(changes):
        data |= {f"changes-{number}-{key}": value for key, value in change.items()}
    return data


def address(pupil: Any, name: str = "8R2") -> str:
    return reverse("timetables:agree", args=[pupil.uuid]) + f"?class={name}"


def test_what_is_agreed_is_kept_with_owner_and_day(client, lead, school, kai):
    owner = StaffMemberFactory(school=school)
    client.force_login(lead)
    row = {"what": "A seat near the door", "owner": owner.uuid, "due_on": SOON.isoformat()}
    said = {"helps": "Two short parts", "first_lesson": "Come with an adult", "exit_plan": "The library"}
    assert client.post(address(kai), {**said, **rows(row)}).status_code == 302
    held = ClassReturn.objects.get()
    assert {name: getattr(held, name) for name in said} == said
    assert held.version == 1
    change = AgreedChange.objects.get()
    assert (change.what, change.owner, change.due_on, change.state) == (
        "A seat near the door",
        owner,
        SOON,
        "agreed",
    )


def test_a_change_without_an_owner_says_so_and_keeps_what_was_typed(client, lead, kai):
    client.force_login(lead)
    answer = client.post(address(kai), {"helps": "Two short parts", **rows({"what": "A seat near the door"})})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose who sees to it." in html and "Choose the day by which it is in place." in html
    assert "A seat near the door" in html and "Two short parts" in html
    assert not ClassReturn.objects.exists()


def test_a_row_that_is_emptied_ends_and_is_kept(client, lead, school, kai, group):
    owner = StaffMemberFactory(school=school)
    agree_return(kai, group, by=lead, changes=[ChangeIn("A seat near the door", owner, SOON)])
    change = AgreedChange.objects.get()
    client.force_login(lead)
    data = rows({"change": change.uuid, "what": "", "owner": owner.uuid, "due_on": SOON}, total=4, initial=1)
    assert client.post(address(kai), {**data, "seen": 1}).status_code == 302
    change.refresh_from_db()
    assert change.state == ChangeState.ENDED


def test_two_people_at_once_lose_nothing(lead, kai, group):
    agree_return(kai, group, by=lead, helps="One", seen=0)
    with pytest.raises(Conflict, match="Nothing you entered is lost"):
        agree_return(kai, group, by=lead, helps="Other", seen=0)
    assert ClassReturn.objects.get().helps == "One"


def test_what_helps_is_three_lines(lead, kai, group):
    with pytest.raises(Refused, match="3 lines"):
        agree_return(kai, group, by=lead, helps="a\nb\nc\nd")


def test_an_owner_who_left_or_works_elsewhere_is_refused(lead, school, other_school, kai, group):
    left = StaffMemberFactory(school=school, left_on=TODAY)
    with pytest.raises(Refused, match="left on"):
        agree_return(kai, group, by=lead, changes=[ChangeIn("A seat", left, SOON)])
    with pytest.raises(Refused, match="works at this school"):
        agree_return(
            kai, group, by=lead, changes=[ChangeIn("A seat", StaffMemberFactory(school=other_school), SOON)]
        )


def test_the_page_says_which_teacher_has_read_it(client, lead, teacher, school, kai, group):
    period = Period.objects.filter(school=school, name="2").first()
    staff = StaffMemberFactory(
        school=school, title="Mr", family_name="Whitfield", user=teacher, linked_by=lead
    )
    lesson_of(school, kai, period, name="8R2", subject="Science", teacher=staff)
    held = agree_return(kai, group, by=lead, helps="Two short parts")
    client.force_login(lead)
    page = reverse("timetables:returns", args=[kai.uuid])
    assert "Mr Whitfield has not read it yet" in client.get(page).content.decode()
    note_read(held, by=teacher)
    assert "Mr Whitfield has read it" in client.get(page).content.decode()


def test_a_class_that_is_not_the_pupils_is_no_page(client, lead, school, kai):
    MainstreamClass.objects.create(school=school, name="9Z9")
    client.force_login(lead)
    assert client.get(address(kai, "9Z9")).status_code == 404
    assert client.get(address(kai)).status_code == 200
