"""Files that are no exports, or bad ones: a sentence for each, no error of ours, and nothing half written."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest

from iap.errors import Refused
from iap.imports.reading import File, Unreadable, sending_of
from iap.imports.run import import_files, understand
from iap.schools.models import StaffMember
from pupils.models import Contact, Pupil
from tests.factories import see, upn_number

HEADING = "UPN,Legal Surname,Legal Forename,DOB,Year,Adno\n"


def line(n: int, *, year: str = "8", number: str = "") -> str:
    return f"{upn_number(n)},Mensah{n},Kai,2014-03-05,{year},{number or f'00{n:04}'}\n"


GOOD = HEADING + "".join(line(n) for n in range(5))


def read(*files: File) -> str:
    """Read files to their ends, as an import does; gives what is said of those that cannot be."""
    with TemporaryDirectory() as workspace:
        sending = sending_of(files, Path(workspace))
        understand(sending)
        return " ".join(problem.sentence for problem in sending.problems)


def brought(school: Any, *files: File, **options: Any) -> str:
    """Bring files in, all or nothing; gives what is said."""
    try:
        report = import_files(list(files), school.urn, strict=True, **options)
    except (Refused, Unreadable) as problem:
        return str(problem)
    return " ".join(row.reason for row in report.refused)


def zipped(**files: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return out.getvalue()


def bomb() -> bytes:
    """A zip of 250 KB that holds 250 MB."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("pupils.csv", "w") as member,
    ):
        for _ in range(250):
            member.write(b"a" * (1 << 20))
    return out.getvalue()


def workbook(*rows: list[Any], merged: str = "") -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if merged:
        book.active.merge_cells(merged)
    book.save(out := io.BytesIO())
    return out.getvalue()


