"""Comparing what a table says with what is stored, and writing only the difference."""

import datetime as dt
from collections.abc import Callable, Container, Iterable, Mapping
from functools import partial
from typing import Any

from django.db import models

from .intake import MOST_ENDED, Intake, Row
from .report import CHANGED, KEPT, NEW, UNCHANGED

MOST_MISSING = 300  # people whom a run remembers as being in no row
Parsed = tuple[Row, Any, dict[str, Any]]  # the row, its key, and its fields
Fields = dict[str, Any]
Changes = list[tuple[str, str, str]]  # field, old and new, in words
NOTHING: Mapping[Any, Changes] = {}
Named = Callable[[Any], str]  # a stored thing, or one about to be made, as people know it


class Wanted(dict[Any, Fields]):
    """Fields by key, and the file and row that says so."""

    def __init__(self) -> None:
        super().__init__()
        self.said: dict[Any, tuple[str, int]] = {}


def one_of_each(intake: Intake, rows: Iterable[Parsed], *, column: str, named: Named = str) -> Wanted:
    """The fields by key. A row that repeats another counts once; rows that differ under one key are refused.

    All of them are refused: nobody here can know which is right.
    """
    wanted = Wanted()
    at_odds: dict[Any, list[tuple[str, int, str, str]]] = {}
    headings: dict[Any, tuple[str, str]] = {}
    for row, key, fields in rows:
        if key not in wanted:
            wanted[key], wanted.said[key] = fields, (row.part.file, row.number)
            headings[key] = row.title(column), row[column]
        elif wanted[key] != fields:
            first = at_odds.setdefault(key, [(*wanted.said[key], *headings[key])])
            first.append((row.part.file, row.number, row.title(column), row[column]))
    for key, clashing in at_odds.items():
        numbers = ", ".join(str(number) for _, number, _, _ in clashing)
        for file, number, title, value in clashing:
            reason = f"Rows {numbers} say different things about {named(key)}. Keep the right one."
            intake.counts.refuse(file, number, title, reason, value)
        del wanted[intake.names(key)]
    return wanted


def bring(
    intake: Intake,
    model: type[models.Model],
    wanted: Wanted,
    stored: Mapping[Any, Any],
    key_fields: Callable[[Any], Fields],
    *,
    named: Named = str,
    reach: Callable[[Any], bool] = lambda key: True,
    end: Callable[[list[Any]], None] | None = None,
) -> None:
    """Make what is wanted and missing, change what differs, and `end` what is stored and gone.

    Only stored keys within `reach` of the table can be missing from it, and none that a refused row names; nothing
    is from a table of changes alone. What is gone is taken out, unless `end` says what becomes of it; and it stays,
    unless somebody has said that it is gone.
    """
    new, changes = [], []
    for key, fields in wanted.items():
        thing = stored.get(key)
        if thing is None:
            new.append(thing := model(school=intake.school, **key_fields(key), **fields))
            note(intake, NEW, wanted, key, named(thing))
        elif different := _differing(intake, wanted, key, thing, named):
            note(intake, CHANGED, wanted, key, named(thing), fields=differences(thing, different))
            changes.append((thing, different))
        else:
            note(intake, UNCHANGED, wanted, key, named(thing))
    intake.ledger.change(changes)
    intake.ledger.create(new)
    intake.counts.created += len(new)
    intake.counts.changed += len(changes)
    intake.counts.unchanged += len(wanted) - len(new) - len(changes)
    if intake.kind.gone is not None and not intake.changes_alone:
        there = intake.named | set(wanted)
        missing = [thing for key, thing in stored.items() if key not in there and reach(key)]
        _let_go(intake, missing, of=len(stored), named=named, end=end or intake.ledger.delete)


def _let_go(
    intake: Intake, missing: list[Any], *, of: int, named: Named, end: Callable[[list[Any]], None]
) -> None:
    """List what is missing from the table, and end what somebody has said is gone."""
    ended = [thing for thing in missing if intake.is_gone(str(thing.pk))]
    intake.counts.miss(len(missing), ((named(thing), thing.pk) for thing in missing), ended=len(ended))
    end(ended)
    if (
        intake.kind.gone and intake.kind.gone.leaves and len(missing) <= MOST_ENDED * of
    ):  # else a part of the school
        stay = [str(thing.pk) for thing in missing if thing not in ended]
        intake.counts.missing = stay[:MOST_MISSING]


