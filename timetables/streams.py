"""What this app puts into a pupil's timeline."""

from collections.abc import Callable
from typing import Any

from django.db.models import Case, CharField, F, QuerySet, Value, When
from django.db.models.functions import Cast
from django.urls import reverse

from pupils.access import READERS
from pupils.models import Ending, Extension, GivenSession, Intervention
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
    RoomReadiness,
    SessionMark,
    StepKind,
    WorkKind,
    WorkMove,
)
from .models.rooms import ROOM, RoomStep


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
        Stream("work", "Work from classes", READERS, work, "document-text", address=kept_up_of),
        Stream("room", "Readiness", READERS, rooms, "hand-raised", address=lessons_of, kind="readiness"),
        _of_interventions("intervention", interventions),
        _of_interventions("given", given_sessions),
        _of_interventions("extension", extensions),
        _of_interventions("intervention-end", endings),
    ):
        register(stream)


def _of_interventions(name: str, rows: Callable[[Any], QuerySet[Any]]) -> Stream:
    return Stream(
        name, "Interventions", READERS, rows, "heart", address=interventions_of, kind="intervention"
    )


def lessons_of(pupil: Any, row: Any) -> str:
    return reverse("timetables:returns", args=[pupil.uuid])


def kept_up_of(pupil: Any, row: Any) -> str:
    return reverse("timetables:kept_up", args=[pupil.uuid])


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


def given_sessions(pupil: Any) -> QuerySet[Any]:
    """Sessions that stand in no register; those that do are among what happened in the provision."""
    here = Case(When(here=True, then=Value("Took part: ")), default=Value("Not there: "))
    return as_rows(
        of(GivenSession, pupil),
        "given",
        at="at",
        headline=words(here, F("intervention__programme__name")),
        **ENTRY,
    )


def extensions(pupil: Any) -> QuerySet[Any]:
    return as_rows(
        Extension.objects.filter(school=pupil.school_id, intervention__pupil=pupil),
        "extension",
        at="at",
        headline=words(
            Value("Planned longer: "),
            F("intervention__programme__name"),
            Value(", "),
            Cast("planned", CharField()),
            Value(" sessions"),
        ),
        body=F("why"),
        row=None,
        struck="intervention__in_error_at",
        struck_why="intervention__in_error_why",
    )


def endings(pupil: Any) -> QuerySet[Any]:
    """Not struck by itself: it goes with the intervention."""
    return as_rows(
        of(Intervention, pupil).exclude(ended_on=None),
        "intervention-end",
        at="ended_on",
        headline=joined(labelled("ending", Ending.choices), F("programme__name"), by=": "),
        body=F("ended_words"),
        row=None,
        who=None,
    )


def work(pupil: Any) -> QuerySet[Any]:
    return as_rows(
        of(WorkMove, pupil),
        "work",
        at="at",
        headline=joined(F("mainstream_class__name"), labelled("kind", WorkKind.choices), by=": "),
        **ENTRY,
    )


def rooms(pupil: Any) -> QuerySet[Any]:
    """How ready a lesson is to receive the pupil, area by area, and what its room changes next."""
    areas = [words(Value(f"{area}: "), labelled(name, RoomStep.choices)) for name, (area, _) in ROOM.items()]
    return as_rows(
        of(RoomReadiness, pupil),
        "room",
        at="day",
        headline=words(Value("How ready the lesson is: "), F("mainstream_class__name")),
        body=joined(joined(*areas, by="; "), F("next_change")),
    )
