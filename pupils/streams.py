"""What this app puts into a pupil's timeline."""

from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Extract, Round
from django.urls import reverse

from iap.schools.models import Code, CodeSet

from .access import READERS, SENSITIVE
from .attendance import CODES, Counts
from .models import (
    AttendanceMark,
    CheckIn,
    CheckInKind,
    Destination,
    ExitEvaluation,
    Feels,
    FollowUpCheck,
    HalfDay,
    Holds,
    Incident,
    MovementBreak,
    Note,
    Placement,
    Readiness,
    ReducedHours,
    ReducedHoursReason,
    Suspension,
)
from .stream_words import joined, labelled, listed, of, words
from .timeline import ENTRY, Stream, as_rows, register

ABSENT = CODES[Counts.AUTHORISED] | CODES[Counts.UNAUTHORISED]


def offer() -> None:
    for stream in (
        Stream("check-in", "Check-ins", READERS, check_ins, "face-smile"),
        Stream("note", "Notes", READERS, notes, "pencil-square"),
        Stream("break", "Movement breaks", READERS, breaks, "arrow-path"),
        Stream("absence", "Absence from school", READERS, absences, "calendar-days"),
        Stream("place-begins", "Place", READERS, places_begin, "home", kind="place"),
        Stream("place-ends", "Place", READERS, places_end, "home", address=exit_of, kind="place"),
        Stream("follow-up", "After the place", READERS, follow_ups, "arrow-trending-up", kind="after"),
        Stream("evaluation", "After the place", READERS, evaluations, "chat-bubble-left", kind="after"),
        Stream("reduced-hours", "Reduced hours", READERS, reduced_hours, "home-modern"),
        Stream("suspension", "School’s own log", SENSITIVE, suspensions, "clipboard-document", kind="log"),
        Stream("incident", "School’s own log", SENSITIVE, incidents, "clipboard-document", kind="log"),
    ):
        register(stream)


def check_ins(pupil: Any) -> QuerySet[Any]:
    return as_rows(
        of(CheckIn, pupil),
        "check-in",
        at="at",
        headline=joined(labelled("readiness", Readiness.choices), labelled("kind", CheckInKind.choices)),
        body=joined(listed("feelings"), listed("chips"), F("note")),
        **ENTRY,
    )


def notes(pupil: Any) -> QuerySet[Any]:
    return as_rows(of(Note, pupil), "note", at="at", headline="Note", body=F("text"), **ENTRY)


def breaks(pupil: Any) -> QuerySet[Any]:
    minutes = Cast(Round(Extract(F("ended_at") - F("at"), "epoch") / 60), CharField())
    return as_rows(
        of(MovementBreak, pupil),
        "break",
        at="at",
        headline="Movement break",
        body=Case(
            When(ended_at=None, then=Value("")),
            default=words(minutes, Value(" minutes")),
            output_field=TextField(),
        ),
        **ENTRY,
    )


def absences(pupil: Any) -> QuerySet[Any]:
    """One row for each day with a half-day missed, by the school's own marks."""
    missed = of(AttendanceMark, pupil).filter(code__in=ABSENT)
    same_day = missed.filter(day=OuterRef("day"))
    label = Code.objects.filter(
        school=pupil.school_id, set=CodeSet.ATTENDANCE, code=OuterRef("code"), valid_to=None
    ).exclude(label="")
    said = words(
        labelled("half", HalfDay.choices),
        Value(": "),
        Coalesce(Subquery(label.values("label")[:1]), F("code")),
    )
    halves = same_day.annotate(said=said).values("day")
    return as_rows(
        missed.filter(Q(half=HalfDay.AM) | ~Exists(same_day.filter(half=HalfDay.AM))),
        "absence",
        at="day",
        headline=Case(
            When(Exists(same_day.exclude(half=OuterRef("half"))), then=Value("Not at school")),
            default=Value("Not at school for half a day"),
        ),
        body=Subquery(
            halves.annotate(all=StringAgg("said", " · ", order_by="half", output_field=TextField())).values(
                "all"
            )
        ),
        row=None,
        who=None,
        struck=None,
    )


def places_begin(pupil: Any) -> QuerySet[Any]:
    return as_rows(
        of(Placement, pupil),
        "place-begins",
        at="starts_on",
        headline="The place begins",
        body=words(Value("Key adult: "), F("key_adult__title"), Value(" "), F("key_adult__family_name")),
        who=None,
        struck=None,
    )


def places_end(pupil: Any) -> QuerySet[Any]:
    return as_rows(
        of(Placement, pupil).exclude(ends_on=None),
        "place-ends",
        at="ends_on",
        headline=words(Value("The place has ended: "), labelled("destination", Destination.choices)),
        body=F("exits__outcomes"),
        who="exits__by__name",
        struck=None,
    )


def exit_of(pupil: Any, row: Any) -> str:
    return reverse("pupils:exit", args=[pupil.uuid, row])


def follow_ups(pupil: Any) -> QuerySet[Any]:
    return as_rows(
        of(FollowUpCheck, pupil).exclude(answer=""),
        "follow-up",
        at="answered_at",
        headline=words(
            Value("Does it hold after "),
            Cast("weeks", CharField()),
            Value(" school weeks? "),
            labelled("answer", Holds.choices),
        ),
        body=F("line"),
        who="answered_by__name",
        struck=None,
    )


def evaluations(pupil: Any) -> QuerySet[Any]:
    return as_rows(
        of(ExitEvaluation, pupil),
        "evaluation",
        at="day",
        headline="The pupil on their time here",
        body=joined(labelled("feels", Feels.choices), *map(F, ("helped", "hard", "proud", "advice"))),
    )


def reduced_hours(pupil: Any) -> QuerySet[Any]:
    return as_rows(
        ReducedHours.objects.filter(school=pupil.school_id, placement__pupil=pupil),
        "reduced-hours",
        at="starts_on",
        headline=words(Value("Agreed reduced hours: "), labelled("reason", ReducedHoursReason.choices)),
        body=joined(words(Value("Agreed by "), F("agreed_by")), F("explanation")),
        row=None,
        who=None,
        struck=None,
    )


def suspensions(pupil: Any) -> QuerySet[Any]:
    place = Func(OuterRef("reasons"), F("code"), function="array_position", output_field=IntegerField())
    said = Code.objects.filter(school=pupil.school_id, set=CodeSet.SUSPENSION, valid_to=None)
    said = said.annotate(place=place).exclude(place=None)
    return as_rows(
        of(Suspension, pupil),
        "suspension",
        at="starts_on",
        headline=words(Value("Suspension, half-days: "), Cast("sessions", CharField())),
        body=Subquery(
            said.values("set").annotate(all=StringAgg("label", " · ", output_field=TextField())).values("all")
        ),
        row=None,
        who=None,
        struck=None,
    )


def incidents(pupil: Any) -> QuerySet[Any]:
    return as_rows(
        of(Incident, pupil),
        "incident",
        at="day",
        headline=F("kind"),
        body=F("class_name"),
        row=None,
        who=None,
        struck=None,
    )
