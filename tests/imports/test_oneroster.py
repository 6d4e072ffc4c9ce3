"""OneRoster zips, 1.1 and 1.2, whole and changes alone."""

import datetime as dt
import io
import json
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import time_machine

from iap.imports.intake import Choices
from iap.imports.leaving import missing_from
from iap.imports.reading import File, Unreadable, sending_of
from iap.imports.run import import_files, import_folder
from iap.imports.undo import undo
from iap.schools.models import StaffMember
from pupils.models import Contact, Pupil
from tests.factories import UserFactory, see, upn_number
from tests.imports.conftest import Manager
from timetables.models import ClassMember, MainstreamClass

DATA = Path(__file__).parent.parent / "data"
USERS = (
    "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,"
    "middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n"
)
KAI = "p1,,,true,o1,student,001234,{UPN:B801200005001},Kai,Mensah,,B801200005001,,,,g1,8,\n"
AMA = "g1,,,true,o1,guardian,ama,,Ama,Mensah,,,ama@home.example,,07700 900123,p1,,\n"
ROSA = "t1,,,true,o1,teacher,r.adeyemi,,Rosa,Adeyemi,,RAD,r.adeyemi@school.example,,,,,\n"
CLASSES = (
    "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,"
    "schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods\n"
    "c1,,,8x/En1,8,k1,8x/En1,scheduled,,o1,y1,English,,\nc2,,,8x/Ma1,8,k2,8x/Ma1,scheduled,,o1,y1,Maths,,\n"
)
ENROLLED = (
    "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,"
    "endDate\n"
)
ORGS = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\no1,,,Hill Lane School,school,1,\n"
BULK = {
    "orgs": ORGS,
    "users": USERS + KAI + AMA + ROSA,
    "classes": CLASSES,
    "enrollments": ENROLLED
    + "e1,,,c1,o1,p1,student,,,\ne2,,,c2,o1,p1,student,,,\ne3,,,c1,o1,t1,teacher,true,,\n",
}


def zipped(files: dict[str, str], **modes: str) -> File:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        lines = [f"file.{name},{mode}\n" for name, mode in modes.items()]
        archive.writestr("manifest.csv", "propertyName,value\noneroster.version,1.1\n" + "".join(lines))
        for name, text in files.items():
            archive.writestr(f"{name}.csv", text)
    return File("oneroster.zip", out.getvalue())


def bring(school: Any, file: File, **options: Any) -> Any:
    return import_files([file], school.urn, **options)


def classes_of(school: Any) -> set[str]:
    today = ClassMember.objects.filter(school=school, valid_to=None)
    return set(today.values_list("mainstream_class__name", flat=True))


@pytest.mark.parametrize("sample", ["primary-arbor", "secondary-sims"])
def test_a_sample_alone_brings_people_classes_and_who_is_in_them(school: Any, sample: str) -> None:
    expected = json.loads((DATA / sample / "expected.json").read_text())
    report = bring(school, File("oneroster.zip", path=DATA / sample / "oneroster.zip"))
    assert report.refused == []
    see(school)
    assert {
        "pupils": Pupil.objects.filter(school=school).count(),
        "staff": StaffMember.objects.filter(school=school).count(),
        "classes": MainstreamClass.objects.filter(school=school).count(),
        "memberships": ClassMember.objects.filter(school=school).count(),
    } == {name: expected[name] for name in ("pupils", "staff", "classes", "memberships")}


def test_the_same_zip_again_changes_nothing(school: Any) -> None:
    file = File("oneroster.zip", path=DATA / "primary-arbor" / "oneroster.zip")
    bring(school, file)
    again = bring(school, file)
    assert again.changes == 0 and again.refused == []


def test_beside_fuller_files_a_zip_is_left_alone(school: Any) -> None:
    report = import_folder(DATA / "primary-arbor", school.urn, dry_run=True)
    assert (
        report.of("pupils").created
        == json.loads((DATA / "primary-arbor/expected.json").read_text())["pupils"]
    )
    assert not [row for row in report.refused if "oneroster" in row.file]


