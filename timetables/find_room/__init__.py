"""Finds room for pupils who wait: a question, its answer, and nothing of the database."""

from .answer import Answer, Bind, Cause, Proposal, Reason, Why
from .problem import Forward, Present, Problem, Seat, Session, Slot, Waiting, Week
from .solver import solve

__all__ = [
    "Answer",
    "Bind",
    "Cause",
    "Forward",
    "Present",
    "Problem",
    "Proposal",
    "Reason",
    "Seat",
    "Session",
    "Slot",
    "Waiting",
    "Week",
    "Why",
    "solve",
]
