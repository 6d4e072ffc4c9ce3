"""Assessments: the school's tools, and scores of one pupil. Scores and bands only."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Conflict, Refused
from iap.schools.models import School
from iap.ui.moments import day as said
from iap.ui.typed import tidied
from pupils.models import Assessment, Band, Informant, Pupil, Score, ScoreField, Tool
from pupils.models.assessments import band_of
from pupils.standard.tools import tools_of

from .days import locked, refuse_long_before

Scores = Mapping[ScoreField, Decimal | None]


@dataclass(frozen=True)
class FieldIn:
    """A score of a tool as it was entered, with its bands: (informant or nothing, from, words)."""

    name: str
    low: Decimal
    high: Decimal
    good: str
    unit: str = "number"
    bands: Sequence[tuple[str, Decimal, str]] = ()
    kept: ScoreField | None = field(default=None, compare=False)


@transaction.atomic
def keep_tool(
    school: School,
    *,
    by: Any,
    name: str,
    informants: Sequence[str],
    fields: Sequence[FieldIn],
    about: str = "",
    at_start: bool = False,
    repeat_weeks: int | None = None,
    tool: Tool | None = None,
) -> Tool:
    """Add a tool, or change one. A score that pupils have stays; bands hold for what is kept from now on."""
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    tools_of(school)  # the standard ones first, where there are none yet
    name, today = tidied(name), timezone.localdate()
    if not name:
        raise Refused("Give the assessment a name.")
    if not informants or set(informants) - set(Informant.values):
        raise Refused("Choose who is asked.")
    if not fields:
        raise Refused("An assessment has at least one score.")
    same = Tool.objects.filter(school=school, name__iexact=name).standing_from(today)
    if same.exclude(pk=tool.pk if tool else None).exists():
        raise Refused(f"Another assessment is called “{name}”.")
    words = {
        "name": name,
        "about": tidied(about),
        "informants": list(informants),
        "at_start": at_start,
        "repeat_weeks": repeat_weeks,
    }
    if tool is None:
        tool = Tool.objects.create(school=school, valid_from=today, **words)
    else:
        tool = Tool.objects.select_for_update().get(school=school, pk=tool.pk)
        for key, value in words.items():
            setattr(tool, key, value)
        tool.save(update_fields=list(words))
    _keep_fields(tool, fields)
    record("tool.kept", tool, by=by, name=name)
    return tool


def _keep_fields(tool: Tool, fields: Sequence[FieldIn]) -> None:
    names = [each.name.casefold() for each in fields]
    if len(set(names)) < len(names):
        raise Refused("Two scores have the same name.")
    stays = {each.kept.pk for each in fields if each.kept is not None}
    gone = ScoreField.objects.filter(school=tool.school_id, tool=tool).exclude(pk__in=stays)
    if (used := gone.filter(scores__isnull=False).first()) is not None:
        raise Refused(f"Pupils have scores under “{used}”, so it stays.")
    gone.delete()
    _give_up_names(tool, fields)
    for position, each in enumerate(fields):
        _keep_field(tool, position, each)


def _give_up_names(tool: Tool, fields: Sequence[FieldIn]) -> None:
    """Two scores may change names: whoever is renamed leaves a name that another is to have."""
    renamed = [each.kept for each in fields if each.kept is not None and each.kept.name != each.name]
    wanted = {each.name for each in fields}
    for kept in (each for each in renamed if each.name in wanted):
        ScoreField.objects.filter(school=tool.school_id, pk=kept.pk).update(name=f"~{kept.pk}")


def _keep_field(tool: Tool, position: int, given: FieldIn) -> None:
    kept = given.kept or ScoreField(school_id=tool.school_id, tool=tool)
    if given.high <= given.low:
        raise Refused(f"{given.name}: the highest score must be above the lowest.")
    outside = [words for _, least, words in given.bands if not given.low <= least <= given.high]
    if outside:
        raise Refused(f"{given.name}: the band “{outside[0]}” begins outside the range.")
    if kept.pk is not None:
        values = Score.objects.filter(school=tool.school_id, field=kept)
        if values.filter(value__lt=given.low).exists() or values.filter(value__gt=given.high).exists():
            raise Refused(
                f"{given.name}: pupils have scores outside this range. Keep it as wide as they are."
            )
    kept.name, kept.low, kept.high = given.name, given.low, given.high
    kept.good, kept.unit, kept.position = given.good, given.unit, position
    kept.save()
    Band.objects.filter(school=tool.school_id, field=kept).delete()
    Band.objects.bulk_create(
        Band(school_id=tool.school_id, field=kept, informant=informant, least=least, words=words)
        for informant, least, words in given.bands
    )


@transaction.atomic
def end_tool(tool: Tool, *, by: Any) -> Tool:
    """Use it no longer. Scores that were kept stay. Ending twice changes nothing."""
    tool = Tool.objects.select_for_update().get(school=tool.school_id, pk=tool.pk)
    if tool.valid_to is None:
        tool.valid_to = max(timezone.localdate(), tool.valid_from + dt.timedelta(days=1))
        tool.save(update_fields=["valid_to"])
        record("tool.ended", tool, by=by)
    return tool


@transaction.atomic
def keep_scores(
    pupil: Pupil, *, by: Any, tool: Tool, informant: str, day: dt.date, scores: Scores, note: str = ""
) -> Assessment:
    """Keep the scores of one informant on one day. Fields without a score are left out.

    The same scores again change nothing, whoever sends them. Raises Conflict where others are kept for that
    day already, and Refused for a tool, informant, day or score that cannot be.
    """
    given = {each: value for each, value in scores.items() if value is not None}
    if not given:
        raise Refused("Enter at least one score.")
    if tool.school_id != pupil.school_id or tool.valid_to is not None:
        raise Refused(f"“{tool}” is not used any longer. Choose another assessment.")
    if informant not in tool.informants:
        raise Refused("Choose whose view it is.")
    for each, value in given.items():
        if not each.low <= value <= each.high:
            raise Refused(f"{each}: enter a score from {each.said(each.low)} to {each.said(each.high)}.")
    pupil = locked(pupil)
    refuse_long_before(pupil, day)
    of_the_day = Assessment.objects.filter(
        school=pupil.school_id, pupil=pupil, tool=tool, informant=informant, day=day
    ).standing()
    if (held := of_the_day.select_related("by").first()) is not None:
        return _the_same(held, given)
    kept = Assessment.objects.create(
        school_id=pupil.school_id,
        pupil=pupil,
        by=by,
        tool=tool,
        informant=informant,
        day=day,
        note=tidied(note)[:300],
    )
    Score.objects.bulk_create(
        Score(
            school_id=pupil.school_id,
            assessment=kept,
            field=each,
            value=value,
            band=band_of(each.bands.all(), informant, value),  # type: ignore[attr-defined]
        )
        for each, value in given.items()
    )
    record("assessment.kept", kept, by=by, tool=tool.name, informant=informant)
    return kept


def _the_same(held: Assessment, given: Mapping[ScoreField, Decimal]) -> Assessment:
    """What is kept for the day, if it says the same; Conflict, in words, if it does not."""
    kept = {each.field_id: each for each in held.scores.select_related("field")}  # type: ignore[attr-defined]
    if {pk: each.value for pk, each in kept.items()} == {each.pk: value for each, value in given.items()}:
        return held
    words = ", ".join(str(each) for each in kept.values())
    raise Conflict(
        f"{held.by} has kept scores of {said(held.day)} already: {words}. What was kept stands. "
        "If it is wrong, mark it as entered in error first; nothing you typed is lost."
    )
