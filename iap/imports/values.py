"""What a cell says, in the forms in which schools' systems say it. Each raises Wrong with a reason to read."""

import datetime as dt
import re
from collections.abc import Callable
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.core.validators import validate_email


class Wrong(Exception):
    """A cell that cannot be taken; the message is the reason, worded for the person who exported it."""


CLOCK = r"(?:(?:T| +)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp][Mm])?(?:Z|[+-]\d{2}:?\d{2})?)?$"
DATE_FORMS = (
    (re.compile(r"^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})" + CLOCK), (1, 3, 4)),
    (re.compile(r"^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})" + CLOCK), (4, 3, 1)),
    (re.compile(r"^(\d{4})()(\d{2})(\d{2})$"), (1, 3, 4)),
)
WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]? +", re.IGNORECASE)
WORDED = ("%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d-%b-%y", "%d-%B-%Y", "%d %b %y", "%b %d %Y", "%B %d %Y")
SERIAL = re.compile(r"^[2-6]\d{4}(?:\.0)?$")
SPOILT = re.compile(r"^\d(?:\.\d+)?E[+-]\d{2,}$", re.IGNORECASE)
SAID_OF_SPOILT = (
    "{} is what a spreadsheet makes of a long number, or of a name such as 10E2: export the file again."
)
NO_RESULT = "#NO RESULT"  # how we write a formula of a workbook whose result was never saved
MISTAKES = {
    *("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"),
    *("#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!", "#GETTING_DATA", "#ERROR!", NO_RESULT),
}
YES = {"yes", "y", "true", "t", "1", "1.0", "✓", "✔"}
NO = {"no", "n", "false", "f", "0", "0.0", "", "-"}
EARLY_YEARS = {
    "reception": "R",
    "r": "R",
    "rec": "R",
    "fs2": "R",
    "0": "R",
    "00": "R",
    "nursery": "N1",
    "n1": "N1",
    "nursery 1": "N1",
    "fs1": "N2",
    "n2": "N2",
    "nursery 2": "N2",
    "-1": "N2",
}
WEEKDAYS = {"mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5}


def text(cell: str) -> str:
    """Without blanks around it, and single blanks within."""
    return " ".join(cell.split())


def result(cell: str) -> str:
    """The cell, unless it is a formula without a result: that says neither something nor nothing."""
    if cell == NO_RESULT:
        raise Wrong(
            "This is a formula whose result was not saved. Open the file in Excel and save it, or save it as CSV."
        )
    if cell in MISTAKES:
        raise Wrong(
            f"“{cell}” stands where a formula went wrong. Put the value there, or export the file again."
        )
    return cell


@lru_cache(maxsize=4096)
def date(cell: str) -> dt.date:
    """A day as 2026-09-01, 01/09/2026, 01/09/26 or 1 Sep 2026; a time of day after it is left off.

    Days come before months: where a column has them the other way, it is turned round before.
    """
    cell = cell.strip()
    for form, (year, month, day) in DATE_FORMS:
        if found := form.match(cell):
            try:
                return dt.date(_year(found[year]), int(found[month]), int(found[day]))
            except ValueError:
                raise Wrong(f"There is no such date as {cell}. Mend the day or the month.") from None
    said = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", WEEKDAY.sub("", cell)).replace(",", " ")
    said = re.sub(r" +\d{1,2}:\d{2}(?::\d{2})?$", "", " ".join(said.split()))
    for form_of_words in WORDED:
        try:
            return dt.datetime.strptime(said, form_of_words).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    if SERIAL.match(cell):
        raise Wrong(f"{cell} is a spreadsheet’s number for a date. Give the column the format of a date.")
    raise Wrong(
        f"“{cell}” is not a date such as 01/09/2026 or 2026-09-01." if cell else "The date is missing."
    )


def day_after(cell: str) -> dt.date | None:
    """The first day without somebody whose last day this is; an empty cell, or the end of all dates, is none."""
    last = date(cell) if cell else dt.date.max
    return None if last == dt.date.max else last + dt.timedelta(days=1)


def _year(digits: str) -> int:
    """Two digits are of the hundred years that end next year."""
    if len(digits) == 4:
        return int(digits)
    this = dt.datetime.now(tz=dt.UTC).year
    return this + 1 - (this + 1 - int(digits)) % 100


def time(cell: str) -> dt.time:
    found = re.match(r"^(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?$", cell.strip())
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise Wrong(f"“{cell}” is not a time such as 09:00.")
    return dt.time(int(found[1]), int(found[2]))


def yes_or_no(cell: str) -> bool:
    word = cell.strip().lower()
    if word not in YES | NO:
        raise Wrong(f"“{cell}” is neither yes nor no.")
    return word in YES


def whole(cell: str, *, least: int = 0) -> int:
    word = cell.strip().removesuffix(".0")
    if not word.isdecimal() or int(word) < least or int(word) > 32767:
        raise Wrong(f"“{cell}” is not a whole number of at least {least}.")
    return int(word)


def year_group(cell: str) -> str:
    """`Year 9`, `9`, `09`, `Yr 9`, `Reception`."""
    word = re.sub(r"^(?:curriculum |nc )?(?:year|yr|y)(?:\b\.?\s*|(?=\d))", "", text(cell).lower())
    word = word.removeprefix("group ").removesuffix(".0").strip()
    if word in EARLY_YEARS:
        return EARLY_YEARS[word]
    if word.isdecimal() and 1 <= int(word) <= 13:
        return str(int(word))
    raise Wrong(f"“{cell}” is not a year group such as Year 9 or Reception.")


def sex(cell: str) -> str:
    word = cell.strip().lower()
    if word in {"m", "male", "boy"}:
        return "M"
    if word in {"f", "female", "girl"}:
        return "F"
    if word in {"", "not specified", "unknown", "not known"}:
        return ""
    raise Wrong(f"“{cell}” is not M, F, Male or Female.")


def weekday(cell: str) -> int:
    found = WEEKDAYS.get(cell.strip().lower()[:3])
    if not found:
        raise Wrong(f"“{cell}” is not a day from Monday to Friday.")
    return found


def week_label(cell: str) -> str:
    """`A`, `Week A`, `WkA`, `1`; empty where there is one week only."""
    word = re.sub(r"^(?:week|wk)[\s_-]*|\s*(?:week|wk)$", "", cell.strip(), flags=re.IGNORECASE).upper()
    label = {"1": "A", "2": "B"}.get(word, word)
    if label not in {"", "A", "B"}:
        raise Wrong(f"“{cell}” is not a week such as A or B.")
    return label


SLOT = re.compile(
    r"^(?P<before>.*?)(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri)(?:day)?(?P<after>.*)$", re.IGNORECASE
)
WEEK_AFTER = re.compile(r"^\s*([ab12])(?:[\s:_/.-]+(?=\S)|(?<=[ab])(?=\d))", re.IGNORECASE)
BETWEEN = " \t:_/.-"


def slot(cell: str) -> tuple[str, int, str]:
    """Week, weekday and period out of one label: `MonA:1`, `A-Mon-P1`, `1Mon1`, `Wk2 Tuesday Period 3`.

    The week is empty where the label names none.
    """
    found = SLOT.match(text(cell))
    if not found:
        raise Wrong(f"“{cell}” does not say its day. Use a label such as MonA:1, or add a column “Day”.")
    day = weekday(cell[len(found["before"]) :].strip())
    before, after = found["before"].strip(BETWEEN), found["after"]
    if before:
        week = week_label(before)
    elif said := WEEK_AFTER.match(after):
        week, after = week_label(said[1]), after[said.end() :]
    else:
        week = ""
    return week, day, period_name(after.strip(BETWEEN))


def period_name(cell: str) -> str:
    """`Period 1` and `P1` are both 1; other names stay as they are."""
    word = text(cell)
    if not word:
        raise Wrong("The period is missing.")
    return re.sub(r"^(?:period|per|p)\.?\s*(?=\d)", "", word, flags=re.IGNORECASE)


def required_text(most: int) -> Callable[[str], str]:
    """Reads a text of at most so many characters."""

    def take(cell: str) -> str:
        word = text(cell)
        if len(word) > most:
            raise Wrong(f"This is longer than {most} characters.")
        if SPOILT.match(word):
            raise Wrong(SAID_OF_SPOILT.format(word))
        return word

    return take


def full_name(cell: str) -> tuple[str, str]:
    """Given name and family name, from `Mensah, Kai` or `Kai Mensah`."""
    family, comma, given = (part.strip() for part in text(cell).partition(","))
    if not comma:
        given, _, family = text(cell).rpartition(" ")
    if not (given and family):
        raise Wrong(f"“{cell}” is not a full name such as Mensah, Kai.")
    return given, family


def email(cell: str) -> str:
    """An address that can be written to."""
    word = cell.strip().lower()
    if word:
        try:
            validate_email(word)
        except ValidationError:
            raise Wrong(f"“{cell.strip()}” is not an e-mail address.") from None
    return word
