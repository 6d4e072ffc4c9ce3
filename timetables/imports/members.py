"""Who is in which class, from a day until another."""

from typing import Any

from iap.imports import words
from iap.imports.bringing import changed, in_words, replace_dated, staying
from iap.imports.intake import Intake, Row, WrongCell
from iap.imports.kinds import Column, Gone, Kind
from iap.imports.values import required_text, text, yes_or_no
from pupils.imports.who import NEEDS, WHO, Roll
from timetables.models import ClassMember, MainstreamClass

from .classes import CLASS, SUBJECT, classes_of, year_began

MEMBERS = (CLASS, *WHO, SUBJECT, Column("ended", ("Ended", "Has left the class"), words=words.yes_no))
GONE = Gone(
    stay="They stay: this file holds only some classes",
    end="They have left these classes, from today",
    usual="",
)


def bring_members(intake: Intake) -> None:
    """Let exactly these pupils be in these classes from today.

    A table that says of each row whether it has ended holds changes alone: what it does not name stays.
    """
    roll = Roll(intake)

    subjects: dict[str, str | None] = {}

    def take(row: Row) -> tuple[str, int | None, bool]:
        ended, name = row.read("ended", yes_or_no), row.read("class", required_text(40), required=True)
        if ended and row.part.table.changes_alone and not (row["upn"] or row["mis_id"]):
            return name, None, True  # everybody
        pupil = roll.pupil(row)
        if not ended and not subjects.get(name):
            subjects[name] = _subject(intake, row)
        return name, pupil, ended

    rows = [found for _, found in intake.checked(take)]
    roll.say_if_of_others(len(rows))
    pairs = dict.fromkeys((name, pupil) for name, pupil, ended in rows if not ended)
    known = dict(MainstreamClass.objects.filter(school=intake.school).values_list("name", "pk"))
    classes = known | classes_of(intake, subjects)
    names = {pk: name for name, pk in classes.items()}
    wanted: dict[Any, dict[str, Any]] = {(classes[name], pupil): {} for name, pupil in pairs}
    standing = ClassMember.objects.filter(school=intake.school).standing_from(intake.today)
    stored = {(x.mainstream_class_id, x.pupil_id): x for x in standing}

    def named(member: Any) -> str:
        return f"{roll.name(member.pupil_id)}: {names[member.mainstream_class_id]}"

    stay: set[Any] = set()
    if intake.has("ended"):
        over = {(known.get(name), pupil) for name, pupil, ended in rows if ended} - set(wanted)
        wanted |= {key: {} for key in stored if key not in over and (key[0], None) not in over}
        for key in stored.keys() - wanted.keys():
            changed(intake, named(stored[key]), [("In this class", in_words(True), in_words(False))])
    else:
        intake.weigh(len(wanted.keys() & stored.keys()), len(wanted), len(stored))
        # Who is perhaps named by a row that waits for an answer stays in their classes until then.
        wanted |= {key: {} for key in stored if key[1] in roll.unsure}
        stay = staying(intake, wanted, stored, named)
        wanted |= {key: {} for key in stay}
    since = year_began(intake)
    replace_dated(intake, ClassMember, wanted, stored, _member_key, since=since, named=named, stay=stay)
    intake.tell(len(wanted))


def _member_key(key: Any) -> dict[str, Any]:
    return {"mainstream_class_id": key[0], "pupil_id": key[1]}


def _subject(intake: Intake, row: Row) -> str:
    """The class's subject, or none where it cannot be read: the pupil is in the class all the same."""
    try:
        return text(row["subject"])[:80]
    except WrongCell as wrong:
        intake.warn(row, "subject", f"{wrong.reason} The subject was left out.")
        return ""


KIND = Kind("members", MEMBERS, bring_members, order=110, label="Class membership", needs=NEEDS, gone=GONE)
