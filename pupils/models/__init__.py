from .entries import CheckIn, CheckInKind, Entry, MovementBreak, Note, Readiness
from .evidence import AttendanceMark, AttendanceTotal, HalfDay, Incident, Suspension
from .placements import Destination, Placement, ReducedHours, ReducedHoursReason
from .pupils import Contact, Pupil, Sex

__all__ = [
    "AttendanceMark",
    "AttendanceTotal",
    "CheckIn",
    "CheckInKind",
    "Contact",
    "Destination",
    "Entry",
    "HalfDay",
    "Incident",
    "MovementBreak",
    "Note",
    "Placement",
    "Pupil",
    "Readiness",
    "ReducedHours",
    "ReducedHoursReason",
    "Sex",
    "Suspension",
]
