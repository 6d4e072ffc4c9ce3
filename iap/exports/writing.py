"""Writes a school's rows as a zip of CSV files with a dictionary. Rows are streamed, never held."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from iap.schools.models import Membership, School, User
from iap.ui.cells import safe

from . import tables
from .columns import HEADING, columns_of, described, heading_of, row_of

AT_ONCE = 2000  # rows
Progress = Callable[[str, int], None]  # the table, and how many are done
PEOPLE = "schools-user"
PEOPLE_COLUMNS = (
    ("id", "whole number", "Identifier of the account, to which other tables point"),
    ("name", "text", "As colleagues know them"),
    ("email", "text", "The address they sign in with"),
    ("active", "yes or no", "Whether they can sign in"),
)
README = """{school}, URN {urn}: what was entered, as of {moment}

Every table is a CSV file in UTF-8 with a heading. tables.csv says what each table is, and dictionary.csv what each
of its columns means, its type, and which codes it holds. A column that ends in _id points to the column id of the
table that the dictionary names.

{scope}

A cell that a spreadsheet would take for a formula (it begins with = + - @, a tab or a return) has an apostrophe
before it. Take that away when you read the files with another program.

Left out:
- the history of changes and the record of who looked at whom, which stay where nobody can rewrite them
- passwords and second steps
{left_out}
"""


def write(
    path: Path, school: School, models: Sequence[Any], *, scope: str, moment: str, progress: Progress
) -> dict[str, int]:
    """Write the zip. Returns how many rows of each table it holds."""
    counts: dict[str, int] = {}
    people: set[int] = set(Membership.objects.filter(school=school).values_list("user", flat=True))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for done, model in enumerate(models):
            name = tables.name_of(model)
            progress(name, done)
            counts[name] = _write_table(archive, f"{name}.csv", model, tables.rows_of(model, school), people)
            _write_files(archive, name, model, school)
        counts[PEOPLE] = _write_people(archive, people)
        write_dictionary(archive, models, people=True)
        archive.writestr("README.txt", _readme(school, scope, moment))
    return counts


def _write_table(archive: zipfile.ZipFile, name: str, model: Any, rows: Any, people: set[int]) -> int:
    """One model's rows, in order of their keys; notes the accounts they point to."""
    columns = columns_of(model)
    accounts = [place for place, field in enumerate(columns) if field.related_model is User]
    number = 0
    with _table(archive, name, heading_of(model)) as table:
        for values in rows.order_by("pk").values_list(*heading_of(model)).iterator(chunk_size=AT_ONCE):
            table.writerow(row_of(values, columns))
            people.update(values[place] for place in accounts if values[place])
            number += 1
    return number


def _write_files(archive: zipfile.ZipFile, name: str, model: Any, school: School) -> None:
    """The files that belong to a model's rows, each under its row's key."""
    if (find := tables.file_of(model)) is None:
        return
    for thing in tables.rows_of(model, school).order_by("pk").iterator(chunk_size=AT_ONCE):
        thing.school = school
        if (file := find(thing)) is not None:
            archive.write(file[1], f"files/{name}/{thing.pk} {file[0]}")


def _write_people(archive: zipfile.ZipFile, people: set[int]) -> int:
    """Who is named in these rows: names and addresses of accounts, and nothing that opens one."""
    found = User.objects.filter(pk__in=people).order_by("pk")
    with _table(archive, f"{PEOPLE}.csv", [name for name, _, _ in PEOPLE_COLUMNS]) as table:
        for person in found:
            table.writerow(row_of([person.pk, person.name, person.email, person.is_active]))
    return len(found)


def write_dictionary(archive: zipfile.ZipFile, models: Sequence[Any], *, people: bool = False) -> None:
    """Write what each table is and what each column means; with those of the people who have accounts."""
    with _table(archive, "tables.csv", ["Table", "Meaning"]) as table:
        if people:
            table.writerow([f"{PEOPLE}.csv", "People who have an account, or wrote one of these rows."])
        for model in models:
            table.writerow([f"{tables.name_of(model)}.csv", safe(tables.meaning_of(model))])
    with _table(archive, "dictionary.csv", HEADING) as table:
        for name, kind, meaning in PEOPLE_COLUMNS if people else ():
            table.writerow([f"{PEOPLE}.csv", name, kind, meaning, "", "no"])
        for model in models:
            table.writerows(map(row_of, described(model, f"{tables.name_of(model)}.csv")))


def _readme(school: School, scope: str, moment: str) -> str:
    left_out = "\n".join(f"- {name}: {because}" for name, because in tables.left_out())
    return README.format(school=school.name, urn=school.urn, scope=scope, moment=moment, left_out=left_out)


@contextmanager
def _table(archive: zipfile.ZipFile, name: str, heading: Iterable[str]) -> Iterator[Any]:
    """A CSV file inside the zip, open to be written; with the mark by which spreadsheets know UTF-8."""
    with (
        archive.open(name, "w", force_zip64=True) as raw,
        io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text,
    ):
        table = csv.writer(text)
        table.writerow(heading)
        yield table
