"""Periods of the week as the bell has them."""

from typing import Any

from iap.imports import words
from iap.imports.bringing import Wanted, bring, note, one_of_each
from iap.imports.intake import Intake, Row
from iap.imports.kinds import Column, Gone, Kind
from iap.imports.report import KEPT
from iap.imports.values import Wrong, period_name, time, weekday
from iap.schools.actions.bell import REMOVED, in_use, key_of
from iap.schools.models import Period, PeriodKind, Weekday
from iap.ui.words import first_of


def _kinds(school: Any) -> words.Words:
    return words.Words(dict(PeriodKind.choices), lambda cell: _kind(cell, "1"))


COLUMNS = (
    Column("day", ("Day", "Weekday", "Day of week"), required=True, words=words.weekdays),
    Column("period", ("Period", "Period name", "Name", "Slot", "Lesson"), required=True),
    Column("start", ("Start", "Start time", "From", "Starts", "Begins"), required=True, says="Starts at"),
    Column("end", ("End", "End time", "To", "Finish", "Ends", "Finish time"), required=True, says="Ends at"),
    Column("kind", ("Kind", "Type", "Period type"), words=_kinds),
)
GONE = Gone(
    stay="They stay: this file does not hold the whole bell",
    end="The bell has them no more: take them out",
    each=True,
)
SHOWN = 3  # periods that a warning names
WORDS = {
    "reg": "registration",
    "tutor": "registration",
    "am": "registration",
    "form": "registration",
    "recess": "break",
    "teaching": "lesson",
    "class": "lesson",
}


def bring_periods(intake: Intake) -> None:
    rows = ((row, key, fields) for row, (key, fields) in intake.checked(_take))
    wanted = one_of_each(intake, rows, column="period", named=lambda key: f"period {key[1]} of that day")
    _leave_out_removed(intake, wanted)
    periods = list(Period.objects.filter(school=intake.school))
    stored = {(x.weekday, x.name): x for x in periods}
    for key, period in _renamed(intake, periods).items():
        if key in wanted and key not in stored and (period.weekday, period.name) not in wanted:
            stored[key] = stored.pop((period.weekday, period.name))
            wanted[key]["name"] = key[1]
    intake.weigh(sum(_is_at(stored.get(key), at) for key, at in wanted.items()), len(wanted), len(stored))
    used = _in_use(
        intake, [period for key, period in stored.items() if key not in intake.named | set(wanted)]
    )
    bring(
        intake,
        Period,
        wanted,
        stored,
        lambda key: {"weekday": key[0], "name": key[1]},
        reach=lambda key: stored[key].pk not in used,
    )


def _in_use(intake: Intake, missing: list[Period]) -> set[int]:
    """Of what the file does not hold, the keys of what stays whatever is said, because something stands in it."""
    used = in_use(missing)
    if used:
        said = (
            f"Not in this file, and in use by lessons, sessions or entries, so they stay: "
            f"{first_of([str(period) for period in used], SHOWN)}."
        )
        intake.counts.warn(intake.parts[0].file, 0, "", said)
    return {period.pk for period in used}


def _is_at(period: Period | None, at: dict[str, Any]) -> bool:
    return period is not None and (period.starts, period.ends) == (at["starts"], at["ends"])


def _leave_out_removed(intake: Intake, wanted: Wanted) -> None:
    """Periods that were taken out here stay out, unless the file has the last word on it."""
    known = intake.corrections
    if known is None:
        return
    for day, name in list(wanted):
        key = key_of(day, name)
        if known.stays(Period, key, REMOVED):
            title = f"{Weekday(day).label}, {name}"
            note(intake, KEPT, wanted, (day, name), title, fields=[("Period", "Taken out", "There")])
            intake.counts.kept += 1
            del wanted[day, name]
        elif known.of(Period, key):
            intake.ledger.delete(known.rows(intake.school, Period, {REMOVED}, key))


def _renamed(intake: Intake, periods: list[Period]) -> dict[tuple[int, str], Period]:
    """Periods that were given another name here, under the names that they had."""
    known = intake.corrections
    renamed = {x.pk: x for x in periods if known and "name" in known.of_thing(x)}
    history = Period.pgh_event_model.objects.filter(school=intake.school, pgh_obj_id__in=renamed)  # type: ignore[attr-defined]
    named = history.order_by("pgh_id").values_list("pgh_obj_id", "weekday", "name")
    return {(weekday, name): renamed[pk] for pk, weekday, name in named}


def _take(row: Row) -> tuple[tuple[int, str], dict[str, Any]]:
    key = row.read("day", weekday, required=True), row.read("period", period_name, required=True)[:20]
    fields = {
        "starts": row.read("start", time, required=True),
        "ends": row.read("end", time, required=True),
        "kind": row.read("kind", lambda cell: _kind(cell, key[1])),
    }
    if fields["ends"] <= fields["starts"]:
        raise row.wrong("end", "A period must end after it starts.")
    return key, fields


def _kind(cell: str, name: str) -> str:
    """The kind as given, or as the period's name says it: a number is a lesson."""
    word = (cell or name).strip().lower()
    for kind in PeriodKind.values:
        if word.startswith(kind):
            return kind
    for start, kind in WORDS.items():
        if word.startswith(start):
            return kind
    if not cell and name.isdigit():
        return PeriodKind.LESSON
    raise Wrong(f"“{cell or name}” is not registration, lesson, break or lunch.")


KIND = Kind("periods", COLUMNS, bring_periods, order=20, gone=GONE)
