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
from .timeline import Stream, as_rows


def offer() -> None:
    for stream in (
        Stream("need", "Needs and strengths", READERS, needs, "clipboard-document-list", _page("needs")),
        Stream("assessment", "Assessments", READERS, assessments, "chart-bar", _page("assessments")),
        Stream("readiness", "Readiness", READERS, readiness, "hand-raised", _page("readiness")),
    ):
        timeline.register(stream)


def _page(name: str) -> Callable[[Any, Any], str]:
    """Every row of a kind leads to the pupil's page of that kind."""
    return lambda pupil, row: reverse(f"pupils:{name}", args=[pupil.uuid])


def needs(pupil: Any) -> QuerySet[Any]:
    rows = Need.objects.filter(school=pupil.school_id, pupil=pupil)
    headline = Concat(
        in_words("area", NeedArea.choices),
        Value(": "),
        Coalesce("word__words", Value("in the referral’s words")),
        output_field=TextField(),
    )
    return as_rows(rows, "need", at="day", headline=headline, body=F("detail"))


def assessments(pupil: Any) -> QuerySet[Any]:
    rows = Assessment.objects.filter(school=pupil.school_id, pupil=pupil)
    headline = Concat(
        F("tool__name"), Value(", "), in_words("informant", Informant.choices), output_field=TextField()
    )
    return as_rows(rows, "assessment", at="day", headline=headline, body=_scores())


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
    rows = PupilReadiness.objects.filter(school=pupil.school_id, pupil=pupil)
    parts: list[Any] = []
    for name, (area, _) in STATEMENTS.items():
        parts += [Value(f"{'; ' if parts else ''}{area}: "), in_words(name, Step.choices)]
    headline = Concat(*parts, output_field=TextField())
    return as_rows(rows, "readiness", at="day", headline="Readiness, looked at together", body=headline)


def in_words(column: str, choices: Any) -> Any:
    """A choice as people read it, worked out in the database."""
    return Case(
        *(When(**{column: value, "then": Value(str(label))}) for value, label in choices),
        default=Cast(column, TextField()),
        output_field=TextField(),
    )
