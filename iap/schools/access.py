"""Who may open which page, and for which schools.

`SchoolContextMiddleware` opens the request's transaction and tells row security whose rows it may touch.
Every view then carries exactly one of `only`, `signed_in` or `anyone`; a test walks the addresses and fails
for a view that carries none.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from .models import Membership, Role, School, StaffMember
from .signed_out import ask_to_sign_in

DECLARED = "access_policy"
GUARD = "access_guard"  # the view that carries the declaration itself
CHOSEN = "school"  # the session's key for the school somebody last chose

# Sent as one statement: the second half may read memberships because the first has said who is asking.
ENTER = """
SELECT set_config('app.user_id', %(user)s, true), set_config('app.school_ids', '', true);
SELECT set_config('app.school_ids', coalesce(
    (SELECT string_agg(DISTINCT school_id::text, ',') FROM schools_membership WHERE user_id = %(id)s),
    ''), true)
"""


class SchoolContextMiddleware:
    """One transaction per request, bound to the schools of the person asking, kept if the answer is good.

    The context is set for everybody, signed out too, so that nothing of an earlier request on the same
    connection can be left in force. An answer of 500 or more writes nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            enter(request)
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response


def enter(request: Any) -> None:
    """Open the asker's schools to this transaction and note their roles on the request."""
    user = request.user if request.user.is_authenticated else None
    with connection.cursor() as cursor:
        cursor.execute(ENTER, {"user": str(user.pk) if user else "", "id": user.pk if user else None})
    request.memberships = _memberships(user) if user else []
    request.my_schools = list(dict.fromkeys(m.school for m in request.memberships))
    request.schools = []
    choose_school(request, request.my_schools)


def _memberships(user: Any) -> list[Membership]:
    """The roles that count today: a teacher's no more once the school's own system says that they have left.

    Other roles are ended by a person, so that a wrong date in a file shuts nobody out of the provision itself.
    """
    gone = StaffMember.objects.filter(
        school=OuterRef("school"), user=OuterRef("user"), left_on__lte=timezone.localdate()
    )
    held = Membership.objects.filter(user=user).exclude(Exists(gone), role=Role.TEACHER)
    rows = held.select_related("school__provision", "school__trust")
    return list(rows.order_by("school__name", "school", "role"))


def choose_school(request: Any, schools: list[School]) -> None:
    """Settle on the school the person last chose, or their first, among these."""
    chosen = request.session.get(CHOSEN) if len(schools) > 1 else None
    request.school = next((s for s in schools if s.pk == chosen), schools[0] if schools else None)
    request.roles = {m.role for m in request.memberships if m.school == request.school}


def only(*roles: Role) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Open the page to people who hold one of these roles, for the schools in which they hold it.

    The view finds those schools in `request.schools` and looks nowhere else; `request.school` is the one
    it works in. Role and school are matched in one pass over the same membership.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return ask_to_sign_in(request)
            request.schools = list(dict.fromkeys(m.school for m in request.memberships if m.role in roles))
            if not request.schools:
                raise PermissionDenied
            choose_school(request, request.schools)
            return view(request, *args, **kwargs)

        return _declare(guarded, frozenset(roles))

    return decorate


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open the page to everybody with an account; it shows nothing of any school's records."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs) if request.user.is_authenticated else ask_to_sign_in(request)

    return _declare(guarded, "signed in")


def anyone(*, because: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Open the page to people who are not signed in. Say why."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def opened(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            return view(request, *args, **kwargs)

        return _declare(opened, because)

    return decorate


def _declare(view: Callable[..., HttpResponse], policy: frozenset[Role] | str) -> Callable[..., HttpResponse]:
    """Note who may open the view. Once: a second declaration would hide the first."""
    if hasattr(view, DECLARED):
        raise TypeError(f"{view.__qualname__} says twice who may open it.")
    setattr(view, DECLARED, policy)
    setattr(view, GUARD, view)
    return view


def guards(view: Any) -> bool:
    """Whether the declaration is the outermost thing about this view; a decorator above would copy it."""
    return getattr(view, GUARD, None) is view
