"""Two schools with a person in every role, all of them signed in: made once for the tests that try every address."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.test import Client

from iap.schools.models import Role

from .factories import MembershipFactory, SchoolFactory, of_every_role, open_school


@dataclass(frozen=True)
class Cast:
    school: Any
    other_school: Any
    colleagues: dict[Role, Any]
    stranger: Any  # holds every role, at the other school
    sessions: dict[int, str]  # the cookie of each person's session, by their key

    def sign_in(self, client: Client, user: Any) -> None:
        client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[user.pk]


def two_schools() -> Cast:
    school, other_school = open_school(), SchoolFactory()
    colleagues = {role: MembershipFactory(school=school, role=role).user for role in Role}
    stranger = of_every_role(other_school)
    sessions = {user.pk: _session(user) for user in (*colleagues.values(), stranger)}
    return Cast(school, other_school, colleagues, stranger, sessions)


def _session(user: Any) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value
