"""Taking a school's data out: every table that belongs to it, to whom it may go, whole, safe and for an hour."""

import csv
import datetime as dt
import io
import json
import os
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from iap.audit.models import Event, Read
from iap.exports import kept, tables, tasks
from iap.exports.columns import cell_of, columns_of
from iap.imports.models import ImportRun
from iap.schools.models import Membership, Role
from referrals.actions.attachments import path_of
from referrals.models import Attachment, Referral, Strategy
from tests.factories import (
    CheckInFactory,
    MembershipFactory,
    NoteFactory,
    PlacementFactory,
    PupilFactory,
    ReferralFactory,
    see,
)

# What the data manager may take out: what the school's own system knows, its people, its calendar and settings.
SCHOOL = {
    "imports-fieldrule",
    "imports-importrun",
    "imports-keptanswer",
    "imports-runundone",
    "imports-savedmapping",
    "inbox-preference",
    "pupils-attendancemark",
    "pupils-attendancetotal",
    "pupils-contact",
    "pupils-incident",
    "pupils-pupil",
    "pupils-suspension",
    "schools-academicyear",
    "schools-closure",
    "schools-code",
    "schools-correction",
    "schools-cycleweek",
    "schools-membership",
    "schools-period",
    "schools-provision",
    "schools-staffmember",
    "schools-term",
    "timetables-classmember",
    "timetables-lessonteacher",
    "timetables-mainstreamclass",
    "timetables-mainstreamlesson",
}
NEVER = {
    *("inbox-message", "timetables-calendarfeed", "audit-read", "audit-event"),
    *("imports-importjob", "imports-runwrite"),
}
OWNED = [
    model
    for model in apps.get_models()
    if any(field.name == "school" for field in model._meta.concrete_fields) and not hasattr(model, "pgh_id")
]


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def export(client: Any, user: Any) -> zipfile.ZipFile:
    """Ask for an export as this person would, and open what comes down."""
    client.force_login(user)
    page = client.post("/export/make/", follow=True)
    assert "The export is ready" in page.content.decode()
    answer = client.get(f"{page.redirect_chain[-1][0]}download/")
    assert answer.status_code == 200
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def read(archive: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(archive.read(f"{name}.csv").decode("utf-8-sig"))))


def named(archive: zipfile.ZipFile) -> set[str]:
    return {name.removesuffix(".csv") for name in archive.namelist() if name.endswith(".csv")}


@pytest.mark.parametrize("model", OWNED, ids=tables.name_of)
@pytest.mark.parametrize("role", Role)
def test_each_table_goes_to_whom_it_may_and_to_nobody_else(model: Any, role: Role) -> None:
    name = tables.name_of(model)
    goes = model in tables.open_to({role})
    if name in NEVER:
        assert not goes
    elif role in {Role.LEAD, Role.LEADER}:
        assert goes
    else:
        assert goes is (role == Role.DATA and name in SCHOOL)


def test_the_list_of_what_a_data_manager_takes_out_is_no_longer_than_it_says() -> None:
    assert {tables.name_of(model) for model in tables.open_to({Role.DATA})} == SCHOOL


def test_history_of_any_table_is_never_taken_out() -> None:
    assert [model for model in tables.every() if hasattr(model, "pgh_id")] == []


def test_no_column_that_is_taken_out_holds_a_key_or_a_password() -> None:
    words = ("password", "token", "secret", "hash")
    columns = [f"{model._meta.label}.{field.name}" for model in tables.every() for field in columns_of(model)]
    assert [column for column in columns if any(word in column.lower() for word in words)] == []


def test_no_support_record_leaves_with_a_data_manager(client: Any, school: Any, data_manager: Any) -> None:
    note = NoteFactory(school=school, text="Only for those who support Kai")
    CheckInFactory(school=school, pupil=note.pupil)
    ReferralFactory(school=school, pupil=note.pupil, happening="Only for the panel")
    archive = export(client, data_manager)
    assert named(archive) == SCHOOL | {"schools-user", "dictionary", "tables"}
    whole = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Only for" not in whole
    assert read(archive, "pupils-pupil")[0]["upn"] == note.pupil.upn


@pytest.mark.parametrize("role", [Role.LEAD, Role.LEADER])
def test_those_who_answer_for_the_provision_take_out_everything(client: Any, school: Any, role: Role) -> None:
    note = NoteFactory(school=school, text="She liked the garden")
    archive = export(client, MembershipFactory(school=school, role=role).user)
    expected = {tables.name_of(model) for model in OWNED} - NEVER
    assert named(archive) == expected | {"schools-user", "dictionary", "tables"}
    assert read(archive, "pupils-note")[0]["text"] == "She liked the garden"
    assert note.by.email in archive.read("schools-user.csv").decode()


