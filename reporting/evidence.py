"""Evidence for a self-review: the figures that have a bearing on each statement, as they stand. They judge nothing."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from .facts import Facts
from .figures import figures_of, measure
from .periods import Kind, Period
from .tenets import Statement, statements


@dataclass(frozen=True)
class Evidence:
    """One figure beside a statement. `over` are the days it is about, in words."""

    key: str
    label: str
    said: str
    beside: str
    over: str


def evidence_of(facts: Facts, asked: Iterable[Statement] | None = None) -> dict[str, list[Evidence]]:
    """For each statement its figures over this school year so far; nothing where none has a bearing on it."""
    period = facts.periods.now(Kind.YEAR)
    if period is None:
        return {}
    wanted = list(statements() if asked is None else asked)
    keys = dict.fromkeys(key for statement in wanted for key in statement.evidence)
    found = figures_of(facts, period, [each for key in keys if (each := measure(key)) is not None])
    return {
        statement.key: [_said(found[key], period) for key in statement.evidence if key in found]
        for statement in wanted
    }


def _said(figure: Any, period: Period) -> Evidence:
    unit = f" {figure.unit}" if figure.unit and figure.value is not None else ""
    return Evidence(figure.key, figure.label, f"{figure.said}{unit}", figure.comparison, period.words)


def as_kept(evidence: dict[str, list[Evidence]]) -> dict[str, list[dict[str, Any]]]:
    return {key: [asdict(each) for each in of] for key, of in evidence.items()}
