"""What an outcome of a visit is worth, and the success of a run of them. Pure."""

from collections.abc import Sequence
from fractions import Fraction

VALUES = {"well": Fraction(1), "mixed": Fraction(1, 2), "hard": Fraction(0), "absent": Fraction(0)}
LAST = 5
ENOUGH = 3


def success(outcomes: Sequence[str]) -> Fraction | None:
    """Lesson success, from 0 to 1: the mean over the last 5 rated visits, oldest first.

    Went well 1, mixed ½, found it hard 0, not there 0; anything else is no rated visit. None while fewer than
    3 are rated: "not enough yet", which is never a reason for or against.
    """
    rated = [VALUES[each] for each in outcomes if each in VALUES][-LAST:]
    return sum(rated, Fraction(0)) / len(rated) if len(rated) >= ENOUGH else None
