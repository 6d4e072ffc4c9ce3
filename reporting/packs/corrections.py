"""What has changed since figures were frozen: the frozen figure, and what its rows make today."""

from dataclasses import dataclass

from .document import Document


@dataclass(frozen=True)
class Correction:
    """One figure that would be told differently today, because what it is counted from was corrected since."""

    label: str
    group: str
    reported: str
    now: str


def corrections(reported: Document, today: Document) -> list[Correction]:
    """Figures, and cells of tables, whose words differ. What was compared with the period before is none itself."""
    now = _said(today)
    return [
        Correction(label, group, words, now.get((label, group), "no longer counted"))
        for (label, group), words in _said(reported).items()
        if now.get((label, group)) != words
    ]


def _said(document: Document) -> dict[tuple[str, str], str]:
    """The words of each figure by its name and group, and of each cell by its row and column."""
    found = {(each.label, each.group): each.words for each in document.figures()}
    for part in document.parts:
        for table in part.tables:
            for row in table.rows:
                found |= {
                    (str(row[0]), name): str(cell) for name, cell in zip(table.head[1:], row[1:], strict=True)
                }
    return found
