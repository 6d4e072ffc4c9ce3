from .assessments import Assessment, Band, Good, Informant, Score, ScoreField, Tool, Unit
from .entries import CheckIn, CheckInKind, Entry, MovementBreak, Note, Readiness
from .evidence import AttendanceMark, AttendanceTotal, HalfDay, Incident, Suspension
from .needs import FoundAt, Need, NeedArea, NeedWord
from .placements import Destination, Placement, ReducedHours, ReducedHoursReason
from .programmes import Ending, Extension, GivenSession, Intervention, Programme, Strand
from .pupils import Contact, Pupil, Sex
from .readiness import PupilReadiness

__all__ = [
    "Assessment",
    "AttendanceMark",
    "AttendanceTotal",
    "Band",
    "CheckIn",
    "CheckInKind",
    "Contact",
    "Destination",
    "Ending",
    "Entry",
    "Extension",
    "FoundAt",
    "GivenSession",
    "Good",
    "HalfDay",
    "Incident",
    "Informant",
    "Intervention",
    "MovementBreak",
    "Need",
    "NeedArea",
    "NeedWord",
    "Note",
    "Placement",
    "Programme",
    "Pupil",
    "PupilReadiness",
    "Readiness",
    "ReducedHours",
    "ReducedHoursReason",
    "Score",
    "ScoreField",
    "Sex",
    "Strand",
    "Suspension",
    "Tool",
    "Unit",
]
