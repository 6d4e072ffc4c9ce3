"""Headings as each product writes them: read without a question, every one of them."""

import pytest

from iap.imports.finding import recognise
from iap.imports.headings import NEARLY
from iap.imports.tables import Table

# Product, kind, and the headings of one of its reports.
REPORTS = [
    (
        "SIMS",
        "pupils",
        "UPN|Adno|Legal Surname|Legal Forename|Preferred Forename|DOB|Gender|Year|Reg|"
        "SEN Status|SEN Need|Ethnicity|Pupil Premium Indicator|FSM Eligible|In Care|"
        "First Language|Admission Date|Leaving Date",
    ),
    (
        "SIMS",
        "pupils",
        "UPN|Admission Number|Surname|Forename|Date of Birth|Sex|Year Group|Reg Group|"
        "SEN Provision|Primary SEN Type|Ethnic Code|PP|FSM|LAC|Date of Admission|"
        "Date of Leaving",
    ),
    ("SIMS", "staff", "Staff Code|Title|Forename|Surname|Email|Post|QTS|Main Subject"),
    (
        "SIMS",
        "staff",
        "Initials|Title|Preferred Forename|Preferred Surname|Work Email|Role|Qualified Teacher Status",
    ),
    ("SIMS", "timetable", "Class|Period|Subject|Staff|Room"),
    ("SIMS", "attendance", "UPN|Date|Session|Mark"),
    ("SIMS", "attendance", "Adno|Mark Date|AM/PM|Attendance Mark"),
    (
        "SIMS",
        "contacts",
        "UPN|Contact Priority|Relationship|Contact Name|Telephone|Email|Parental Responsibility",
    ),
    ("SIMS", "suspensions", "UPN|Exclusion Start Date|Number of Sessions|Reason Code"),
    ("SIMS", "incidents", "UPN|Incident Date|Period|Class|Incident Type"),
    ("SIMS", "members", "Class|UPN"),
    ("SIMS", "attendance-last-year", "UPN|Possible|Attended"),
    ("SIMS", "attendance-last-year", "UPN|Possible Sessions|Present"),
    ("SIMS", "periods", "Day|Period|Start Time|End Time"),
    (
        "Arbor",
        "pupils",
        "Arbor Student ID|UPN|Legal first name|Legal last name|Preferred first name|"
        "Date of birth|Legal sex|Year group|Registration form|SEN status|"
        "Primary SEN need|Ethnicity|Pupil Premium eligible|Free School Meals eligible|"
        "Looked after child|First language|Enrolment date|Leaving date",
    ),
    (
        "Arbor",
        "staff",
        "Staff ID|Title|First name|Last name|Email address|Job title|Has QTS|Main teaching subject",
    ),
    ("Arbor", "timetable", "Class|Day|Period|Week|Subject|Teacher|Room"),
    ("Arbor", "attendance", "UPN|Date|Session|Attendance mark"),
    (
        "Arbor",
        "contacts",
        "UPN|Call order|Relationship to student|Full name|Mobile number|Primary email|"
        "Has parental responsibility",
    ),
    (
        "Arbor",
        "contacts",
        "UPN|Student|Contact order|Relationship|Guardian name|Telephone number|"
        "Email address|Parental responsibility",
    ),
    ("Arbor", "suspensions", "UPN|Suspension start date|Sessions lost|Suspension reason"),
    ("Arbor", "incidents", "UPN|Date of incident|Time|Behaviour type"),
    ("Arbor", "calendar", "Week beginning|Timetable week|Non-school days"),
    ("Arbor", "attendance-last-year", "UPN|Possible sessions|Sessions attended|Academic year"),
    (
        "Bromcom",
        "pupils",
        "Admission No|UPN|Legal First Name|Legal Last Name|Preferred First Name|"
        "Date of Birth|Gender|Year Group|Tutor Group|SEN Code|SEN Type|Ethnicity|"
        "Pupil Premium|Free School Meal|In Care|First Language|Admission Date|"
        "Leaving Date",
    ),
    (
        "Bromcom",
        "pupils",
        "Student Id|UPN|First Name|Last Name|Preferred Name|DOB|Gender|Year|Tutor Group|"
        "SEN Provision|Ethnicity|PP|FSM",
    ),
    (
        "Bromcom",
        "staff",
        "Staff Code|Title|First Name|Last Name|Work Email|Job Title|QTS|Subject",
    ),
    ("Bromcom", "timetable", "Class Name|Timetable Period|Subject|Teacher Code|Room Code"),
    ("Bromcom", "attendance", "Student ID|Date|Session|Attendance Code"),
    (
        "Bromcom",
        "contacts",
        "Student ID|Contact Priority|Relationship Type|Contact Full Name|Main Telephone|"
        "Email|Parental Responsibility",
    ),
    ("Bromcom", "suspensions", "Student ID|Start Date|Length in Sessions|Reason"),
    ("Bromcom", "incidents", "Student ID|Event Date|Period|Class|Behaviour"),
    ("Bromcom", "members", "Class Name|Student ID"),
    (
        "iSAMS",
        "pupils",
        "School ID|UPN|Forename|Surname|Preferred Name|DOB|Gender|NC Year|Form|SEN|"
        "Ethnic Group|Enrolment Date|Leaving Date",
    ),
    (
        "iSAMS",
        "pupils",
        "School Code|Unique Pupil Number|Forename|Surname|Preferred name|Date of Birth|"
        "Gender|Year Group|Form|SEN Status",
    ),
    ("iSAMS", "staff", "Initials|Title|Forename|Surname|School Email Address|Job Title"),
    ("iSAMS", "timetable", "Set|Day|Period|Week|Subject|Teacher Initials|Room"),
    ("iSAMS", "calendar", "Week Commencing|Week|Closures"),
    ("iSAMS", "members", "Set|School ID"),
    ("iSAMS", "periods", "Day of week|Period name|Start|Finish"),
    (
        "ScholarPack",
        "pupils",
        "UPN|Forename|Surname|Known As|DOB|Gender|Year|Class|Adm No|SEN Stage|SEN Need|"
        "Ethnicity|Pupil Premium|FSM|Looked After|Home Language|Date of Admission|"
        "Leaving Date",
    ),
    (
        "ScholarPack",
        "pupils",
        "Pupil ID|UPN|First Name|Last Name|Chosen Name|Date Of Birth|Sex|Year Group|"
        "Class Name|SEN|Ethnicity|PPI|FSM",
    ),
    (
        "Wonde",
        "pupils",
        "mis_id|upn|legal_forename|legal_surname|preferred_forename|date_of_birth|gender|"
        "current_nc_year|form_group|sen_status|sen_need_type|ethnicity_code|"
        "premium_pupil_indicator|free_school_meals|in_lea_care|first_language|"
        "admission_date|leaving_date",
    ),
    ("Wonde", "staff", "initials|title|forename|surname|email|role"),
    ("Wonde", "timetable", "class_name|day|period|week|subject|teacher|room"),
    ("Wonde", "attendance", "upn|date|session|attendance_code"),
    ("Wonde", "contacts", "upn|priority|relationship|name|phone|email|parental_responsibility"),
    ("Wonde", "members", "class_name|upn"),
    ("Wonde", "periods", "day|name|start_time|end_time"),
]


@pytest.mark.parametrize(("product", "kind", "headings"), REPORTS)
def test_a_report_is_read_without_a_question(product: str, kind: str, headings: str) -> None:
    titles = headings.split("|")
    found = recognise(Table.of(f"{product} report.csv", titles, []))
    assert found is not None
    assert (found.kind.name, found.missing) == (kind, [])
    unsure = [titles[each.place] for each in found.columns.values() if each.sure < NEARLY]
    unread = set(titles) - {titles[each.place] for each in found.columns.values()}
    assert (unsure, unread) == ([], set())


def test_a_contact_and_the_pupil_may_both_be_named() -> None:
    titles = ["Student", "Date of birth", "Call order", "Full name"]
    found = recognise(Table.of("parents.csv", titles, []))
    assert found is not None and found.kind.name == "contacts"
    assert {name: titles[each.place] for name, each in found.columns.items()} == {
        "full_name": "Student",
        "born_on": "Date of birth",
        "priority": "Call order",
        "name": "Full name",
    }
