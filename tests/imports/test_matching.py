"""Who a row is about: by UPN, then by admission number, then by name and birthday once somebody has said so."""

from typing import Any

import pytest

from iap.imports.intake import Choices
from iap.imports.run import import_files
from pupils.models import Incident, Pupil
from tests.imports.test_rows import in_school, sent

HEAD = "Adno,UPN,Surname,First name,Date of birth,Year group\n"
KAI = "001234,B801200005001,Mensah,Kai,25/03/2014,Year 8\n"
INCIDENTS = "Surname,Forename,DOB,Date,Type\nMensah,Kai,25/03/2014,20/10/2026,Rudeness\n"


@pytest.fixture
def kai() -> Pupil:
    import_files(sent(pupils=HEAD + KAI), "123456")
    return Pupil.objects.get(school=in_school())


def answered(report: Any, answer: str) -> Choices:
    (key,) = report.proposals
    return Choices(answers={key: answer})


def test_a_pupil_whose_upn_changed_is_known_by_the_admission_number(kai: Pupil) -> None:
    report = import_files(sent(pupils=HEAD + KAI.replace("B801200005001", "P207000016049")), "123456")
    assert (report.of("pupils").created, report.of("pupils").changed) == (0, 1)
    kai.refresh_from_db()
    assert kai.upn == "P207000016049"


@pytest.mark.parametrize("name", ["Ahmed,Sara", "Mensah,Ama"], ids=["another family", "the same family name"])
def test_an_admission_number_of_somebody_else_is_refused(kai: Pupil, name: str) -> None:
    other = f"001234,P207000016049,{name},26/04/2013,Year 9\n"
    report = import_files(sent(pupils=HEAD + other), "123456")
    assert "is Kai Mensah’s here" in report.refused[0].reason
    assert Pupil.objects.get(school=kai.school_id).upn == kai.upn


def test_a_birthday_put_right_along_with_a_new_upn_is_still_the_same_pupil(kai: Pupil) -> None:
    row = "001234,P207000016049,Mensah,Kai,26/03/2014,Year 8\n"
    import_files(sent(pupils=HEAD + row), "123456")
    assert Pupil.objects.get(school=kai.school_id).upn == "P207000016049"


def test_zeros_that_a_spreadsheet_took_are_kept_and_told(kai: Pupil) -> None:
    report = import_files(sent(pupils=HEAD + KAI.replace("001234", "1234")), "123456")
    assert report.changes == 0
    assert "lost the zeros" in report.warnings[0].reason


def test_a_name_and_birthday_is_a_proposal_and_brings_nothing_by_itself(kai: Pupil) -> None:
    stranger = "009999,P207000016049,MENSAH,Kai,25/03/2014,Year 8\n"
    report = import_files(sent(pupils=HEAD + stranger), "123456")
    assert (report.changes, len(report.proposals)) == (0, 1)
    assert "Say on the page whether this is Kai Mensah" in report.refused[0].reason


def test_once_said_to_be_the_same_the_pupil_has_the_new_number(kai: Pupil) -> None:
    stranger = sent(pupils=HEAD + "009999,P207000016049,Mensah,Kai,25/03/2014,Year 8\n")
    report = import_files(stranger, "123456", dry_run=True)
    import_files(stranger, "123456", choices=answered(report, str(kai.uuid)))
    kai.refresh_from_db()
    assert (kai.upn, Pupil.objects.filter(school=kai.school_id).count()) == ("P207000016049", 1)


def test_once_said_to_be_somebody_else_there_are_two(kai: Pupil) -> None:
    twin = sent(pupils=HEAD + "009999,P207000016049,Mensah,Kai,25/03/2014,Year 8\n")
    report = import_files(twin, "123456", dry_run=True)
    import_files(twin, "123456", choices=answered(report, "other"))
    assert Pupil.objects.filter(school=kai.school_id).count() == 2


def test_rows_with_names_alone_wait_for_an_answer_and_then_find_their_pupil(kai: Pupil) -> None:
    report = import_files(sent(incidents=INCIDENTS), "123456")
    assert not Incident.objects.filter(school=kai.school_id).exists()
    import_files(sent(incidents=INCIDENTS), "123456", choices=answered(report, str(kai.uuid)))
    assert Incident.objects.get(school=kai.school_id).pupil == kai


def test_a_row_with_an_admission_number_and_no_upn_finds_its_pupil(kai: Pupil) -> None:
    import_files(sent(incidents="Admission number,Date,Type\n1234,20/10/2026,Rudeness\n"), "123456")
    assert Incident.objects.get(school=kai.school_id).pupil == kai


def test_nobody_new_comes_in_without_a_upn(kai: Pupil) -> None:
    report = import_files(sent(pupils=HEAD + "7,,Ahmed,Sara,26/04/2013,Year 9\n"), "123456")
    assert report.refused[0].reason == "UPN is missing."
