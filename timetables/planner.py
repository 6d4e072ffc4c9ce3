"""What stands beside the week while it is planned: suggestions, and how returned lessons are going."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from iap.schools.models import Period

from .forms.steps import Offer, slot_name
from .journeys import Journey
from .suggestions.facts import Candidate
from .suggestions.gather import facts_for
from .suggestions.weigh import Advice, suggest

IN_MAINSTREAM = ("mainstream", "supported")


@dataclass(frozen=True)
class Beside:
    """Advice for one pupil on one day."""

    advice: Advice

    @classmethod
    def of(cls, placement: Any, way: Journey, offer: Offer, day: dt.date) -> "Beside":
        periods: list[Period] = offer.periods
        facts = facts_for(placement, way, periods=periods, lessons=offer.lessons, held=offer.held, day=day)
        return cls(suggest(facts))

    @property
    def candidates(self) -> dict[str, Candidate]:
        advice = self.advice
        weighed = [each.candidate for each in (*advice.suggested, *advice.later)]
        return {each.key: each for each in (*weighed, *(one.candidate for one in advice.not_yet))}


def with_ticked(posted: QueryDict, candidates: Mapping[str, Candidate], offer: Offer) -> QueryDict:
    """What was posted, with the ticked lessons in mainstream.

    A lesson that was ticked when the page was last drawn (`applied`) and no longer is goes back to where the
    pupil is now; a slot somebody has changed by hand since stays as they left it.
    """
    data = posted.copy()
    ticked, applied = set(posted.getlist("add")), set(posted.getlist("applied"))
    for key, candidate in candidates.items():
        for slot in candidate.slots:
            name = slot_name(slot)
            if key in ticked and key not in applied and data.get(name) not in IN_MAINSTREAM:
                data[name] = "mainstream"
            elif key in applied and key not in ticked and data.get(name) == "mainstream":
                data[name] = offer.initial(slot)
    return data
