"""Whether what came after a place holds, as people have recorded it."""

from collections import Counter
from collections.abc import Sequence

from iap.ui.charts import Parts
from iap.ui.charts.bars import Row
from iap.ui.words import plural
from pupils.models import Placement
from pupils.models.exits import AFTER_WEEKS, FollowUpCheck, Holds
from reporting.facts import Facts

SAID = ("It holds", "In part", "It does not", "Not known yet")
HOLD_FILLS = ("iap-f", "sand-t", "plum-t", "main-t")


def sustained(facts: Facts, placements: Sequence[Placement]) -> Parts | None:
    """What people have said 2, 6 and 12 school weeks after the end of these places, where the day has come.

    Nobody's answer, and "not known", stand together: neither says that it lasts.
    """
    checks = FollowUpCheck.objects.at([facts.school]).filter(due_on__lte=facts.today)
    rows = checks.filter(placement__in=[place.pk for place in placements]).values_list("weeks", "answer")
    counted = Counter(rows)
    asked, holds = sum(counted.values()), sum(counted[weeks, Holds.YES] for weeks in AFTER_WEEKS)
    if not asked:
        return None
    return Parts(
        title=f"At {holds} of {plural(asked, 'check')}, what came after a place holds",
        desc="What people recorded 2, 6 and 12 school weeks after the end of a place: it holds, in part, or not.",
        rows=tuple(Row(f"After {weeks} weeks", _answers(counted, weeks)) for weeks in AFTER_WEEKS),
        series=tuple(zip(SAID, HOLD_FILLS, strict=True)),
        category="School weeks after the end",
        shares=False,
        across=True,
    )


def _answers(counted: Counter[tuple[int, str]], weeks: int) -> tuple[int, ...]:
    known = [counted[weeks, answer] for answer in (Holds.YES, Holds.PARTLY, Holds.NO)]
    return (*known, counted[weeks, Holds.UNKNOWN] + counted[weeks, ""])
