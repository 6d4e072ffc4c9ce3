"""Every address × every role × whose school: who may open what."""

import re
from collections.abc import Collection, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse

from iap.schools import access
from iap.schools.access import DECLARED
from iap.schools.models import Role
from tests.access_table import OTHERS, TABLE, Row
from tests.cast import Cast, two_schools
from tests.factories import MembershipFactory, see
from tests.kept import kept_for_the_module, on_its_own

ROLES = {row.name: row.roles for row in TABLE}
ROWS = [pytest.param(row, id=row.name) for row in TABLE]
PRIVATE = [pytest.param(row, id=row.name) for row in TABLE if not row.public]
PUBLIC = [pytest.param(row, id=row.name) for row in TABLE if row.public]
PARTED = [pytest.param(row, id=row.name) for row in TABLE if row.own and not row.shared]


def addresses(patterns: Any = None, prefix: str = "", names: str = "") -> Iterator[tuple[str, str, Any]]:
    """Every address of the site: its pattern, its full name, its view."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inside = f"{names}{pattern.namespace}:" if pattern.namespace else names
            yield from addresses(pattern.url_patterns, prefix + str(pattern.pattern), inside)
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern), f"{names}{pattern.name or ''}", pattern.callback


def _ours() -> list[tuple[str, str, Any]]:
    return [each for each in addresses() if not each[0].lstrip("^").startswith(tuple(OTHERS))]


kept = kept_for_the_module(two_schools)


@pytest.fixture
def cast(kept: Cast) -> Cast:
    """A person in every role: an almost empty school proves nothing."""
    see(kept.other_school)
    return on_its_own(kept)


@pytest.fixture
def school(cast: Cast) -> Any:
    return cast.school


def _open(client: Any, row: Row, school: Any) -> Any:
    address = reverse(row.name, kwargs=row.own(school) if row.own else None)
    return client.post(address, row.data) if row.post else client.get(address)


def test_every_address_stands_in_the_table():
    assert sorted({name for _, name, _ in _ours()} ^ {row.name for row in TABLE}) == []


def test_no_address_stands_in_the_table_twice():
    names = [row.name for row in TABLE]
    assert len(names) == len(set(names))


def test_every_view_says_who_may_open_it():
    assert [pattern for pattern, _, view in _ours() if not getattr(view, DECLARED, None)] == []


def test_who_may_open_a_view_is_asked_before_anything_else():
    """Another decorator above would answer people who have no business there."""
    assert [pattern for pattern, _, view in _ours() if not access.guards(view)] == []


def test_a_view_says_it_only_once():
    with pytest.raises(TypeError, match="says twice"):
        access.signed_in(access.only(Role.LEAD)(lambda request: None))


def test_what_a_view_says_is_what_the_table_says():
    said = {name: getattr(view, DECLARED, None) for _, name, view in _ours()}
    assert {
        name: (said[name], roles)
        for name, roles in ROLES.items()
        if isinstance(said.get(name), frozenset) and said[name] != roles
    } == {}


def test_pages_for_people_not_signed_in_say_why():
    said = [getattr(view, DECLARED, None) for _, _, view in addresses()]
    reasons = [words for words in said if isinstance(words, str) and words != "signed in"]
    assert [words for words in reasons if len(words.split()) < 5] == []


def test_addresses_of_other_apps_hold_no_view_of_ours_without_a_declaration():
    ours = ("iap.", "pupils.", "timetables.", "referrals.", "reporting.")
    under = [view for pattern, _, view in addresses() if pattern.lstrip("^").startswith(tuple(OTHERS))]
    assert under
    bare = [view for view in under if view.__module__.startswith(ours) and not getattr(view, DECLARED, None)]
    assert bare == []


@pytest.mark.parametrize("row", PRIVATE)
def test_signed_out_people_are_asked_to_sign_in(client, row, school):
    answer = _open(client, row, school)
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("row", PUBLIC)
def test_what_opens_without_signing_in_says_so_in_both_places(client, row, school):
    """In the table and on the view: no other view may be opened by `anyone`."""
    assert _open(client, row, school).status_code in row.ok
    views = {name: view for _, name, view in _ours()}
    policy = getattr(views[row.name], DECLARED)
    assert isinstance(policy, str)
    assert policy != "signed in"


@pytest.mark.parametrize("row", ROWS)
def test_the_right_roles_open_it_and_the_others_do_not(client, row, cast):
    for role, user in cast.colleagues.items():
        cast.sign_in(client, user)
        answer = _open(client, row, cast.school)
        status = answer.status_code
        assert status in (row.ok if role in row.roles else (403,)), f"{role.label} at {row.name}: {status}"
        assert _closed_to(role, answer) == [], f"{role.label} at {row.name} is offered these"


def _closed_to(role: Role, page: Any) -> list[str]:
    """What a page's links and forms lead to, and the reader may not open."""
    if page.streaming or not page.headers.get("Content-Type", "").startswith("text/html"):
        return []
    offered = set(re.findall(r' (?:href|action|hx-get|hx-post)="(/[^"?#]*)', page.content.decode()))
    return sorted(address for address in offered if role not in _openers(address))


def _openers(address: str) -> Collection[Role]:
    if address.startswith((settings.STATIC_URL, *(f"/{prefix}" for prefix in OTHERS))):
        return Role
    try:
        return ROLES[resolve(address).view_name]
    except Resolver404:
        return ()


@pytest.fixture(params=["with row security", "without it"])
def _net(request: Any, monkeypatch: Any) -> None:
    """The views' own filters must hold alone too: without the net, every school is in context."""
    if request.param == "without it":
        every = "coalesce((SELECT string_agg(id::text, ',') FROM schools_school), '')"
        opened = access.ENTER.rpartition("SELECT set_config('app.school_ids'")[0]
        monkeypatch.setattr(access, "ENTER", f"{opened} SELECT set_config('app.school_ids', {every}, true)")


@pytest.mark.usefixtures("_net")
@pytest.mark.parametrize("row", PARTED)
def test_what_belongs_to_another_school_is_not_found(client, row, cast):
    """For each role that would open it at home."""
    for role in row.roles:
        cast.sign_in(client, cast.colleagues[role])
        assert _open(client, row, cast.other_school).status_code == 404, role


@pytest.mark.usefixtures("_net")
@pytest.mark.parametrize("row", PARTED)
def test_every_role_at_another_school_opens_nothing_here(client, row, cast):
    cast.sign_in(client, cast.stranger)
    assert _open(client, row, cast.school).status_code == 404


@pytest.mark.usefixtures("_net")
@pytest.mark.parametrize("row", PARTED)
def test_a_right_role_there_and_a_wrong_one_here_do_not_add_up(client, row, cast):
    """Role and school are matched together: a lead there who is a teacher here opens nothing here."""
    right = next(iter(row.roles))
    wrong = next((role for role in Role if role not in row.roles), None)
    if wrong is None:
        return
    user = MembershipFactory(school=cast.other_school, role=right).user
    MembershipFactory(school=cast.school, user=user, role=wrong)
    client.force_login(user)
    assert _open(client, row, cast.school).status_code == 404
