"""The pure function behind "Suggested next lessons".

Each factor gives a reason in words and a weight. Lessons are ordered by the sum of their weights, ties by
their place in the week. The order is all the sum is for: it is never shown, and never leaves this module.

- Other lessons of the class, the 5 last rated and at least 3: success of ¾ or more 4, of ½ or more 1; under ½ it is
  never suggested.
- The teacher's answer at referral: would have them back first 3, goes well 2, hard −2.
- The same teacher elsewhere: success of ¾ or more 2, under ½ −2; never met −1.
- Named at referral as going well: the class 2, another class of its subject 1. The pupil asked for it 3.
- First of the day, or after a break, by at least 5 check-ins then: readier than usual 1, less ready −1.
- Readiness of the room: all agreed changes in place 2, some not yet −1, nothing agreed −1; its teacher has read
  what helps 1.
- The receiving lesson by its own scale of five areas, looked at in the last school term: as many areas hold as the
  school looks for 2, fewer −1.
- Nobody teaches it at present: never suggested.

The pupil's own readiness is the same for every lesson: it is said beside the list (`Advice.ready`) and orders nothing.

Pace comes before all of it: nothing is suggested before the school's weeks between two changes have passed,
while a published step has not begun, or after a step back until a hold was decided. At most the school's
number of lessons is suggested for one step.
"""

from dataclasses import dataclass, field

from timetables.outcomes import success

from .facts import Answer, Candidate, Facts, Feel, Way

GOOD, FAIR = 0.75, 0.5
FEW_CHECK_INS = 5
NOTABLE = 0.4  # of the five points of readiness
Reason = tuple[int, str]


@dataclass(frozen=True)
class Suggestion:
    candidate: Candidate
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]


@dataclass(frozen=True)
class NotYet:
    candidate: Candidate
    why: str


@dataclass(frozen=True)
class Advice:
    """`suggested` for the next step, `later` what would do as well, `not_yet` with the reason.

    `wait` says why nothing is suggested at all; it is empty otherwise. `ready` says how ready the pupil is for any.
    """

    suggested: tuple[Suggestion, ...] = ()
    later: tuple[Suggestion, ...] = ()
    not_yet: tuple[NotYet, ...] = ()
    wait: str = ""
    ready: str = ""


@dataclass
class _Weighed:
    candidate: Candidate
    reasons: list[Reason] = field(default_factory=list)

    @property
    def order(self) -> tuple[int, tuple[int, str], str]:
        return -sum(weight for weight, _ in self.reasons), self.candidate.order, self.candidate.key

    def suggestion(self) -> Suggestion:
        ordered = sorted(self.reasons, key=lambda reason: -abs(reason[0]))
        return Suggestion(
            self.candidate,
            tuple(words for weight, words in ordered if weight > 0),
            tuple(words for weight, words in ordered if weight < 0),
        )


def suggest(facts: Facts) -> Advice:
    """Suggest the next lessons. The same facts give the same advice, in the same order, always."""
    not_yet, possible = [], []
    for candidate in facts.candidates:
        if why := _refusal(candidate):
            not_yet.append(NotYet(candidate, why))
        else:
            possible.append(_Weighed(candidate, _reasons(candidate, facts)))
    possible.sort(key=lambda each: each.order)
    not_yet.sort(key=lambda each: (each.candidate.order, each.candidate.key))
    if wait := _wait(facts):
        later = tuple(each.suggestion() for each in possible)
        return Advice((), later, tuple(not_yet), wait, _ready(facts))
    said = [each.suggestion() for each in possible]
    suggested, others = said[: facts.rules.lessons], said[facts.rules.lessons :]
    return Advice(tuple(suggested), tuple(others), tuple(not_yet), ready=_ready(facts))


def _ready(facts: Facts) -> str:
    """How many areas of the pupil's readiness hold, beside how many the school looks for. Advice alone."""
    if facts.ready is None:
        return ""
    held = f"{facts.ready} of 5 areas of readiness hold"
    if facts.ready >= facts.rules.ready_areas:
        return f"{held}, as many as the school looks for."
    return f"{held}; the school looks for {facts.rules.ready_areas}. Talk it over before another lesson."


