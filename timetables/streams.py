"""What this app puts into a pupil's timeline."""

from typing import Any

from django.db.models import Case, F, QuerySet, Value, When
from django.urls import reverse

from pupils.access import READERS
from pupils.models import Intervention
from pupils.stream_words import joined, labelled, of, words
from pupils.timeline import ENTRY, Stream, as_rows, register

from .models import (
    AgreedChange,
    ChangeState,
    ClassReturn,
    HybridStep,
    LessonFeedback,
    OffsiteAttendance,
    OffsiteOutcome,
    Outcome,
    SessionMark,
    StepKind,
)


def offer() -> None:
    for stream in (
        Stream("mark", "In the provision", READERS, marks, "home"),
        Stream("step", "Steps of the week", READERS, steps, "calendar-days"),
        Stream("lesson", "Lessons", READERS, lessons, "building-library"),
        Stream(
            "return", "Agreed for a class", READERS, returns, "book-open", address=lessons_of, kind="agreed"
        ),
        Stream(
            "change", "Agreed for a class", READERS, changes, "book-open", address=lessons_of, kind="agreed"
        ),
        Stream("off-site", "Off site", READERS, off_site, "map-pin"),
        Stream("intervention", "Interventions", READERS, interventions, "heart", address=interventions_of),
    ):
        register(stream)


def lessons_of(pupil: Any, row: Any) -> str:
    return reverse("timetables:returns", args=[pupil.uuid])


def interventions_of(pupil: Any, row: Any) -> str:
    return reverse("timetables:interventions", args=[pupil.uuid])


def marks(pupil: Any) -> QuerySet[Any]:
    here = Case(When(here=True, then=Value("Here: ")), default=Value("Not here: "))
    return as_rows(
        of(SessionMark, pupil), "mark", at="at", headline=words(here, F("session__title")), **ENTRY
    )


def steps(pupil: Any) -> QuerySet[Any]:
    return as_rows(
        of(HybridStep, pupil),
        "step",
        at="starts_on",
        headline=labelled("kind", StepKind.choices),
        body=joined(F("why"), F("pupil_view")),
        struck=None,
    )


def lessons(pupil: Any) -> QuerySet[Any]:
    return as_rows(
        of(LessonFeedback, pupil),
        "lesson",
        at="at",
        headline=joined(F("lesson__mainstream_class__name"), labelled("outcome", Outcome.choices), by=": "),
        body=F("line"),
        **ENTRY,
    )


def returns(pupil: Any) -> QuerySet[Any]:
    """What is agreed now; what was agreed before is in its history."""
    return as_rows(
        of(ClassReturn, pupil),
        "return",
        at="saved_at",
        headline=words(Value("Agreed for "), F("mainstream_class__name")),
        body=joined(F("helps"), F("first_lesson"), F("exit_plan"), by="\n"),
        who="saved_by__name",
        struck=None,
    )


def changes(pupil: Any) -> QuerySet[Any]:
    return as_rows(
        AgreedChange.objects.filter(school=pupil.school_id, class_return__pupil=pupil),
        "change",
        at="state_on",
        headline=words(
            F("class_return__mainstream_class__name"), Value(": "), labelled("state", ChangeState.choices)
        ),
        body=F("what"),
        who="state_by__name",
        struck=None,
    )


def off_site(pupil: Any) -> QuerySet[Any]:
    return as_rows(
        of(OffsiteAttendance, pupil),
        "off-site",
        at="at",
        headline=words(F("provider"), Value(": "), labelled("outcome", OffsiteOutcome.choices)),
        body=joined(F("told_by")),
        **ENTRY,
    )


def interventions(pupil: Any) -> QuerySet[Any]:
    return as_rows(
        of(Intervention, pupil),
        "intervention",
        at="day",
        headline=words(Value("Began: "), F("programme__name")),
        body=F("aim"),
    )
