"""Rows of several tables in one statement are what each of their query sets gives by itself."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from pupils import panels, together
from pupils.models import Intervention, Note, Pupil
from pupils.record import Record
from pupils.together import Ask, counted, total_of
from tests.canaries import Everything
from tests.factories import NoteFactory, PupilFactory


def asked(pupil: Pupil, day: dt.date) -> dict[str, Ask]:
    """All that the parts of a pupil's page want to read."""
    request = SimpleNamespace(GET={}, roles=set())
    wanted = Record(pupil, day).asks()
    for panel in panels._panels.values():
        wanted |= panel.asks(request, pupil, day) if panel.asks else {}
    return wanted


def values(row: Any, ask: Ask) -> dict[str, Any]:
    """What is shown of a row, by the names that were asked for."""
    found = {}
    for name in ask.names:
        value = row
        for part in name.split("__"):
            value = getattr(value, part) if value is not None else None
        found[name] = value
    return found


def test_every_part_reads_what_its_query_set_gives(school: Any, teacher: Any) -> None:
    pupil, day = Everything(school, teacher).pupil, timezone.localdate()
    Note.objects.filter(pupil=pupil).update(follow_up=True)
    Intervention.objects.filter(pupil=pupil).update(ended_on=None, ending="")
    wanted = asked(pupil, day)
    found = together.read(pupil, wanted)
    assert set(found) == set(wanted)
    for name, ask in wanted.items():
        rows = list(ask.rows)
        assert [type(row) for row in found[name]] == [type(row) for row in rows], name
        assert [values(row, ask) for row in found[name]] == [values(row, ask) for row in rows], name
    empty = {name for name, rows in found.items() if not rows}
    assert empty <= {"suspension-codes", "sen-codes", "year"}, "an empty part proves nothing"


def test_one_query_reads_them_all(school: Any, teacher: Any, django_assert_num_queries: Any) -> None:
    pupil, day = Everything(school, teacher).pupil, timezone.localdate()
    wanted = asked(pupil, day)
    with django_assert_num_queries(1):
        found = together.read(pupil, wanted)
        for name, ask in wanted.items():
            for row in found[name]:
                values(row, ask)
    with django_assert_num_queries(0):
        assert together.read(pupil, {}) == {}


def test_the_few_that_are_shown_say_how_many_there_are(pupil: Any, school: Any) -> None:
    for n in range(7):
        NoteFactory(school=school, pupil=pupil, text=str(n))
    NoteFactory(school=school, pupil=PupilFactory(school=school))
    notes = counted(Note.objects.filter(pupil=pupil).order_by("-pk"))
    found = together.read(pupil, {"notes": Ask(notes[:3], "by__name")})["notes"]
    assert [note.text for note in found] == ["6", "5", "4"]
    assert total_of(found) == 7
    assert total_of([]) == 0


@pytest.mark.parametrize("text", ["“quoted”", "a\nb", "\\ { } ' \"", "ünïcödé 😀"])
def test_words_come_as_they_were_written(pupil: Any, school: Any, text: str) -> None:
    NoteFactory(school=school, pupil=pupil, text=text)
    (found,) = together.read(pupil, {"notes": Ask(Note.objects.filter(pupil=pupil))})["notes"]
    assert found.text == text
