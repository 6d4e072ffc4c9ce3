"""The record of a run: who brought it in, what became of those in no file, and what keeps it from being undone."""

import hashlib
from typing import Any

from django.urls import reverse

from iap.imports.models import ImportRun
from iap.schools.models import Role
from pupils.models import Pupil
from tests.factories import CheckInFactory, MembershipFactory, see
from tests.imports.conftest import Files, Manager, read_out
from tests.imports.test_page import GOOD
from tests.imports.test_rows import PUPILS

AMA = "P207000016049,Ahmed,Ama,06/04/2014,8\n"
SARA = "M80120000500A,Ahmed,Sara,07/04/2014,8\n"


def test_who_brought_in_which_files_and_what_of_them_is_kept_and_shown(
    manager: Manager, school: Any, data_manager: Any
) -> None:
    content = (PUPILS + GOOD).encode()
    page = read_out(manager.bring_in({"pupils.csv": content}))
    see(school)
    assert ImportRun.objects.get(school=school).by == data_manager
    assert f"by {data_manager.name}" in page
    assert f"pupils.csv SHA-256 {hashlib.sha256(content).hexdigest()}" in page
    assert "Pupils 1 0 0 0 0" in page


def test_what_was_checked_before_another_import_is_checked_again_and_brought_in_only_then(
    manager: Manager, school: Any
) -> None:
    manager.send({"pupils.csv": PUPILS + GOOD.replace("Kai", "Kit")})
    first = manager.address
    manager.bring_in({"pupils.csv": PUPILS + GOOD})  # by a colleague, meanwhile
    page = read_out(manager.post(f"{first}apply/"))
    assert "so they were checked again" in page and "Kai → Kit" in page
    see(school)
    assert Pupil.objects.get(school=school).given_name == "Kai"
    assert "Brought in" in read_out(manager.post(f"{first}apply/"))
    assert Pupil.objects.get(school=school).given_name == "Kit"


def test_what_was_undone_can_be_brought_in_again(manager: Manager, school: Any) -> None:
    files: Files = {"pupils.csv": PUPILS + GOOD}
    address = manager.bring_in(files).request["PATH_INFO"]
    assert "Undone" in read_out(manager.post(f"{address}undo/"))
    see(school)
    assert not Pupil.objects.filter(school=school).exists()
    assert "Pupils 1 0 0 0 0" in read_out(manager.bring_in(files))


def test_after_new_classes_it_leads_to_the_timetables_that_need_a_look(
    manager: Manager, school: Any, data_manager: Any
) -> None:
    assert "need a look" not in read_out(manager.bring_in({"pupils.csv": PUPILS + GOOD}))
    record = manager.bring_in({"members.csv": "Class,UPN\n8x/En,B801200005001\n"})
    assert "The lead is told which pupils’ timetables need a look." in read_out(record)
    page = reverse("timetables:rollover")
    assert page not in record.content.decode()
    MembershipFactory(school=school, user=data_manager, role=Role.LEAD)
    assert page in manager.get(record.request["PATH_INFO"]).content.decode()


def test_of_those_not_in_the_file_the_ticked_ones_have_left_and_the_others_stay(
    manager: Manager, school: Any
) -> None:
    manager.bring_in({"pupils.csv": PUPILS + GOOD + AMA + SARA})
    page = manager.send({"pupils.csv": PUPILS + GOOD}).content.decode()
    assert "Some of them" in page and "Ama Ahmed" in page and "Sara Ahmed" in page
    see(school)
    ama = Pupil.objects.get(school=school, given_name="Ama")
    said = {"gone-pupils": "some", "picked-pupils": [ama.pk]}
    record = read_out(manager.post(f"{manager.address}apply/", said))
    assert "1 not in the file: taken as gone" in record
    left = Pupil.objects.filter(school=school).exclude(left_on=None)
    assert [pupil.given_name for pupil in left] == ["Ama"]


def test_what_keeps_a_run_from_being_undone_stands_on_its_page(manager: Manager, school: Any) -> None:
    record = manager.bring_in({"pupils.csv": PUPILS + GOOD})
    assert "Undo this import" in read_out(record)
    see(school)
    CheckInFactory(school=school, pupil=Pupil.objects.get(school=school))
    address = record.request["PATH_INFO"]
    page = read_out(manager.get(address))
    assert "This import cannot be undone now: 1 check-in stands on what this import brought" in page
    assert "Undo this import" not in page
    page = read_out(manager.post(f"{address}undo/"))  # pressed on a page that was opened before
    assert page.count("1 check-in stands on what this import brought") == 2
    assert Pupil.objects.filter(school=school).exists() and "Brought in" in page
