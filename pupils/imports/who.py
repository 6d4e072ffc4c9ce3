"""Finding the pupil a row is about."""

from typing import Any

from iap.imports.kinds import Row, WrongCell
from pupils import upn
from pupils.models import Pupil


class Roll:
    """The school's pupils by UPN, read once for a file."""

    def __init__(self, school: Any) -> None:
        self.keys = dict(Pupil.objects.filter(school=school).values_list("upn", "pk"))

    def pupil(self, row: Row, column: str = "upn") -> int:
        """The pupil's key. Raises WrongCell where the number is missing, wrong or of nobody here."""
        given = row[column]
        number = given if given in self.keys else upn.tidy(given)
        key = self.keys.get(number)
        if key is not None:
            return key
        if not number:
            raise WrongCell(row.title(column), "The UPN is missing.")
        if not upn.is_valid(number):
            raise WrongCell(row.title(column), f"{number} is not a UPN; check it for a slip.")
        raise WrongCell(
            row.title(column), f"No pupil of this school has the UPN {number}. Import pupils first."
        )