def _wait(facts: Facts) -> str:
    way, rules = facts.way, facts.rules
    if way.coming:
        return "A step is published and has not begun. See how it goes first."
    if way.last_kind == "back" or not way.held_since_back:
        return "The last change was a step back. Hold first, so that it can do its work."
    if way.weeks is not None and way.weeks < rules.weeks:
        return _too_soon(way, rules.weeks)
    return ""


def _too_soon(way: Way, weeks: int) -> str:
    left = weeks - (way.weeks or 0)
    since = "this week" if not way.weeks else f"{_weeks(way.weeks)} ago"
    return f"The week last changed {since}. Give it {_weeks(left)} more."


def _weeks(number: int) -> str:
    return "1 school week" if number == 1 else f"{number} school weeks"


def _refusal(candidate: Candidate) -> str:
    """Why a lesson is not to be suggested at all, whatever else speaks for it."""
    own = success(candidate.visits)
    if own is not None and own < FAIR:
        return f"The last lessons in {candidate.class_name} were hard. What would have to change there?"
    if not candidate.has_teacher:
        return "Nobody is named as its teacher at present."
    return ""


def _reasons(candidate: Candidate, facts: Facts) -> list[Reason]:
    reasons = [
        _own_success(candidate),
        _answer(candidate),
        _relationship(candidate),
        _strength(candidate),
        (3, "The pupil asked for it") if candidate.asked_for else None,
        _moment(candidate.first_of_day, "the first lesson of the day", facts.mornings, facts.usually),
        _moment(candidate.after_break, "a lesson after a break", facts.after_breaks, facts.usually),
        *_room(candidate),
        _scale(candidate, facts.rules.room_areas),
    ]
    return [reason for reason in reasons if reason is not None]


def _own_success(candidate: Candidate) -> Reason | None:
    own = success(candidate.visits)
    if own is None:
        return None
    if own >= GOOD:
        return 4, f"Other lessons in {candidate.class_name} go well"
    return 1, f"Other lessons in {candidate.class_name} are mixed, and hold"


def _answer(candidate: Candidate) -> Reason | None:
    who = candidate.teachers or "The teacher"
    match candidate.answer:
        case Answer.BACK_FIRST:
            return 3, f"{who} would have them back first"
        case Answer.WELL:
            return 2, f"{who} said at referral that it goes well"
        case Answer.HARD:
            return -2, f"{who} found it hard at referral: talk first"
    return None


def _strength(candidate: Candidate) -> Reason | None:
    if candidate.strength:
        return 2, "Named at referral as going well"
    if candidate.subject_strength:
        return 1, f"Another class in {candidate.subject} was named at referral as going well"
    return None


def _relationship(candidate: Candidate) -> Reason | None:
    who = candidate.teachers or "this teacher"
    elsewhere = success(candidate.teacher_visits)
    if elsewhere is not None and elsewhere >= GOOD:
        return 2, f"Goes well with {who} in another class"
    if elsewhere is not None and elsewhere < FAIR:
        return -2, f"Hard with {who} in another class just now"
    if not candidate.visits and not candidate.teacher_visits and candidate.answer == Answer.NONE:
        return -1, f"First lesson with {who}: meet before it"
    return None


def _moment(applies: bool, words: str, then: Feel, usually: Feel) -> Reason | None:
    if not applies or min(then.count, usually.count) < FEW_CHECK_INS:
        return None
    if then.mean - usually.mean >= NOTABLE:
        return 1, f"Readier than usual at {words}"
    if usually.mean - then.mean >= NOTABLE:
        return -1, f"Less ready than usual at {words}"
    return None


def _room(candidate: Candidate) -> list[Reason]:
    reasons: list[Reason] = []
    if not candidate.agreed:
        reasons.append((-1, "Nothing agreed yet that the classroom changes"))
    elif candidate.in_place == candidate.agreed:
        reasons.append((2, "What the classroom changes is in place"))
    else:
        reasons.append((-1, f"{candidate.in_place} of {candidate.agreed} agreed changes in place"))
    if candidate.briefed:
        reasons.append((1, "The teacher has read what helps"))
    return reasons


def _scale(candidate: Candidate, least: int) -> Reason | None:
    if candidate.room_holds is None:
        return None
    if candidate.room_holds >= least:
        return 2, f"The lesson is ready in {candidate.room_holds} of 5 areas"
    return -1, f"The lesson is ready in {candidate.room_holds} of 5 areas so far"
