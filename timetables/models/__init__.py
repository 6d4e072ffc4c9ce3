from .lessons import ClassMember, LessonTeacher, MainstreamClass, MainstreamLesson
from .marks import SessionMark
from .sessions import Cover, IapSession, SessionRole, SessionStaff, Strand
from .steps import HybridStep, Place, StepKind, StepPlace

__all__ = [
    "ClassMember",
    "Cover",
    "HybridStep",
    "IapSession",
    "LessonTeacher",
    "MainstreamClass",
    "MainstreamLesson",
    "Place",
    "SessionMark",
    "SessionRole",
    "SessionStaff",
    "StepKind",
    "StepPlace",
    "Strand",
]
