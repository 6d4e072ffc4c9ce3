from .assessments import Assessment, Band, Good, Informant, Score, ScoreField, Tool, Unit
from .entries import CheckIn, CheckInKind, Entry, MovementBreak, Note, Readiness
from .evidence import AttendanceMark, AttendanceTotal, HalfDay, Incident, Suspension
from .needs import FoundAt, Need, NeedArea, NeedWord
from .placements import Destination, Placement, ReducedHours, ReducedHoursReason
from .programmes import Ending, Extension, GivenSession, Intervention, Programme, Strand
from .pupils import Contact, Pupil, Sex
from .readiness import PupilReadiness
from .risks import Hazard, Likelihood, RiskAssessment, RiskRead
from .voice import DayMood, Helped, PupilSaid, VoiceTime

__all__ = [
    "Assessment",
    "AttendanceMark",
    "AttendanceTotal",
    "Band",
    "CheckIn",
    "CheckInKind",
    "Contact",
    "DayMood",
    "Destination",
    "Ending",
    "Entry",
    "Extension",
    "FoundAt",
    "GivenSession",
    "Good",
    "HalfDay",
    "Hazard",
    "Helped",
    "Incident",
    "Informant",
    "Intervention",
    "Likelihood",
    "MovementBreak",
    "Need",
    "NeedArea",
    "NeedWord",
    "Note",
    "Placement",
    "Programme",
    "Pupil",
    "PupilReadiness",
    "PupilSaid",
    "Readiness",
    "ReducedHours",
    "ReducedHoursReason",
    "RiskAssessment",
    "RiskRead",
    "Score",
    "ScoreField",
    "Sex",
    "Strand",
    "Suspension",
    "Tool",
    "Unit",
    "VoiceTime",
]
