"""All that is kept about one pupil: whole, nobody else's, and kept as taken out."""

import csv
import io
import json
import zipfile
from typing import Any

import pytest
from django.utils import timezone

from iap.audit.models import Event, Read
from iap.exports import one, tables
from pupils.models import AttendanceMark, Pupil
from referrals.models import KeepApart, Strategy
from tests.factories import (
    CheckInFactory,
    HybridStepFactory,
    NoteFactory,
    PlacementFactory,
    PupilFactory,
    ReferralFactory,
    UserFactory,
    see,
)


@pytest.fixture
def kai(school: Any) -> Pupil:
    """A pupil with something in many tables, beside another with the same."""
    for _ in range(2):
        placement = PlacementFactory(school=school)
        pupil = placement.pupil
        NoteFactory(school=school, pupil=pupil, text=f"=About {pupil.family_name}")
        CheckInFactory(school=school, pupil=pupil)
        HybridStepFactory(school=school, placement=placement)
        referral = ReferralFactory(school=school, pupil=pupil, submitted_at=timezone.now())
        Strategy.objects.create(school=school, referral=referral, what="A calm start", effect="some")
        AttendanceMark.objects.create(
            school=school, pupil=pupil, day=timezone.localdate(), half="AM", code="/"
        )
    return pupil


def opened(client: Any, user: Any, pupil: Pupil) -> zipfile.ZipFile:
    client.force_login(user)
    answer = client.post(f"/pupils/{pupil.uuid}/all/")
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return zipfile.ZipFile(io.BytesIO(answer.content))


def test_every_row_about_the_pupil_is_in_it_and_nobody_elses(client: Any, kai: Pupil, dsl: Any) -> None:
    archive = opened(client, dsl, kai)
    record = json.loads(archive.read("record.json"))
    assert {name: len(rows) for name, rows in record.items()} == {
        "pupils-pupil": 1,
        "pupils-placement": 1,
        "pupils-note": 1,
        "pupils-checkin": 1,
        "pupils-attendancemark": 1,
        "timetables-hybridstep": 1,
        "referrals-referral": 1,
        "referrals-strategy": 1,
    }
    other = Pupil.objects.exclude(pk=kai.pk).get()
    whole = "".join(archive.read(name).decode() for name in archive.namelist())
    assert kai.family_name in whole and other.family_name not in whole and other.upn not in whole


def test_each_table_is_a_csv_too_safe_and_explained(client: Any, kai: Pupil, lead: Any) -> None:
    archive = opened(client, lead, kai)
    rows = list(csv.DictReader(io.StringIO(archive.read("pupils-note.csv").decode("utf-8-sig"))))
    assert rows[0]["text"] == f"'=About {kai.family_name}"
    described = archive.read("dictionary.csv").decode("utf-8-sig")
    assert "pupils-note.csv,text," in described
    assert "another person" in archive.read("README.txt").decode()


def test_another_pupil_in_a_row_is_not_named(client: Any, school: Any, kai: Pupil, lead: Any) -> None:
    other = PupilFactory(school=school)
    KeepApart.objects.create(
        school=school, one=kai, other=other, reason="x", recorded_by=UserFactory(), recorded_at=timezone.now()
    )
    (row,) = json.loads(opened(client, lead, kai).read("record.json"))["referrals-keepapart"]
    assert (row["one_id"], row["other_id"]) == (kai.pk, "another person")


def test_every_table_that_leads_to_a_pupil_is_looked_into(kai: Pupil) -> None:
    """Straight, or over others: whatever an app adds later comes along."""
    found = {tables.name_of(model) for model, _ in one.about(kai)}
    straight = {
        tables.name_of(model)
        for model in tables.every()
        if any(field.related_model is Pupil for field in model._meta.concrete_fields)
    }
    assert straight < found
    assert {"timetables-stepplace", "referrals-decision", "referrals-offer"} <= found
    assert not {"schools-staffmember", "timetables-iapsession", "schools-term", "schools-membership"} & found


def test_that_it_was_taken_out_is_kept(client: Any, kai: Pupil, dsl: Any) -> None:
    opened(client, dsl, kai)
    event = Event.objects.get(verb="pupil.taken_out")
    assert (event.by, event.pupil_id, event.details["rows"]["pupils-note"]) == (dsl, kai.pk, 1)
    assert Read.objects.get(page="subject-access").pupil_ids == [kai.pk]


def test_a_pupil_of_another_school_is_not_found(client: Any, other_school: Any, dsl: Any) -> None:
    see(other_school)
    pupil = PupilFactory(school=other_school)
    client.force_login(dsl)
    assert client.post(f"/pupils/{pupil.uuid}/all/").status_code == 404


def test_the_way_there_stands_in_the_menu_of_those_who_may(
    client: Any, kai: Pupil, dsl: Any, iap_staff: Any
) -> None:
    client.force_login(dsl)
    assert "All that is kept" in client.get(f"/pupils/{kai.uuid}/").content.decode()
    client.force_login(iap_staff)
    assert "All that is kept" not in client.get(f"/pupils/{kai.uuid}/").content.decode()
