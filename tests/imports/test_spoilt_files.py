"""Good files that something has happened to: no error of ours, nothing half written, and a page that says so."""

import io
import random
import re
import zipfile
from collections import Counter
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iap.imports import working
from iap.imports.models import ImportJob
from iap.imports.reading import File
from iap.schools.models import StaffMember
from pupils.models import Incident, Pupil
from tests.factories import PupilFactory, see, upn_number
from tests.imports.conftest import Manager
from tests.imports.test_bad_files import GOOD, HEADING, brought, read, workbook, zipped

READ, BROUGHT = 1600, 450  # generated files that are read, and that are brought in: more than two thousand
SENT, ROSTERS = 150, 100  # and others that are sent on the page, and OneRoster zips
NAMES = ["pupils.csv", "staff.txt", "attendance.csv", "timetable.tsv", "book.xlsx", "all.zip", "x.csv"]

some_text = st.text(st.characters(codec="utf-8"), max_size=60)
cells = st.lists(
    st.one_of(some_text, st.sampled_from(["UPN", "DOB", "Year", "Class", '"', "'=1", "\x00", "31/02/2014"])),
    max_size=12,
)
tables = st.lists(cells, max_size=12).map(
    lambda rows: "\r\n".join(",".join(row) for row in rows).encode("utf-8", "replace")
)
MARKS = [
    b"",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"sep=;\n",
    HEADING.encode(),
]
prefixed = st.tuples(st.sampled_from(MARKS), st.binary(max_size=300)).map(b"".join)


@settings(max_examples=READ, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(NAMES), st.one_of(prefixed, tables))
def test_whatever_the_bytes_they_are_read_or_refused_in_a_sentence(name: str, content: bytes) -> None:
    said = read(File(name, content))
    assert said == said.strip()


TABLES = {
    "pupils": GOOD,
    "staff": "Staff Code,Title,Forename,Surname\nABC,Ms,Rosa,Adeyemi\nDEF,Mr,Ben,Ortiz\n",
    "incidents": "UPN,Date,Incident type\n"
    + "".join(f"{upn_number(n)},2026-10-20,Rudeness\n" for n in range(5)),
}


def _spoilt(seed: int, table: str = GOOD, kind: str = "pupils") -> tuple[str, bytes]:
    """A good file that something has happened to, in one of many ways and places."""
    chance = random.Random(seed)
    name = chance.choice([f"{kind}.csv", f"{kind}.xlsx", f"{kind}.zip", "other.csv"])
    content = table.encode(chance.choice(["utf-8", "utf-16", "utf-8-sig", "cp1252"]))
    packed = [zipped(**{f"{kind}__csv": content}), workbook(*[row.split(",") for row in table.splitlines()])]
    match chance.randrange(6):
        case 0:
            return name, _harmed(chance.choice(packed), chance)
        case 1:
            return name, _harmed_within(chance.choice(packed), chance)
        case _:
            return name, _harmed(content, chance)


