"""What a school has set in its own codes is what cells are read by."""

import datetime as dt
from typing import Any

import pytest

from iap.imports.run import import_files
from iap.schools.codes import seed
from iap.schools.models import Code, CodeSet
from pupils.attendance import rates_of
from pupils.models import AttendanceMark, Pupil, Suspension
from tests.imports.test_rows import GOOD, PUPILS, sent

KAI = "B801200005001"
SEPTEMBER = dt.date(2026, 9, 1)


def bring(school: Any, **files: str) -> Any:
    return import_files(sent(**files), school.urn)


@pytest.fixture(autouse=True)
def _seeded(school: Any) -> None:
    seed(school)


@pytest.mark.parametrize("cell", ["14", "Year 14", "year 14"])
def test_a_year_group_of_the_schools_own_is_known_by_its_code_and_its_name(school: Any, cell: str) -> None:
    Code.objects.create(
        school=school, set=CodeSet.YEAR_GROUP, code="14", label="Year 14", valid_from=dt.date(2020, 9, 1)
    )
    assert bring(school, pupils=PUPILS + GOOD.replace("Year 8", cell)).refused == []
    assert Pupil.objects.get(school=school).year_group == "14"


def test_a_year_group_that_nobody_has_set_is_refused(school: Any) -> None:
    (refusal,) = bring(school, pupils=PUPILS + GOOD.replace("Year 8", "14")).refused
    assert "is not a year group" in refusal.reason


def end(school: Any, code_set: str, code: str, last_day: dt.date) -> None:
    rows = Code.objects.filter(school=school, set=code_set, code=code)
    assert rows.update(valid_to=last_day + dt.timedelta(days=1)) == 1


def test_a_mark_after_the_last_day_of_its_code_is_left_out_and_says_so(school: Any) -> None:
    end(school, CodeSet.ATTENDANCE, "G", dt.date(2026, 9, 4))
    marks = f"UPN,Date,Session,Mark\n{KAI},2026-09-04,AM,G\n{KAI},2026-09-04,PM,G\n{KAI},2026-09-07,AM,G\n"
    report = bring(school, pupils=PUPILS + GOOD, attendance=marks)
    (refusal,) = report.refused
    assert (refusal.row, refusal.column) == (4, "Mark")
    assert "The last day of this code was 4 September 2026" in refusal.reason
    assert AttendanceMark.objects.filter(school=school).count() == 2


def test_a_code_that_was_given_out_again_is_taken(school: Any) -> None:
    end(school, CodeSet.ATTENDANCE, "G", dt.date(2026, 9, 4))
    again = Code.objects.get(school=school, set=CodeSet.ATTENDANCE, code="G")
    Code.objects.create(
        school=school, set=again.set, code="G", category=again.category, valid_from=dt.date(2026, 9, 7)
    )
    marks = f"UPN,Date,Session,Mark\n{KAI},2026-09-07,AM,G\n"
    assert bring(school, pupils=PUPILS + GOOD, attendance=marks).refused == []


def test_a_mark_under_a_code_that_the_school_has_added_is_brought_in_as_it_counts_there(school: Any) -> None:
    Code.objects.create(
        school=school,
        set=CodeSet.ATTENDANCE,
        code="H9",
        label="Hive",
        category="off-site",
        valid_from=SEPTEMBER,
    )
    marks = (
        f"UPN,Date,Session,Mark\n{KAI},2026-09-04,AM,H9\n{KAI},2026-09-04,PM,Hive\n{KAI},2026-09-07,AM,N\n"
    )
    assert bring(school, pupils=PUPILS + GOOD, attendance=marks).refused == []
    found = AttendanceMark.objects.filter(school=school)
    assert sorted(found.values_list("code", flat=True)) == ["H9", "H9", "N"]
    (rate,) = rates_of(Pupil.objects.get(school=school), [(SEPTEMBER, dt.date(2026, 9, 30))])
    assert (rate.attended, rate.possible) == (2, 3)


def test_a_suspension_after_the_last_day_of_its_reason_is_left_out(school: Any) -> None:
    end(school, CodeSet.SUSPENSION, "TH", dt.date(2026, 9, 4))
    rows = f"UPN,Start Date,Sessions,Reason\n{KAI},2026-09-04,2,TH\n{KAI},2026-09-14,2,TH\n"
    (refusal,) = bring(school, pupils=PUPILS + GOOD, suspensions=rows).refused
    assert (refusal.row, "last day of TH" in refusal.reason) == (3, True)
    assert Suspension.objects.get(school=school).starts_on == dt.date(2026, 9, 4)
