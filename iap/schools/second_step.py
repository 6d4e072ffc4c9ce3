"""The code that people may ask for beside their password, and who had better."""

from collections.abc import Iterable

from allauth.mfa.models import Authenticator

from .models import Role, User

# They see children's support records, or decide who does.
ADVISED = frozenset({Role.LEAD, Role.LEADER, Role.SENCO, Role.DSL, Role.DATA})


def holders_among(users: Iterable[User]) -> set[int]:
    """The keys of those who sign in with a code as well: one query."""
    found = Authenticator.objects.filter(user__in=list(users), type=Authenticator.Type.TOTP)
    return set(found.values_list("user", flat=True))


def is_advised(user: User, roles: Iterable[str]) -> bool:
    """Whether this person would do well to ask for a code, and does not yet."""
    return bool(ADVISED & set(roles)) and not holders_among([user])
