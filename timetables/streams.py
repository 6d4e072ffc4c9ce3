"""Interventions as rows of the timeline, and as a kind of record that can be struck through."""

from typing import Any

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.urls import reverse

from pupils import in_error, timeline
from pupils.access import READERS
from pupils.models import Intervention
from pupils.timeline import Stream, as_rows


def offer() -> None:
    timeline.register(
        Stream(
            "intervention",
            "Interventions",
            READERS,
            interventions,
            "heart",
            lambda pupil, row: reverse("timetables:interventions", args=[pupil.uuid]),
        )
    )
    in_error.register(in_error.Kind("intervention", "intervention", Intervention, "timetables:interventions"))


def interventions(pupil: Any) -> QuerySet[Any]:
    rows = Intervention.objects.filter(school=pupil.school_id, pupil=pupil)
    headline = Concat(Value("Began: "), F("programme__name"), output_field=TextField())
    return as_rows(rows, "intervention", at="day", headline=headline, body=F("aim"))
