"""What people have put right here stays against the next file, unless the school says that its own system wins."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from iap.imports.models import FieldRule
from iap.imports.run import import_files
from iap.imports.undo import undo
from iap.schools.actions import bell, calendar, staff
from iap.schools.models import Closure, Correction, CycleWeek, Period, StaffMember
from pupils.actions.correcting import CORRECTABLE, correct
from pupils.models import Pupil
from tests.imports.conftest import Manager
from tests.imports.test_rows import sent

PUPILS = "UPN,Surname,First name,Known as,Date of birth,Year group,Tutor group\nB801200005001,Mensah,Kai,,25/03/2014,8,"
STAFF = "Staff Code,Surname,QTS\nABC,Adeyemi,No\n"
BELL = "Day,Period,Start,End\nMonday,1,09:00,10:00\nMonday,2,10:00,11:00\n"
WEEKS = "Week commencing,Week,Closures\n02/11/2026,A,\n09/11/2026,B,12/11/2026\n16/11/2026,A,\n"


def bring(school: Any, **files: str) -> Any:
    return import_files(sent(**files), school.urn)


@pytest.fixture
def kai(school: Any) -> Pupil:
    bring(school, pupils=PUPILS + "8A\n")
    return Pupil.objects.get(school=school)


def put_right(pupil: Pupil, by: Any, **changes: Any) -> list[str]:
    stands = {name: getattr(pupil, name) for name in CORRECTABLE}
    return correct(pupil, by=by, **{**stands, **changes})


def test_what_was_put_right_stays_and_the_rest_follows_the_file(
    school: Any, kai: Pupil, data_manager: Any
) -> None:
    assert put_right(kai, data_manager, preferred_name="Kay") == ["preferred_name"]
    report = bring(school, pupils=PUPILS + "8B\n")
    kai.refresh_from_db()
    assert (kai.preferred_name, kai.tutor_group) == ("Kay", "8B")
    assert (report.of("pupils").kept, report.of("pupils").changed) == (1, 1)


def test_what_was_not_corrected_is_nobodys_correction(school: Any, kai: Pupil, data_manager: Any) -> None:
    assert put_right(kai, data_manager) == []
    assert not Correction.objects.filter(school=school).exists()


def test_where_the_school_says_so_the_file_has_the_last_word_and_that_can_be_taken_back(
    school: Any, kai: Pupil, data_manager: Any
) -> None:
    put_right(kai, data_manager, tutor_group="8C")
    FieldRule.objects.create(school=school, model="pupils.pupil", field="tutor_group", by=data_manager)
    run = bring(school, pupils=PUPILS + "8B\n").run
    kai.refresh_from_db()
    assert kai.tutor_group == "8B"
    assert not Correction.objects.filter(school=school).exists()
    undo(run, by=data_manager)
    kai.refresh_from_db()
    assert kai.tutor_group == "8C"
    assert Correction.objects.get(school=school).field == "tutor_group"


def test_a_qualified_teacher_stays_one_though_the_export_does_not_know(school: Any, lead: Any) -> None:
    bring(school, staff=STAFF)
    rosa = StaffMember.objects.get(school=school, code="ABC")
    stands = {name: getattr(rosa, name) for name in staff.CORRECTABLE}
    staff.correct(rosa, by=lead, **{**stands, "qualified": True})
    assert bring(school, staff=STAFF).of("staff").kept == 1
    rosa.refresh_from_db()
    assert rosa.qualified


def test_times_and_names_of_periods_stay_as_the_bell_was_set_here(other_school: Any, lead: Any) -> None:
    bring(other_school, periods=BELL)
    first, second = Period.objects.filter(school=other_school).in_order()
    rows = [
        {"id": first.pk, "name": "1", "starts": dt.time(8, 55), "ends": dt.time(10), "kind": "lesson"},
        {"id": second.pk, "name": "Art", "starts": dt.time(10), "ends": dt.time(11), "kind": "lesson"},
    ]
    bell.keep_periods(other_school, by=lead, weekday=1, rows=rows)
    report = bring(other_school, periods=BELL)
    stand = Period.objects.filter(school=other_school).in_order().values_list("name", "starts")
    assert list(stand) == [("1", dt.time(8, 55)), ("Art", dt.time(10))]
    assert (report.of("periods").kept, report.changes) == (2, 0)


def test_a_period_that_was_taken_out_here_stays_out_until_it_is_put_back(
    manager: Manager, school: Any, lead: Any
) -> None:
    bring(school, periods=BELL)
    Period.objects.filter(school=school).exclude(weekday=1, name__in=["1", "2"]).delete()
    first = Period.objects.get(school=school, weekday=1, name="1")
    stays = {"id": first.pk, "name": "1", "starts": first.starts, "ends": first.ends, "kind": first.kind}
    bell.keep_periods(school, by=lead, weekday=1, rows=[stays])
    report = bring(school, periods=BELL)
    assert [x.name for x in Period.objects.filter(school=school)] == ["1"]
    assert (report.of("periods").kept, report.changes) == (1, 0)
    page = manager.get("/imports/rules/").content.decode()
    assert "Monday, 2" in page and "Taken out" in page
    again = {"name": "2", "starts": dt.time(10), "ends": dt.time(11), "kind": "lesson"}
    bell.keep_periods(school, by=lead, weekday=1, rows=[stays, again])
    assert not Correction.objects.filter(school=school, field="removed").exists()
    assert bring(school, periods=BELL).of("periods").kept == 0


def test_where_the_file_has_the_last_word_a_period_comes_back_and_that_can_be_taken_back(
    other_school: Any, lead: Any
) -> None:
    bring(other_school, periods=BELL)
    bell.keep_periods(other_school, by=lead, weekday=1, rows=[])
    FieldRule.objects.create(school=other_school, model="schools.period", field="removed", by=lead)
    run = bring(other_school, periods=BELL).run
    assert Period.objects.filter(school=other_school).count() == 2
    assert not Correction.objects.filter(school=other_school, field="removed").exists()
    undo(run, by=lead)
    assert not Period.objects.filter(school=other_school).exists()
    assert Correction.objects.filter(school=other_school, field="removed").count() == 2


def test_a_period_that_was_renamed_and_then_taken_out_does_not_come_back_under_its_old_name(
    other_school: Any, lead: Any
) -> None:
    bring(other_school, periods=BELL)
    first, second = Period.objects.filter(school=other_school).in_order()
    stays, art = row_of(first), {**row_of(second), "name": "Art"}
    bell.keep_periods(other_school, by=lead, weekday=1, rows=[stays, art])
    bell.keep_periods(other_school, by=lead, weekday=1, rows=[stays])
    report = bring(other_school, periods=BELL)
    assert [x.name for x in Period.objects.filter(school=other_school)] == ["1"]
    assert (report.of("periods").kept, report.changes) == (1, 0)
    assert set(Correction.objects.filter(school=other_school).values_list("key", "field")) == {
        ("1 Art", "removed"),
        ("1 2", "removed"),
    }


def test_the_old_name_of_a_period_that_was_taken_out_may_be_anothers(other_school: Any, lead: Any) -> None:
    bring(other_school, periods=BELL)
    first, second = Period.objects.filter(school=other_school).in_order()
    renamed = [{**row_of(first), "name": "2"}, {**row_of(second), "name": "1"}]  # they swap their names
    bell.keep_periods(other_school, by=lead, weekday=1, rows=renamed)
    bell.keep_periods(other_school, by=lead, weekday=1, rows=renamed[:1])
    assert set(Correction.objects.filter(field="removed").values_list("key", flat=True)) == {"1 1"}


def row_of(period: Period) -> dict[str, Any]:
    return {"id": period.pk, **{name: getattr(period, name) for name in bell.FIELDS}}


def closed(school: Any) -> set[dt.date]:
    return set(Closure.objects.filter(school=school).values_list("day", flat=True))


def weeks(school: Any) -> dict[int, str]:
    rows = CycleWeek.objects.filter(school=school, monday__year=2026, monday__month=11)
    return {monday.day: label for monday, label in rows.values_list("monday", "label")}


def test_days_closed_or_opened_here_stay_so(other_school: Any, lead: Any) -> None:
    bring(other_school, calendar=WEEKS)
    calendar.keep_closures(
        other_school, by=lead, rows=[{"day": dt.date(2026, 11, 4), "reason": "Snow"}]
    )  # and the 12th is open
    report = bring(other_school, calendar=WEEKS)
    assert closed(other_school) == {dt.date(2026, 11, 4)}
    assert (report.of("calendar").kept, report.changes) == (2, 0)
    FieldRule.objects.create(school=other_school, model="schools.closure", field="day", by=lead)
    bring(other_school, calendar=WEEKS)
    assert closed(other_school) == {dt.date(2026, 11, 12)}


def test_weeks_labelled_closed_or_added_here_stay_so(other_school: Any, lead: Any) -> None:
    bring(other_school, calendar=WEEKS)
    changed = {
        dt.date(2026, 11, 2): "B",
        dt.date(2026, 11, 9): calendar.CLOSED,
    }
    calendar.label_weeks(other_school, by=lead, labels=changed)
    report = bring(other_school, calendar=WEEKS)
    assert weeks(other_school) == {2: "B", 16: "A"}
    assert report.of("calendar").kept == 2
    without = WEEKS.replace("02/11/2026,A,\n", "26/10/2026,A,\n")  # the 2nd lies between, and is left out
    bring(other_school, calendar=without)
    assert weeks(other_school) == {2: "B", 16: "A"}


def test_the_page_says_what_was_corrected_and_lets_the_file_say_it_again(
    manager: Manager, school: Any, kai: Pupil, data_manager: Any
) -> None:
    put_right(kai, data_manager, preferred_name="Kay")
    page = manager.get(reverse("imports:rules")).content.decode()
    assert "Kay Mensah" in page and "Known as" in page
    held = Correction.objects.get(school=school)
    manager.post(reverse("imports:let_go"), {"correction": held.pk})
    bring(school, pupils=PUPILS + "8A\n")
    kai.refresh_from_db()
    assert kai.preferred_name == ""


def test_what_would_stay_is_listed_before_anything_is_brought_in(
    manager: Manager, kai: Pupil, data_manager: Any
) -> None:
    put_right(kai, data_manager, preferred_name="Kay")
    page = manager.send({"pupils.csv": PUPILS.replace("Kai,,", "Kai,Kofi,") + "8A\n"}).content.decode()
    assert "Kept as corrected here" in page and "1 field corrected here: kept" in page
    page = manager.get(f"{manager.address}?kind=pupils&what=kept").content.decode()
    assert "Kay stays; the file says Kofi" in page


def test_ticking_a_field_lets_the_file_win_and_unticking_lets_people(manager: Manager, school: Any) -> None:
    rules = FieldRule.objects.filter(school=school).values_list("model", "field")
    manager.post(reverse("imports:rules"), {"file_wins": ["pupils.pupil.tutor_group", "nobody.nothing"]})
    assert list(rules) == [("pupils.pupil", "tutor_group")]
    manager.post(reverse("imports:rules"), {})
    assert not rules.all().exists()


def test_another_schools_correction_is_not_let_go(
    manager: Manager, other_school: Any, data_manager: Any
) -> None:
    from tests.factories import see

    see(other_school)
    theirs = Correction.objects.create(
        school=other_school, model="pupils.pupil", key="1", field="tutor_group", by=data_manager
    )
    assert manager.client.post(reverse("imports:let_go"), {"correction": theirs.pk}).status_code == 404
    assert Correction.objects.filter(pk=theirs.pk).exists()


@pytest.mark.parametrize("number", [1, 40])
def test_the_page_costs_the_same_however_much_was_corrected(
    manager: Manager, school: Any, data_manager: Any, number: int, django_assert_num_queries: Any
) -> None:
    from tests.factories import PupilFactory

    for pupil in PupilFactory.create_batch(number, school=school):
        put_right(pupil, data_manager, preferred_name="Bo")
    with django_assert_num_queries(QUERIES):
        manager.get(reverse("imports:rules"))


QUERIES = 12


def test_a_data_manager_finds_a_pupil_and_puts_their_details_right(
    manager: Manager, school: Any, kai: Pupil
) -> None:
    found = manager.get(reverse("pupils:to_correct"), {"q": "mens"}).content.decode()
    address = reverse("pupils:correct", args=[kai.uuid])
    assert address in found
    form = manager.get(address).context["form"]
    answer = manager.client.post(address, {**_typed(form), "family_name": "", "preferred_name": "Kay"})
    assert answer.status_code == 422 and 'value="Kay"' in answer.content.decode()
    manager.post(address, {**_typed(form), "preferred_name": "Kay", "born_on": "2014-03-06"})
    kai.refresh_from_db()
    assert (kai.preferred_name, kai.born_on) == ("Kay", dt.date(2014, 3, 6))
    assert set(Correction.objects.filter(school=school).values_list("field", flat=True)) == {
        "preferred_name",
        "born_on",
    }


def test_two_people_at_different_fields_lose_nothing(
    manager: Manager, school: Any, kai: Pupil, data_manager: Any
) -> None:
    """The form that was open first is saved last: it says again only what its reader has changed."""
    address = reverse("pupils:correct", args=[kai.uuid])
    form = manager.get(address).context["form"]
    seen = {field.html_initial_name: field.value() or "" for field in form}
    put_right(kai, data_manager, tutor_group="8Z")
    manager.post(address, {**_typed(form), **seen, "preferred_name": "Kay"})
    kai.refresh_from_db()
    assert (kai.preferred_name, kai.tutor_group) == ("Kay", "8Z")


def test_what_was_seen_stands_hidden_in_the_page(manager: Manager, kai: Pupil) -> None:
    page = manager.get(reverse("pupils:correct", args=[kai.uuid])).content.decode()
    assert 'name="initial-tutor_group"' in page and 'type="hidden" name="initial-born_on"' in page


def test_a_member_of_staff_is_put_right_on_their_page(manager: Manager, school: Any) -> None:
    bring(school, staff=STAFF)
    rosa = StaffMember.objects.get(school=school, code="ABC")
    address = reverse("schools:staff_correct", args=[rosa.uuid])
    assert address in manager.get(reverse("schools:staff_member", args=[rosa.uuid])).content.decode()
    form = manager.get(address).context["form"]
    seen = {field.html_initial_name: str(field.value() or "") for field in form}
    typed = {name: value for name, value in _typed(form).items() if name != "qualified"}
    assert manager.client.post(address, {**typed, **seen, "family_name": ""}).status_code == 422
    manager.post(address, {**typed, **seen, "qualified": "on"})
    rosa.refresh_from_db()
    assert rosa.qualified
    assert Correction.objects.get(school=school).field == "qualified"


def _typed(form: Any) -> dict[str, Any]:
    return {name: "" if (value := form[name].value()) is None else value for name in form.fields}
