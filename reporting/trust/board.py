"""The page of a trust: a row for each school, in the order of the alphabet."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from iap.schools.models import School
from reporting.figures import Measure
from reporting.models import Counted, NamesPermission
from reporting.packs.document import Document, Part, Table, Told, day_said
from reporting.packs.governors import SUPPRESSED

from .counting import compared, figures_kept

CAUTION = "Schools serve different pupils. Use this to start a conversation, not to rank."


@dataclass(frozen=True)
class Line:
    """One school. Without figures it has not been counted yet. `permission` is the last that was asked for."""

    school: School
    cells: tuple[Told | None, ...]
    counted_at: dt.datetime | None
    about: str
    permission: NamesPermission | None = None
    labels: tuple[str, ...] = ()

    @property
    def labelled(self) -> list[tuple[str, Told | None]]:
        """Each figure with its name, for a narrow screen that has no heads of columns."""
        return list(zip(self.labels, self.cells, strict=True))


@dataclass(frozen=True)
class Board:
    trust: str
    measures: tuple[Measure, ...]
    lines: tuple[Line, ...]

    @property
    def about(self) -> str:
        """The days that all of them are counted over, where these are the same."""
        found = {line.about for line in self.lines}
        return found.pop() if len(found) == 1 else ""

    @property
    def oldest(self) -> dt.datetime | None:
        return min((line.counted_at for line in self.lines if line.counted_at), default=None)


def board(schools: Sequence[School], period: str, *, asked_by: object = None) -> Board:
    """Two queries, however many schools."""
    rows = {row.school_id: row for row in Counted.objects.at(schools).filter(period=period)}
    asked = NamesPermission.objects.at(schools).filter(to=asked_by).order_by("asked_at", "pk")
    permissions = {each.school_id: each for each in asked} if asked_by is not None else {}
    shown = compared()
    lines = [
        _line(school, rows.get(school.pk), shown, permissions.get(school.pk)) for school in _by_name(schools)
    ]
    names = {school.trust.name for school in schools if school.trust is not None}
    return Board(names.pop() if len(names) == 1 else "Our schools", tuple(shown), tuple(lines))


def _by_name(schools: Iterable[School]) -> list[School]:
    return sorted(schools, key=lambda school: (school.name, school.pk))


def _line(
    school: School, row: Counted | None, shown: Sequence[Measure], permission: NamesPermission | None
) -> Line:
    figures = figures_kept(row) if row else {}
    cells = tuple(figures.get(each.key) for each in shown)
    labels = tuple(each.label for each in shown)
    return Line(school, cells, row.counted_at if row else None, row.name if row else "", permission, labels)


def document(board: Board, *, made_on: dt.date) -> Document:
    """The same table as a pack."""
    rows = tuple(
        (line.school.name, *(cell.words if cell else "not counted yet" for cell in line.cells), line.about)
        for line in board.lines
    )
    head = ("School", *(each.label for each in board.measures), "Over")
    return Document(
        kind="trust",
        title="Trust pack",
        provision=board.trust,
        school=f"{len(board.lines)} schools",
        about=f"As counted by {day_said(made_on)}",
        made_on=made_on,
        parts=(
            Part(
                "Schools side by side",
                words=(CAUTION,),
                tables=(Table("Figures of each school", head, rows),),
            ),
        ),
        definitions=tuple((each.label, each.definition) for each in board.measures),
        cautions=(SUPPRESSED,),
    )
