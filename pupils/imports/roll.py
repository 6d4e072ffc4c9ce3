"""Pupils on roll: whose row each is, and what changes by it."""

from typing import Any

from iap.imports.bringing import Wanted, bring, one_of_each
from iap.imports.intake import MANY, Intake, WrongCell
from iap.imports.kinds import Gone, Kind
from pupils.models import Pupil

from . import who
from .roll_rows import COLUMNS, NEEDS, PupilRows
from .who import Known, Roll

GONE = Gone(
    stay="They stay: this file does not hold every pupil",
    end="They have left: today is their first day off roll",
    each=True,
    leaves="pupils.pupil",
)
HARDLY = 0.05  # the share of pupils that is hardly anybody


def bring_pupils(intake: Intake) -> None:
    roll = Roll(intake)
    reader = PupilRows(intake, roll)
    rows = ((row, key, fields) for row, (key, fields) in intake.checked(reader.take))
    wanted = one_of_each(intake, rows, column="upn", named=lambda key: f"the UPN {key}")
    pupils = {pupil.upn: pupil for pupil in Pupil.objects.filter(school=intake.school)}
    stored = _matched(intake, roll, wanted, pupils)
    if why := _not_ours(intake, wanted, stored):
        raise intake.turn_away(why)
    _keep_zeros(intake, wanted, stored)
    reader.say_which_are_of_no_authority()
    _say_who_has_no_birthday(intake, wanted, stored)
    for key, fields in wanted.items():
        if key in stored and "left_on" not in fields and stored[key].left_on:
            fields["left_on"] = None  # who stands in a list of pupils is on roll
    bring(
        intake,
        Pupil,
        wanted,
        stored,
        lambda key: {"upn": key},
        named=_name,
        reach=lambda key: stored[key].is_on_roll(intake.today) and stored[key].pk not in roll.unsure,
        end=lambda gone: intake.ledger.change([(pupil, {"left_on": intake.today}) for pupil in gone]),
    )


def _matched(intake: Intake, roll: Roll, wanted: Wanted, pupils: dict[str, Any]) -> dict[Any, Any]:
    """The stored pupils under the UPN of their row, which need not be the UPN they had."""
    stored = dict(pupils)
    for key, fields in list(wanted.items()):
        if key in stored:
            continue
        try:
            known = _known_otherwise(intake, roll, wanted, key, fields)
        except WrongCell as wrong:
            file, number = wanted.said[key]
            intake.counts.refuse(file, number, wrong.column, wrong.reason, wrong.value)
            del wanted[key]
            continue
        # A pupil whose own UPN stands in the file is that row's, whatever another row says.
        if known and known.upn not in wanted and known.upn in stored:
            stored[key] = stored.pop(known.upn)
            fields["upn"] = key
    return stored


def _known_otherwise(
    intake: Intake, roll: Roll, wanted: Wanted, key: str, fields: dict[str, Any]
) -> Known | None:
    """Who has the row's admission number, or its name and birthday once somebody has said so."""
    file, row = wanted.said[key]
    title = next(part.title("upn") for part in intake.parts if part.file == file)
    given, family, born_on = fields["given_name"], fields["family_name"], fields.get("born_on")
    if known := roll.with_number(fields.get("mis_id", "")):
        called = {who.folded(name, known.family_name) for name in (known.given_name, known.preferred_name)}
        if known.born_on == born_on or who.folded(given, family) in called:
            return known
        said = f"The admission number {fields['mis_id']} is {known.name}’s here, who was born on another day."
        raise WrongCell(title, f"{said} Mend the number, or the UPN if it is the same pupil.", key)
    if born_on is None:
        return None
    likely = [k for k in roll.by_name.get((who.folded(given, family), born_on), []) if k.upn not in wanted]
    if len(likely) != 1:
        return None
    return roll.confirmed(likely[0], given, family, born_on, file, row, title)


def _keep_zeros(intake: Intake, wanted: Wanted, stored: dict[Any, Any]) -> None:
    """A spreadsheet that opened the file took the zeros before admission numbers; they stay as they were."""
    lost = 0
    for key, fields in wanted.items():
        new, old = fields.get("mis_id", ""), stored[key].mis_id if key in stored else ""
        if new != old and old.startswith("0") and new and who.number(new) == who.number(old):
            fields["mis_id"] = old
            lost += 1
    if lost:
        said = (
            f"{lost} admission numbers have lost the zeros before them, as in a spreadsheet. They were kept."
        )
        intake.counts.warn(intake.parts[0].file, 0, "", said)


def _not_ours(intake: Intake, wanted: Wanted, stored: dict[Any, Any]) -> str:
    """Why a table cannot be of this school as it is this year; empty where nothing speaks against it.

    Of many pupils in several year groups hardly anybody is known here: it is another school's. Most who are known
    would go down by a year: it is last year's.
    """
    known = [(stored[key], fields["year_group"]) for key, fields in wanted.items() if key in stored]
    years = {fields["year_group"] for fields in wanted.values()}
    if len(wanted) >= MANY and len(stored) >= MANY and len(years) > 2 and len(known) < HARDLY * len(wanted):
        return (
            f"{len(known) or 'None'} of these {len(wanted):,} pupils {'is' if len(known) == 1 else 'are'} known here. "
            "This looks like another school’s file, and nothing that came with it is taken. "
            "If they are yours, send a file for each year group."
        )
    lower = sum(_is_a_year_lower(year, pupil.year_group) for pupil, year in known)
    if lower >= MANY and lower > len(known) / 2:
        return (
            f"{lower} pupils are a year lower here than they were. This looks like last year’s file, and nothing "
            "that came with it is taken. Export it again for this year."
        )
    return ""


def _is_a_year_lower(year: str, than: str) -> bool:
    order = {each: n for n, each in enumerate(["N1", "N2", "R", *map(str, range(1, 14))])}
    return year in order and than in order and order[year] == order[than] - 1


def _say_who_has_no_birthday(intake: Intake, wanted: Wanted, stored: dict[Any, Any]) -> None:
    without = sum("born_on" not in fields for key, fields in wanted.items() if key not in stored)
    if without:
        said = f"{without} new pupils come without a date of birth. Another file can bring it."
        intake.counts.warn(intake.parts[0].file, 0, "", said)


def _name(pupil: Any) -> str:
    return f"{pupil.full_name}, {pupil.tutor_group}" if pupil.tutor_group else pupil.full_name


KIND = Kind("pupils", COLUMNS, bring_pupils, order=40, needs=NEEDS, gone=GONE, vouches=True, most=20_000)
