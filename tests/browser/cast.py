"""A school that journeys through several windows begin with, and the people who take part."""

import datetime as dt
from typing import Any

from tests.factories import MembershipFactory, SchoolFactory, bell, open_weeks, see


class SchoolCast:
    """A school with its bell, open from one day to another."""

    def __init__(self, since: dt.date, until: dt.date) -> None:
        self.school = SchoolFactory()
        bell(self.school)
        open_weeks(self.school, since, until)

    def person(self, role: str) -> Any:
        """Somebody with an account, and this role here."""
        see(self.school)
        return MembershipFactory(school=self.school, role=role).user