def test_what_is_said_of_people_is_kept(school: Any) -> None:
    bring(school, zipped(BULK))
    see(school)
    kai, rosa = Pupil.objects.get(school=school), StaffMember.objects.get(school=school)
    assert (kai.upn, kai.mis_id, kai.full_name, kai.year_group) == (
        "B801200005001",
        "001234",
        "Kai Mensah",
        "8",
    )
    assert kai.born_on is None
    assert (rosa.code, rosa.email, rosa.qualified) == ("RAD", "r.adeyemi@school.example", False)
    assert classes_of(school) == {"8x/En1", "8x/Ma1"}


@pytest.mark.parametrize(
    ("of_class", "of_course", "course", "found"),
    [
        ("Drama", "Art", "Art Y8", "Drama"),
        ("", "Art", "Art Y8", "Art"),
        ("", "", "Art Y8", "Art Y8"),
        ("", "", "", ""),
    ],
)
def test_a_class_has_the_subject_that_it_or_its_course_names(
    school: Any, of_class: str, of_course: str, course: str, found: str
) -> None:
    heading = "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects\n"
    classes = CLASSES.splitlines(keepends=True)
    one = "".join(classes[:2]).replace("English", of_class)
    bring(school, zipped({**BULK, "classes": one, "courses": f"{heading}k1,,,,{course},,,o1,{of_course}\n"}))
    assert MainstreamClass.objects.get(school=school, name="8x/En1").subject == found


def test_a_subject_that_is_known_is_not_emptied(school: Any) -> None:
    bring(school, zipped(BULK))
    bring(school, zipped({**BULK, "classes": CLASSES.replace("English", "").replace("Maths", "")}))
    assert MainstreamClass.objects.get(school=school, name="8x/En1").subject == "English"


def test_a_guardian_is_the_pupils_contact(school: Any) -> None:
    bring(school, zipped(BULK))
    contact = Contact.objects.get(school=school)
    assert (contact.name, contact.relationship, contact.phone, contact.priority) == (
        "Ama Mensah",
        "Guardian",
        "07700 900123",
        1,
    )


def test_a_birthday_that_is_known_is_not_emptied(school: Any) -> None:
    known = "UPN,Surname,Forename,DOB,Year\nB801200005001,Mensah,Kai,05/03/2014,8\n"
    import_files([File("pupils.csv", known.encode())], school.urn)
    bring(school, zipped(BULK))
    assert str(Pupil.objects.get(school=school).born_on) == "2014-03-05"


def test_a_pupil_without_a_birthday_is_told_of_once(school: Any) -> None:
    (warning,) = bring(school, zipped(BULK)).of("pupils").warnings
    assert "1 new pupils come without a date of birth" in warning.reason


def test_roles_demographics_and_known_as_of_version_1_2_are_read(school: Any) -> None:
    users = (
        "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,"
        "email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,resourceSourcedIds,preferredGivenName\n"
        "p1,,,true,001234,{UPN:B801200005001},Kai,Mensah,,,,,,,KG,,,,Kay\n"
        "t1,,,true,rad,,Rosa,Adeyemi,,RAD,,,,,,,,,\n"
    )
    roles = (
        "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId\n"
        "r1,,,p1,primary,student,,,o1\nr2,,,t1,primary,teacher,,,o1\n"
    )
    demographics = "sourcedId,status,dateLastModified,birthDate,sex\np1,,,2014-03-05,male\n"
    files = {"orgs": ORGS, "users": users, "roles": roles, "demographics": demographics}
    assert bring(school, zipped(files)).refused == []
    kai = Pupil.objects.get(school=school)
    assert (kai.preferred_name, kai.year_group, str(kai.born_on), kai.sex) == ("Kay", "R", "2014-03-05", "M")
    assert StaffMember.objects.get(school=school).code == "RAD"


def test_changes_alone_end_what_they_name_and_leave_the_rest(school: Any) -> None:
    bring(school, zipped(BULK))
    enrolled = ENROLLED + "e2,tobedeleted,2026-10-01,c2,o1,p1,student,,,\n"
    delta = {"orgs": ORGS, "users": USERS + KAI, "classes": CLASSES, "enrollments": enrolled}
    report = bring(school, zipped(delta, enrollments="delta", users="delta"))
    assert report.refused == []
    assert classes_of(school) == {"8x/En1"}


