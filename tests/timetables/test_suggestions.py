"""Suggested next lessons: each factor alone, the pace, and what is never suggested."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timetables.outcomes import success
from timetables.suggestions.facts import Answer, Candidate, Facts, Feel, Rules, Way
from timetables.suggestions.weigh import suggest

WELL, HARD = ("well",) * 5, ("hard",) * 5
SCIENCE = Candidate(
    key="8R2-4-P2", name="Science, Thursday P2", subject="Science", class_name="8R2",
    slots=(("A", 12), ("B", 12)), order=(4, "P2"), teachers="Mr Whitfield", agreed=1,
)  # fmt: skip
ART = replace(
    SCIENCE, key="8A1-1-P1", name="Art, Monday P1", class_name="8A1", order=(1, "P1"), teachers="Ms Kaur"
)
READY = Way(weeks=5, last_kind="forward")


def advice(*candidates: Candidate, **more: Any) -> Any:
    return suggest(Facts(candidates, **{"way": READY, "rules": Rules(2, 1), **more}))


def words(candidate: Candidate, **more: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    (only,) = advice(candidate, **more).suggested
    return only.speaks_for, only.speaks_against


# Each changes one thing about Science, which with all else equal comes after Art, and says why.
FOR = [
    ({"visits": WELL}, "Other lessons in 8R2 go well"),
    ({"answer": Answer.BACK_FIRST}, "Mr Whitfield would have them back first"),
    ({"answer": Answer.WELL}, "Mr Whitfield said at referral that it goes well"),
    ({"teacher_visits": WELL}, "Goes well with Mr Whitfield in another class"),
    ({"strength": True}, "Named at referral as going well"),
    ({"subject_strength": True}, "Another class in Science was named at referral as going well"),
    ({"asked_for": True}, "The pupil asked for it"),
    ({"in_place": 1}, "What the classroom changes is in place"),
    ({"briefed": True}, "The teacher has read what helps"),
    ({"room_holds": 4}, "The lesson is ready in 4 of 5 areas"),
]


@pytest.mark.parametrize(("change", "reason"), FOR)
def test_what_speaks_for_a_lesson_brings_it_forward_and_says_why(change: dict[str, Any], reason: str) -> None:
    before = advice(ART, SCIENCE)
    assert before.suggested[0].candidate is ART
    changed = replace(SCIENCE, **change)
    after = advice(ART, changed)
    assert after.suggested[0].candidate is changed
    assert reason in words(changed)[0]
    assert reason not in words(SCIENCE)[0]


AGAINST = [
    ({"answer": Answer.HARD}, "Mr Whitfield found it hard at referral: talk first"),
    ({"teacher_visits": HARD}, "Hard with Mr Whitfield in another class just now"),
    ({"agreed": 0}, "Nothing agreed yet that the classroom changes"),
    ({"agreed": 2, "in_place": 1}, "1 of 2 agreed changes in place"),
    ({"room_holds": 3}, "The lesson is ready in 3 of 5 areas so far"),
]


@pytest.mark.parametrize(("change", "reason"), AGAINST)
def test_what_speaks_against_a_lesson_is_said(change: dict[str, Any], reason: str) -> None:
    met = replace(SCIENCE, answer=Answer.NONE, teacher_visits=("well",))
    assert reason not in words(met)[1]
    assert reason in words(replace(met, **change))[1]


def test_the_school_sets_how_many_areas_of_a_room_speak_for_it() -> None:
    rules = Rules(2, 1, room_areas=3)
    assert "The lesson is ready in 3 of 5 areas" in words(replace(SCIENCE, room_holds=3), rules=rules)[0]


@pytest.mark.parametrize(
    ("ready", "said"),
    [
        (None, ""),
        (4, "4 of 5 areas of readiness hold, as many as the school looks for."),
        (2, "2 of 5 areas of readiness hold; the school looks for 4. Talk it over before another lesson."),
    ],
)
def test_the_pupils_own_readiness_is_said_and_changes_no_order(ready: int | None, said: str) -> None:
    without, found = advice(ART, SCIENCE), advice(ART, SCIENCE, ready=ready)
    assert found.ready == said
    assert found.suggested == without.suggested
    assert found.later == without.later


def test_a_first_lesson_with_a_teacher_says_to_meet_first() -> None:
    assert "First lesson with Mr Whitfield: meet before it" in words(SCIENCE)[1]
    assert (
        "First lesson with Mr Whitfield: meet before it" not in words(replace(SCIENCE, visits=("well",)))[1]
    )


@pytest.mark.parametrize(
    ("at", "feel", "side", "reason"),
    [
        ("first_of_day", {"mornings": Feel(4.2, 9)}, 0, "Readier than usual at the first lesson of the day"),
        (
            "first_of_day",
            {"mornings": Feel(2.4, 9)},
            1,
            "Less ready than usual at the first lesson of the day",
        ),
        ("after_break", {"after_breaks": Feel(4.2, 9)}, 0, "Readier than usual at a lesson after a break"),
        ("after_break", {"after_breaks": Feel(2.4, 9)}, 1, "Less ready than usual at a lesson after a break"),
    ],
)
def test_the_pupils_own_check_ins_speak_of_the_moment_of_the_day(
    at: str, feel: dict[str, Feel], side: int, reason: str
) -> None:
    there = replace(SCIENCE, **{at: True})
    assert reason in words(there, usually=Feel(3.3, 40), **feel)[side]
    assert reason not in words(SCIENCE, usually=Feel(3.3, 40), **feel)[side]
    few = {name: Feel(value.mean, 4) for name, value in feel.items()}
    assert reason not in words(there, usually=Feel(3.3, 40), **few)[side]


def test_two_hard_visits_are_not_enough_to_speak_against() -> None:
    assert advice(replace(SCIENCE, visits=("hard", "hard"))).suggested


def test_a_class_whose_last_visits_were_hard_is_not_yet_and_says_why() -> None:
    (only,) = advice(replace(SCIENCE, visits=HARD, asked_for=True)).not_yet
    assert "The last lessons in 8R2 were hard" in only.why


def test_a_lesson_without_a_teacher_is_not_yet() -> None:
    assert not advice(replace(SCIENCE, has_teacher=False)).suggested


@pytest.mark.parametrize(
    ("way", "said"),
    [
        (Way(weeks=0, last_kind="forward"), "The week last changed this week. Give it 2 school weeks more."),
        (
            Way(weeks=1, last_kind="start"),
            "The week last changed 1 school week ago. Give it 1 school week more.",
        ),
        (Way(weeks=9, last_kind="back"), "Hold first"),
        (Way(weeks=9, last_kind="correction", held_since_back=False), "Hold first"),
        (Way(weeks=9, coming=True), "has not begun"),
    ],
)
def test_pace_comes_before_every_reason(way: Way, said: str) -> None:
    found = advice(replace(SCIENCE, visits=WELL, asked_for=True), way=way)
    assert not found.suggested
    assert said in found.wait
    assert found.later[0].candidate.key == SCIENCE.key


def test_a_step_has_at_most_the_schools_number_of_lessons() -> None:
    found = advice(ART, SCIENCE, rules=Rules(2, 1))
    assert (len(found.suggested), len(found.later)) == (1, 1)
    assert len(advice(ART, SCIENCE, rules=Rules(2, 2)).suggested) == 2


outcomes = st.lists(st.sampled_from(["well", "mixed", "hard", "absent"]), max_size=7).map(tuple)
candidates = st.builds(
    Candidate,
    key=st.uuids().map(str),
    name=st.just("Art"),
    subject=st.just("Art"),
    class_name=st.just("8A1"),
    slots=st.just((("", 1),)),
    order=st.tuples(st.integers(1, 5), st.sampled_from("123456")),
    visits=outcomes,
    teacher_visits=outcomes,
    answer=st.sampled_from(Answer),
    strength=st.booleans(),
    subject_strength=st.booleans(),
    asked_for=st.booleans(),
    first_of_day=st.booleans(),
    after_break=st.booleans(),
    briefed=st.booleans(),
    agreed=st.integers(0, 3),
    has_teacher=st.booleans(),
)
feels = st.builds(Feel, st.floats(1, 5), st.integers(0, 20))
facts = st.builds(
    Facts,
    st.lists(candidates, max_size=8).map(tuple),
    st.builds(
        Way,
        st.none() | st.integers(0, 9),
        st.sampled_from(["", "start", "forward", "hold", "back", "correction"]),
        st.booleans(),
        st.booleans(),
    ),
    st.builds(Rules, st.integers(1, 5), st.integers(1, 5)),
    feels,
    feels,
    feels,
)


@given(facts)
def test_a_lesson_whose_last_visits_went_badly_is_never_suggested(known: Facts) -> None:
    found = suggest(known)
    for each in (*found.suggested, *found.later):
        own = success(each.candidate.visits)
        assert own is None or own >= 0.5


@given(facts)
def test_nothing_is_suggested_within_the_pace_limit_or_straight_after_a_step_back(known: Facts) -> None:
    found = suggest(known)
    assert len(found.suggested) <= known.rules.lessons
    if found.suggested:
        assert known.way.weeks is None or known.way.weeks >= known.rules.weeks
        assert known.way.last_kind != "back" and known.way.held_since_back and not known.way.coming


@given(facts, st.randoms())
def test_the_same_facts_in_any_order_give_the_same_advice(known: Facts, chance: Any) -> None:
    shuffled = list(known.candidates)
    chance.shuffle(shuffled)
    assert suggest(known) == suggest(replace(known, candidates=tuple(shuffled)))


@given(facts)
def test_every_lesson_is_suggested_later_or_not_yet_and_only_once(known: Facts) -> None:
    found = suggest(known)
    keys = [each.candidate.key for each in (*found.suggested, *found.later, *found.not_yet)]
    assert sorted(keys) == sorted(each.key for each in known.candidates)
