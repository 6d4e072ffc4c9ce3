"""What an import did or would do, and what it left out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from .kinds import kind_named, registered

if TYPE_CHECKING:
    from .intake import TurnedAway

MOST_REFUSALS = 2000  # of a kind that are held in memory and kept with the run; the listing has them all
LISTED = 2000  # rows of a kind that are new, or unchanged, and listed one by one
NEW, CHANGED, UNCHANGED, GONE, REFUSED, KEPT = (
    *("new", "changed", "unchanged", "gone", "refused"),
    "kept",  # what the file says otherwise and stays as people here have corrected it
)

DOUBTFUL = (
    "This looks like another school’s file, or one of another year. When a school year or a new timetable begins, "
    "that is as it should be."
)


@dataclass(frozen=True, order=True)
class Refusal:
    """A row that was left out. Numbers are as a spreadsheet shows them; 0 is the whole file."""

    file: str
    row: int
    column: str
    reason: str
    value: str = ""

    def as_json(self) -> dict[str, Any]:
        return {"file": self.file, "row": self.row, "column": self.column, "reason": self.reason}


class Listing(Protocol):
    """Where each row's outcome is noted as it becomes known."""

    def add(self, kind: str, what: str, line: Mapping[str, Any]) -> None: ...


@dataclass
class Counts:
    """One kind's outcome. `left_out` counts all refused rows, of which `refused` holds the first."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    ended: int | None = 0  # of those that are gone; older records do not say
    kept: int = 0
    left_out: int = 0
    refused: list[Refusal] = field(default_factory=list)
    warnings: list[Refusal] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)  # keys of people who are in no row, and have not left
    doubt: str = ""  # why somebody has to say that it is of this school and of now, who has not
    changes_alone: bool = False  # what it does not name is neither gone nor there
    kind: str = ""
    listing: Listing | None = None

    def refuse(self, file: str, row: int, column: str, reason: str, value: str = "") -> None:
        refusal = Refusal(file, row, column, reason, value[:200])
        self.left_out += 1
        if len(self.refused) < MOST_REFUSALS:
            self.refused.append(refusal)
        if self.listing:
            self.listing.add(self.kind, REFUSED, asdict(refusal))

    def warn(self, file: str, row: int, column: str, reason: str) -> None:
        if len(self.warnings) < MOST_REFUSALS:
            self.warnings.append(Refusal(file, row, column, reason))

    def list(self, what: str, name: str, *, file: str = "", row: int = 0, key: str = "", **more: Any) -> None:
        """Note a row by name; `fields` is a list of field, old and new."""
        if self.listing:
            line = {"name": name, "file": file, "row": row, "key": key, **more}
            self.listing.add(self.kind, what, {name: value for name, value in line.items() if value})

    def miss(self, number: int, named: Iterable[tuple[str, Any]], *, ended: int) -> None:
        """Count what is gone from the table, of which so many ended; list each by its name and key."""
        self.gone += number
        self.ended = ended
        for name, key in named if self.listing else ():
            self.list(GONE, name, key=str(key))

    def as_json(self) -> dict[str, Any]:
        return {
            "created": self.created,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "gone": self.gone,
            "ended": self.ended,
            "kept": self.kept,
            "left_out": self.left_out,
            "refused": [refusal.as_json() for refusal in self.refused],
            "warnings": [warning.as_json() for warning in self.warnings],
            **({"missing": self.missing} if self.missing else {}),
            **({"changes_alone": True} if self.changes_alone else {}),
            **({"doubt": self.doubt} if self.doubt else {}),
        }


@dataclass
class Report:
    """The outcome of a run by kind, in the order in which they were taken."""

    kinds: dict[str, Counts] = field(default_factory=dict)
    applied: bool = False
    turned_away: bool = False  # nothing of it can be of this school
    run: Any = None  # the record of it, once applied
    listing: Listing | None = None
    proposals: dict[str, dict[str, Any]] = field(default_factory=dict)

    def turn_away(self, turned: "TurnedAway") -> None:
        """Say only that nothing of it is taken, and why."""
        self.kinds, self.proposals, self.turned_away = {}, {}, True
        self.of(turned.kind).refuse(turned.file, 0, "", turned.reason)

    def of(self, kind: str) -> Counts:
        return self.kinds.setdefault(kind, Counts(kind=kind, listing=self.listing))

    @property
    def refused(self) -> list[Refusal]:
        return [refusal for counts in self.kinds.values() for refusal in counts.refused]

    @property
    def left_out(self) -> int:
        """How many rows are refused in all."""
        return sum(counts.left_out for counts in self.kinds.values())

    @property
    def warnings(self) -> list[Refusal]:
        return [warning for counts in self.kinds.values() for warning in counts.warnings]

    @property
    def doubts(self) -> dict[str, str]:
        """Why each kind that nobody has vouched for may be of another school, or of another year."""
        return {kind: counts.doubt for kind, counts in self.kinds.items() if counts.doubt}

    @property
    def in_doubt(self) -> str:
        """What speaks against these being the right files; empty where nothing does."""
        why = " ".join(f"{kind_named(kind)}: {doubt}" for kind, doubt in self.doubts.items())
        return why and f"{why} {DOUBTFUL}"

    @property
    def created(self) -> int:
        return sum(counts.created for counts in self.kinds.values())

    @property
    def changed(self) -> int:
        return sum(counts.changed for counts in self.kinds.values())

    @property
    def changes(self) -> int:
        """How many rows were, or would be, written."""
        return self.created + self.changed

    @property
    def gone(self) -> int:
        return sum(counts.gone for counts in self.kinds.values())

    @property
    def rows(self) -> int:
        """How many rows there were in all, and those that stand here and were in no file."""
        unchanged = sum(counts.unchanged for counts in self.kinds.values())
        return self.changes + unchanged + self.gone + self.left_out

    def __iter__(self) -> Iterator[tuple[str, Counts]]:
        """Kinds in the order in which they lean on each other; what is of none goes last."""
        order = {kind.name: n for n, kind in enumerate(registered())}
        return iter(sorted(self.kinds.items(), key=lambda pair: order.get(pair[0], len(order))))

    def as_json(self) -> dict[str, Any]:
        """Per kind `created`, `changed`, `unchanged`, `gone`, `left_out`, `refused` and `warnings`."""
        return {kind: counts.as_json() for kind, counts in self}

    @classmethod
    def from_json(cls, data: dict[str, Any], *, applied: bool) -> "Report":
        report = cls(applied=applied)
        for kind, counts in data.items():
            lists = {name: [Refusal(**row) for row in counts[name]] for name in ("refused", "warnings")}
            report.kinds[kind] = Counts(
                **{"left_out": len(counts["refused"]), "ended": None, **counts, **lists, "kind": kind}
            )
        return report