def swollen(member: str, *content: tuple[bytes, int]) -> bytes:
    """A workbook of some hundred KB in which one member is so large: each of these bytes as often as said."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(*[row.split(",") for row in GOOD.splitlines()]))) as good,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in good.namelist():
            if name != member:
                archive.writestr(name, good.read(name))
        with archive.open(member, "w") as packed:
            for part, times in content:
                for _ in range(times):
                    packed.write(part)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
BEGINS = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
MB = 1 << 20
BOMBS: dict[str, tuple[Any, str]] = {
    "a workbook whose styles are a bomb": (
        lambda: swollen("xl/styles.xml", (BEGINS, 1), (b"<x/>" * (MB // 4), 150)),
        "too large when unpacked",
    ),
    "a workbook whose words are a bomb": (
        lambda: swollen("xl/sharedStrings.xml", (BEGINS, 1), (b"<si/>" * (MB // 5), 150)),
        "too large when unpacked",
    ),
    "a workbook of one row of 150 MB": (
        lambda: swollen(SHEET, (BEGINS + b"<sheetData><row>", 1), (b"<c><v>1</v></c>" * (MB // 15), 150)),
        "a row that is too long",
    ),
    "a workbook with 150 MB before its first row": (
        lambda: swollen(SHEET, (BEGINS, 1), (b"<x/>" * (MB // 4), 150)),
        "a row that is too long",
    ),
    "a workbook with 150 MB between two rows": (
        lambda: swollen(SHEET, (BEGINS + b"<sheetData><row/>", 1), (b"<x/>" * (MB // 4), 150)),
        "a row that is too long",
    ),
}


CORPUS: dict[str, tuple[str, Any, str]] = {
    "a zip bomb": ("all.zip", bomb, "too large when unpacked"),
    "a zip that was cut off": ("all.zip", lambda: zipped(pupils__csv=GOOD * 50)[:-200], "cannot be unpacked"),
    "a zip within a zip": ("all.zip", lambda: zipped(inner__zip=zipped(pupils__csv=GOOD)), "Unpack it"),
    "a zip of nothing": ("all.zip", lambda: zipped(readme__md="hello"), "holds no CSV or Excel file"),
    "a thousand members": (
        "all.zip",
        lambda: zipped(**{f"f{n}__csv": GOOD for n in range(300)}),
        "too large",
    ),
    "a line of a million columns": (
        "pupils.csv",
        lambda: b"a," * 1_000_000 + b"\n" + GOOD.encode(),
        "too long",
    ),
    "a thousand columns": ("pupils.csv", lambda: ("UPN," * 1000 + "\n").encode(), "more than 300 columns"),
    "one line without an end": ("pupils.csv", lambda: b"x" * 5_000_000, "too long"),
    "zero bytes": ("pupils.csv", lambda: HEADING.encode() + b"A\x00\x00\x00B,c,d\n", "zero bytes"),
    "nothing but zero bytes": ("pupils.csv", lambda: b"\x00" * 4096, ""),
    "a OneRoster zip with a cell that never ends": (
        "oneroster.zip",
        lambda: zipped(
            users__csv="sourcedId,role\n" + "a" * 150_000 + ",student\n", orgs__csv="sourcedId\n1\n"
        ),
        "Mend that cell",
    ),
    "a OneRoster zip with one line without an end": (
        "oneroster.zip",
        lambda: zipped(users__csv="sourcedId,role\n" + "a," * 500_000, orgs__csv="sourcedId\n1\n"),
        "too long",
    ),
    "a OneRoster zip with zero bytes": (
        "oneroster.zip",
        lambda: zipped(users__csv="sourcedId,role\nA\x00B,student\n", orgs__csv="sourcedId\n1\n"),
        "zero bytes",
    ),
    "an empty file": ("pupils.csv", lambda: b"", "empty"),
    "only blanks": ("pupils.csv", lambda: b" \n\t\n  ,,,\n", "empty"),
    "a PDF": ("pupils.csv", lambda: b"%PDF-1.7\n...", "is a PDF"),
    "an old workbook": ("pupils.xls.csv", lambda: b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "old Excel workbook"),
    "a web page": ("pupils.csv", lambda: b"<html><body>Sign in", "web page"),
    "a workbook that is none": ("pupils.xlsx", lambda: b"PK\x03\x04 not really", ""),
    "a quotation mark that never closes": ("pupils.csv", lambda: (HEADING + '"' + GOOD * 3000).encode(), ""),
    **{name: ("pupils.xlsx", content, said) for name, (content, said) in BOMBS.items()},
}


@pytest.mark.parametrize("name", CORPUS)
def test_each_bad_file_has_its_sentence_and_writes_nothing(school: Any, name: str) -> None:
    file, content, said = CORPUS[name]
    sentence = brought(school, File(file, content()))
    assert said in sentence
    assert sentence.strip()
    see(school)
    assert not Pupil.objects.filter(school=school).exists()


def test_a_bad_file_beside_a_good_one_keeps_neither_where_all_or_nothing_was_asked(school: Any) -> None:
    assert "PDF" in brought(school, File("pupils.csv", GOOD.encode()), File("staff.csv", b"%PDF-1.7"))
    see(school)
    assert not Pupil.objects.filter(school=school).exists()


def test_a_workbook_with_merged_titles_above_its_headings_is_read(school: Any) -> None:
    rows = [row.split(",") for row in GOOD.splitlines()]
    title = ["Pupils of Year 8", *[None] * 5]
    file = File("pupils.xlsx", workbook(title, [None] * 6, *rows, merged="A1:F1"))
    assert brought(school, file) == ""
    see(school)
    assert Pupil.objects.filter(school=school).count() == 5


def in_two_rows(title: str, under: list[str], *, merged: str) -> File:
    """The good pupils under headings in two rows: one title spans those below it, and the others reach down."""
    heading, *rows = [row.split(",") for row in GOOD.splitlines()]
    place = heading.index("Legal Surname")
    upper = [*heading[:place], title, None, *heading[place + 2 :]]
    lower = [*[None] * place, *under, *[None] * (len(heading) - place - 2)]
    return File("pupils.xlsx", workbook(["Year 8"], upper, lower, *rows, merged=merged))


@pytest.mark.parametrize("title", ["Name", "Legal name", "Pupil"])
def test_a_workbook_whose_headings_are_merged_over_two_rows_is_read(school: Any, title: str) -> None:
    assert brought(school, in_two_rows(title, ["Surname", "Forename"], merged="B2:C2")) == ""
    see(school)
    names = Pupil.objects.filter(school=school).values_list("family_name", "given_name")
    assert sorted(names) == [(f"Mensah{n}", "Kai") for n in range(5)]


def test_of_two_rows_the_lower_may_say_more(school: Any) -> None:
    rows = [["UPN", "Pupil", "", "", "", ""], ["", *HEADING.strip().split(",")[1:]]]
    text = "\n".join(",".join(row) for row in rows) + "\n" + GOOD.split("\n", 1)[1]
    assert brought(school, File("pupils.csv", text.encode())) == ""
    see(school)
    assert Pupil.objects.filter(school=school).count() == 5


def test_values_below_a_heading_are_no_part_of_it(school: Any) -> None:
    heading = "UPN,Legal Surname,Legal Forename,DOB,Year,Adno,Reg\n"
    known = f"{upn_number(0)},Surname,Forename,2014-03-05,8,000001,\n"
    assert brought(school, File("pupils.csv", (heading + known).encode())) == ""
    see(school)
    assert Pupil.objects.get(school=school).family_name == "Surname"


ROWS = [[*row.split(","), group] for row, group in zip(GOOD.splitlines(), ["Reg", *["8R"] * 5], strict=True)]


def filled(place: int, cell: str) -> File:
    """The good pupils in a workbook, in a tutor group each, with another cell in the first one's row."""
    rows = [list(row) for row in ROWS]
    rows[1][place] = cell
    return File("pupils.xlsx", workbook(*rows))


