"""What a cell says, in the forms in which schools' systems say it. Each raises Wrong with a reason to read."""

import datetime as dt
import re
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.core.validators import validate_email


class Wrong(Exception):
    """A cell that cannot be taken; the message is the reason, worded for the person who exported it."""


DATE_FORMS = (
    (re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?.*)?$"), (1, 2, 3)),
    (re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: 00:00(?::00)?)?$"), (3, 2, 1)),
)
WORDED = ("%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d-%b-%y")
YES = {"yes", "y", "true", "t", "1"}
NO = {"no", "n", "false", "f", "0", ""}
EARLY_YEARS = {"reception": "R", "r": "R", "rec": "R", "nursery": "N1", "n1": "N1", "n2": "N2", "0": "R"}
WEEKDAYS = {"mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5}


def text(cell: str) -> str:
    """Without blanks around it, and single blanks within."""
    return " ".join(cell.split())


@lru_cache(maxsize=4096)
def date(cell: str) -> dt.date:
    """A day as 2026-09-01, 01/09/2026 or 1 Sep 2026. Days come before months."""
    cell = cell.strip()
    for form, (year, month, day) in DATE_FORMS:
        if found := form.match(cell):
            try:
                return dt.date(int(found[year]), int(found[month]), int(found[day]))
            except ValueError:
                raise Wrong(f"There is no such date as {cell}.") from None
    for form_of_words in WORDED:
        try:
            return dt.datetime.strptime(cell, form_of_words).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    raise Wrong(
        f"{cell!r} is not a date such as 01/09/2026 or 2026-09-01." if cell else "The date is missing."
    )


def time(cell: str) -> dt.time:
    found = re.match(r"^(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?$", cell.strip())
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise Wrong(f"{cell!r} is not a time such as 09:00.")
    return dt.time(int(found[1]), int(found[2]))


def yes_or_no(cell: str) -> bool:
    word = cell.strip().lower()
    if word not in YES | NO:
        raise Wrong(f"{cell!r} is neither yes nor no.")
    return word in YES


def whole(cell: str, *, least: int = 0) -> int:
    word = cell.strip().removesuffix(".0")
    if not word.isdecimal() or int(word) < least or int(word) > 32767:
        raise Wrong(f"{cell!r} is not a whole number of at least {least}.")
    return int(word)


def year_group(cell: str) -> str:
    """`Year 9`, `9`, `09`, `Yr 9`, `Reception`."""
    word = re.sub(r"^(year|yr|y)\b\.?\s*|^y(?=\d)", "", text(cell).lower()).strip()
    if word in EARLY_YEARS:
        return EARLY_YEARS[word]
    if word.isdecimal() and 1 <= int(word) <= 13:
        return str(int(word))
    raise Wrong(f"{cell!r} is not a year group such as Year 9 or Reception.")


def sex(cell: str) -> str:
    word = cell.strip().lower()
    if word in {"m", "male", "f", "female"}:
        return word[0].upper()
    if not word:
        return ""
    raise Wrong(f"{cell!r} is not M, F, Male or Female.")


def weekday(cell: str) -> int:
    found = WEEKDAYS.get(cell.strip().lower()[:3])
    if not found:
        raise Wrong(f"{cell!r} is not a day from Monday to Friday.")
    return found


def week_label(cell: str) -> str:
    """`A`, `Week A`, `1`; empty where there is one week only."""
    word = re.sub(r"^(week|wk)\s*", "", cell.strip(), flags=re.IGNORECASE).upper()
    label = {"1": "A", "2": "B"}.get(word, word)
    if label not in {"", "A", "B"}:
        raise Wrong(f"{cell!r} is not a week such as A or B.")
    return label


def period_name(cell: str) -> str:
    """`Period 1` and `P1` are both 1; other names stay as they are."""
    word = text(cell)
    if not word:
        raise Wrong("The period is missing.")
    return re.sub(r"^(?:period|per|p)\.?\s*(?=\d)", "", word, flags=re.IGNORECASE)


def email(cell: str) -> str:
    """An address that can be written to."""
    word = cell.strip().lower()
    if word:
        try:
            validate_email(word)
        except ValidationError:
            raise Wrong(f"{cell.strip()!r} is not an e-mail address.") from None
    return word
