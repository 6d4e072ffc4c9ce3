"""What an import did, and what it left out."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, order=True)
class Refusal:
    """A row that was left out. The file's first row under its heading is row 2; 0 is the whole file."""

    file: str
    row: int
    column: str
    reason: str


@dataclass
class Counts:
    """One kind's outcome."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list)
    warnings: list[Refusal] = field(default_factory=list)

    def refuse(self, file: str, row: int, column: str, reason: str) -> None:
        self.refused.append(Refusal(file, row, column, reason))

    def warn(self, file: str, row: int, column: str, reason: str) -> None:
        self.warnings.append(Refusal(file, row, column, reason))


@dataclass
class Report:
    """The outcome of a run by kind, in the order in which they were taken."""

    kinds: dict[str, Counts] = field(default_factory=dict)
    applied: bool = False

    def of(self, kind: str) -> Counts:
        return self.kinds.setdefault(kind, Counts())

    @property
    def refused(self) -> list[Refusal]:
        return [refusal for counts in self.kinds.values() for refusal in counts.refused]

    @property
    def warnings(self) -> list[Refusal]:
        return [warning for counts in self.kinds.values() for warning in counts.warnings]

    @property
    def changes(self) -> int:
        """How many rows were, or would be, written."""
        return sum(counts.created + counts.changed for counts in self.kinds.values())

    def __iter__(self) -> Iterator[tuple[str, Counts]]:
        return iter(self.kinds.items())

    def as_json(self) -> dict[str, Any]:
        """Per kind `created`, `changed`, `unchanged`, `refused` and `warnings`."""
        return {kind: asdict(counts) for kind, counts in self.kinds.items()}

    @classmethod
    def from_json(cls, data: dict[str, Any], *, applied: bool) -> "Report":
        report = cls(applied=applied)
        for kind, counts in data.items():
            lists = {name: [Refusal(**row) for row in counts[name]] for name in ("refused", "warnings")}
            report.kinds[kind] = Counts(**{**counts, **lists})
        return report
