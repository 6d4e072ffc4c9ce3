"""What this app gathers for the review of a plan: the way back, lessons, sessions and interventions."""

from collections import defaultdict
from typing import Any

from iap.ui.moments import day as said
from iap.ui.words import plural
from pupils.review.gathered import Fact, Part, Quote, Source, Span, register

from .interventions import interventions_of
from .journeys import journey_of
from .measures.share import step_on
from .measures.success import Visit, visits_of
from .models import Outcome, SessionMark, StepKind

LINES = 5  # of teachers, the newest


def offer() -> None:
    register(Source("share", share, order=30))
    register(Source("lessons", lessons, order=40))
    register(Source("sessions", sessions, order=50))
    register(Source("interventions", interventions, order=55))


def share(span: Span) -> Part | None:
    """The share of the week in mainstream, then and now, and the steps between: two queries."""
    placement = span.plan.placement
    placement.school, placement.pupil = span.pupil.school, span.pupil
    way = journey_of(placement)
    then, now = (step_on(way.steps, day) for day in (span.first, span.last))
    if now is None:
        return None
    since = [step for step in way.steps if span.first < step.starts_on <= span.last]
    facts = [Fact("In mainstream now", f"{way.percent(now)}%", "of the week’s lessons")]
    if then is not None:
        facts.insert(0, Fact("When the plan began", f"{way.percent(then)}%"))
    for step in since:
        facts.append(Fact(StepKind(step.kind).label, said(step.starts_on, weekday=False), step.why))
    if then is None or way.percent(then) == way.percent(now):
        says = f"{way.percent(now)}% of the week’s lessons are in mainstream."
    else:
        says = f"From {way.percent(then)}% to {way.percent(now)}% of the week’s lessons in mainstream."
    return Part("The way back", "arrow-trending-up", says, facts)


def lessons(span: Span) -> Part | None:
    """How visits went by class, and the newest lines of teachers: two queries."""
    visits = [
        visit
        for visit in visits_of(span.school, [span.pupil.pk]).get(span.pupil.pk, [])
        if span.first <= visit.day <= span.last
    ]
    if not visits:
        return None
    by_class: dict[str, list[Visit]] = defaultdict(list)
    for visit in visits:
        by_class[visit.class_words].append(visit)
    facts = [_fact(words, of) for words, of in sorted(by_class.items())]
    lines = [visit for visit in reversed(visits) if visit.line][:LINES]
    quotes = [Quote(v.line, f"{v.class_words}, {said(v.day, weekday=False)}") for v in lines]
    well = sum(visit.outcome == Outcome.WELL for visit in visits)
    says = f"{well} of {plural(len(visits), 'rated visit')} to lessons went well."
    return Part("Lessons", "book-open", says, facts, quotes)


def sessions(span: Span) -> Part | None:
    """Sessions of the provision in which the pupil was marked here, of those with a mark: one query."""
    marks = SessionMark.objects.filter(
        school=span.school, pupil=span.pupil, day__range=(span.first, span.last)
    ).standing()
    latest: dict[Any, tuple[str, bool]] = {}
    for day, session, title, here in marks.order_by("at", "pk").values_list(
        "day", "session", "session__title", "here"
    ):
        latest[day, session] = (title, here)
    if not latest:
        return None
    here = sum(was_here for _, was_here in latest.values())
    missed = len(latest) - here
    says = f"Here for {here} of {plural(len(latest), 'marked session')}."
    return Part("Sessions", "home", says, [Fact("Here", str(here)), Fact("Not here", str(missed))])


def interventions(span: Span) -> Part | None:
    """What ran at some time since the plan began, what was given of it, and how a score moved: two queries."""
    ran = [
        each
        for each in interventions_of(span.pupil)
        if each.intervention.day <= span.last
        and (each.intervention.ended_on is None or each.intervention.ended_on >= span.first)
    ]
    facts = [Fact(str(each.intervention), each.dose.words, each.change_words) for each in ran]
    return Part("Interventions", "heart", "", facts) if facts else None


def _fact(words: str, visits: list[Visit]) -> Fact:
    well = sum(visit.outcome == Outcome.WELL for visit in visits)
    return Fact(words, f"{well} of {len(visits)} went well", marks=[visit.outcome for visit in visits][-8:])