def _differing(intake: Intake, wanted: Wanted, key: Any, thing: Any, named: Named) -> Fields:
    """The fields in which a stored thing differs and is to be changed: not those that were corrected here."""
    different = {name: value for name, value in wanted[key].items() if getattr(thing, name) != value}
    corrections = intake.corrections
    if corrections is None or not different or not corrections.of_thing(thing):
        return different
    stays = partial(corrections.stays, type(thing), thing.pk)
    kept = {name: value for name, value in different.items() if stays(name)}
    if kept:
        note(intake, KEPT, wanted, key, named(thing), fields=differences(thing, kept))
        intake.counts.kept += len(kept)
    replaced = corrections.of_thing(thing) & set(different) - set(kept)
    if replaced:
        intake.ledger.delete(corrections.rows(intake.school, type(thing), replaced, thing.pk))
    return {name: value for name, value in different.items() if name not in kept}


def replace_dated(
    intake: Intake,
    model: type[models.Model],
    wanted: Mapping[Any, Fields],
    standing: Mapping[Any, Any],
    key_fields: Callable[[Any], Fields],
    *,
    since: dt.date,
    named: Named = str,
    stay: Container[Any] = (),
    beside: Mapping[Any, Changes] = NOTHING,
) -> set[int]:
    """Let what is wanted hold from today; what held until now keeps its past. Gives the keys of what ended.

    Where nothing was stored yet, it has held `since` then. What is not named ends, unless it stays: `stay` are
    the wanted keys that the file does not hold, which count as not in the file alone. A row that began today
    never held as it was, and is changed or taken out rather than ended. What changes `beside` a row is listed with it.
    """
    today, counts = intake.today, intake.counts
    begins = today if standing else since
    new: list[Any] = []
    ended: list[Any] = []
    taken_out: list[Any] = []
    changed_today: list[tuple[Any, Fields]] = []
    for key, thing in standing.items():
        fields = wanted.get(key)
        different = {n: v for n, v in (fields or {}).items() if getattr(thing, n) != v}
        if fields is None:
            (taken_out if thing.valid_from >= today else ended).append(thing)
        elif different:
            fields_changed = [*differences(thing, different), *beside.get(key, ())]
            note(intake, CHANGED, wanted, key, named(thing), fields=fields_changed)
            counts.changed += 1
            if thing.valid_from >= today:
                changed_today.append((thing, different))
            else:
                ended.append(thing)
                new.append(model(school=intake.school, valid_from=today, **key_fields(key), **(fields or {})))
        elif key not in stay:
            note(intake, UNCHANGED, wanted, key, named(thing))
            counts.unchanged += 1
    for key, fields in wanted.items():
        if key not in standing:
            new.append(thing := model(school=intake.school, valid_from=begins, **key_fields(key), **fields))
            note(intake, NEW, wanted, key, named(thing))
            counts.created += 1
    intake.ledger.change([(thing, {"valid_to": today}) for thing in ended])
    intake.ledger.change(changed_today)
    intake.ledger.delete(taken_out)
    intake.ledger.create(new)
    return {thing.pk for thing in ended}


def staying(intake: Intake, wanted: Container[Any], standing: Mapping[Any, Any], named: Named) -> set[Any]:
    """The keys that stand, are not named, and stay; the others are to end. All of them are listed as gone."""
    missing = {key: thing for key, thing in standing.items() if key not in wanted}
    ends = intake.ends(len(missing), len(standing))
    listed = ((named(thing), thing.pk) for thing in missing.values())
    intake.counts.miss(len(missing), listed, ended=len(missing) if ends else 0)
    return set() if ends else set(missing)


def note(intake: Intake, what: str, wanted: Any, key: Any, name: str, **more: Any) -> None:
    """List a row under its name, with where it was said."""
    if intake.counts.listing:
        file, row = getattr(wanted, "said", {}).get(key, ("", 0))
        intake.counts.list(what, name, file=file, row=row, **more)


def changed(intake: Intake, name: str, fields: Changes) -> None:
    """Count and list as changed what stands in no row of its own; `fields` as `differences` gives them."""
    intake.counts.changed += 1
    intake.counts.list(CHANGED, name, fields=fields)


def differences(thing: Any, different: Fields) -> Changes:
    """Each field that differs: its name, the old and the new, in words."""
    return [(_label(thing, n), in_words(getattr(thing, n)), in_words(v)) for n, v in different.items()]


def _label(thing: Any, name: str) -> str:
    label = str(thing._meta.get_field(name).verbose_name)
    return label[:1].upper() + label[1:]


def in_words(value: Any) -> str:
    """A value as a page shows it."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, dt.date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, list | tuple):
        return ", ".join(in_words(each) for each in value)
    return "" if value is None else str(value)
