"""What a pupil's page, its timeline and the list of what waits say of the pupil's voice and of safety."""

import datetime as dt
from typing import Any

from django.db.models import F, Value
from django.urls import reverse

from iap.inbox import duties
from iap.inbox.duties import Due, Duty
from iap.schools.models import Role
from pupils import timeline
from pupils.access import READERS, SENSITIVE, WRITERS
from pupils.models import DayMood, Helped, Placement, PupilSaid, RiskAssessment
from pupils.panels import Area, Panel, register
from pupils.record import record_of
from pupils.stream_words import chosen, joined, labelled, of, words
from pupils.timeline import ENTRY, Stream, as_rows
from pupils.together import Ask

SHOWN = 3


def offer() -> None:
    register(Panel("tablet", WRITERS, tablet, "timetables/panels/tablet.html", Area.MORE, 10))
    register(Panel("risk-link", READERS, link, "timetables/panels/risk_link.html", Area.MORE, 40))
    register(
        Panel(
            "own-words", READERS, own_words, "timetables/panels/own_words.html", Area.MAIN, 30, ask_own_words
        )
    )
    timeline.register(Stream("own-words", "In their own words", READERS, _said, "chat-bubble-left-right"))
    timeline.register(Stream("risks", "Risk assessment", SENSITIVE, _risks, "shield-check", _risk_page))
    duties.register(
        Duty(
            "risk-review", "Risk assessments to look at again", {Role.LEAD, Role.SENCO, Role.DSL}, reviews_due
        )
    )


def tablet(request: Any, pupil: Any, day: dt.date) -> dict[str, Any] | None:
    """The button that hands the tablet over, while there is a place to speak of."""
    return {} if record_of(request, pupil, day).placement else None


def link(request: Any, pupil: Any, day: dt.date) -> dict[str, Any]:
    return {}


def ask_own_words(request: Any, pupil: Any, day: dt.date) -> dict[str, Ask]:
    mine = PupilSaid.objects.at([pupil.school]).filter(pupil=pupil).standing()
    return {"own-words": Ask(mine.newest_first()[:SHOWN])}


def own_words(request: Any, pupil: Any, day: dt.date) -> dict[str, Any]:
    """What the pupil last said on their own page."""
    return {"said": record_of(request, pupil, day).rows["own-words"]}


def _said(pupil: Any) -> Any:
    return as_rows(
        of(PupilSaid, pupil),
        "own-words",
        at="at",
        headline="Said on their own page",
        body=joined(labelled("mood", DayMood.choices), chosen("helped", Helped.choices), F("words")),
        **ENTRY,
    )


def _risks(pupil: Any) -> Any:
    headline = words(Value("Risk assessment, version "), F("version"))
    return as_rows(
        of(RiskAssessment, pupil), "risks", at="at", headline=headline, body=F("changed"), struck=None
    )


def _risk_page(pupil: Any, row: Any) -> str:
    return reverse("timetables:risks", args=[pupil.uuid])


def reviews_due(school: Any, day: dt.date) -> list[Due]:
    """The newest version of each pupil with a place whose day to look again has come: one query."""
    placed = Placement.objects.filter(school=school).exclude(ends_on__lte=day)
    newest = (
        RiskAssessment.objects.filter(school=school, pupil__in=placed.values("pupil"))
        .order_by("pupil", "-version")
        .distinct("pupil")
        .select_related("pupil")
    )
    return [
        Due(
            f"Look again at {each.pupil.known_as}’s risk assessment",
            reverse("timetables:risks", args=[each.pupil.uuid]),
            each.review_on,
            each.pupil,
        )
        for each in newest
        if each.review_on <= day
    ]
