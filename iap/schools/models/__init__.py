from .base import SchoolOwned, ValidBetween, ValidQuerySet, school_owned
from .calendar import AcademicYear, Closure, CycleWeek, Period, PeriodKind, Term, Weekday
from .codes import Code, CodeSet
from .people import Membership, Role, StaffMember, User
from .school import Phase, Provision, ProvisionModel, School, Stage, Trust

__all__ = [
    "AcademicYear",
    "Closure",
    "Code",
    "CodeSet",
    "CycleWeek",
    "Membership",
    "Period",
    "PeriodKind",
    "Phase",
    "Provision",
    "ProvisionModel",
    "Role",
    "School",
    "SchoolOwned",
    "StaffMember",
    "Stage",
    "Term",
    "Trust",
    "User",
    "ValidBetween",
    "ValidQuerySet",
    "Weekday",
    "school_owned",
]