def test_somebody_who_is_to_be_deleted_has_left_on_that_day(school: Any) -> None:
    bring(school, zipped(BULK))
    gone = KAI.replace("p1,,,true", "p1,tobedeleted,2026-10-02T09:00:00.000Z,true")
    bring(school, zipped({"orgs": ORGS, "users": USERS + gone}, users="delta"))
    assert str(Pupil.objects.get(school=school).left_on) == "2026-10-03"


def changed(**files: str) -> File:
    """A zip in which every file holds changes alone."""
    return zipped({"orgs": ORGS, **files}, **dict.fromkeys([*files, "orgs"], "delta"))


def gone(row: str) -> str:
    key, rest = row.split(",,,", 1)
    return f"{key},tobedeleted,2026-10-02T09:00:00.000Z,{rest}"


def ben(number: int = 1) -> str:
    """Somebody beside Kai."""
    upn = upn_number(number)
    return f"b{number},,,true,o1,student,00900{number},{{UPN:{upn}}},Ben{number},Okoro,,{upn},,,,,8,\n"


def stand_here(school: Any) -> set[str]:
    """Who is on roll or works here, by given name."""
    return {
        person.given_name
        for model in (Pupil, StaffMember)
        for person in model.objects.filter(school=school, left_on=None)
    }


LEA = "t2,,,true,o1,teacher,l.ortiz,,Lea,Ortiz,,LOR,,,,,,\n"
ALL = {**BULK, "users": USERS + KAI + ben() + AMA + ROSA + LEA}
EVERYBODY = {"Kai", "Ben1", "Rosa", "Lea"}
SAID_TO_END = Choices(gone={kind: "end" for kind in ("pupils", "staff", "contacts", "members")})


def test_of_people_who_have_changed_alone_nobody_else_is_gone(school: Any) -> None:
    bring(school, zipped(ALL))
    report = bring(
        school, changed(users=USERS + KAI.replace("Mensah", "Mensah-Boateng")), choices=SAID_TO_END
    )
    assert (report.changed, report.gone, report.refused) == (1, 0, [])
    assert stand_here(school) == EVERYBODY
    assert Pupil.objects.get(school=school, given_name="Kai").family_name == "Mensah-Boateng"
    assert Contact.objects.filter(school=school).exists()
    assert classes_of(school) == {"8x/En1", "8x/Ma1"}


def test_of_whole_files_whoever_is_in_none_of_them_is(school: Any) -> None:
    bring(school, zipped(ALL))
    report = bring(school, zipped({**BULK, "users": USERS + KAI + AMA + ROSA}), choices=SAID_TO_END)
    assert report.gone == 2
    assert stand_here(school) == {"Kai", "Rosa"}


def test_staff_who_are_to_be_deleted_have_left_on_that_day_and_stay_on_record(school: Any) -> None:
    bring(school, zipped(ALL))
    rosa = StaffMember.objects.get(school=school, code="RAD")
    rosa.user = rosa.linked_by = UserFactory()
    rosa.save(update_fields=["user", "linked_by"])
    report = bring(school, changed(users=USERS + gone(ROSA)))
    assert (report.changed, report.gone, report.refused) == (1, 0, [])
    rosa.refresh_from_db()
    assert str(rosa.left_on) == "2026-10-03"
    assert rosa.user is not None  # as with all who leave: their account’s roles are for people to end
    assert stand_here(school) == EVERYBODY - {"Rosa"}
    again = gone(ROSA).replace("2026-10-02", "2026-10-20")
    assert bring(school, changed(users=USERS + again)).changes == 0  # whoever has left, left on that day
    undo(report.run, by=UserFactory())
    assert stand_here(school) == EVERYBODY


def test_whole_files_say_who_is_to_be_deleted_too(school: Any) -> None:
    bring(school, zipped(ALL))
    report = bring(school, zipped({**ALL, "users": USERS + KAI + ben() + AMA + gone(ROSA) + LEA}))
    assert (report.changed, report.gone) == (1, 0)
    assert stand_here(school) == EVERYBODY - {"Rosa"}


