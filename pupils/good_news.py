"""Good news first: when the next contact with home should begin with some."""

from collections.abc import Sequence

from .models import Tone


def asks_for_good_news(tones: Sequence[str], every: int) -> bool:
    """Whether the next contact is to bring good news, by those so far, the latest first.

    At least one in `every` contacts is good news, and after nothing but difficult ones the very next is. A school
    that has not spoken with a family yet is asked for it too: the first call is a good one.
    """
    recent = list(tones[: every - 1])
    if Tone.GOOD in recent:
        return False
    return len(recent) == every - 1 or all(tone == Tone.HARD for tone in recent)
