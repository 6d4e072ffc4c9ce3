"""Who may take out what, in sentences."""

from collections.abc import Iterable

from . import tables

ALL = "Everything that was entered: what the school’s own system knows, and all support records of the provision."
SCHOOL = (
    "What the school’s own system knows, people with an account, the calendar and settings. Support records are "
    "not in it: the lead or a school leader takes those out."
)


def scope_of(roles: Iterable[str]) -> str:
    """What an export of somebody with these roles holds."""
    return ALL if tables.sees_everything(roles) else SCHOOL