def test_a_day_of_leaving_in_a_list_of_staff_is_the_last_one_here(school: Any) -> None:
    staff = "Staff Code,Surname,Leaving date\nABC,Adeyemi,\nDEF,Ortiz,16/10/2026\nGHI,Kaur,31/12/9999\n"
    import_files([File("staff.csv", staff.encode())], school.urn)
    left = dict(StaffMember.objects.filter(school=school).values_list("code", "left_on"))
    assert left == {"ABC": None, "DEF": dt.date(2026, 10, 17), "GHI": None}


def test_the_page_of_changes_alone_asks_of_nobody_whether_they_have_left(
    manager: Manager, school: Any
) -> None:
    whole, some = zipped(ALL), changed(users=USERS + KAI.replace("Kai,", "Kay,") + gone(ROSA))
    manager.send({"whole.zip": whole.open().read()})
    manager.post(f"{manager.address}apply/")
    page = manager.send({"some.zip": some.open().read()}).content.decode()
    assert "What would change" in page and "changes alone" in page
    assert "not in the file" not in page.split("</table>")[1].lower()
    manager.post(f"{manager.address}apply/", {"gone-pupils": "end", "gone-staff": "end"})
    see(school)
    assert stand_here(school) == {"Kay", "Ben1", "Lea"}


def test_a_night_of_changes_leaves_the_question_who_has_left_as_it_was(school: Any) -> None:
    bring(school, zipped({**ALL, "users": ALL["users"] + ben(2)}))
    missing = bring(school, zipped(ALL)).run
    bring(school, changed(users=USERS + KAI.replace("Mensah", "Mensah-Boateng")))
    see(school)
    assert [person.given_name for _, people in missing_from(missing) for person in people] == ["Ben2"]
    bring(school, zipped({**ALL, "users": ALL["users"] + ben(2)}))
    assert missing_from(missing) == []


def test_whoever_has_changed_keeps_what_another_file_of_the_zip_says_of_them(school: Any) -> None:
    demographics = "sourcedId,status,dateLastModified,birthDate,sex\n"
    born = demographics + "p1,,,2014-03-05,male\nb1,,,2014-04-06,male\n"
    two = USERS + KAI.replace("g1", '"g0,g1"') + ben() + AMA
    bring(school, zipped({**ALL, "users": two, "demographics": born}))
    report = bring(school, changed(users=two, demographics=demographics + "b1,,,2014-04-07,male\n"))
    assert (report.changed, report.refused) == (1, [])
    kai = Pupil.objects.get(school=school, given_name="Kai")
    assert (kai.sex, str(kai.born_on)) == ("M", "2014-03-05")
    assert Contact.objects.get(school=school).priority == 2


@pytest.mark.parametrize("enrolled", [True, False])
def test_everybody_has_left_a_class_that_is_to_be_deleted(school: Any, enrolled: bool) -> None:
    bring(
        school,
        zipped(
            {**BULK, "enrollments": BULK["enrollments"] + "e4,,,c2,o1,b1,student,,,\n"}
            | {"users": ALL["users"]}
        ),
    )
    assert ClassMember.objects.filter(school=school, valid_to=None).count() == 3
    _, other = CLASSES.splitlines(keepends=True)[1:]
    files = {"users": USERS + KAI, "classes": CLASSES.replace(other, gone(other))}
    files |= {"enrollments": ENROLLED + "e2,tobedeleted,,c2,o1,p1,student,,,\n"} if enrolled else {}
    report = bring(school, changed(**files))
    assert (report.refused, report.of("members").changed) == ([], 2)
    assert classes_of(school) == {"8x/En1"}
    assert bring(school, changed(**files)).changes == 0


