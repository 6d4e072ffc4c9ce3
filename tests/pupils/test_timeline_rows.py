"""What a stream of the timeline reads from a model."""

from django.db.models import F

from pupils.models import Note
from pupils.timeline import COLUMNS, as_rows
from tests.factories import NoteFactory


def test_a_model_may_have_fields_of_the_same_names(school):
    """A note has a moment called `at`, as the stream has."""
    note = NoteFactory(school=school, text="Chose to stay.")
    stream = as_rows(
        Note.objects.filter(pupil=note.pupil),
        "note",
        at="at",
        headline="A note",
        body=F("text"),
        row="entry",
        struck=None,
        struck_why=None,
    )
    (row,) = stream.union(stream.none(), all=True).order_by("at")
    assert set(row) == set(COLUMNS)
    assert (row["at"], row["body"], row["row"]) == (note.at, "Chose to stay.", note.entry)
