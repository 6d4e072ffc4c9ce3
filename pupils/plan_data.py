"""A plan with its review as data, in the format that `docs/plan-format.md` describes.

A change that a reader of the format would trip over gives `VERSION` its next number.
"""

import datetime as dt
from typing import Any

from django.utils import timezone

from iap.schools.models import School

from . import plan_now
from .models import Need, Plan, Pupil, Reached, Review, TargetEvidence
from .review.reading import Said, correctable, step_field, step_of, words_field

FORMAT, VERSION = "internal-provision-plan", 1


def plan_data(school: School, pupil: Pupil, plan: Plan, now: dt.datetime) -> dict[str, Any]:
    """Everything of one cycle: ten queries at most, whatever there is."""
    review = Review.objects.standing().filter(school=plan.school_id, plan=plan, held_at__isnull=False).first()
    said = {each.field: each for each in correctable(review)} if review else {}
    placement = plan.placement
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_at": timezone.localtime(now).isoformat(timespec="seconds"),
        "school": {"name": school.name, "urn": school.urn, "provision": school.provision.name},
        "pupil": _pupil(pupil),
        "place": {
            "kind": placement.model,
            "from": _iso(placement.starts_on),
            "until": _iso(placement.ends_on),
            "key_adult": str(placement.key_adult),
        },
        "needs": _needs(pupil),
        "plan": {
            "id": str(plan.uuid),
            "cycle": plan.number,
            "from": _iso(plan.day),
            "review_on": _iso(plan.review_on),
            "strengths": plan.strengths,
            "barriers": plan.barriers,
            "agreed_with": {"pupil": plan.with_pupil, "family": plan.with_family},
            "written_by": str(plan.by),
        },
        "scale": [{"step": step.value, "words": step.label} for step in Reached],
        "targets": [_target(each, said) for each in plan_now.targets_now(plan)],
        "review": _review(review, said) if review else None,
    }


def _pupil(pupil: Pupil) -> dict[str, Any]:
    return {
        "upn": pupil.upn,
        "given_name": pupil.given_name,
        "family_name": pupil.family_name,
        "known_as": pupil.known_as,
        "born_on": _iso(pupil.born_on),
        "year_group": pupil.year_group,
        "sen_stage": pupil.sen_stage,
        "sen_type": pupil.sen_type,
    }


def _needs(pupil: Pupil) -> list[dict[str, Any]]:
    held = Need.objects.open().filter(school=pupil.school_id, pupil=pupil).select_related("word")
    return [
        {
            "area": need.area,
            "words": str(need.word) if need.word else "",
            "detail": need.detail,
            "since": _iso(need.day),
        }
        for need in held.order_by("day", "pk")
    ]


def _target(now: plan_now.TargetNow, said: dict[str, Said]) -> dict[str, Any]:
    target = now.target
    return {
        "id": str(target.uuid),
        "words": target.words,
        "success": target.success,
        "provision": target.provision,
        "starts_at": target.starts_at,
        "hoped_for": target.aims_at,
        "ended": {"on": _iso(target.ended_on), "why": target.ended_why} if target.ended_on else None,
        "carried_from": str(target.carried_from.uuid) if target.carried_from else None,
        "evidence": [_evidence(each) for each in now.evidence if each.stands],
        "outcome": _outcome(now, said),
    }


def _evidence(each: TargetEvidence) -> dict[str, Any]:
    return {"on": _iso(each.day), "step": each.reached, "words": each.text, "by": str(each.by)}


def _outcome(now: plan_now.TargetNow, said: dict[str, Said]) -> dict[str, Any] | None:
    outcome = now.outcome
    if outcome is None:
        return None
    outcome.target = now.target
    return {
        "step": step_of(said[step_field(outcome)].text),
        "words": said[words_field(outcome)].text,
        "then": outcome.then,
        "new_words": outcome.new_words,
    }


def _review(review: Review, said: dict[str, Said]) -> dict[str, Any]:
    voices = review.voices.select_related("teacher").order_by("teacher__family_name", "pk")  # type: ignore[attr-defined]
    return {
        "on": _iso(review.day),
        "held_by": str(review.held_by),
        "went_well": said["went_well"].text,
        "was_hard": said["was_hard"].text,
        "agreed": said["agreed"].text,
        "voices": {
            "pupil": {"words": said["pupil_says"].text, "how": review.pupil_how},
            "family": {"words": said["family_says"].text, "how": review.family_how},
            "teachers": [
                {
                    "teacher": str(each.teacher),
                    "classes": each.classes,
                    "answer": each.answer,
                    "line": each.line,
                }
                for each in voices
            ],
        },
        "meeting": {
            "place": review.place,
            "invited": [
                {
                    "name": each.name,
                    "as": each.part,
                    "invited_on": _iso(each.invited_on),
                    "came": each.came,
                    "views": each.views,
                }
                for each in review.invitations.all()  # type: ignore[attr-defined]
            ],
        },
        "facts": [
            {"title": part["title"], "says": part["says"], "lines": [_line(each) for each in part["facts"]]}
            for part in review.facts
        ],
        "corrections": [
            {
                "part": part.field,
                "was": each.was,
                "now": each.now,
                "why": each.why,
                "by": str(each.by),
                "on": _iso(each.at),
            }
            for part in said.values()
            for each in part.corrections
        ],
    }


def _line(fact: dict[str, Any]) -> dict[str, str]:
    return {name: fact[name] for name in ("label", "value", "detail")}


def _iso(value: dt.date | dt.datetime | None) -> str | None:
    if isinstance(value, dt.datetime):
        return timezone.localdate(value).isoformat()
    return value.isoformat() if value else None
