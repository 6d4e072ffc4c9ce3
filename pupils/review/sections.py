"""The sections in which a review is prepared, each as plain data, so that two people's words can be told apart."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pupils.models import Invitation, Review, Target, TargetOutcome

Content = Mapping[str, Any]
TARGETS, MEETING = "targets", "meeting"
OUTCOME = ("reached", "words", "then", "new_words")
INVITED = ("name", "part", "invited_on", "came", "views")


@dataclass(frozen=True)
class Section:
    """A part of the review that is kept as a whole. `fields` are the review's own."""

    slug: str
    label: str
    fields: tuple[str, ...] = ()


SECTIONS = (
    Section("how", "How it went", ("went_well", "was_hard")),
    Section(TARGETS, "Targets"),
    Section("pupil", "The pupil’s voice", ("pupil_says", "pupil_how")),
    Section("family", "The family’s voice", ("family_says", "family_how")),
    Section(MEETING, "The meeting", ("day", "place")),
    Section("agreed", "What we agree", ("agreed",)),
)
BY_SLUG = {section.slug: section for section in SECTIONS}


def contents(review: Review, targets: Sequence[Target]) -> dict[str, Content]:
    """What is kept of each section; two queries for a review that was begun, none before."""
    begun = review.pk is not None
    outcomes = {each.target_id: each for each in review.outcomes.all()} if begun else {}  # type: ignore[attr-defined]
    invited = list(review.invitations.all()) if begun else []  # type: ignore[attr-defined]
    found: dict[str, Content] = {
        section.slug: {name: _plain(getattr(review, name)) for name in section.fields} for section in SECTIONS
    }
    nothing = dict.fromkeys(OUTCOME, "") | {"reached": None}
    found[TARGETS] = {
        str(target.uuid): {name: getattr(outcomes[target.pk], name) for name in OUTCOME}
        if target.pk in outcomes
        else nothing
        for target in targets
    }
    rows = [{name: _plain(getattr(each, name)) for name in INVITED} for each in invited]
    found[MEETING] = {**found[MEETING], "invitations": rows}
    return found


def digest(content: Content) -> str:
    """Names what a section says, whoever wrote it."""
    text = json.dumps(_plain(content), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def keep(review: Review, section: Section, content: Content, targets: Sequence[Target]) -> None:
    """Write one section's content over what is kept of it."""
    for name in section.fields:
        value = content[name]
        setattr(
            review, name, dt.date.fromisoformat(value) if name == "day" and isinstance(value, str) else value
        )
    if section.fields:
        review.save(update_fields=list(section.fields))
    if section.slug == TARGETS:
        _keep_outcomes(review, content, targets)
    if section.slug == MEETING:
        _keep_invitations(review, content["invitations"])


def _keep_outcomes(review: Review, content: Content, targets: Sequence[Target]) -> None:
    for target in targets:
        if (said := content.get(str(target.uuid))) is not None:
            TargetOutcome.objects.update_or_create(
                school_id=review.school_id,
                review=review,
                target=target,
                defaults={name: said[name] for name in OUTCOME},
            )


def _keep_invitations(review: Review, rows: Sequence[Content]) -> None:
    Invitation.objects.filter(school=review.school_id, review=review).delete()
    Invitation.objects.bulk_create(
        Invitation(
            school_id=review.school_id,
            review=review,
            position=position,
            **{name: row[name] for name in INVITED if name != "invited_on"},
            invited_on=_day(row["invited_on"]),
        )
        for position, row in enumerate(rows)
    )


def _day(value: Any) -> dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) and value else value or None


def _plain(value: Any) -> Any:
    """As JSON has it, so that a date that was typed and one that is kept are the same."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
