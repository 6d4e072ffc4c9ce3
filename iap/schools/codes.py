"""The code sets of England's schools, as every school starts with them. A school may add to its own copy.

Attendance: in force from 19 August 2024 (DfE, "Working together to improve school attendance"). Suspension
reasons: DfE, 2020 set. SEN, ethnicity and year groups: DfE common basic data set.
"""

import datetime as dt

from .models import Code, CodeSet, School

ATTENDANCE_SINCE = dt.date(2024, 8, 19)
SINCE = dt.date(2020, 9, 1)

ATTENDANCE = {
    "present": "/ \\ L",
    "off-site": "B K P V W",
    "authorised": "C C1 C2 E I J1 M R S T",
    "unauthorised": "G N O U",
    "not-possible": "D X Q Y1 Y2 Y3 Y4 Y5 Y6 Y7",
    "administrative": "Z #",
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
KEY_STAGES = {
    "EYFS": ["N1", "N2", "R"],
    "KS1": ["1", "2"],
    "KS2": ["3", "4", "5", "6"],
    "KS3": ["7", "8", "9"],
    "KS4": ["10", "11"],
    "KS5": ["12", "13"],
}
YEAR_NAMES = {"N1": "Nursery, first year", "N2": "Nursery, second year", "R": "Reception"}
ETHNICITY = (
    "WBRI WIRI WIRT WROM WOTH MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH CHNE OOTH REFU NOBT"
)
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
    Code.objects.bulk_create(code for code in _standard(school) if (code.set, code.code) not in known)


def _standard(school: School) -> list[Code]:
    codes = [
        Code(set=CodeSet.ATTENDANCE, code=code, category=category, valid_from=ATTENDANCE_SINCE)
        for category, listed in ATTENDANCE.items()
        for code in listed.split()
    ]
    codes += [
        Code(set=CodeSet.YEAR_GROUP, code=year, label=YEAR_NAMES.get(year, f"Year {year}"), category=stage)
        for stage, years in KEY_STAGES.items()
        for year in years
    ]
    for code_set, labels in (
        (CodeSet.SEN_STAGE, SEN_STAGE),
        (CodeSet.SEN_TYPE, SEN_TYPE),
        (CodeSet.ETHNICITY, dict.fromkeys(ETHNICITY.split(), "")),
        (CodeSet.SUSPENSION, SUSPENSION),
    ):
        codes += [Code(set=code_set, code=code, label=label) for code, label in labels.items()]
    for position, code in enumerate(codes):
        code.school, code.position = school, position
        code.valid_from = code.valid_from or SINCE
    return codes