def test_another_schools_rows_stay_there(client: Any, school: Any, other_school: Any, lead: Any) -> None:
    see(other_school)
    there, here = PupilFactory(school=other_school), PupilFactory(school=school)
    NoteFactory(school=other_school, pupil=there)
    archive = export(client, lead)
    assert [row["upn"] for row in read(archive, "pupils-pupil")] == [here.upn]
    assert read(archive, "pupils-note") == []
    assert {row["email"] for row in read(archive, "schools-user")} == {
        membership.user.email for membership in Membership.objects.filter(school=school)
    }


def test_every_column_of_every_table_stands_in_the_dictionary(client: Any, lead: Any) -> None:
    archive = export(client, lead)
    described = {(row["Table"], row["Column"]) for row in read(archive, "dictionary")}
    for name in named(archive) - {"dictionary", "tables"}:
        heading = next(csv.reader(io.StringIO(archive.read(f"{name}.csv").decode("utf-8-sig"))))
        assert {(f"{name}.csv", column) for column in heading} <= described
    assert all(row["Meaning"] and row["Type"] for row in read(archive, "dictionary"))
    assert all(row["Meaning"] for row in read(archive, "tables"))


def test_the_dictionary_says_what_codes_mean_and_where_rows_point(client: Any, lead: Any) -> None:
    rows = {(row["Table"], row["Column"]): row for row in read(export(client, lead), "dictionary")}
    assert rows["pupils-attendancemark.csv", "half"]["Values"] == "AM = Morning; PM = Afternoon"
    assert rows["pupils-pupil.csv", "sen_type"]["Values"] == "schools-code.csv, set “sen-type” (SEN type)"
    assert rows["pupils-note.csv", "pupil_id"]["Values"] == "pupils-pupil.csv, column id"
    assert "no longer on roll" in rows["pupils-pupil.csv", "left_on"]["Meaning"]
    assert rows["pupils-pupil.csv", "born_on"]["Type"].startswith("date")


@pytest.mark.parametrize("text", ["=1+1", "+44 7700 900123", "-5", "@here", "\tx", "\rx"])
def test_no_cell_is_taken_for_a_formula(client: Any, school: Any, lead: Any, text: str) -> None:
    NoteFactory(school=school, text=text)
    assert read(export(client, lead), "pupils-note")[0]["text"] == f"'{text}"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (-3, "-3"),
        (True, "yes"),
        (False, "no"),
        (dt.date(2026, 9, 1), "2026-09-01"),
        (dt.time(9, 0), "09:00:00"),
        (dt.datetime(2026, 9, 1, 8, tzinfo=dt.UTC), "2026-09-01T09:00:00+01:00"),
        (["=a", "b"], "'=a; b"),
        ({"a": 1}, '{"a": 1}'),
        ("two\nlines", "two\nlines"),
    ],
)
def test_values_can_be_read_back(value: Any, cell: str) -> None:
    assert cell_of(value) == cell


def test_json_is_written_as_the_dictionary_says(client: Any, school: Any, data_manager: Any) -> None:
    files = [{"name": "=pupils.csv", "sha256": "0" * 64}]
    ImportRun.objects.create(school=school, by=data_manager, files=files, outcome={"pupils": {"created": 1}})
    archive = export(client, data_manager)
    (row,) = read(archive, "imports-importrun")
    assert json.loads(row["files"]) == files
    assert json.loads(row["outcome"]) == {"pupils": {"created": 1}}
    described = {(row["Table"], row["Column"]): row["Type"] for row in read(archive, "dictionary")}
    assert described["imports-importrun.csv", "files"] == "JSON"


def test_what_somebody_is_still_writing_stays_theirs(client: Any, school: Any, lead: Any) -> None:
    sent = ReferralFactory(school=school, submitted_at=timezone.now())
    draft = ReferralFactory(school=school, state="draft", submitted_at=None, number=None)
    for referral in (sent, draft):
        Strategy.objects.create(school=school, referral=referral, what="A calm start", effect="some")
    archive = export(client, lead)
    assert [row["id"] for row in read(archive, "referrals-referral")] == [str(sent.pk)]
    assert [row["referral_id"] for row in read(archive, "referrals-strategy")] == [str(sent.pk)]
    assert Referral.objects.filter(pk=draft.pk).exists()


