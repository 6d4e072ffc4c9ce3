"""The command for cron: it reads as the school has settled, ends with an error if in vain, and tells who is needed."""

import datetime as dt
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from iap.imports.mapping import fingerprint_of
from iap.imports.models import ImportRun, SavedMapping
from iap.inbox.models import Message
from iap.schools.models import School, StaffMember
from pupils.models import Pupil
from tests.factories import MembershipFactory, see, upn_number
from tests.imports.test_bad_files import several

HEADING = "UPN,Legal Surname,Legal Forename,DOB,Year\n"
GOOD = "B801200005001,Mensah,Kai,2014-03-05,8\n"
WRONG = "A801200005001,Mensah,Kai,2014-03-05,8\n"
FOREIGN = ["Kennung", "Nachname", "Vorname", "Geboren", "Stufe"]


def run(folder: Path, school: Any, *options: str) -> str:
    out = StringIO()
    call_command("import_mis", str(folder), "--school", school.urn, *options, stdout=out, verbosity=0)
    return out.getvalue()


def settle(school: Any, by: Any, **more: Any) -> None:
    """Somebody has said on the page how tables under these headings are read."""
    columns = ("upn", "family_name", "given_name", "born_on", "year_group")
    named = dict(zip(columns, map(str.lower, FOREIGN), strict=True))
    kept = {"kind": "pupils", "take": True, "columns": named, "dates": {}, "asked": [], "words": {}, **more}
    SavedMapping.objects.create(school=school, fingerprint=fingerprint_of(FOREIGN), mapping=kept, by=by)


def test_it_reads_headings_dates_and_words_as_the_school_has_settled_them(
    school: Any, data_manager: Any, tmp_path: Path
) -> None:
    words = {"year_group": {"mittelstufe": "9"}}
    settle(school, data_manager, dates={"born_on": "month"}, words=words)
    (tmp_path / "liste.csv").write_text(
        ",".join(FOREIGN) + "\nB801200005001,Mensah,Kai,03/05/2014,Mittelstufe\n"
    )
    run(tmp_path, school)
    see(school)
    kai = Pupil.objects.get(school=school)
    assert (kai.family_name, str(kai.born_on), kai.year_group) == ("Mensah", "2014-03-05", "9")


@pytest.mark.parametrize(
    ("files", "options", "said"),
    [
        ({}, (), "of a kind we know"),
        ({"menu.csv": "Menu,Price\nPie,3.40\n"}, (), "of a kind we know"),
        ({"pupils.csv": "%PDF-1.7"}, (), "all 1 rows or files were refused"),
        ({"pupils.csv": HEADING + WRONG}, (), "all 1 rows or files were refused"),
        ({"pupils.csv": HEADING + GOOD + WRONG}, ("--strict",), "1 rows were refused"),
    ],
)
def test_it_ends_with_an_error_where_nothing_could_be_brought_in(
    school: Any, tmp_path: Path, files: dict[str, str], options: tuple[str, ...], said: str
) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    with pytest.raises(CommandError, match=said):
        run(tmp_path, school, *options)
    see(school)
    assert not Pupil.objects.filter(school=school).exists()


def test_the_same_files_again_are_no_error(school: Any, tmp_path: Path) -> None:
    (tmp_path / "pupils.csv").write_text(HEADING + GOOD)
    assert "1" in run(tmp_path, school)
    assert "already in" in run(tmp_path, school)


def test_who_is_needed_is_told_of_the_same_rows_once(
    school: Any, data_manager: Any, lead: Any, tmp_path: Path
) -> None:
    (tmp_path / "pupils.csv").write_text(HEADING + GOOD + WRONG)
    run(tmp_path, school, "--dry-run")
    assert not Message.objects.exists()
    for _ in range(2):
        run(tmp_path, school)
    (message,) = Message.objects.all()
    see(school)
    first = ImportRun.objects.filter(school=school).earliest("pk")
    assert (message.to, message.link) == (data_manager, f"/imports/runs/{first.uuid}/")
    assert "Kai" not in message.text


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (("05/03/2014", "06/03/2014"), "pupils.csv, DOB: All its dates fit both orders; day first"),
        (("05/03/2014", "25/03/2014"), ""),
        (("2014-03-05", "2014-03-06"), ""),
        (("25/03/2014", "03/25/2014"), "Its dates are mixed"),
    ],
)
def test_it_says_where_it_took_the_day_to_come_first_and_takes_no_mixed_dates(
    school: Any, tmp_path: Path, days: tuple[str, str], said: str
) -> None:
    rows = [f"{upn_number(n)},Mensah,Kai{n},{day},8\n" for n, day in enumerate(days)]
    (tmp_path / "pupils.csv").write_text(HEADING + "".join(rows))
    (tmp_path / "staff.csv").write_text("Staff Code,Surname\nABC,Adeyemi\n")
    told = run(tmp_path, school)
    assert ("dates" in told) is bool(said) and said in told
    see(school)
    born = Pupil.objects.filter(school=school).values_list("born_on", flat=True)
    assert (dt.date(2014, 3, 5) in born) is ("mixed" not in said)


def test_an_order_that_somebody_has_settled_is_not_told_of_again(
    school: Any, data_manager: Any, tmp_path: Path
) -> None:
    settle(school, data_manager, dates={"born_on": "month"})
    (tmp_path / "liste.csv").write_text(",".join(FOREIGN) + "\nB801200005001,Mensah,Kai,03/05/2014,8\n")
    assert "dates" not in run(tmp_path, school)


def test_nobody_is_told_where_all_is_well(school: Any, data_manager: Any, tmp_path: Path) -> None:
    (tmp_path / "pupils.csv").write_text(HEADING + GOOD)
    run(tmp_path, school)
    assert not Message.objects.exists()


def test_of_another_schools_folder_nothing_is_taken_and_who_is_needed_hears_of_it(
    school: Any, data_manager: Any, tmp_path: Path
) -> None:
    (tmp_path / "pupils.csv").write_bytes(several(0))
    run(tmp_path, school)
    (tmp_path / "pupils.csv").write_bytes(several(500))
    (tmp_path / "staff.csv").write_text("Staff Code,Surname\nABC,Adeyemi\n")
    with pytest.raises(CommandError, match="not of this school"):
        run(tmp_path, school)
    see(school)
    assert Pupil.objects.filter(school=school).count() == 40
    assert not StaffMember.objects.filter(school=school, code="ABC").exists()
    assert Message.objects.get().to == data_manager


def test_a_school_that_it_makes_has_nobody_to_tell(tmp_path: Path) -> None:
    (tmp_path / "pupils.csv").write_text(HEADING + GOOD + WRONG)
    run(tmp_path, School(urn="123456"))
    assert not Message.objects.exists()


def test_a_colleague_of_another_school_is_not_told(school: Any, other_school: Any, tmp_path: Path) -> None:
    see(other_school)
    MembershipFactory(school=other_school, role="data")
    see(school)
    (tmp_path / "pupils.csv").write_text(HEADING + GOOD + WRONG)
    run(tmp_path, school)
    assert not Message.objects.exists()
