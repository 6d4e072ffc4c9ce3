"""Putting right what the school's own system says of a pupil."""

from typing import Any

from django.db import transaction

from iap.schools.actions import corrections
from pupils.models import Pupil

# What else comes from there is for the school's own system to mend: it is sensitive, or says who a pupil is.
CORRECTABLE = (
    *("given_name", "family_name", "preferred_name", "born_on", "year_group", "tutor_group"),
    *("sen_stage", "sen_type", "first_language"),
)


@transaction.atomic
def correct(pupil: Pupil, *, by: Any, **changes: Any) -> list[str]:
    """Keep what was put right, also against later files. Gives the names of the fields that differed."""
    return corrections.correct(
        pupil, by=by, changes={name: changes[name] for name in CORRECTABLE if name in changes}
    )
