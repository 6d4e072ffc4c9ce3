"""That something of a school has changed, once for each transaction that changed it."""

from django.db import models
from django.db.models.functions import Now

from iap.schools.models.base import SchoolOwned, school_owned


class Change(SchoolOwned):
    """So many transactions have changed rows of the school. Written by a trigger of every table (`versions`).

    Their number is the version of the school's data: it is another as soon as a change can be seen, and never
    falls. Older rows are summed up into one, which keeps the number.
    """

    xact = models.BigIntegerField(help_text="The transaction that made the change.")
    number = models.BigIntegerField(db_default=1)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = school_owned(
            models.UniqueConstraint(fields=["school", "xact"], name="a_transaction_changes_a_school_once"),
        )

    def __str__(self) -> str:
        return f"Changed at {self.at}"
