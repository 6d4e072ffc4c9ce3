"""A run is taken back whole, or says what stands in the way."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.apps import apps

from iap.errors import Refused
from iap.imports.models import ImportRun, RunUndone
from iap.imports.run import import_files, import_folder
from iap.imports.undo import _keys_to, _several, obstacles, undo
from iap.schools.models import School
from pupils.models import Pupil
from tests.factories import CheckInFactory, UserFactory
from tests.imports.test_rows import GOOD, PUPILS, TIMETABLE, in_school, sent
from tests.imports.test_sample_schools import FOLDERS
from timetables.models import ClassMember, LessonTeacher, MainstreamLesson

FILLED = [
    model
    for model in apps.get_models()
    if model._meta.app_label in {"schools", "pupils", "timetables"}
    and any(field.name == "school" for field in model._meta.concrete_fields)
    and not hasattr(model, "pgh_id")
]


def everything(school: School) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the school, as it is stored."""
    return {
        model._meta.label: sorted(model._base_manager.filter(school=school).values_list(), key=repr)
        for model in FILLED
    }


def test_a_whole_school_is_taken_back_to_what_it_was_before() -> None:
    folder = FOLDERS["380255"]
    import_files(sent(staff="Staff Code,Surname\nABC,Adeyemi\n"), "380255")
    school = in_school("380255")
    before = everything(school)
    run = import_folder(folder, "380255").run
    assert everything(school) != before
    undo(run, by=UserFactory())
    assert everything(school) == before


def test_a_change_a_gone_row_and_a_new_row_are_all_taken_back() -> None:
    with time_machine.travel("2026-11-23 09:00"):
        import_files(sent(**TIMETABLE), "123456")
        school = in_school()
        before = everything(school)
    with time_machine.travel("2026-11-30 09:00"):
        changed = {
            **TIMETABLE,
            "staff": "Staff Code,Surname\nABC,Okafor\nDEF,Ortiz\n",
            "timetable": "Day,Period,Class,Subject,Staff,Room\n"
            "Monday,1,8x/En,Drama,DEF,E1\nMonday,2,8x/En,Drama,ABC,E9\n",
            "members": "Class,UPN\n8x/En,B801200005001\n",
            "calendar": "Week commencing,Week,Closures\n31/08/2026,,31/08/2026\n23/11/2026,,\n",
        }
        run = import_files(sent(**changed), "123456").run
        assert everything(school) != before
        undo(run, by=UserFactory())
    assert everything(school) == before


def test_what_somebody_has_built_on_it_is_named_and_nothing_is_taken_back() -> None:
    run = import_files(sent(pupils=PUPILS + GOOD), "123456").run
    school = in_school()
    CheckInFactory(school=school, pupil=Pupil.objects.get(school=school))
    with pytest.raises(Refused, match="1 check-in stands on what this import brought"):
        undo(run, by=UserFactory())
    assert Pupil.objects.filter(school=school).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_later_import_of_the_same_rows_is_undone_first() -> None:
    from django.db import transaction

    from iap.tenancy import context

    first = import_files(sent(pupils=PUPILS + GOOD), "123456").run
    second = import_files(sent(pupils=PUPILS + GOOD.replace("Kai", "Kit")), "123456").run
    with transaction.atomic():
        school = in_school()
        assert "changed since" in obstacles(first)[0]
        user = UserFactory()
    for run in (second, first):
        with context.within(school.pk):
            undo(run, by=user)
    with context.within(school.pk):
        assert not Pupil.objects.filter(school=school).exists()
        assert RunUndone.objects.filter(school=school).count() == 2


def test_a_later_import_of_other_rows_is_in_nobodys_way() -> None:
    first = import_files(sent(pupils=PUPILS + GOOD), "123456").run
    import_files(sent(staff="Staff Code,Surname\nABC,Adeyemi\n"), "123456")
    in_school()
    assert obstacles(first) == []


def test_a_run_is_undone_once() -> None:
    run = import_files(sent(pupils=PUPILS + GOOD), "123456").run
    in_school()
    undo(run, by=UserFactory())
    with pytest.raises(Refused, match="undone already"):
        undo(run, by=UserFactory())


def test_a_run_whose_writes_are_no_longer_kept_says_so() -> None:
    run = import_files(sent(pupils=PUPILS + GOOD), "123456").run
    in_school()
    run.writes.all().delete()
    with pytest.raises(Refused, match="no longer kept"):
        undo(run, by=UserFactory())


