"""Who may open which address: one line for each.

A line names the address, the roles that open it, how its parts are made, and whether it is posted. Add one
with every new view: `tests/test_access.py` fails for an address that has none.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from iap.imports import uploads
from iap.schools.models import Period, Role
from tests.factories import (
    IapSessionFactory,
    MembershipFactory,
    NoteFactory,
    PlacementFactory,
    PupilFactory,
    StaffMemberFactory,
    bell,
    see,
)

LEAD, LEADER, DATA, DSL = Role.LEAD, Role.LEADER, Role.DATA, Role.DSL
STAFF, SENCO, TEACHER, TRUST = Role.STAFF, Role.SENCO, Role.TEACHER, Role.TRUST
READERS = {STAFF, LEAD, LEADER, SENCO, DSL}
WRITERS = {STAFF, LEAD, SENCO, DSL}
KEEPERS = {LEAD, DATA}
PEOPLE = {LEAD, LEADER, DATA}
EVERYBODY = frozenset(Role)

# Makes the parts of an address in a school: keyword → what stands for it.
Maker = Callable[[Any], Mapping[str, Any]]


def pupil(school: Any) -> dict[str, Any]:
    return {"uuid": PupilFactory(school=school).uuid}


def placed(school: Any) -> dict[str, Any]:
    return {"uuid": PlacementFactory(school=school).pupil.uuid}


def noted(school: Any) -> dict[str, Any]:
    note = NoteFactory(school=school)
    return {"uuid": note.pupil.uuid, "entry": note.entry}


def session(school: Any) -> dict[str, Any]:
    see(school)
    if not Period.objects.filter(school=school).exists():
        bell(school)
    return {"uuid": IapSessionFactory(school=school).uuid}


def person(school: Any) -> dict[str, Any]:
    return {"uuid": MembershipFactory(school=school, role=Role.STAFF).user.uuid}


def staff(school: Any) -> dict[str, Any]:
    return {"uuid": StaffMemberFactory(school=school).uuid}


def today(school: Any) -> dict[str, Any]:
    return {"day": dt.date.today().isoformat()}


def period_today(school: Any) -> dict[str, Any]:
    return {**today(school), "period": "1"}


def tapped(school: Any) -> dict[str, Any]:
    place = placed(school)
    return {**today(school), "session": session(school)["uuid"], "uuid": place["uuid"]}


def upload(school: Any) -> dict[str, Any]:
    sent = uploads.store(school, [])
    sent.keep("checked", report={})
    return {"uuid": sent.uuid}


def monday(school: Any) -> dict[str, Any]:
    return {"weekday": 1}


@dataclass(frozen=True)
class Row:
    """Who opens an address. `own` makes its parts; those of another school must then give 404.

    `shared` says that its parts name nothing of a school. `ok` are the answers that mean it opened: a post
    without data is refused by the form, which is past the door.
    """

    name: str
    roles: frozenset[Role] | set[Role]
    own: Maker | None = None
    post: bool = False
    shared: bool = False
    data: Mapping[str, str] = field(default_factory=dict)
    ok: tuple[int, ...] = (200, 302)


TABLE = [
    Row("home", EVERYBODY),
    Row("schools:choose", EVERYBODY, post=True, ok=(404,)),  # without a school of theirs
    Row("schools:settings", KEEPERS),
    Row("schools:provision", {LEAD}),
    Row("schools:school", KEEPERS),
    Row("schools:years", KEEPERS),
    Row("schools:terms", KEEPERS),
    Row("schools:closures", KEEPERS),
    Row("schools:weeks", KEEPERS),
    Row("schools:bell", KEEPERS),
    Row("schools:copy_monday", KEEPERS, post=True),
    Row("schools:bell_day", KEEPERS, monday, shared=True),
    Row("schools:people", PEOPLE),
    Row("schools:person_add", PEOPLE),
    Row("schools:person", PEOPLE, person),
    Row("schools:role_give", PEOPLE, person, post=True, ok=(422,)),
    Row("schools:role_take", PEOPLE, person, post=True),
    Row("schools:send_link", PEOPLE, person, post=True),
    Row("schools:staff", PEOPLE),
    Row("schools:staff_member", PEOPLE, staff),
    Row("schools:staff_link", PEOPLE, staff, post=True, ok=(422,)),
    Row("schools:staff_unlink", PEOPLE, staff, post=True),
    Row("schools:staff_leave", PEOPLE, staff, post=True),
    Row("pupils:reads", {DSL}, pupil),
    Row("pupils:list", READERS),
    Row("pupils:search", READERS),
    Row("pupils:detail", READERS, pupil),
    Row("pupils:check_ins", READERS, pupil),
    Row("pupils:note", WRITERS, pupil),
    Row("pupils:undo", WRITERS, noted, post=True),
    Row("pupils:followed_up", WRITERS, noted, post=True),
    Row("pupils:words", {LEAD}, noted),
    Row("imports:new", {DATA}),
    Row("imports:show", {DATA}, upload),
    Row("imports:apply", {DATA}, upload, post=True),
    Row("imports:refused", {DATA}, upload),
    Row("timetables:sessions", {LEAD, SENCO}),
    Row("timetables:new_session", {LEAD}),
    Row("timetables:session", {LEAD, SENCO}, session),
    Row("timetables:staff", {LEAD}, session, post=True, ok=(422,)),
    Row("timetables:end_staff", {LEAD}, session, post=True, ok=(404,)),  # nobody staffs it
    Row("timetables:cover", {LEAD}, session, post=True, ok=(422,)),
    Row("timetables:end_session", {LEAD}, session, post=True, ok=(422,)),
    Row("timetables:open_placement", {LEAD, SENCO}, placed),
    Row("timetables:end_placement", {LEAD}, placed, post=True, ok=(422,)),
    Row("timetables:reduced_hours", {LEAD}, placed, post=True, ok=(422,)),
    Row("timetables:new_step", {LEAD}, placed),
    Row("timetables:my_lessons", {TEACHER}),
    Row("timetables:today", READERS),
    Row("timetables:today_on", READERS, today, shared=True),
    Row("timetables:today_at", READERS, period_today, shared=True),
    Row("timetables:tap", {STAFF, LEAD}, tapped, post=True, ok=(422,)),
    Row("timetables:safeguarding", READERS),
]

# Addresses of other people's apps, by how they begin: they guard them, and our own tests cover what we set.
OTHERS = {
    "account/": "signing in, passwords and second factors, by allauth; see tests/schools/test_sign_in.py",
}
