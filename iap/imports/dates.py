"""Which comes first in a column of dates, the day or the month: the whole column decides, or a person does."""

import re
from collections.abc import Callable, Iterable

DAY, MONTH = "day", "month"
EITHER = "either"  # both orders fit every date, so nobody but a person can say
MIXED = "mixed"  # some dates fit only one order and some only the other
ORDERS = {DAY: "Day first: 05/03/2014 is 5 March", MONTH: "Month first: 05/03/2014 is 3 May"}
UNDECIDED = {
    EITHER: "All its dates fit both orders.",
    MIXED: "Its dates are mixed: some fit only the one order, and some only the other.",
}
ASSUMED = {
    order: f"All its dates fit both orders; {example} was taken. If that is wrong, send the file on the page of "
    "imports once, and say there which comes first: it is kept."
    for order, example in (
        (DAY, "day first (05/03/2014 as 5 March)"),
        (MONTH, "month first (05/03/2014 as 3 May)"),
    )
}
NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")


class Watch:
    """Looks at a column's cells one after another; `order` is what they have shown."""

    def __init__(self) -> None:
        self.any = self.day = self.month = False
        self.seen: set[str] = set()

    def look(self, cell: str) -> None:
        if cell in self.seen:
            return
        self.seen.add(cell)
        for first, _, second, _ in NUMERIC.findall(cell):
            if first != second:
                self.any = True
            self.day = self.day or (int(first) > 12 and int(second) <= 12)
            self.month = self.month or (int(second) > 12 and int(first) <= 12)

    @property
    def order(self) -> str:
        """`day`, `month`, `either`, `mixed`, or nothing where no date needs an order."""
        if self.day and self.month:
            return MIXED
        if self.day or self.month:
            return DAY if self.day else MONTH
        return EITHER if self.any else ""


def order_of(cells: Iterable[str]) -> str:
    watch = Watch()
    for cell in cells:
        watch.look(cell)
    return watch.order


def month_first(cell: str) -> str:
    """The same with every date's day and month changed round, so that the day comes first."""
    return NUMERIC.sub(r"\3\2\1\2\4", cell)


def turn_for(order: str) -> Callable[[str], str] | None:
    return month_first if order == MONTH else None
