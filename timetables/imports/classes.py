"""Classes, as both the timetable and the lists of who is in them name them."""

import datetime as dt

from iap.imports.bringing import changed, differences
from iap.imports.intake import Intake
from iap.imports.kinds import Column
from iap.schools.models import AcademicYear
from timetables.models import MainstreamClass

CLASS = Column(
    "class",
    ("Class", "Class name", "Group", "Teaching group", "Class code", "Set", "Teaching set", "Group name"),
    required=True,
)
SUBJECT = Column("subject", ("Subject", "Course", "Subject name"))


def classes_of(intake: Intake, subjects: dict[str, str | None]) -> dict[str, int]:
    """The classes by name, made where they are missing; a subject that is given is kept."""
    stored = {group.name: group for group in MainstreamClass.objects.filter(school=intake.school)}
    new = [
        MainstreamClass(school=intake.school, name=n, subject=s or "")
        for n, s in subjects.items()
        if n not in stored
    ]
    different = {n: s for n, s in subjects.items() if n in stored and s and stored[n].subject != s}
    for name, subject in different.items():
        changed(intake, name, differences(stored[name], {"subject": subject}))
    intake.ledger.change([(stored[n], {"subject": s}) for n, s in different.items()])
    intake.ledger.create(new)
    return {group.name: group.pk for group in [*stored.values(), *new]}


def year_began(intake: Intake) -> dt.date:
    """The first day of the school year that today lies in: what is brought first has held since then."""
    years = AcademicYear.objects.filter(school=intake.school, starts_on__lte=intake.today)
    year = years.order_by("-starts_on").first()
    return year.starts_on if year else intake.today