@pytest.mark.parametrize("place", [0, 6])
@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ('="B" & "801200005001"', "a formula whose result was not saved"),
        ("#N/A", "“#N/A” stands where a formula went wrong"),
        ("#REF!", "“#REF!” stands where a formula went wrong"),
    ],
)
def test_a_formula_without_a_result_is_refused_and_empties_nothing(
    school: Any, place: int, cell: str, said: str
) -> None:
    assert brought(school, filled(6, "8R")) == ""
    report = import_files([filled(place, cell)], school.urn)
    (refused,) = report.refused
    assert said in refused.reason and (refused.row, refused.column) == (2, ROWS[0][place])
    see(school)
    assert set(Pupil.objects.filter(school=school).values_list("tutor_group", flat=True)) == {"8R"}


def test_a_formula_without_a_result_is_no_word_to_be_explained(school: Any) -> None:
    heading = HEADING.strip() + ",SEN Status\n"
    with TemporaryDirectory() as workspace:
        file = File("pupils.csv", (heading + line(0).strip() + ",#N/A\n").encode())
        (understood,) = understand(sending_of([file], Path(workspace)), school=school)
    assert understood.unknown == {}


def test_a_formula_whose_result_is_an_empty_text_is_an_empty_cell(school: Any) -> None:
    empty = filled(6, '=IF(1=1,"","8R")').open().read()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(empty)) as given, zipfile.ZipFile(out, "w") as saved:
        for name in given.namelist():
            saved.writestr(name, given.read(name).replace(b'<c r="G2">', b'<c r="G2" t="str">'))
    assert brought(school, File("pupils.xlsx", out.getvalue())) == ""
    see(school)
    assert sorted(Pupil.objects.filter(school=school).values_list("tutor_group", flat=True)) == [
        "",
        *["8R"] * 4,
    ]


def test_zeros_that_a_spreadsheet_took_away_are_kept(school: Any) -> None:
    assert brought(school, File("pupils.csv", GOOD.encode())) == ""
    opened = HEADING + "".join(line(n, number=str(n)) for n in range(1, 5))
    report = import_files([File("pupils.csv", opened.encode())], school.urn)
    assert any("lost the zeros" in row.reason for row in report.warnings)
    see(school)
    assert Pupil.objects.get(school=school, upn=upn_number(3)).mis_id == "000003"


def test_zeros_before_telephone_numbers_are_put_back_and_told(school: Any) -> None:
    assert brought(school, File("pupils.csv", GOOD.encode())) == ""
    heading, who = "UPN,Priority,Name,Telephone\n", f"{upn_number(0)},1,Ama Mensah,"
    numbers = ("07700900123", "7700900123", "07700 900123", "447700900123", "+447700900123", "1632960001")
    found = []
    for number in numbers:
        report = import_files([File("contacts.csv", f"{heading}{who}{number}\n".encode())], school.urn)
        see(school)
        told = any("lost the zero before" in row.reason for row in report.warnings)
        found.append((Contact.objects.get(school=school).phone, told))
    assert found == [
        ("07700900123", False),
        ("07700900123", True),
        ("07700 900123", False),
        ("447700900123", False),
        ("+447700900123", False),
        ("01632960001", True),
    ]


