"""Needs, assessments and readiness as rows of the timeline."""

from collections.abc import Callable
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Case, F, Func, OuterRef, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat
from django.urls import reverse

from . import timeline
from .access import READERS
from .models import Assessment, Informant, Need, NeedArea, PupilReadiness, Score, Unit
from .models.readiness import STATEMENTS, Step
from .stream_words import joined, labelled, of, words
from .timeline import Stream, as_rows


def offer() -> None:
    for stream in (
        _of_needs("need", needs),
        _of_needs("need-end", needs_ended),
        Stream("assessment", "Assessments", READERS, assessments, "chart-bar", _page("assessments")),
        Stream("readiness", "Readiness", READERS, readiness, "hand-raised", _page("readiness")),
    ):
        timeline.register(stream)


def _page(name: str) -> Callable[[Any, Any], str]:
    """Every row of a kind leads to the pupil's page of that kind."""
    return lambda pupil, row: reverse(f"pupils:{name}", args=[pupil.uuid])


def _of_needs(name: str, rows: Callable[[Any], QuerySet[Any]]) -> Stream:
    return Stream(
        name, "Needs and strengths", READERS, rows, "clipboard-document-list", _page("needs"), kind="need"
    )


NEED = joined(labelled("area", NeedArea.choices), F("word__words"), by=": ")


def needs(pupil: Any) -> QuerySet[Any]:
    return as_rows(of(Need, pupil), "need", at="day", headline=NEED, body=F("detail"))


def needs_ended(pupil: Any) -> QuerySet[Any]:
    """Not struck by itself: it goes with the need."""
    return as_rows(
        of(Need, pupil).exclude(ended_on=None),
        "need-end",
        at="ended_on",
        headline=words(Value("No longer holds: "), Coalesce("word__words", "detail")),
        body=F("ended_words"),
        row=None,
        who="ended_by__name",
    )


def assessments(pupil: Any) -> QuerySet[Any]:
    headline = joined(F("tool__name"), labelled("informant", Informant.choices), by=", ")
    return as_rows(of(Assessment, pupil), "assessment", at="day", headline=headline, body=_scores())


def _scores() -> Any:
    """Total 14 (Close to average), Peers 3: the scores of an assessment as one text."""
    number = Cast(Func("value", function="TRIM_SCALE"), TextField())
    age = Func(
        "value",
        function="DIV",
        template="DIV(%(expressions)s, 12)::int || 'y ' || MOD(%(expressions)s, 12)::int || 'm'",
        output_field=TextField(),
    )
    said = Concat(
        F("field__name"),
        Value(" "),
        Case(When(field__unit=Unit.AGE, then=age), default=number, output_field=TextField()),
        Case(
            When(band="", then=Value("")),
            default=Concat(Value(" ("), F("band"), Value(")")),
            output_field=TextField(),
        ),
        output_field=TextField(),
    )
    of = (
        Score.objects.filter(school=OuterRef("school"), assessment=OuterRef("pk"))
        .order_by()
        .values("assessment")
    )
    return Coalesce(
        Subquery(of.annotate(text=StringAgg(said, ", ", order_by=F("field__position").asc())).values("text")),
        Value(""),
        output_field=TextField(),
    )


def readiness(pupil: Any) -> QuerySet[Any]:
    areas = [
        words(Value(f"{area}: "), labelled(name, Step.choices)) for name, (area, _) in STATEMENTS.items()
    ]
    return as_rows(
        of(PupilReadiness, pupil),
        "readiness",
        at="day",
        headline="Readiness, looked at together",
        body=joined(*areas, by="; "),
    )
