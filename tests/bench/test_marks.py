"""The program that says what a mark costs brings in what it says, and the planner is told of what came."""

from django.db import connection

from iap.imports.run import import_files
from iap.local.bench import marks
from pupils.models import AttendanceMark
from tests.factories import upn_number
from tests.imports.test_rows import in_school, sent


def test_as_many_marks_are_brought_in_as_were_asked_for() -> None:
    told = marks.measure("999001", 4200)
    assert told["marks"] == 4200 and told["processor_us_per_mark"] > 0
    assert AttendanceMark.objects.filter(school=in_school("999001")).count() == 4200


def test_the_planner_knows_how_many_pupils_a_first_import_has_brought() -> None:
    """Else each mark is looked up among all pupils, as in a table that is thought to be empty."""
    rows = "".join(f"{upn_number(n)},Mensah{n},Kai,25/03/2014,8\n" for n in range(900, 1200))
    import_files(sent(pupils=f"UPN,Surname,First name,Date of birth,Year group\n{rows}"), "999002")
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'pupils_pupil'")
        assert cursor.fetchone()[0] >= 300
