"""The files of a OneRoster zip: what they say of people and classes, row by row."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import cached_property

from django.utils import timezone

from iap.imports.tables import Numbered

from .encoding import encoding_of
from .files import File
from .oneroster_rows import Row, day_of_change, is_gone, is_over, numbers, school_year, several, year_of
from .text import numbered_rows

FAMILY = {"guardian", "parent", "relative"}
PUPIL = ["upn", "mis_id", "given_name", "family_name", "born_on", "year_group"]
STAFF = ["code", "given_name", "family_name", "email"]
CONTACT = ["upn", "mis_id", "priority", "name", "relationship", "phone", "email"]
MEMBER = ["class", "upn", "mis_id"]
WHOLE = "Export everything once (“bulk”), and bring that in."


class Zip:
    """The files of one zip, each read anew when its rows are asked for."""

    def __init__(self, inside: Sequence[File]) -> None:
        self.files = {file.stem: file for file in inside}

    def rows(self, stem: str) -> Iterator[tuple[int, Row]]:
        """The rows of a file with their numbers; nothing where the zip lacks it. Headings are in small letters.

        Raises Unreadable where the file is no table.
        """
        if (file := self.files.get(stem)) is None:
            return
        lines = numbered_rows(file, encoding_of(file), ",")
        heading = [title.strip().lower() for title in next(lines, (1, []))[1]]
        for number, cells in lines:
            yield number, dict(zip(heading, map(str.strip, cells), strict=False))

    @cached_property
    def modes(self) -> Row:
        """What the manifest says of each file: bulk, delta or absent."""
        said = {row.get("propertyname", "").lower(): row.get("value", "") for _, row in self.rows("manifest")}
        return {
            key.removeprefix("file."): value.lower() for key, value in said.items() if key.startswith("file.")
        }

    def is_delta(self, stem: str) -> bool:
        return self.modes.get(stem) == "delta"

    @property
    def has_changes_of_members(self) -> bool:
        """Whether some who are in classes may not be named: a row there is of a person and a class of the zip."""
        return any(map(self.is_delta, ("enrollments", "users", "classes")))

    @property
    def school_name(self) -> str:
        """The school's name, unless it is only the word itself, which some products write."""
        names = (row.get("name", "") for _, row in self.rows("orgs") if row.get("type") == "school")
        return next((name[:120] for name in names if name.lower() not in {"", "school"}), "")

    @property
    def year(self) -> tuple[dt.date, dt.date] | None:
        """The first and last day of the school year that today is in, or that a whole file names first."""
        years = [year for _, row in self.rows("academicsessions") if (year := school_year(row))]
        now = next((year for year in years if year[0] <= timezone.localdate() <= year[1]), None)
        return now or (years[0] if years and not self.is_delta("academicsessions") else None)

    @cached_property
    def roles(self) -> dict[str, set[str]]:
        """The roles of each person: in a file of their own since 1.2, beside the person before."""
        found: dict[str, set[str]] = {}
        for _, row in self.rows("roles"):
            if not is_gone(row):
                found.setdefault(row.get("usersourcedid", ""), set()).add(row.get("role", "").lower())
        return found

    def people(self, *, family: bool = False, pupils: bool = False) -> Iterator[tuple[int, Row]]:
        """The pupils, their family, or everybody else."""
        for number, row in self.rows("users"):
            roles = self.roles_of(row)
            is_pupil, is_family = "student" in roles, bool(roles & FAMILY)
            if roles and (is_pupil, is_family and not is_pupil) == (pupils, family):
                yield number, row

    def roles_of(self, row: Row) -> set[str]:
        """Nothing where only the person has changed, and the roles stand in another file."""
        return self.roles.get(row.get("sourcedid", "")) or {row.get("role", "").lower()} - {""}

    @property
    def unclear(self) -> Iterator[tuple[str, int, str]]:
        """Files with how many of their rows lean on others that the zip does not hold, and what is said of those."""
        if rows := sum(not self.roles_of(row) for _, row in self.rows("users")):
            yield "users", rows, f"This zip does not say what role these people have. {WHOLE}"
        if self.has_changes_of_members and (rows := sum(not self.is_clear(row) for row in self.enrolled())):
            yield (
                "enrollments",
                rows,
                f"This zip does not hold the people or the classes of these rows. {WHOLE}",
            )

    @cached_property
    def known(self) -> dict[str, tuple[str, str]]:
        """UPN and admission number of each pupil of the zip."""
        return {row.get("sourcedid", ""): numbers(row) for _, row in self.people(pupils=True)}

    @cached_property
    def demographics(self) -> dict[str, Row]:
        return {row.get("sourcedid", ""): row for _, row in self.rows("demographics") if not is_gone(row)}

    @cached_property
    def staff_heading(self) -> list[str]:
        return [*STAFF, "left_on"] if any(is_gone(row) for _, row in self.people()) else list(STAFF)

    @cached_property
    def pupil_heading(self) -> list[str]:
        """What is said of pupils; a column that nobody fills is left out, so that it empties nothing here."""
        heading = list(PUPIL)
        rows = [row for _, row in self.people(pupils=True)]
        if any(row.get("preferredgivenname") for row in rows):
            heading.append("preferred_name")
        if any(row.get("sex") for row in self.demographics.values()):
            heading.append("sex")
        if any(map(is_gone, rows)):
            heading.append("left_on")
        return heading

    def pupils(self) -> Iterator[Numbered]:
        for number, row in self.people(pupils=True):
            more = self.demographics.get(row.get("sourcedid", ""), {})
            upn, mis_id = numbers(row)
            cells = {
                "upn": upn,
                "mis_id": mis_id,
                "given_name": row.get("givenname", ""),
                "family_name": row.get("familyname", ""),
                "born_on": more.get("birthdate", ""),
                "year_group": year_of(row.get("grades", "")),
                "preferred_name": row.get("preferredgivenname", ""),
                "sex": more.get("sex", ""),
                "left_on": day_of_change(row) if is_gone(row) else "",
            }
            yield number, [cells[name] for name in self.pupil_heading]

    def staff(self) -> Iterator[Numbered]:
        for number, row in self.people():
            code = row.get("identifier") or row.get("username", "").partition("@")[0]
            cells = [code, row.get("givenname", ""), row.get("familyname", ""), row.get("email", "")]
            yield number, [*cells, day_of_change(row) if is_gone(row) else ""][: len(self.staff_heading)]

    def contacts(self) -> Iterator[Numbered]:
        """Each pupil's family, in the order in which the pupil's row names them."""
        family = {row.get("sourcedid", ""): row for _, row in self.people(family=True) if not is_gone(row)}
        for number, row in self.people(pupils=True):
            for priority, key in enumerate(several(row.get("agentsourcedids", "")), start=1):
                if (agent := family.get(key)) is None:
                    continue
                name = f"{agent.get('givenname', '')} {agent.get('familyname', '')}"
                relationship = agent.get("role", "").capitalize()
                phone = agent.get("phone") or agent.get("sms", "")
                email = agent.get("email", "")
                yield number, [*numbers(row), str(priority), name, relationship, phone, email]

    @cached_property
    def classes(self) -> dict[str, Row]:
        return {row.get("sourcedid", ""): row for _, row in self.rows("classes")}

    @cached_property
    def courses(self) -> dict[str, Row]:
        return {row.get("sourcedid", ""): row for _, row in self.rows("courses") if not is_gone(row)}

    def subject(self, group: Row) -> str:
        """The first subject of a class, or of its course, or the course's title."""
        course = self.courses.get(group.get("coursesourcedid", ""), {})
        named = (*several(group.get("subjects", "")), *several(course.get("subjects", "")))
        return next(iter(named), course.get("title", ""))

    @cached_property
    def has_subjects(self) -> bool:
        """Whether any class says one; a column that nobody fills is left out."""
        return any(map(self.subject, self.classes.values()))

    @cached_property
    def member_heading(self) -> list[str]:
        heading = [*MEMBER, "subject"] if self.has_subjects else list(MEMBER)
        return [*heading, "ended"] if self.has_changes_of_members else heading

    def enrolled(self) -> Iterator[Row]:
        """The pupils of the classes."""
        return (row for _, row in self.rows("enrollments") if row.get("role", "").lower() == "student")

    def is_clear(self, row: Row) -> bool:
        """Whether the zip says which person and which class a row is about."""
        return row.get("usersourcedid", "") in self.known and row.get("classsourcedid", "") in self.classes

    def members(self) -> Iterator[Numbered]:
        """Who is in which class today; where only changes are given, also who has left one."""
        changes, last_day = self.has_changes_of_members, self.year[1] if self.year else None
        for number, row in self.rows("enrollments"):
            if row.get("role", "").lower() != "student" or (changes and not self.is_clear(row)):
                continue
            group = self.classes.get(row.get("classsourcedid", ""), {})
            ended = is_gone(row) or is_gone(group) or is_over(row, last_day)
            if ended and not changes:
                continue
            title = group.get("title") or group.get("classcode", "")
            cells = [title, *self.known.get(row.get("usersourcedid", ""), ("", ""))]
            cells += [self.subject(group)] if self.has_subjects else []
            yield number, [*cells, "yes" if ended else "no"] if changes else cells
        if changes:
            yield from self.ended_classes()

    def ended_classes(self) -> Iterator[Numbered]:
        """Classes that are to be deleted, which everybody has left."""
        for number, group in self.rows("classes"):
            if is_gone(group) and (title := group.get("title")):
                yield number, [title, *[""] * (len(self.member_heading) - 2), "yes"]
