from .base import SchoolOwned, ValidBetween, ValidQuerySet, school_owned
from .calendar import AcademicYear, Closure, CycleWeek, Period, PeriodKind, Term, Weekday
from .codes import Code, CodeSet
from .corrections import Correction
from .development import Qualification, Skill, Supervision, Training, TrainingTopic
from .people import Membership, Role, StaffMember, User
from .safeguarding import SafeguardingPerson
from .school import Phase, Provision, ProvisionModel, School, Stage, Trust

__all__ = [
    "AcademicYear",
    "Closure",
    "Code",
    "CodeSet",
    "Correction",
    "CycleWeek",
    "Membership",
    "Period",
    "PeriodKind",
    "Phase",
    "Provision",
    "ProvisionModel",
    "Qualification",
    "Role",
    "SafeguardingPerson",
    "School",
    "SchoolOwned",
    "Skill",
    "StaffMember",
    "Stage",
    "Supervision",
    "Term",
    "Training",
    "TrainingTopic",
    "Trust",
    "User",
    "ValidBetween",
    "ValidQuerySet",
    "Weekday",
    "school_owned",
]
