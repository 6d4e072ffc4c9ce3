"""Needs, scores and programmes for tests, in a line each."""

import datetime as dt
from decimal import Decimal
from typing import Any

from pupils.actions.assessments import keep_scores
from pupils.models import Need, NeedWord, Tool
from pupils.standard.needs import words_of
from pupils.standard.tools import tools_of


def word(school: Any, words: str = "Reading") -> NeedWord:
    return next(each for each in words_of(school) if each.words == words)


def need(pupil: Any, by: Any, **more: Any) -> Need:
    fields = {"day": dt.date.today(), "area": "learning", "detail": "Long texts", "found_at": "day"}
    return Need.objects.create(school=pupil.school, pupil=pupil, by=by, **{**fields, **more})


def tool(school: Any, name: str = "SDQ") -> Tool:
    return next(each for each in tools_of(school) if each.name == name)


def field(of: Tool, name: str = "") -> Any:
    fields = list(of.fields.all())  # type: ignore[attr-defined]
    return next(each for each in fields if not name or each.name == name)


def scored(
    pupil: Any, by: Any, value: float, *, day: dt.date | None = None, informant: str = "teacher", **of: Any
) -> Any:
    """A score of the first field of a tool; the SDQ's total unless another is named."""
    used = of.get("tool") or tool(pupil.school)
    which = field(used, of.get("field", ""))
    return keep_scores(
        pupil,
        by=by,
        tool=used,
        informant=informant,
        day=day or dt.date.today(),
        scores={which: Decimal(str(value))},
    )