def test_a_timetable_that_changes_twice_on_one_day_keeps_one_version_of_the_day() -> None:
    with time_machine.travel("2026-11-23 09:00"):
        import_files(sent(**TIMETABLE), "123456")
    for room in ("E7", "E8"):
        with time_machine.travel("2026-11-30 09:00"):
            moved = TIMETABLE["timetable"].replace("ABC,E1", f"ABC,{room}")
            import_files(sent(timetable=moved), "123456")
    school = in_school()
    now = MainstreamLesson.objects.filter(school=school, valid_to=None)
    assert {(x.room, x.valid_from) for x in now} == {("E8", dt.date(2026, 11, 30))}
    assert MainstreamLesson.objects.filter(school=school, room="E7").count() == 0
    assert LessonTeacher.objects.filter(school=school, valid_to=None).count() == 2


def test_a_teacher_who_changes_mid_term_taught_until_then() -> None:
    with time_machine.travel("2026-11-23 09:00"):
        import_files(sent(**TIMETABLE), "123456")
    with time_machine.travel("2026-11-30 09:00"):
        other = {
            "staff": "Staff Code,Surname\nABC,Adeyemi\nDEF,Ortiz\n",
            "timetable": TIMETABLE["timetable"].replace(
                "Monday,1,8x/En,English,ABC", "Monday,1,8x/En,English,DEF"
            ),
        }
        report = import_files(sent(**other), "123456")
    assert (report.of("timetable").changed, report.of("timetable").unchanged) == (1, 1)
    taught = LessonTeacher.objects.filter(school=in_school(), lesson__period__name="1").order_by("valid_from")
    assert [(x.teacher.code, x.valid_to) for x in taught] == [("ABC", dt.date(2026, 11, 30)), ("DEF", None)]


def test_whoever_is_in_no_file_any_more_stays_unless_somebody_says_otherwise() -> None:
    import_files(sent(pupils=PUPILS + GOOD + "P207000016049,Ahmed,Sara,06/04/2014,8\n"), "123456")
    report = import_files(sent(pupils=PUPILS + GOOD), "123456")
    assert (report.of("pupils").gone, report.changes) == (1, 0)
    assert Pupil.objects.filter(school=in_school(), left_on=None).count() == 2


def test_what_was_said_to_have_left_has_left_today_and_is_back_when_it_stands_in_the_file_again() -> None:
    from iap.imports.intake import Choices

    both = PUPILS + GOOD + "P207000016049,Ahmed,Sara,06/04/2014,8\n"
    import_files(sent(pupils=both), "123456")
    import_files(sent(pupils=PUPILS + GOOD), "123456", choices=Choices(gone={"pupils": "end"}))
    school = in_school()
    assert Pupil.objects.get(school=school, given_name="Sara").left_on == dt.date.today()
    import_files(sent(pupils=both), "123456")
    assert Pupil.objects.get(school=school, given_name="Sara").left_on is None


def test_every_run_keeps_what_its_files_were() -> None:
    import_files(sent(pupils=PUPILS + GOOD), "123456")
    (file,) = ImportRun.objects.get(school=in_school()).files
    assert file["name"] == "pupils.csv"
    assert len(file["sha256"]) == 64
    assert not ClassMember.objects.filter(school=in_school()).exists()


@pytest.mark.django_db(transaction=True)
def test_what_was_changed_by_hand_since_is_said_to_be_so() -> None:
    from django.db import transaction

    run = import_files(sent(pupils=PUPILS + GOOD), "123456").run
    with transaction.atomic():
        school = in_school()
        Pupil.objects.filter(school=school).update(given_name="Kit")
    with transaction.atomic():
        in_school()
        assert obstacles(run) == ["1 pupil that it wrote has changed since, by hand."]


@pytest.mark.parametrize(
    ("model", "said"),
    [
        ("pupils.checkin", "2 check-ins"),
        ("pupils.agency", "2 agencies"),
        ("pupils.handoff", "2 hand-offs"),
        ("timetables.sessionstaff", "2 adults in sessions"),
        ("timetables.stepplace", "2 slots of pupils’ weeks"),
        ("timetables.mainstreamclass", "2 mainstream classes"),
        ("pupils.followupcheck", "2 follow-up checks"),
    ],
)
def test_what_stands_in_the_way_is_called_what_people_call_it(model: str, said: str) -> None:
    assert _several(apps.get_model(model), 2) == said


def test_everything_that_may_stand_in_the_way_has_a_name_that_reads_well() -> None:
    in_the_way = {key.model for model in FILLED for key in _keys_to(model)}
    named = (str(model._meta.verbose_name) for model in in_the_way if not hasattr(model, "called"))
    odd = re.compile(r"(?:staff|said|feedback|apart|at|given|time)$")
    assert [name for name in named if odd.search(name)] == []