def test_files_come_along_with_their_rows(client: Any, school: Any, lead: Any, data_manager: Any) -> None:
    referral = ReferralFactory(school=school, submitted_at=timezone.now())
    file = Attachment.objects.create(
        school=school,
        referral=referral,
        name="plan.pdf",
        kind="application/pdf",
        size=3,
        digest="0" * 64,
        added_by=lead,
        added_at=timezone.now(),
    )
    path_of(file).parent.mkdir(parents=True)
    path_of(file).write_bytes(b"%PDF")
    archive = export(client, lead)
    assert archive.read(f"files/referrals-attachment/{file.pk} plan.pdf") == b"%PDF"
    assert not any(name.startswith("files/") for name in export(client, data_manager).namelist())


def test_an_export_is_kept_in_the_audit_and_as_a_read_of_everybody_in_it(
    client: Any, school: Any, data_manager: Any
) -> None:
    pupils = [PupilFactory(school=school) for _ in range(3)]
    export(client, data_manager)
    made = Event.objects.get(verb="export.made")
    assert made.by == data_manager
    assert made.details["rows"]["pupils-pupil"] == 3
    assert Event.objects.get(verb="export.downloaded").by == data_manager
    assert Read.objects.get(page="export").pupil_ids == sorted(pupil.pk for pupil in pupils)


def test_only_who_asked_downloads_it(client: Any, lead: Any, leader: Any) -> None:
    export(client, lead)
    (made,) = Path(kept._root()).glob("*/*/*.zip")
    address = f"/export/{made.name.split('.')[0]}/"
    client.force_login(leader)
    assert client.get(address).status_code == 404
    assert client.get(f"{address}download/").status_code == 404


def test_who_no_longer_sees_support_records_does_not_download_them(
    client: Any, school: Any, lead: Any
) -> None:
    export(client, lead)
    (made,) = Path(kept._root()).glob("*/*/*.zip")
    Membership.objects.filter(user=lead).update(role=Role.DATA)
    assert client.get(f"/export/{made.name.split('.')[0]}/download/").status_code == 404


def test_an_export_is_gone_after_an_hour(client: Any, lead: Any) -> None:
    export(client, lead)
    (made,) = Path(kept._root()).glob("*/*/*.zip")
    long_ago = time.time() - kept.KEPT - 1
    os.utime(made, (long_ago, long_ago))
    cache.clear()
    assert client.get(f"/export/{made.name.split('.')[0]}/download/").status_code == 404
    tasks.sweep()
    assert not made.exists()


def test_nobody_else_on_the_machine_reads_it(client: Any, lead: Any) -> None:
    export(client, lead)
    (made,) = Path(kept._root()).glob("*/*/*.zip")
    assert made.stat().st_mode & 0o077 == 0
    assert made.parent.stat().st_mode & 0o077 == 0


def test_one_that_could_not_be_made_says_so_and_leaves_nothing(
    client: Any, school: Any, lead: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise OSError("No room")

    monkeypatch.setattr(tasks, "write", broken)
    with pytest.raises(OSError, match="No room"):
        tasks.make(school_id=school.pk, user_id=lead.pk, export=str(school.uuid))
    client.force_login(lead)
    assert "could not be made" in client.get(f"/export/{school.uuid}/").content.decode()
    assert not list(Path(kept._root()).glob("*/*/*"))


def test_while_it_is_made_the_page_says_how_far_it_is(client: Any, school: Any, lead: Any) -> None:
    client.force_login(lead)
    asked = kept.Export(school, lead.pk, school.uuid, True)
    asked.tell("making", table="pupils-note", done=3, of=40)
    part = client.get(f"/export/{school.uuid}/", HTTP_HX_REQUEST="true").content.decode()
    assert "3 of 40 tables written." in part
    assert 'value="3"' in part


@pytest.mark.parametrize(
    ("role", "says"), [(Role.DATA, "Support records are not in it"), (Role.LEADER, "all support records")]
)
def test_the_page_says_who_takes_out_what(client: Any, school: Any, role: Role, says: str) -> None:
    client.force_login(MembershipFactory(school=school, role=role).user)
    assert says in client.get("/export/").content.decode()


def test_an_export_costs_the_same_number_of_queries_however_much_there_is(school: Any, lead: Any) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            tasks.make(school_id=school.pk, user_id=lead.pk, export=str(school.uuid))
        return len(queries)

    PlacementFactory(school=school)
    one = cost()
    for _ in range(40):
        PlacementFactory(school=school)
    assert cost() == one
