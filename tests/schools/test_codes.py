"""The code sets of the school's own system: words, first and last day, and codes of the school's own."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from iap.audit.models import Event
from iap.errors import Refused
from iap.schools import code_uses, codes
from iap.schools.actions.codes import add_code
from iap.schools.models import Code, CodeSet
from pupils.models import AttendanceMark, Suspension
from tests.factories import PupilFactory, see

TODAY = dt.date.today()
NEW = {
    "code": "J",
    "label": "Interview",
    "category": "off-site",
    "valid_from": "2019-09-01",
    "last_day": "2024-08-18",
}


@pytest.fixture
def manager(client: Any, data_manager: Any, school: Any) -> Any:
    codes.seed(school)
    client.force_login(data_manager)
    return client


def one(school: Any, code_set: str, code: str) -> Code:
    return Code.objects.get(school=school, set=code_set, code=code)


def page_of(code_set: str) -> str:
    return reverse("schools:code_set", args=[code_set])


def test_every_code_a_school_starts_with_says_what_it_means(school: Any) -> None:
    codes.seed(school)
    assert not Code.objects.filter(school=school, label="").exists()
    assert Code.objects.filter(school=school).count() == len(codes.standard()) == 103


def test_what_a_school_has_changed_stays_changed_when_codes_are_given_again(
    manager: Any, school: Any
) -> None:
    code = one(school, "sen-type", "OTH")
    manager.post(
        reverse("schools:code", args=[code.uuid]), {"label": "Something else", "valid_from": "2020-09-01"}
    )
    codes.seed(school)
    assert one(school, "sen-type", "OTH").label == "Something else"


def test_a_code_of_the_schools_own_is_added_with_its_last_day(
    manager: Any, school: Any, data_manager: Any
) -> None:
    assert manager.post(page_of("attendance"), NEW).status_code == 302
    code = one(school, "attendance", "J")
    assert (code.label, code.category) == ("Interview", "off-site")
    assert code.valid_to == dt.date(2024, 8, 19)
    assert not code.is_valid_on(dt.date(2024, 8, 19)) and code.is_valid_on(dt.date(2024, 8, 18))
    assert Event.objects.get(verb="code.added").by == data_manager


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"code": ""}, "Enter the code as your own system writes it."),
        ({"code": "ABC"}, "of up to 2 characters."),
        ({"code": "A B"}, "Enter a code without blanks"),
        ({"label": ""}, "Say in a few words what the code means."),
        ({"category": ""}, "Choose what the code counts as."),
        ({"category": "nothing"}, "nothing is not one of the available choices"),
        ({"valid_from": ""}, "Enter the first day on which the code holds."),
        ({"last_day": "2019-08-31"}, "Enter a last day that is not before the first day."),
        ({"code": "/"}, "counted as something else before"),
        ({"code": "b", "valid_from": "2025-01-01", "last_day": ""}, "already has a meaning"),
    ],
)
def test_what_cannot_be_added_comes_back_with_what_to_do(
    manager: Any, school: Any, change: dict[str, str], said: str
) -> None:
    answer = manager.post(page_of("attendance"), NEW | change)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert "Interview" in page or change.get("label") == ""
    assert Code.objects.filter(school=school).count() == 103


def test_a_code_may_come_again_after_it_ended_but_counts_as_the_same(manager: Any, school: Any) -> None:
    manager.post(page_of("attendance"), NEW)
    again = NEW | {"valid_from": "2025-09-01", "last_day": ""}
    assert manager.post(page_of("attendance"), again | {"category": "authorised"}).status_code == 422
    assert manager.post(page_of("attendance"), again).status_code == 302
    assert Code.objects.filter(school=school, code="J").count() == 2


def test_a_code_is_ended_by_its_last_day_and_listed_apart(manager: Any, school: Any) -> None:
    code = one(school, "ethnicity", "NOBT")
    answer = manager.post(
        reverse("schools:code", args=[code.uuid]),
        {"label": code.label, "valid_from": "2020-09-01", "last_day": "2021-08-31"},
        follow=True,
    )
    page = answer.content.decode()
    assert "1 code that ended" in page
    assert page.index("1 code that ended") < page.index("NOBT")
    assert Event.objects.get(verb="code.changed").details["after"]["valid_to"] == "2021-09-01"


def test_two_meanings_of_one_code_never_meet(manager: Any, school: Any) -> None:
    manager.post(page_of("attendance"), NEW)
    manager.post(page_of("attendance"), NEW | {"valid_from": "2025-09-01", "last_day": ""})
    first = Code.objects.filter(school=school, code="J").earliest("valid_from")
    answer = manager.post(
        reverse("schools:code", args=[first.uuid]),
        {"label": "Interview", "valid_from": "2019-09-01", "last_day": ""},
    )
    assert answer.status_code == 422
    assert "already has a meaning" in answer.content.decode()


def test_a_code_in_use_is_not_taken_out(manager: Any, school: Any) -> None:
    add_code(
        school,
        by=None,
        code_set="suspension",
        code="XX",
        label="Our own",
        category="",
        valid_from=TODAY,
        valid_to=None,
    )
    code = one(school, "suspension", "XX")
    Suspension.objects.create(
        school=school, pupil=PupilFactory(school=school), starts_on=TODAY, sessions=2, reasons=["PP", "XX"]
    )
    address = reverse("schools:code", args=[code.uuid])
    assert "Records hold this code" in manager.get(address).content.decode()
    manager.post(reverse("schools:code_remove", args=[code.uuid]))
    assert one(school, "suspension", "XX")
    Suspension.objects.all().delete()
    manager.post(reverse("schools:code_remove", args=[code.uuid]))
    assert not Code.objects.filter(school=school, code="XX").exists()


def test_a_code_that_every_school_has_is_ended_rather_than_taken_out(manager: Any, school: Any) -> None:
    code = one(school, "sen-type", "NSA")
    assert (
        "Every school has this code"
        in manager.get(reverse("schools:code", args=[code.uuid])).content.decode()
    )
    manager.post(reverse("schools:code_remove", args=[code.uuid]))
    assert one(school, "sen-type", "NSA")


def test_what_another_school_holds_keeps_nothing_here(school: Any, other_school: Any) -> None:
    see(school, other_school)
    AttendanceMark.objects.create(
        school=other_school, pupil=PupilFactory(school=other_school), day=TODAY, half="AM", code="J"
    )
    here = add_code(
        school,
        by=None,
        code_set="attendance",
        code="J",
        label="Interview",
        category="off-site",
        valid_from=TODAY,
        valid_to=None,
    )
    assert not code_uses.in_use(here)


@pytest.mark.parametrize("code_set", CodeSet.values)
def test_no_set_takes_a_code_that_its_columns_cannot_hold(code_set: str) -> None:
    assert code_uses.longest(code_set) == {"attendance": 2, "sen-stage": 1, "year-group": 2}.get(code_set, 4)


def test_a_set_that_does_not_exist_is_not_found(manager: Any) -> None:
    assert manager.get(page_of("colours")).status_code == 404


def test_a_page_of_codes_costs_the_same_however_many_there_are(
    manager: Any, school: Any, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    Code.objects.filter(school=school).exclude(code="N").delete()
    with django_assert_max_num_queries(20) as few:
        manager.get(page_of("sen-stage"))
    codes.seed(school)
    with django_assert_num_queries(len(few)):
        manager.get(page_of("attendance"))


def test_nothing_changes_where_nothing_was_changed(manager: Any, school: Any) -> None:
    code = one(school, "sen-stage", "K")
    manager.post(
        reverse("schools:code", args=[code.uuid]),
        {"label": code.label, "valid_from": code.valid_from.isoformat()},
    )
    assert not Event.objects.filter(verb="code.changed").exists()


def test_the_action_refuses_what_the_form_would(school: Any) -> None:
    codes.seed(school)
    with pytest.raises(Refused):
        add_code(
            school,
            by=None,
            code_set="attendance",
            code="B",
            label="Again",
            category="off-site",
            valid_from=TODAY,
            valid_to=None,
        )
