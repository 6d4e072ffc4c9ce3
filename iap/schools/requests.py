"""The request as a view sees it."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from .models import Membership, School, User


class StaffRequest(HttpRequest):
    """The request once `only(...)` has let it through."""

    user: User  # type: ignore[assignment]
    memberships: list[Membership]
    my_schools: list[School]
    schools: list[School]
    school: School
    roles: set[str]
    htmx: HtmxDetails