def _harmed_within(packed: bytes, chance: random.Random) -> bytes:
    """A zip that is whole, with a member that is not."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as given, zipfile.ZipFile(out, "w") as made:
        names = given.namelist()
        harmed = chance.choice([name for name in names if not name.startswith("docProps/")])
        for name in names:
            content = given.read(name)
            made.writestr(name, _harmed(content, chance) if name == harmed else content)
    return out.getvalue()


def _harmed(good: bytes, chance: random.Random) -> bytes:
    content = bytearray(good)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(content) or 1)
        match chance.randrange(7):
            case 0:
                del content[at:]
            case 1:
                content[at : at + 1] = bytes([chance.randrange(256)])
            case 2:
                content[at:at] = chance.choice(
                    [b"\x00", b'"', b",,,,", b"\n\n", b"\r", b"\xff", b"=cmd|", b"9" * 60, b"<", b"&"]
                )
            case 3:
                del content[at : at + chance.randint(1, 30)]
            case 4:
                content[at:at] = content[: chance.randint(1, 80)]
            case 5:
                content = bytearray(bytes(content).replace(b",", chance.choice([b";", b"\t", b"|", b" "])))
            case _:
                _say_another_number(content, chance)
    return bytes(content)


def _say_another_number(content: bytearray, chance: random.Random) -> None:
    if numbers := list(re.finditer(rb"\d+", content)):
        start, end = chance.choice(numbers).span()
        content[start:end] = chance.choice([b"", b"0", b"-1", b"NaN", b"1e5", b"2147483648", b"9" * 20])


def test_whatever_happens_to_a_file_nothing_of_it_is_half_written(school: Any) -> None:
    """All or nothing: a file that says anything is wrong has written no row."""
    see(school)
    known = PupilFactory(school=school)
    for seed in range(BROUGHT):
        name, content = _spoilt(seed)
        before = Pupil.objects.filter(school=school).count()
        said = brought(school, File(name, content))
        if said:
            assert Pupil.objects.filter(school=school).count() == before, seed
        else:
            Pupil.objects.filter(school=school).exclude(pk=known.pk).delete()


def test_whatever_happens_to_files_their_pages_say_so_and_nothing_is_half_written(
    manager: Manager, school: Any, caplog: Any
) -> None:
    """From the upload over what was understood to what is brought in: no trouble of ours, and all of it or nothing."""
    see(school)
    reached: Counter[str] = Counter()
    for seed in range(0, SENT, len(TABLES)):
        spoilt = (_spoilt(10_000 + seed + n, table, kind) for n, (kind, table) in enumerate(TABLES.items()))
        assert manager.send({name: content for name, content in spoilt if content}).status_code == 200, seed
        for page in ("understood/?open=0&open=1&open=2", "left-out.csv"):
            assert manager.get(f"{manager.address}{page}", follow=True).status_code == 200, seed
        job = _left_alone_what_nobody_knows(manager, ImportJob.objects.filter(school=school).latest("pk"))
        checked = job.report
        assert _written(school) == [0, 0, 0], seed
        strict = {"strict": "on"} if seed % 2 else {}
        assert manager.post(f"{manager.address}apply/", strict).status_code == 200, seed
        job.refresh_from_db()
        assert job.problem not in {working.OURS, working.LOST}, seed
        wanted = [checked.of(kind).created if job.run else 0 for kind in TABLES]
        assert _written(school) == wanted and not (strict and job.run and checked.left_out), seed
        reached[job.state] += 1
        for model in (Incident, Pupil, StaffMember):
            model.objects.filter(school=school).delete()
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []
    assert min(reached[state] for state in ("checked", "applied", "stopped")) > 3, reached


def _left_alone_what_nobody_knows(manager: Manager, job: ImportJob) -> ImportJob:
    """The job once all that somebody would have to say more about is left alone."""
    if job.state == "asking":
        numbers = [str(number) for number, each in enumerate(job.tables) if each.must_be_asked]
        said = {f"t{number}-kind": "leave" for number in numbers}
        manager.post(f"{manager.address}understood/", {"open": numbers, "do": "keep", **said})
        job.refresh_from_db()
    return job


def _written(school: Any) -> list[int]:
    return [model.objects.filter(school=school).count() for model in (Pupil, StaffMember, Incident)]


def test_whatever_happens_within_a_oneroster_zip_nothing_of_it_is_half_written(school: Any) -> None:
    see(school)
    taken = 0
    for seed in range(ROSTERS):
        with transaction.atomic():
            said = brought(school, File("oneroster.zip", _harmed_within(ROSTER, random.Random(seed))))
            assert not said or _written(school) == [0, 0, 0], seed
            taken += not said
            transaction.set_rollback(True)
    assert 10 < taken < ROSTERS - 10


ROSTER = zipped(
    manifest__csv="propertyName,value\noneroster.version,1.2\nfile.enrollments,bulk\n",
    orgs__csv="sourcedId,name,type\no1,Hill Lane School,school\n",
    academicSessions__csv="sourcedId,title,type,startDate,endDate\ny1,This year,schoolYear,2026-09-01,2027-07-21\n",
    users__csv="sourcedId,status,role,givenName,familyName,identifier,grades,agentSourcedIds,phone\n"
    + "".join(f"p{n},,student,Kai,Mensah{n},{upn_number(n)},8,,\n" for n in range(3))
    + "g0,,guardian,Ama,Mensah,,,p0,07700 900123\nt0,,teacher,Rosa,Adeyemi,RAD,,,\n",
    classes__csv="sourcedId,title,classCode,subjects\nc1,8x/En1,8x/En1,English\n",
    enrollments__csv="sourcedId,classSourcedId,userSourcedId,role\ne0,c1,p0,student\ne1,c1,t0,teacher\n",
)