@pytest.mark.parametrize("delta", ["classes", "enrollments", "users"])
def test_rows_of_people_and_classes_that_the_zip_does_not_hold_are_told_of_and_end_nothing(
    school: Any, delta: str
) -> None:
    bring(school, zipped(BULK))
    one = "".join(CLASSES.splitlines(keepends=True)[:2])
    gone = "e9,tobedeleted,2026-10-01,c9,o1,p1,student,,,\n"
    files = {**BULK, "classes": one, "enrollments": BULK["enrollments"] + gone}
    report = bring(school, zipped(files, **{delta: "delta"}))
    assert [row.file for row in report.refused] == ["oneroster.zip, enrollments.csv (2 rows)"]
    assert "does not hold the people or the classes of these rows" in report.refused[0].reason
    assert classes_of(school) == {"8x/En1", "8x/Ma1"}


def test_whose_role_stands_in_a_file_that_has_not_changed_is_taken_for_nobody_else(school: Any) -> None:
    bring(school, zipped(BULK))
    users = USERS.replace("role,", "") + KAI.replace("student,", "")
    roles = "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId\n"
    (refused,) = bring(school, changed(users=users, roles=roles)).refused
    assert refused.file == "oneroster.zip, users.csv (1 row)" and "Export everything once" in refused.reason
    of_others = roles + "r9,,,t2,primary,teacher,,,o1\n"
    users += LEA.replace("teacher,", "")
    (refused,) = bring(school, changed(users=users, roles=of_others)).refused
    assert refused.file == "oneroster.zip, users.csv (1 row)" and "what role" in refused.reason
    assert stand_here(school) == {"Kai", "Rosa", "Lea"}


def test_a_night_on_which_nothing_has_changed_needs_nobody(manager: Manager, school: Any) -> None:
    bring(school, zipped(BULK))
    report = bring(school, changed(users=USERS, classes=CLASSES.splitlines()[0] + "\n", enrollments=ENROLLED))
    assert (report.applied, report.changes, report.gone, report.refused) == (True, 0, 0, [])
    page = manager.send({"none.zip": changed(users=USERS).open().read()}).content.decode()
    assert "Nothing would change: these files are already in." in page


def test_of_several_school_years_the_one_that_is_now_counts(school: Any) -> None:
    heading = "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\n"
    last, this, coming = (
        f"y{n},,,20{n},schoolYear,20{n}-09-01,20{n + 1}-07-21,,20{n + 1}\n" for n in (24, 25, 26)
    )
    with time_machine.travel("2025-11-20 09:00"):
        assert year_of(zipped({**BULK, "academicSessions": heading + last + this + coming})) == 2025
        assert year_of(zipped({**BULK, "academicSessions": heading + coming + last})) == 2026
        assert year_of(changed(**BULK, academicSessions=heading + coming)) is None


def year_of(file: File) -> int | None:
    with TemporaryDirectory() as workspace:
        year = sending_of([file], Path(workspace)).year
    return year[0].year if year else None


def test_whoever_left_a_class_in_mid_term_is_not_in_it(school: Any) -> None:
    sessions = (
        "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\n"
        "y1,,,2019/20,schoolYear,2019-09-01,2020-07-21,,2020\n"
    )
    enrolled = (
        ENROLLED
        + "e1,,,c1,o1,p1,student,,2019-09-01,2019-12-01\ne2,,,c2,o1,p1,student,,2019-09-01,2020-07-21\n"
    )
    bring(school, zipped(BULK | {"enrollments": enrolled, "academicSessions": sessions}))
    assert classes_of(school) == {"8x/Ma1"}


def test_a_refused_row_is_found_again_in_the_file_of_the_zip(school: Any) -> None:
    wrong = KAI.replace("B801200005001", "A801200005001")
    (refusal,) = bring(school, zipped({"orgs": ORGS, "users": USERS + ROSA + wrong})).refused
    assert (refusal.file, refusal.row, refusal.column) == ("oneroster.zip, users.csv (pupils)", 3, "upn")


@pytest.mark.parametrize("users", ["", USERS, "not,a,user\n1,2,3\n", "\x00\x00\x00"])
def test_a_zip_that_names_nobody_says_so(school: Any, users: str) -> None:
    with pytest.raises(Unreadable, match=r"names no pupils, staff or classes|holds zero bytes"):
        bring(school, zipped({"orgs": ORGS, "users": users}))
