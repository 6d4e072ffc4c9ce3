from .agencies import Agency, Consent
from .assessments import Assessment, Band, Good, Informant, Score, ScoreField, Tool, Unit
from .contacts import AgreedAction, ContactLog, How, Letter, PlannedContact, Tone
from .entries import CheckIn, CheckInKind, Entry, MovementBreak, Note, Readiness
from .evidence import AttendanceMark, AttendanceTotal, HalfDay, Incident, Suspension
from .exits import AFTER_WEEKS, ExitEvaluation, Feels, FollowUpCheck, Holds, PlacementExit
from .handoffs import HandOff, HandOffError
from .needs import FoundAt, Need, NeedArea, NeedWord
from .passports import Passport, PassportRead
from .placements import Destination, Placement, ReducedHours, ReducedHoursReason
from .plans import Plan, Reached, Target, TargetEvidence
from .programmes import Ending, Extension, GivenSession, Intervention, Programme, Strand
from .pupils import Contact, Pupil, Sex
from .readiness import PupilReadiness
from .reviews import (
    FamilysWay,
    HowItGoes,
    Invitation,
    PupilsWay,
    Review,
    ReviewCorrection,
    TargetOutcome,
    TeacherVoice,
    Then,
)
from .risks import Hazard, Likelihood, RiskAssessment, RiskRead
from .voice import DayMood, Helped, PupilSaid, VoiceTime

__all__ = [
    "AFTER_WEEKS",
    "Agency",
    "AgreedAction",
    "Assessment",
    "AttendanceMark",
    "AttendanceTotal",
    "Band",
    "CheckIn",
    "CheckInKind",
    "Consent",
    "Contact",
    "ContactLog",
    "DayMood",
    "Destination",
    "Ending",
    "Entry",
    "ExitEvaluation",
    "Extension",
    "FamilysWay",
    "Feels",
    "FollowUpCheck",
    "FoundAt",
    "GivenSession",
    "Good",
    "HalfDay",
    "HandOff",
    "HandOffError",
    "Hazard",
    "Helped",
    "Holds",
    "How",
    "HowItGoes",
    "Incident",
    "Informant",
    "Intervention",
    "Invitation",
    "Letter",
    "Likelihood",
    "MovementBreak",
    "Need",
    "NeedArea",
    "NeedWord",
    "Note",
    "Passport",
    "PassportRead",
    "Placement",
    "PlacementExit",
    "Plan",
    "PlannedContact",
    "Programme",
    "Pupil",
    "PupilReadiness",
    "PupilSaid",
    "PupilsWay",
    "Reached",
    "Readiness",
    "ReducedHours",
    "ReducedHoursReason",
    "Review",
    "ReviewCorrection",
    "RiskAssessment",
    "RiskRead",
    "Score",
    "ScoreField",
    "Sex",
    "Strand",
    "Suspension",
    "Target",
    "TargetEvidence",
    "TargetOutcome",
    "TeacherVoice",
    "Then",
    "Tone",
    "Tool",
    "Unit",
    "VoiceTime",
]
