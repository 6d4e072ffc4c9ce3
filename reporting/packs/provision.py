"""The provision on paper, for a visitor: who it is, its week, who works there, and how it sees itself."""

import datetime as dt
from collections import Counter, defaultdict
from typing import Any

from django.utils import timezone

from iap.schools.models import School
from iap.ui import moments
from iap.ui.words import plural
from reporting.facts import Facts
from reporting.figures import figures_of, measures
from reporting.models import Judgement, SelfReview
from reporting.periods import Kind
from reporting.release import Release
from reporting.tenets import TENETS
from timetables.models import IapSession, SessionStaff

from .document import Document, Part, Table, day_said, told
from .governors import SUPPRESSED

DAYS = ("", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
SPAN = {"": "Every week", "A": "Week A", "B": "Week B", "AB": "Both weeks"}


def document(facts: Facts, *, made_on: dt.date) -> Document:
    """No pupil is in it, and no count of fewer than five."""
    school: School = facts.school
    sessions = list(
        IapSession.objects.at([school])
        .valid_on(facts.today)
        .select_related("period")
        .prefetch_related("staff__adult")
    )
    parts = (
        _who_we_are(school, sessions),
        _figures(facts),
        _week(facts, sessions),
        _adults(facts),
        _review(school),
    )
    return Document(
        kind="provision",
        title=f"About {school.provision.name}",
        provision=school.provision.name,
        school=school.name,
        about=f"As it is on {day_said(made_on)}",
        made_on=made_on,
        parts=tuple(part for part in parts if not part.is_empty),
        definitions=tuple((each.label, each.definition) for each in measures() if each.headline),
        cautions=(SUPPRESSED,),
    )


def _who_we_are(school: School, sessions: list[IapSession]) -> Part:
    held = school.provision
    strands = Counter(each.get_strand_display() for each in sessions)
    kinds = ", ".join(f"{name.lower()} {number}" for name, number in strands.most_common())
    return Part(
        "Who we are",
        words=(
            f"{held.name} is the internal alternative provision of {school.name}. It works beside the mainstream, as "
            "planned support: pupils keep lessons, lunch and breaks with their year group, and return step by step, "
            "never faster than they can manage. It is never a punishment.",
            f"How pupils stay: {held.get_model_display().lower()}. The provision is "
            f"{held.get_stage_display().lower()}. A session has room for {plural(held.places, 'pupil')}; the guide is "
            "fewer than 10, with a qualified teacher and a second adult.",
            f"Sessions in a cycle by strand: {kinds}." if sessions else "No sessions are in its week yet.",
        ),
    )


def _figures(facts: Facts) -> Part:
    period = facts.periods.now(Kind.YEAR)
    if period is None:
        return Part("This school year so far")
    shown = figures_of(facts, period, [each for each in measures() if each.headline])
    release = Release(facts)
    return Part(
        "This school year so far", figures=tuple(told(release.leaving(each)) for each in shown.values())
    )


def _week(facts: Facts, sessions: list[IapSession]) -> Part:
    """What runs at each time; what is the same in both weeks stands once."""
    at: dict[tuple[int, dt.time], dict[str, list[IapSession]]] = defaultdict(lambda: defaultdict(list))
    for each in sessions:
        at[each.period.weekday, each.period.starts][each.week].append(each)
    rows: list[tuple[Any, ...]] = []
    for (weekday, starts), weeks in sorted(at.items()):
        when = f"{DAYS[weekday]}, {moments.clock(starts)}"
        told_of = {week: _at_once(facts, weeks[week]) for week in sorted(weeks)}
        if told_of.get("A") == told_of.get("B") and "A" in told_of:
            told_of = {week: cells for week, cells in told_of.items() if not week} | {"AB": told_of["A"]}
        rows += [(when, SPAN[week], *cells) for week, cells in told_of.items()]
    if not rows:
        return Part("The week")
    head = ("When", "Weeks", "Sessions", "Places", "Adults")
    return Part("The week", tables=(Table("Sessions as the timetable has them", head, tuple(rows)),))


def _at_once(facts: Facts, sessions: list[IapSession]) -> tuple[str, int, str]:
    """Sessions that run at the same time: their names, places and adults."""
    adults = {
        row.adult_id: row.adult
        for each in sessions
        for row in each.staff.all()
        if row.is_valid_on(facts.today)
    }
    teachers = sum(adult.qualified for adult in adults.values())
    titles = sorted(Counter(each.title for each in sessions).items())
    return (
        ", ".join(f"{title} × {n}" if n > 1 else title for title, n in titles),
        sum(each.places or facts.school.provision.places for each in sessions),
        f"{len(adults)} ({plural(teachers, 'teacher')})",
    )


def _adults(facts: Facts) -> Part:
    rows = SessionStaff.objects.at([facts.school]).valid_on(facts.today).select_related("adult")
    adults = {row.adult_id: row.adult for row in rows}
    if not adults:
        return Part("Who works here")
    teachers = sum(adult.qualified for adult in adults.values())
    says = f"{plural(len(adults), 'adult')} work in its sessions; {teachers} of them qualified teachers."
    return Part("Who works here", words=(says,))


def _review(school: School) -> Part:
    kept = SelfReview.objects.at([school]).exclude(kept_at=None).newest_first().first()
    if kept is None or kept.kept_at is None:
        return Part("How we see ourselves")
    said = {each.statement: each for each in Judgement.objects.filter(school=school, review=kept)}
    tables = []
    for tenet in TENETS:
        rows = [
            (statement.text, said[statement.key].get_level_display(), said[statement.key].next_step)
            for statement in tenet.statements
            if statement.key in said and said[statement.key].level
        ]
        if rows:
            tables.append(Table(tenet.name, ("Statement", "It holds", "What we do next"), tuple(rows)))
    words = (f"From the self-review of {day_said(timezone.localdate(kept.kept_at))}.", kept.summary)
    return Part("How we see ourselves", words=tuple(word for word in words if word), tables=tuple(tables))
