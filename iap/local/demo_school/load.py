"""Makes both demo schools: exports in through the import, then weeks of work through the actions."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from iap.imports.run import import_folder
from iap.schools.models import Provision, School, Stage, Trust, User
from iap.tenancy import context

from . import (
    accounts,
    costed,
    ended,
    files,
    needed,
    people,
    planned,
    provision,
    referring,
    reported,
    returned,
    stories,
    voiced,
)
from .days import Replay
from .plans import Plan
from .provision import Base
from .school import Invented

Told = Callable[[str, int, int], None]  # what, done, of how many


def load(plan: Plan, today: dt.date, tell: Told) -> School:
    """Make the plan's school around `today`. All of its work is one transaction, the import another."""
    invented, school = bring_in(plan, today)
    with context.within(school.pk):
        base, users = begin(invented, school)
        lead, *staff = (users[adult.code] for adult in plan.team if {"lead", "staff"} & set(adult.signs_in))
        replay = Replay(invented, base, [lead, *staff])
        days = replay.days()
        for number, day in enumerate(days, start=1):
            replay.live(day)
            tell(school.name, number, len(days))
        returned.agree_all(invented, base, invented.year.mondays_past[-1])
        people.meet(invented, base)
        needed.note_all(invented, base, staff)
        planned.plan_all(invented, base, staff)
        voiced.tell_all(invented, base, staff[0])
        dsl = next((users[adult.code] for adult in plan.team if "dsl" in adult.signs_in), None)
        ended.hand_on(invented, base, staff[0], dsl)
        ended.write_home(invented, base)
        ended.end_one(invented, base)
        costed.enter(invented, base)
        reported.report(invented, base)
    return school


def bring_in(plan: Plan, today: dt.date) -> tuple[Invented, School]:
    """What the school's own system knows, through the import."""
    invented = Invented(plan, today)
    with TemporaryDirectory() as folder:
        files.write(invented, Path(folder))
        import_folder(Path(folder), plan.urn)
    return invented, School.objects.get(urn=plan.urn)


def begin(invented: Invented, school: School) -> tuple[Base, dict[str, User]]:
    """Accounts, sessions, the pupils' weeks, and who is referred; none of the days is lived yet."""
    _settle(invented.plan, school)
    users = accounts.give(invented, school)
    lead = next(users[adult.code] for adult in invented.plan.team if "lead" in adult.signs_in)
    base = provision.set_up(invented, school, lead)
    stories.tell_all(invented, base, users)
    referring.refer_all(invented, base, users)
    return base, users


def _settle(plan: Plan, school: School) -> None:
    """Name the school and its provision as the plan has them."""
    trust, _ = Trust.objects.get_or_create(name=plan.trust)
    School.objects.filter(pk=school.pk).update(name=plan.name, trust=trust)
    school.refresh_from_db()
    Provision.objects.update_or_create(
        school=school, defaults={"name": plan.provision, "model": plan.model, "stage": Stage.DEVELOPING}
    )
