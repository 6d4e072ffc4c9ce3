"""What a row of a OneRoster file says, wherever a product has put it."""

import datetime as dt

from django.utils import timezone

from iap.imports.values import Wrong, date

Row = dict[str, str]
GONE = {"tobedeleted", "inactive"}
YEARS = {"kg": "R", "pk": "N2", "pr": "N1", "tk": "R"}  # the standard's words for the years before year 1
ADMISSION = {"adno", "admissionnumber", "mis", "misid", "studentid", "studentnumber", "sisid"}


def is_gone(row: Row) -> bool:
    return row.get("status", "").lower() in GONE


def is_over(row: Row, last_day: dt.date | None) -> bool:
    """Whether the pupil left the class before today, other than with the whole school at the end of the year."""
    try:
        ends = date(row.get("enddate", ""))
    except Wrong:
        return False
    return ends < timezone.localdate() and (last_day is None or ends < last_day)


def school_year(row: Row) -> tuple[dt.date, dt.date] | None:
    """The first and last day of the school year that a row is about, if it is about one."""
    if row.get("type", "").lower() != "schoolyear" or is_gone(row):
        return None
    try:
        return date(row.get("startdate", "")), date(row.get("enddate", ""))
    except Wrong:
        return None


def numbers(row: Row) -> tuple[str, str]:
    """A pupil's UPN and admission number, wherever the product has put them."""
    ids = {}
    for pair in several(row.get("userids", "").replace("{", "").replace("}", "")):
        kind, _, value = pair.partition(":")
        ids["".join(filter(str.isalnum, kind.lower()))] = value.strip()
    username = row.get("username", "")
    admission = next((value for kind, value in ids.items() if kind in ADMISSION), "")
    return ids.get("upn") or row.get("identifier", ""), admission or (
        username if username.isdecimal() else ""
    )


def year_of(grades: str) -> str:
    first = next(iter(several(grades)), "")
    return YEARS.get(first.lower(), first)


def day_of_change(row: Row) -> str:
    """The day on which the row was last changed; without one, today."""
    try:
        return date(row.get("datelastmodified", "")[:10]).isoformat()
    except Wrong:
        return timezone.localdate().isoformat()


def several(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(",") if part.strip()]
