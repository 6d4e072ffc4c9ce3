from .drafts import StepDraft
from .feeds import CalendarFeed
from .interventions import InterventionSession
from .lessons import ClassMember, LessonTeacher, MainstreamClass, MainstreamLesson
from .looked_at import LookedAt
from .marks import SessionMark
from .next_year import NextYearPlan, Outlook
from .offsite import OffsiteAttendance, OffsiteOutcome, OffsiteProvider
from .returns import AgreedChange, ChangeState, ClassReturn, LessonCover, LessonFeedback, Outcome, Receipt
from .rooms import RoomReadiness, RoomStep
from .sessions import Cover, IapSession, SessionRole, SessionStaff, Strand
from .steps import HybridStep, Place, StepKind, StepPlace
from .wishes import LessonWish
from .work import WorkKind, WorkMove

__all__ = [
    "AgreedChange",
    "CalendarFeed",
    "ChangeState",
    "ClassMember",
    "ClassReturn",
    "Cover",
    "HybridStep",
    "IapSession",
    "InterventionSession",
    "LessonCover",
    "LessonFeedback",
    "LessonTeacher",
    "LessonWish",
    "LookedAt",
    "MainstreamClass",
    "MainstreamLesson",
    "NextYearPlan",
    "OffsiteAttendance",
    "OffsiteOutcome",
    "OffsiteProvider",
    "Outcome",
    "Outlook",
    "Place",
    "Receipt",
    "RoomReadiness",
    "RoomStep",
    "SessionMark",
    "SessionRole",
    "SessionStaff",
    "StepDraft",
    "StepKind",
    "StepPlace",
    "Strand",
    "WorkKind",
    "WorkMove",
]
