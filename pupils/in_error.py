"""Who may say that something written about a pupil was entered in error."""

from collections.abc import Iterable

from iap.schools.models import Role

from .models.written import Written


def may_say_so(record: Written, user: object, roles: Iterable[str]) -> bool:
    """Whether this person may strike the record through: who wrote it, and the lead."""
    return record.stands and (Role.LEAD in set(roles) or record.by_id == getattr(user, "pk", None))
