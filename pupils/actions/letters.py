"""Letters home: made once from the words as they stand, and sent."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Refused
from iap.ui.moments import day as said
from iap.ui.typed import tidied
from pupils.letters import LetterKind, paper
from pupils.models import Letter, Pupil


@transaction.atomic
def make_letter(
    pupil: Pupil, *, by: Any, kind: LetterKind, to_name: str, title: str, text: str, signed: str
) -> Letter:
    """Make the paper from the words as they stand, and keep both. `pupil.school` is loaded."""
    day = timezone.localdate()
    words = {"to_name": to_name, "title": title, "text": text, "signed": signed}
    made = Letter.objects.create(
        school_id=pupil.school_id,
        pupil=pupil,
        by=by,
        day=day,
        kind=kind.name,
        reply=kind.reply,
        paper=paper(kind, pupil, day=day, **words),
        **words,
    )
    record("letter.made", made, by=by, kind=kind.name)
    return made


@transaction.atomic
def note_sent(letter: Letter, *, by: Any, day: dt.date, how: str) -> Letter:
    """When and how it went out. Noted again it is put right; what was noted first stays in the history."""
    letter = Letter.objects.select_for_update(of=("self",)).get(school=letter.school_id, pk=letter.pk)
    how = tidied(how)[:80]
    if not letter.stands:
        raise Refused("This letter was entered in error. Write a new one, and note how that was sent.")
    if not how:
        raise Refused("Say how it was sent.")
    if day < letter.day:
        raise Refused(f"The letter was made on {said(letter.day)}. Choose that day or a later one.")
    if day > timezone.localdate():
        raise Refused("That day has not come yet. Choose today or an earlier day.")
    letter.sent_on, letter.sent_how = day, how
    letter.save(update_fields=["sent_on", "sent_how"])
    record("letter.sent", letter, by=by, day=str(day))
    return letter
