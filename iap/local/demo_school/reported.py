"""What the demo's leaders have written and sent: a self-review, the last half term's pack, figures for the trust."""

import datetime as dt

from django.utils import timezone

from iap.schools.models import Membership, Role, Stage, User
from reporting.actions import packs, reviews
from reporting.evidence import as_kept, evidence_of
from reporting.facts import Facts
from reporting.models import PackKind
from reporting.packs.due import last_closed
from reporting.periods import Kind
from reporting.tenets import TENETS
from reporting.trust.counting import count

from . import clock
from .provision import Base
from .school import Invented

# Of a statement how far it holds, how that is known, and what is done next, by whom.
SAID = {
    "keep-lessons": (
        "mostly",
        "Every timetable has lunch and at least two lessons from the first day.",
        "",
        "",
    ),
    "room-changes": (
        "partly",
        "Most returns name a change; not every change is in place by its day.",
        "Walk round with each head of department and look at the rooms",
        "IAP lead",
    ),
    "teachers-know": (
        "mostly",
        "Teachers read what helps before the first lesson; two supply teachers did not.",
        "",
        "",
    ),
    "never-sanction": (
        "fully",
        "One referral named the place as a punishment, and was talked through.",
        "",
        "",
    ),
    "leaders-seen": ("partly", "The head is here weekly, others when something happens.", "", ""),
    "tried-first": ("mostly", "Each referral says what was tried and what came of it.", "", ""),
    "wellbeing-needs": (
        "partly",
        "Speech and language are looked at for half of the pupils.",
        "Ask the speech and language service for two mornings a term",
        "SENCO",
    ),
    "small-groups": (
        "fully",
        "Groups stay below ten. Sessions with one adult are covered within a day.",
        "",
        "",
    ),
    "ready-to-learn": ("mostly", "Check-ins on arrival are a habit; those after lunch are not yet.", "", ""),
    "returns": ("partly", "Steps are taken; few pupils are back for their whole week so far.", "", ""),
    "fair": (
        "not-yet",
        "We see who gets a place and have not yet asked why.",
        "Put it to the panel",
        "School leader",
    ),
}
SUMMARY = (
    "Groups, staffing and the first weeks are steady. What is weakest is the mainstream room: changes are agreed and "
    "some of them wait. Next term begins there."
)


def report(invented: Invented, base: Base) -> None:
    """The review was kept at the end of the last week, and a new one is underway; packs are made by the worker."""
    leader = User.objects.get(
        pk=Membership.objects.filter(school=base.school, role=Role.LEADER).order_by("pk").values("user")[:1]
    )
    with clock.at(invented.year.mondays_past[-1], dt.time(15, 40)):
        _review(base, leader)
    reviews.begin(base.school, by=base.lead)
    _send(base, leader)
    count(base.school)


def _review(base: Base, leader: User) -> None:
    today = timezone.localdate()
    review = reviews.begin(base.school, by=base.lead)
    for tenet in TENETS:
        said = {
            statement.key: {
                "level": level,
                "why": why,
                "next_step": step,
                "who": who,
                "due_on": today + dt.timedelta(days=4) if step else None,
            }
            for statement in tenet.statements
            if statement.key in SAID
            for level, why, step, who in [SAID[statement.key]]
        }
        reviews.judge(review, tenet, said, by=base.lead)
    reviews.sum_up(review, by=base.lead, stage=Stage.DEVELOPING, summary=SUMMARY)
    reviews.keep(review, by=leader, evidence=as_kept(evidence_of(Facts(base.school, today))))


def _send(base: Base, leader: User) -> None:
    """A pack of the last half term, and after each term one by itself."""
    facts = Facts(base.school, timezone.localdate())
    closed = last_closed(facts.periods, Kind.HALF_TERM)
    if closed is not None:
        packs.ask(base.school, PackKind.GOVERNORS, closed.name, by=leader, period=closed)
    packs.schedule(base.school, by=leader, kind=PackKind.GOVERNORS, rhythm="term", people=[leader, base.lead])
