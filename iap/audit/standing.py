"""Rows that stay as they were, by trigger: whatever code is run, what was held or agreed is not rewritten."""

from collections.abc import Sequence
from typing import Any

import pgtrigger


class Changes(pgtrigger.Condition):
    """Something other than the fields `but` changes, while `when` (SQL about OLD) holds."""

    def __init__(self, *, but: Sequence[str], when: str = "") -> None:
        self.but, self.when = but, when

    def resolve(self, model: Any) -> str:
        changes = pgtrigger.AnyChange(exclude=list(self.but)).resolve(model)
        return f"(({self.when}) AND ({changes}))" if self.when else f"({changes})"


def stays_as_it_was(*, but: Sequence[str], when: str = "") -> list[pgtrigger.Trigger]:
    """A row's triggers: it takes no change but to these fields, and is not deleted."""
    return [
        pgtrigger.Protect(
            name="stays_as_it_was", operation=pgtrigger.Update, condition=Changes(but=but, when=when)
        ),
        pgtrigger.Protect(
            name="is_not_deleted",
            operation=pgtrigger.Delete,
            condition=pgtrigger.Condition(when) if when else None,
        ),
    ]
