"""The code sets of England's schools, as every school starts with them. A school may add to its own copy.

Attendance: in force from 19 August 2024 (DfE, "Working together to improve school attendance"). Suspension
reasons: DfE, 2020 set. SEN, ethnicity and year groups: DfE common basic data set.
"""

import datetime as dt

from .models import Code, CodeSet, School

ATTENDANCE_SINCE = dt.date(2024, 8, 19)
SINCE = dt.date(2020, 9, 1)

ATTENDANCE = {
    "present": {
        "/": "Present in the morning",
        "\\": "Present in the afternoon",
        "L": "Late, before the register closed",
    },
    "off-site": {
        "B": "Educated elsewhere, by the school’s arrangement",
        "K": "Education that the local authority arranges",
        "P": "Sport",
        "V": "Educational visit or trip",
        "W": "Work experience",
    },
    "authorised": {
        "C": "Leave in exceptional circumstances",
        "C1": "Leave for a regulated performance or employment abroad",
        "C2": "Leave under a part-time timetable",
        "E": "Suspended or permanently excluded, nothing else arranged",
        "I": "Illness",
        "J1": "Leave for an interview",
        "M": "Medical or dental appointment",
        "R": "Religious observance",
        "S": "Study leave",
        "T": "Parent travelling for work",
    },
    "unauthorised": {
        "G": "Holiday that was not agreed",
        "N": "Reason not yet known",
        "O": "Another or an unknown reason",
        "U": "Arrived after the register closed",
    },
    "not-possible": {
        "D": "At the other school where they are registered too",
        "X": "Not of compulsory age, and not expected",
        "Q": "No travel arranged that should have been",
        "Y1": "Their usual transport did not run",
        "Y2": "Travel was widely disrupted",
        "Y3": "Part of the school was closed",
        "Y4": "The school was closed unexpectedly",
        "Y5": "In custody",
        "Y6": "Public health law or guidance",
        "Y7": "Another cause that could not be avoided",
    },
    "administrative": {"Z": "Not on roll yet", "#": "Planned closure"},
}
SEN_STAGE = {"N": "No special educational need", "K": "SEN support", "E": "Education, health and care plan"}
SEN_TYPE = {
    "SPLD": "Specific learning difficulty",
    "MLD": "Moderate learning difficulty",
    "SLD": "Severe learning difficulty",
    "PMLD": "Profound and multiple learning difficulty",
    "SEMH": "Social, emotional and mental health",
    "SLCN": "Speech, language and communication needs",
    "HI": "Hearing impairment",
    "VI": "Vision impairment",
    "MSI": "Multi-sensory impairment",
    "PD": "Physical disability",
    "ASD": "Autism",
    "DS": "Down syndrome",
    "OTH": "Other difficulty or disability",
    "NSA": "SEN support, no specialist assessment of type of need",
}
CATEGORIES = {
    "present": "Present",
    "off-site": "Off-site education",
    "authorised": "Absence, authorised",
    "unauthorised": "Absence, not authorised",
    "not-possible": "Not a possible session",
    "administrative": "Not counted",
}
KEY_STAGES = {
    "EYFS": ["N1", "N2", "R"],
    "KS1": ["1", "2"],
    "KS2": ["3", "4", "5", "6"],
    "KS3": ["7", "8", "9"],
    "KS4": ["10", "11"],
    "KS5": ["12", "13"],
}
YEAR_NAMES = {"N1": "Nursery, first year", "N2": "Nursery, second year", "R": "Reception"}
ETHNICITY = {
    "WBRI": "White British",
    "WIRI": "White Irish",
    "WIRT": "Traveller of Irish heritage",
    "WROM": "Gypsy or Roma",
    "WOTH": "Any other White background",
    "MWBC": "White and Black Caribbean",
    "MWBA": "White and Black African",
    "MWAS": "White and Asian",
    "MOTH": "Any other mixed background",
    "AIND": "Indian",
    "APKN": "Pakistani",
    "ABAN": "Bangladeshi",
    "AOTH": "Any other Asian background",
    "BCRB": "Black Caribbean",
    "BAFR": "Black African",
    "BOTH": "Any other Black background",
    "CHNE": "Chinese",
    "OOTH": "Any other ethnic group",
    "REFU": "Preferred not to say",
    "NOBT": "Not yet obtained",
}
SUSPENSION = {
    "PP": "Physical assault against a pupil",
    "PA": "Physical assault against an adult",
    "VP": "Verbal abuse or threatening behaviour against a pupil",
    "VA": "Verbal abuse or threatening behaviour against an adult",
    "OW": "Use or threat of an offensive weapon or prohibited item",
    "BU": "Bullying",
    "RA": "Racist abuse",
    "LG": "Abuse against sexual orientation and gender identity",
    "DS": "Abuse relating to disability",
    "SM": "Sexual misconduct",
    "DA": "Drug and alcohol related",
    "DM": "Damage",
    "TH": "Theft",
    "MT": "Inappropriate use of social media or online technology",
    "DB": "Persistent or general disruptive behaviour",
    "PH": "Wilful and repeated transgression of protective measures in place to protect public health",
}


def seed(school: School) -> None:
    """Give the school the codes it does not have yet; what it has changed stays changed."""
    known = set(Code.objects.filter(school=school).values_list("set", "code"))
    missing = [code for code in _standard() if (code.set, code.code) not in known]
    for code in missing:
        code.school = school
    Code.objects.bulk_create(missing)


def standard() -> frozenset[tuple[str, str]]:
    """Set and code of all that every school starts with."""
    return frozenset((code.set, code.code) for code in _standard())


def categories(code_set: str) -> dict[str, str]:
    """What codes of this set can count as, with words; nothing for sets that only name."""
    if code_set == CodeSet.ATTENDANCE:
        return CATEGORIES
    return {stage: stage for stage in KEY_STAGES} if code_set == CodeSet.YEAR_GROUP else {}


def _standard() -> list[Code]:
    codes = [
        Code(set=CodeSet.ATTENDANCE, code=code, label=label, category=category, valid_from=ATTENDANCE_SINCE)
        for category, labels in ATTENDANCE.items()
        for code, label in labels.items()
    ]
    codes += [
        Code(set=CodeSet.YEAR_GROUP, code=year, label=YEAR_NAMES.get(year, f"Year {year}"), category=stage)
        for stage, years in KEY_STAGES.items()
        for year in years
    ]
    for code_set, labels in (
        (CodeSet.SEN_STAGE, SEN_STAGE),
        (CodeSet.SEN_TYPE, SEN_TYPE),
        (CodeSet.ETHNICITY, ETHNICITY),
        (CodeSet.SUSPENSION, SUSPENSION),
    ):
        codes += [Code(set=code_set, code=code, label=label) for code, label in labels.items()]
    for position, code in enumerate(codes):
        code.position = position
        code.valid_from = code.valid_from or SINCE
    return codes
