from .drafts import StepDraft
from .lessons import ClassMember, LessonTeacher, MainstreamClass, MainstreamLesson
from .marks import SessionMark
from .returns import AgreedChange, ChangeState, ClassReturn, LessonCover, LessonFeedback, Outcome, Receipt
from .sessions import Cover, IapSession, SessionRole, SessionStaff, Strand
from .steps import HybridStep, Place, StepKind, StepPlace

__all__ = [
    "AgreedChange",
    "ChangeState",
    "ClassMember",
    "ClassReturn",
    "Cover",
    "HybridStep",
    "IapSession",
    "LessonCover",
    "LessonFeedback",
    "LessonTeacher",
    "MainstreamClass",
    "MainstreamLesson",
    "Outcome",
    "Place",
    "Receipt",
    "SessionMark",
    "SessionRole",
    "SessionStaff",
    "StepDraft",
    "StepKind",
    "StepPlace",
    "Strand",
]