def test_what_a_spreadsheet_made_of_a_name_or_a_number_is_not_taken_for_one(school: Any) -> None:
    spoilt = HEADING + line(0, number="1.00E+06")
    report = import_files([File("pupils.csv", spoilt.encode())], school.urn)
    assert any("what a spreadsheet makes of" in row.reason for row in report.warnings)
    members = f"Class,UPN\n1.00E+03,{upn_number(0)}\n7E2,{upn_number(0)}\n"
    assert "what a spreadsheet makes of" in brought(school, File("members.csv", members.encode()))
    see(school)
    assert Pupil.objects.get(school=school).mis_id == ""


def several(start: int, *, lower: int = 0) -> bytes:
    return (
        HEADING + "".join(line(n, year=str(7 + n % 5 - lower)) for n in range(start, start + 40))
    ).encode()


def test_another_schools_pupils_are_not_taken_for_ours(school: Any) -> None:
    assert brought(school, File("pupils.csv", several(0))) == ""
    staff = File("staff.csv", b"Staff Code,Surname\nABC,Adeyemi\n")
    report = import_files([File("pupils.csv", several(500)), staff], school.urn)
    assert "another school’s" in report.refused[0].reason
    assert (report.applied, report.created, [name for name, _ in report]) == (False, 0, ["pupils"])
    see(school)
    assert Pupil.objects.filter(school=school).count() == 40
    assert not StaffMember.objects.filter(school=school, code="ABC").exists()


def test_a_new_years_intake_is_not_taken_for_another_schools(school: Any) -> None:
    assert brought(school, File("pupils.csv", several(0))) == ""
    intake = HEADING + "".join(line(n, year="7") for n in range(500, 540))
    assert brought(school, File("pupils.csv", intake.encode())) == ""


def test_last_years_pupils_do_not_put_everybody_back(school: Any) -> None:
    assert brought(school, File("pupils.csv", several(0))) == ""
    assert "last year’s" in brought(school, File("pupils.csv", several(0, lower=1)))
    see(school)
    assert set(Pupil.objects.filter(school=school).values_list("year_group", flat=True)) == set("789") | {
        "10",
        "11",
    }


def test_one_pupil_may_repeat_a_year(school: Any) -> None:
    assert brought(school, File("pupils.csv", several(0))) == ""
    put_back = several(0).decode().replace(line(4, year="11"), line(4, year="10"))
    assert brought(school, File("pupils.csv", put_back.encode())) == ""


def test_more_rows_than_any_school_has_are_not_taken_into_memory(school: Any) -> None:
    heading = b"UPN,Date,Incident type\n"
    many = heading + b"B801200005001,20/10/2026,Rudeness\n" * 100_001
    assert "This holds 100,001 rows" in brought(school, File("incidents.csv", many))


MEASURED = """
import sys
from pathlib import Path
import django
django.setup()
from tests.imports.test_bad_files import read
from iap.imports.reading import File
said = read(*[File(Path(name).name, path=Path(name)) for name in sys.argv[1:]])
# This program's own peak: what `resource` tells would begin at that of the tests that start it.
peak = next(row for row in Path("/proc/self/status").read_text().splitlines() if row.startswith("VmHWM"))
print(int(peak.split()[1]) // 1024, said)
"""


def test_files_of_200_mb_and_bombs_stay_under_400_mb_of_memory(tmp_path: Path) -> None:
    row = line(1).encode() * 1000
    with (large := tmp_path / "pupils.csv").open("wb") as out:
        out.write(HEADING.encode())
        for _ in range(200 * 1024 * 1024 // len(row)):
            out.write(row)
    (packed := tmp_path / "all.zip").write_bytes(bomb())
    (wide := tmp_path / "wide.csv").write_bytes(b"a," * 20_000_000)
    for number, (content, _) in enumerate(BOMBS.values()):
        (tmp_path / f"{number}.xlsx").write_bytes(content())
    books = map(str, sorted(tmp_path.glob("*.xlsx")))
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(large), str(packed), str(wide), *books],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2], env={**_environment()},
    )  # fmt: skip
    megabytes, said = done.stdout.split(maxsplit=1)
    assert int(megabytes) < 400
    assert "Send it in parts" in said and "too large when unpacked" in said and "too long" in said
    assert all(sentence in said for _, sentence in BOMBS.values())


def _environment() -> dict[str, str]:
    import os

    return {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
