"""Both sample exports, as untidy as real ones, brought in whole."""

import json
from pathlib import Path
from typing import Any

import pytest

from iap.imports.models import ImportRun
from iap.imports.report import Report
from iap.imports.run import import_folder
from iap.schools.calendar import Calendar
from iap.schools.models import AcademicYear, School, StaffMember
from iap.tenancy import context
from pupils import upn
from pupils.attendance import rates
from pupils.models import AttendanceMark, AttendanceTotal, Contact, Incident, Pupil, Suspension
from timetables.models import ClassMember, MainstreamClass, MainstreamLesson

DATA = Path(__file__).parents[1] / "data"
FOLDERS = {"380488": DATA / "secondary-sims", "380255": DATA / "primary-arbor"}


@pytest.fixture(params=FOLDERS.items(), ids=lambda item: item[1].name)
def brought(request: Any) -> tuple[School, Path, Report]:
    urn, folder = request.param
    report = import_folder(folder, urn)
    school = School.objects.get(urn=urn)
    context.enter([school.pk])
    return school, folder, report


def test_what_is_found_agrees_with_what_a_right_import_finds(brought: tuple[School, Path, Report]) -> None:
    school, folder, report = brought
    expected = json.loads((folder / "expected.json").read_text())
    found = _found(school)
    assert {name: found[name] for name in found} == {name: expected[name] for name in found}
    assert report.refused == []


def test_a_second_run_changes_nothing_and_says_so(brought: tuple[School, Path, Report]) -> None:
    school, folder, first = brought
    again = import_folder(folder, school.urn)
    assert again.changes == 0
    for kind, counts in first:
        assert (again.of(kind).unchanged, again.of(kind).refused) == (counts.created, [])
    assert ImportRun.objects.filter(school=school).count() == 2


def _found(school: School) -> dict[str, Any]:
    year = AcademicYear.objects.get(school=school)
    days = Calendar.of(school, year.starts_on, year.ends_on).open_days()
    pupils = list(Pupil.objects.filter(school=school))
    marked = rates(pupils, [(year.starts_on, year.ends_on)])
    staff = StaffMember.objects.filter(school=school)
    return {
        "phase": school.phase,
        "cycle_weeks": school.cycle_weeks,
        "pupils": len(pupils),
        "temporary_upns": sum(upn.is_temporary(pupil.upn) for pupil in pupils),
        "staff": staff.count(),
        "qualified": staff.filter(qualified=True).count(),
        "classes": MainstreamClass.objects.filter(school=school).count(),
        "lessons": MainstreamLesson.objects.filter(school=school).count(),
        "memberships": ClassMember.objects.filter(school=school).count(),
        "attendance_marks": AttendanceMark.objects.filter(school=school).count(),
        "last_year": AttendanceTotal.objects.filter(school=school).count(),
        "suspensions": Suspension.objects.filter(school=school).count(),
        "incidents": Incident.objects.filter(school=school).count(),
        "contacts": Contact.objects.filter(school=school).count(),
        "school_days": len(days),
        "first_day": year.starts_on.isoformat(),
        "last_day": year.ends_on.isoformat(),
        "pupils_below_half_attendance": sum(rate.attended * 2 < rate.possible for (rate,) in marked.values()),
    }
