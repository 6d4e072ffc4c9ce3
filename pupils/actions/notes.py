"""What happens to an entry after it was logged: a follow-up is done, a wording is put right.

What it said before stays in the history that the database keeps of every write.
"""

from typing import Any

from django.db import transaction

from iap.audit.models import record
from iap.errors import Refused
from pupils.models import CheckIn, Note

LONGEST = {Note: 2000, CheckIn: 500}


@transaction.atomic
def finish_follow_up(note: Note, *, by: Any) -> Note:
    """The follow-up is done. Saying it twice changes nothing."""
    note = Note.objects.select_for_update().get(school=note.school_id, pk=note.pk)
    if not note.stands:
        raise Refused("This note was undone, so there is nothing to follow up.")
    if note.follow_up:
        note.follow_up = False
        note.save(update_fields=["follow_up"])
        record("note.followed_up", note, by=by)
    return note


@transaction.atomic
def reword(entry: Note | CheckIn, *, by: Any, text: str) -> Note | CheckIn:
    """Put the words of a note, or of a check-in's note, right. The earlier words are kept in its history."""
    text, field = text.strip(), "text" if isinstance(entry, Note) else "note"
    entry = type(entry).objects.select_for_update().get(school=entry.school_id, pk=entry.pk)
    if not entry.stands:
        raise Refused("This was undone, so its words stay as they were.")
    if not text and field == "text":
        raise Refused("Write a few words, or undo the note.")
    if len(text) > LONGEST[type(entry)]:
        raise Refused(f"This holds {LONGEST[type(entry)]:,} characters. Shorten it.")
    if getattr(entry, field) != text:
        setattr(entry, field, text)
        entry.save(update_fields=[field])
        record(f"{entry._meta.model_name}.reworded", entry, by=by)
    return entry
