"""What has changed since figures were frozen: the frozen figure, and what its rows make today."""

from collections.abc import Iterable
from dataclasses import dataclass

from .document import Document, Told


@dataclass(frozen=True)
class Correction:
    """One figure that would be told differently today, because what it is counted from was corrected since."""

    label: str
    group: str
    reported: str
    now: str


def corrections(reported: Document, today: Document) -> list[Correction]:
    """Figures whose words differ. What was compared with the period before is no figure of its own."""
    now = {_name(each): each for each in _all(today)}
    found = []
    for each in _all(reported):
        other = now.get(_name(each))
        if other is None:
            found.append(Correction(each.label, each.group, each.words, "no longer counted"))
        elif other.words != each.words:
            found.append(Correction(each.label, each.group, each.words, other.words))
    return list(dict.fromkeys(found))


def _all(document: Document) -> Iterable[Told]:
    return document.figures()


def _name(told: Told) -> tuple[str, str]:
    return told.key, told.group
