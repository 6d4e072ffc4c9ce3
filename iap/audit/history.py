"""History of writes: database triggers that also see `.update()`, bulk writes and plain SQL."""

from typing import Any

import pghistory

from iap.tenancy.constraints import RowsOfOwnSchool

EVERY_WRITE = (pghistory.InsertEvent, pghistory.UpdateEvent, pghistory.DeleteEvent)
LATER_WRITES = (pghistory.UpdateEvent, pghistory.DeleteEvent)


def kept(*events: type[pghistory.Tracker], but: tuple[str, ...] = ()) -> Any:
    """Keep what a row was, in a table that obeys row security and that the product cannot rewrite.

    Bulk tables from the school's own system keep `LATER_WRITES` only: the run that brought a row in is
    recorded already, and a copy of a hundred thousand first versions says nothing new.
    """
    return pghistory.track(
        *(event() for event in events or EVERY_WRITE),
        exclude=list(but) or None,
        meta={"constraints": [RowsOfOwnSchool(name="%(class)s_own_school")]},
    )
