"""A pupil's plan and passport on paper, in plain words, as tagged PDFs."""

import datetime as dt
from typing import Any

from iap.schools.models import School
from iap.ui import pdf
from iap.ui.moments import day as said

from . import plan_now
from .labels import label
from .models import Passport, Plan, Pupil, Reached, Review
from .review.gathered import from_kept
from .review.reading import correctable

FAMILY, STAFF = EDITIONS = ("family", "staff")
# How long a text may be, from everything that can be written to what always has room; the first that fits is shown.
ROOMS = (3000, 900, 500, 300, 160, 90)
MORE = " …"  # the page then says that the whole is kept at school


def plan(school: School, pupil: Pupil, plan: Plan, day: dt.date) -> bytes:
    """Two pages for the family: what we work on and what adults do; how it went, who said what, and what is next."""
    return pdf.render("plan_for_family", plan_for_paper(school, pupil, plan, day))


def passport(school: School, pupil: Pupil, passport: Passport, key_adult: Any, *, edition: str) -> bytes:
    """One page: for the family as the pupil says it, for staff with what adults say and do."""
    adult = str(key_adult) if key_adult else ""
    parts = [
        {
            "title": label(Passport, name),
            "lines": getattr(passport, name).splitlines(),
            "own": name == "own_words",
        }
        for name in Passport.PARTS
        if getattr(passport, name)
    ]
    data = {
        **_frame(school, passport.day),
        "name": pupil.known_as if edition == FAMILY else pupil.full_name,
        "edition": edition,
        "version": passport.version,
        "key_adult": adult,
        "editions": [
            _edition({"parts": [_short_part(part, room) for part in parts]}, room, _all_text(parts))
            for room in ROOMS
        ],
    }
    return pdf.render("passport", data)


def plan_for_paper(school: School, pupil: Pupil, plan: Plan, day: dt.date) -> dict[str, Any]:
    """What the plan's paper shows. Its review is that of the plan, or of the cycle before while it runs."""
    review = _held(plan) or _before(plan)
    going = [now for now in plan_now.targets_now(plan) if now.target.goes_on]
    return {
        **_frame(school, day),
        "name": pupil.known_as,
        "from": said(plan.day),
        "review_on": said(plan.review_on),
        "reviewed": said(plan.reviewed_on) if plan.reviewed_on else "",
        "key_adult": str(plan.placement.key_adult),
        "steps": [step.label for step in Reached],
        "first": [_first_page(plan, going, room) for room in ROOMS],
        "second": [_second_page(review, room) for room in ROOMS],
    }


def _first_page(plan: Plan, going: list[plan_now.TargetNow], room: int) -> dict[str, Any]:
    texts = [plan.strengths, plan.barriers]
    texts += [text for now in going for text in (now.target.provision, now.target.success)]
    page = {
        "strengths": _short(plan.strengths, room),
        "barriers": _short(plan.barriers, room),
        "targets": [
            {
                "words": now.target.words,
                "adults": _short(now.target.provision, room),
                "success": _short(now.target.success, room),
                "now": now.reached,
                "now_words": now.word,
                "hoped": now.target.aims_at,
                "hoped_words": now.hoped,
            }
            for now in going
        ],
    }
    return _edition(page, room, texts)


def _second_page(review: Review | None, room: int) -> dict[str, Any]:
    if review is None:
        return {"on": "", "parts": [], "facts": [], "cut": False}
    says = {each.field: each.text for each in correctable(review)}
    titles = (
        ("went_well", "What went well", False),
        ("was_hard", "What was hard, and what we learnt", False),
        ("pupil_says", "What {name} said", True),
        ("family_says", "What you said", True),
        ("agreed", "What we agreed", False),
    )
    page = {
        "on": said(review.day),
        "parts": [
            {"title": title, "text": _short(says[name], room), "own": own}
            for name, title, own in titles
            if says[name]
        ],
        "facts": [part.says for part in from_kept(review.facts) if part.says],
    }
    return _edition(page, room, [says[name] for name, _, _ in titles])


def _edition(page: dict[str, Any], room: int, texts: list[str]) -> dict[str, Any]:
    """A page with its texts no longer than the room; it says whether one was cut."""
    return page | {"cut": any(len(text) > room for text in texts)}


def _all_text(parts: list[dict[str, Any]]) -> list[str]:
    return ["\n".join(part["lines"]) for part in parts]


def _held(plan: Plan) -> Review | None:
    held = Review.objects.standing().filter(school=plan.school_id, plan=plan, held_at__isnull=False)
    return held.first()


def _before(plan: Plan) -> Review | None:
    """The review from which this plan has followed."""
    held = Review.objects.standing().filter(
        school=plan.school_id,
        plan__placement=plan.placement_id,
        held_at__isnull=False,
        plan__number__lt=plan.number,
    )
    return held.order_by("-plan__number").first()


def _frame(school: School, day: dt.date) -> dict[str, Any]:
    return {
        "provision": school.provision.name,
        "school": str(school),
        "made": said(day),
        "made_on": [day.year, day.month, day.day],
    }


def _short_part(part: dict[str, Any], room: int) -> dict[str, Any]:
    text = _short("\n".join(part["lines"]), room)
    return {**part, "lines": Passport.lines_of(text)}


def _short(text: str, room: int) -> str:
    """The text, or as much of it as has room, between two words, with where the rest is."""
    return text if len(text) <= room else text[:room].rpartition(" ")[0] + MORE
