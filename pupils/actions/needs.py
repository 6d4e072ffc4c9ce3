"""Needs and strengths: the school's words, and what is noted of one pupil."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Refused
from iap.schools.models import School
from iap.ui.moments import day as said
from iap.ui.typed import tidied
from pupils.models import FoundAt, Need, NeedArea, NeedWord, Pupil
from pupils.standard.needs import words_of

from .days import locked, refuse_long_before, refuse_what_has_not_come

LONGEST = 1000


@transaction.atomic
def add_word(school: School, *, by: Any, area: str, words: str) -> NeedWord:
    """Add words of the school's own. Raises Refused where the list has them, in whatever case."""
    words, today = tidied(words), timezone.localdate()
    if not words:
        raise Refused("Write the words, such as “Sleep”.")
    if len(words) > 80:
        raise Refused("A need is worded in 80 characters. Shorten it.")
    if area not in NeedArea.values or area == NeedArea.UNSORTED:
        raise Refused("Choose learning, wellbeing, safety or strengths.")
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    words_of(school)  # the standard ones first, where there are none yet
    if NeedWord.objects.filter(school=school, area=area, words__iexact=words).standing_from(today).exists():
        raise Refused(f"The list has “{words}” already.")
    word = NeedWord.objects.create(school=school, area=area, words=words, valid_from=today)
    record("needword.added", word, by=by, area=area, words=words)
    return word


@transaction.atomic
def end_word(word: NeedWord, *, by: Any) -> NeedWord:
    """Offer these words no longer. What is noted with them stays. Ending twice changes nothing."""
    word = NeedWord.objects.select_for_update().get(school=word.school_id, pk=word.pk)
    if word.valid_to is None:
        word.valid_to = max(timezone.localdate(), word.valid_from + dt.timedelta(days=1))
        word.save(update_fields=["valid_to"])
        record("needword.ended", word, by=by, words=word.words)
    return word


@transaction.atomic
def note_need(
    pupil: Pupil,
    *,
    by: Any,
    day: dt.date,
    found_at: str,
    word: NeedWord | None = None,
    area: str = "",
    detail: str = "",
) -> Need:
    """Note a need or strength: a word of the list, what it looks like for this pupil, or both.

    Raises Refused where neither is said, where it is noted already and holds, and for a day that cannot be.
    """
    detail, area = tidied(detail), word.area if word is not None else area
    if word is None and not detail:
        raise Refused("Choose words from the list, or write what you see.")
    if area not in NeedArea.values:
        raise Refused("Choose learning, wellbeing, safety or strengths.")
    if len(detail) > LONGEST:
        raise Refused(f"This holds {LONGEST:,} characters. Shorten it.")
    if found_at not in FoundAt.values:
        raise Refused("Choose where it was found.")
    pupil = locked(pupil)
    refuse_long_before(pupil, day)
    if word is not None:
        _refuse_what_is_noted(pupil, word)
    return _noted(pupil, by=by, day=day, area=area, word=word, detail=detail, found_at=found_at)


def _noted(pupil: Pupil, *, by: Any, **said_of_it: Any) -> Need:
    need = Need.objects.create(school_id=pupil.school_id, pupil=pupil, by=by, **said_of_it)
    record("need.noted", need, by=by, area=need.area)
    return need


def _refuse_what_is_noted(pupil: Pupil, word: NeedWord) -> None:
    if word.school_id != pupil.school_id:
        raise Refused("Choose words of this school’s list.")
    known = Need.objects.filter(school=pupil.school_id, pupil=pupil, word=word).open().select_related("by")
    if (held := known.first()) is not None:
        raise Refused(f"{held.by} noted “{word}” on {said(held.day)}. It still holds.")


@transaction.atomic
def sort_need(need: Need, *, by: Any, word: NeedWord) -> Need:
    """Put what a referral brought under words of the list; the referral's own words stay beside them."""
    need = _open(need)
    if need.word_id is not None:
        raise Refused(f"This is sorted already, as “{need.word}”.")
    pupil = locked(need.pupil)
    _refuse_what_is_noted(pupil, word)
    need.word, need.area = word, word.area
    need.save(update_fields=["word", "area"])
    record("need.sorted", need, by=by, word=word.words)
    return need


@transaction.atomic
def end_need(need: Need, *, by: Any, day: dt.date, words: str = "") -> Need:
    """It no longer holds, from a day on; what came of it stays beside it."""
    need = _open(need)
    refuse_what_has_not_come(day)
    if day < need.day:
        raise Refused(f"It was found on {said(need.day)}. Choose that day or a later one.")
    need.ended_on, need.ended_by, need.ended_words = day, by, tidied(words)[:200]
    need.save(update_fields=["ended_on", "ended_by", "ended_words"])
    record("need.ended", need, by=by, day=str(day))
    return need


def carry_over(pupil: Pupil, *, by: Any, day: dt.date, needs: str, strengths: str) -> list[Need]:
    """What a referral said, once the pupil has a place: its words as they are, to be sorted by a person."""
    said_there = ((NeedArea.UNSORTED, tidied(needs)), (NeedArea.STRENGTH, tidied(strengths)))
    return [
        _noted(pupil, by=by, day=day, area=area, detail=words[:LONGEST], found_at=FoundAt.REFERRAL)
        for area, words in said_there
        if words
    ]


def _open(need: Need) -> Need:
    need = (
        Need.objects.select_for_update(of=("self",))
        .select_related("pupil", "word")
        .get(school=need.school_id, pk=need.pk)
    )
    if not need.stands:
        raise Refused("This was entered in error, so it stays as it was.")
    if need.ended_on is not None:
        raise Refused(f"This ended on {said(need.ended_on)}.")
    return need
