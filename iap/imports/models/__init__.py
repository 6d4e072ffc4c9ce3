from .jobs import ImportJob, State
from .kept import FieldRule, KeptAnswer, SavedMapping
from .runs import ImportRun, RunUndone, RunWrite

__all__ = [
    "FieldRule",
    "ImportJob",
    "ImportRun",
    "KeptAnswer",
    "RunUndone",
    "RunWrite",
    "SavedMapping",
    "State",
]
