"""The file of one pupil for an inspection: places, the way back, attendance, and all that was written.

It names the pupil and stays inside the school. Who asked for it finds in it what their roles read, and nothing more.
"""

import datetime as dt
from typing import Any

from django.utils import timezone

from iap.schools.models import Membership, Role
from iap.ui import words
from iap.ui.charts import Chart, Lines
from iap.ui.charts.lines import Series
from iap.ui.moments import clock
from pupils import timeline
from pupils.access import SENSITIVE
from pupils.models import Placement, Pupil, Suspension
from pupils.record import Record
from reporting.models import Pack
from timetables.measures.share import Share, share_by_week, shares_of, steps_of

from .document import Document, Part, Table, day_said

MOST = 2000  # rows of the stream; a longer one says that it goes on


def document(pack: Pack, today: dt.date) -> Document:
    assert pack.pupil is not None
    school, pupil = pack.school, pack.pupil
    roles = set(Membership.objects.filter(school=school, user=pack.asked_by).values_list("role", flat=True))
    record = Record(pupil, today)
    parts = (
        _facts(record),
        _places(record),
        _way(record),
        _attendance(record),
        _conduct(pupil, roles),
        _stream(pupil, roles),
    )
    return Document(
        kind="case",
        title="Case file",
        provision=school.provision.name,
        school=school.name,
        about=f"{pupil.full_name}, as kept on {day_said(today)}",
        made_on=today,
        parts=tuple(part for part in parts if not part.is_empty),
        cautions=(
            "Safeguarding records are kept elsewhere, by the designated safeguarding lead. "
            f"What follows is what these roles read: {_roles(roles)}.",
        ),
        confidential=True,
    )


def _roles(roles: set[str]) -> str:
    return ", ".join(Role(role).label for role in Role if role in roles) or "none"


def _facts(record: Record) -> Part:
    pupil, place = record.pupil, record.placement
    stage = {"E": "EHC plan", "K": "SEN support"}.get(pupil.sen_stage, "No special need recorded")
    rows: list[tuple[str, Any]] = [
        ("Year", pupil.year_group),
        ("Tutor group", pupil.tutor_group or "not known"),
        ("Special educational needs", stage),
        ("In care", pupil.in_care),
        ("Has a social worker", pupil.social_worker),
    ]
    if place is not None:
        rows.append(("Key adult", str(place.key_adult)))
    return Part(pupil.full_name, tables=(Table("At a glance", ("What", "Says"), tuple(rows)),))


def _places(record: Record) -> Part:
    def row(place: Placement) -> tuple[Any, ...]:
        return (
            place.starts_on,
            place.ends_on,
            place.get_model_display(),
            str(place.key_adult),
            place.get_destination_display() if place.destination else "has a place",
        )

    rows = tuple(row(place) for place in reversed(record.placements))
    head = ("From", "Until", "Kind of place", "Key adult", "What came next")
    return Part("Places", tables=(Table("Every place so far", head, rows),) if rows else ())


def _way(record: Record) -> Part:
    """Every step with its reason, and the share of the week by week."""
    school, pupil = record.pupil.school, record.pupil
    steps = [step for step in steps_of(school, [pupil.pk]).get(pupil.pk, []) if step.starts_on <= record.day]
    shares = shares_of(school, steps)
    rows = tuple(
        (step.starts_on, words.step(step.kind).label, _percent(shares[step.pk]), step.why, step.pupil_view)
        for step in steps
    )
    if not rows:
        return Part("The way back")
    head = ("From", "Step", "In mainstream", "What changed and why", "The pupil’s view")
    chart = _by_week(record)
    return Part(
        "The way back",
        charts=(chart,) if chart else (),
        tables=(Table("Steps", head, rows),),
    )


def _by_week(record: Record) -> Chart | None:
    found = share_by_week(record.pupil.school, [record.pupil.pk], record.calendar).get(record.pupil.pk, [])
    weeks = [(monday, share) for monday, share in found if monday <= record.day]
    known = [share.percent for _, share in weeks if share is not None and share.percent is not None]
    if len(known) < 2:
        return None
    return Lines(
        title=f"From {known[0]}% to {known[-1]}% of the week in mainstream",
        desc="The share of the pupil’s lessons that were in mainstream, at the end of each school week.",
        labels=tuple(f"{monday.day} {monday:%b %y}" for monday, _ in weeks),
        series=(
            Series("In mainstream", "main-l", tuple(share.percent if share else None for _, share in weeks)),
        ),
        category="Week of",
        step=True,
    )


def _percent(share: Share) -> str:
    return "not known" if share.percent is None else f"{share.percent}%"


def _attendance(record: Record) -> Part:
    rows = []
    for window, rate in zip(record.windows, record.attendance, strict=True):
        said = f"{rate.percent}%" if rate.known else "not known"
        rows.append((f"{day_said(window[0])} to {day_said(window[1])}", said, rate.attended, rate.possible))
    head = ("School weeks", "Attended", "Half-days attended", "Half-days possible")
    return Part("Attendance", tables=(Table("The last school weeks", head, tuple(rows)),) if rows else ())


def _conduct(pupil: Pupil, roles: set[str]) -> Part:
    if not roles & set(SENSITIVE):
        return Part("Suspensions")
    rows = tuple(
        (row.starts_on, row.sessions, ", ".join(row.reasons))
        for row in Suspension.objects.filter(school=pupil.school_id, pupil=pupil).order_by("starts_on")
    )
    head = ("From", "Half-days", "Reasons")
    return Part(
        "Suspensions", tables=(Table("As the school’s own system has them", head, rows),) if rows else ()
    )


def _stream(pupil: Pupil, roles: set[str]) -> Part:
    """Everything that was written, oldest first; what was entered in error stays, and says so."""
    streams = {stream.name: stream for stream in timeline.shown_to(roles)}
    found = [stream.rows(pupil) for stream in streams.values()]
    if not found:
        return Part("What was written")
    together = (found[0].union(*found[1:], all=True) if len(found) > 1 else found[0]).order_by("at")
    rows = tuple(_written(row, streams[row["stream"]].label) for row in together[:MOST])
    head = ("Day", "At", "What", "Says", "By")
    more = (f"The first {MOST} entries; the rest is in the product.",) if len(rows) == MOST else ()
    return Part(
        "What was written", words=more, tables=(Table("In order of time", head, rows),) if rows else ()
    )


def _written(row: dict[str, Any], label: str) -> tuple[Any, ...]:
    says = ". ".join(part for part in (row["headline"], row["body"]) if part)
    if row["struck"]:
        says = f"{says} (entered in error: {row['struck_why'] or 'no reason given'})"
    return (*_when(row["at"]), label, says, row["who"])


def _when(at: dt.datetime) -> tuple[dt.date, str]:
    """Its day and time; what is about a day has none."""
    if not timeline.is_moment(at):
        return at.astimezone(dt.UTC).date(), ""
    local = timezone.localtime(at)
    return local.date(), clock(local)
