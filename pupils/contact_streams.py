"""Contacts in the timeline, and what of them is due."""

import datetime as dt
from typing import Any

from django.db.models import Case, F, QuerySet, Value, When
from django.urls import reverse

from iap.inbox.duties import Due, Duty
from iap.inbox.duties import register as register_duty
from iap.schools.models import Role

from .access import READERS, SENSITIVE, WRITERS
from .models import AgreedAction, ContactLog, How, Letter, PlannedContact, Tone
from .stream_words import joined, labelled, of, words
from .timeline import Stream, as_rows, register

ANSWER = (Role.LEAD, Role.SENCO, Role.DSL)  # who read of agencies, and write


def offer() -> None:
    """What was said with home is read by all who work with the pupil; with agencies, by those who answer for it."""
    register(Stream("contact-home", "Contacts", READERS, with_home, "phone", page, kind="contact"))
    register(Stream("contact-agency", "Contacts", SENSITIVE, with_agencies, "phone", page, kind="contact"))
    register(Stream("letter", "Letters", READERS, letters, "envelope", page))
    register_duty(
        Duty("contact-planned", "Contacts with home that were planned", [*WRITERS], planned_due, 35)
    )
    register_duty(Duty("contact-agreed", "Agreed with home", [Role.LEAD, Role.STAFF], agreed_due, 36))
    register_duty(Duty("agencies", "With agencies: planned and agreed", ANSWER, agencies_due, 37))


def page(pupil: Any, row: Any) -> str:
    return reverse("pupils:contacts", args=[pupil.uuid])


def with_home(pupil: Any) -> QuerySet[Any]:
    return as_rows(
        of(ContactLog, pupil).filter(agency=None),
        "contact-home",
        at="day",
        headline=joined(
            words(labelled("how", How.choices), Value(": "), F("with_name")), labelled("tone", Tone.choices)
        ),
        body=F("said"),
    )


def with_agencies(pupil: Any) -> QuerySet[Any]:
    return as_rows(
        of(ContactLog, pupil).exclude(agency=None),
        "contact-agency",
        at="day",
        headline=words(
            labelled("how", How.choices), Value(": "), F("agency__name"), Value(", "), F("with_name")
        ),
        body=F("said"),
    )


def letters(pupil: Any) -> QuerySet[Any]:
    return as_rows(
        of(Letter, pupil),
        "letter",
        at="day",
        headline=joined(F("title"), F("to_name")),
        body=words(Case(When(sent_on=None, then=Value("")), default=Value("Sent: ")), F("sent_how")),
    )


def planned_due(school: Any, day: dt.date) -> list[Due]:
    """Contacts with home whose day has come."""
    return _planned(school, day, "A contact with home was planned", agency=None)


def agreed_due(school: Any, day: dt.date) -> list[Due]:
    """What was agreed with home, from its day on."""
    return _agreed(school, day, contact__agency=None)


def agencies_due(school: Any, day: dt.date) -> list[Due]:
    """The same with agencies, for those who read of them."""
    planned = _planned(school, day, "A contact with an agency was planned", agency__isnull=False)
    return [*planned, *_agreed(school, day, contact__agency__isnull=False)]


def _planned(school: Any, day: dt.date, text: str, **which: Any) -> list[Due]:
    found = PlannedContact.objects.to_be_made().filter(school=school, day__lte=day, **which)
    rows = found.select_related("pupil").order_by("day", "pk")
    return [Due(text, page(each.pupil, None), each.day, each.pupil) for each in rows]


def _agreed(school: Any, day: dt.date, **which: Any) -> list[Due]:
    found = AgreedAction.objects.open().filter(school=school, due_on__lte=day, **which)
    rows = found.select_related("pupil").order_by("due_on", "pk")
    return [
        Due(f"{each.pupil.short_name}: {each.what}", page(each.pupil, None), each.due_on, each.pupil)
        for each in rows
    ]
