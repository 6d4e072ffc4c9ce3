"""Room is found as trying everything would find it, and no rule is broken on the way."""

import datetime as dt
import itertools
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iap.local.bench.room import a_term
from timetables.find_room import Cause, Forward, Problem, Seat, Session, Waiting, Week, solve

MONDAY = dt.date(2026, 3, 2)
NEVER = 99
PLACED = (90, 91)
QUICK = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))


def weeks(number, cycle=("",)):
    return tuple(Week(MONDAY + dt.timedelta(weeks=n), cycle[n % len(cycle)]) for n in range(number))


def named(keys):
    return {key: Session(f"Maths {key}", "Monday", f"P{key}", 9) for key in keys}


@st.composite
def problems(draw):
    number = draw(st.integers(1, 3))
    cycle = draw(st.sampled_from([("",), ("A", "B")]))
    labels = sorted({"", *cycle})
    keys = range(draw(st.integers(1, 4)))
    slots = {key: (draw(st.sampled_from(labels)), draw(st.integers(1, 3))) for key in keys}
    seats = tuple(
        Seat(key, slots[key], week, draw(st.integers(-1, 2)), draw(st.integers(0, 5)) > 0)
        for key in keys
        for week in range(number)
        if slots[key][0] in ("", cycle[week % len(cycle)]) and draw(st.integers(0, 9)) > 0
    )
    pupils = range(draw(st.integers(1, 3)))
    waiting = tuple(
        Waiting(
            pupil, f"Pupil {pupil}", pupil, draw(st.sampled_from([1, 1, 2])),
            sessions=frozenset(draw(st.sets(st.sampled_from(keys), max_size=4))),
            not_before=draw(st.sampled_from([0, 0, 1, 2])),
            apart=frozenset(draw(st.sets(st.sampled_from([*pupils, *PLACED]), max_size=1))),
        )
        for pupil in pupils
    )  # fmt: skip
    forward = st.builds(
        Forward, st.sampled_from(PLACED), st.just("Kai"),
        st.frozensets(st.sampled_from(keys), min_size=1, max_size=2), st.integers(-1, 2),
    )  # fmt: skip
    present = {
        (seat.session, seat.week): frozenset(draw(st.sets(st.sampled_from(PLACED), max_size=1)))
        for seat in seats
    }
    forwards = tuple(draw(st.lists(forward, max_size=2)))
    return Problem(weeks(number, cycle), number, named(keys), seats, waiting, forwards, present)


def by_hand(problem, plan, used):
    """Whether a plan (pupil: week and sessions) with these steps forward keeps every rule, seat by seat."""
    apart = {frozenset((each.pupil, other)) for each in problem.waiting for other in each.apart} - {
        frozenset((each.pupil,)) for each in problem.waiting
    }
    for each in problem.waiting:
        if each.pupil in plan and not _may(problem, each, *plan[each.pupil]):
            return False
    for seat in problem.seats:
        key, week = seat.session, seat.week
        gone = {f.pupil for f in used if key in f.sessions and f.week <= week}
        inside = {pupil for pupil, (start, of) in plan.items() if start <= week and key in of}
        if not inside:
            continue
        if not seat.staffed or len(inside) > seat.free + len(gone):
            return False
        everybody = inside | (problem.present.get((key, week), frozenset()) - gone)
        if any(frozenset(pair) in apart for pair in itertools.product(inside, everybody)):
            return False
    return True


def _may(problem, each, start, sessions):
    """The pupil's own rules: not too soon, sessions open to them, one in a slot, as many as wanted."""
    if start < each.not_before or (each.sessions and not set(sessions) <= each.sessions):
        return False
    if not all(any(s.session == key and s.week >= start for s in problem.seats) for key in sessions):
        return False
    slots = {seat.session: seat.slot for seat in problem.seats}
    for label in {week.label for week in problem.weeks}:
        periods = [slots[key][1] for key in sessions if slots[key][0] in ("", label)]
        if len(periods) != each.wanted or len(set(periods)) != each.wanted:
            return False
    return True


def tried(problem):
    """The best start weeks by rank and the fewest steps forward, by trying everything."""
    keys = sorted({seat.session for seat in problem.seats})
    sets = [of for n in range(1, len(keys) + 1) for of in itertools.combinations(keys, n)]
    ranked = sorted(problem.waiting, key=lambda each: each.rank)
    own = {
        each.pupil: [
            (week, of) for week in range(problem.horizon) for of in sets if _may(problem, each, week, of)
        ]
        for each in ranked
    }
    best = None
    for number in range(len(problem.forwards) + 1):
        for used in itertools.combinations(problem.forwards, number):
            for plan in _plans(problem, ranked, own, {}, used):
                starts = [plan[each.pupil][0] if each.pupil in plan else NEVER for each in ranked]
                best = min(best or (starts, number), (starts, number))
    return best


def _plans(problem, ranked, own, plan, used):
    if not ranked:
        yield plan
        return
    first, *others = ranked
    yield from _plans(problem, others, own, plan, used)
    for choice in own[first.pupil]:
        fuller = {**plan, first.pupil: choice}
        if by_hand(problem, fuller, used):
            yield from _plans(problem, others, own, fuller, used)


def plan_of(answer):
    return {each.pupil: (each.week, each.sessions) for each in answer.proposals}


@QUICK
@given(problems())
def test_nobody_could_start_sooner_and_no_step_forward_is_spared(problem):
    answer = solve(problem)
    plan = plan_of(answer)
    ranked = sorted(problem.waiting, key=lambda each: each.rank)
    starts = [plan[each.pupil][0] if each.pupil in plan else NEVER for each in ranked]
    assert (starts, len(answer.forwards)) == tried(problem)
    assert answer.optimal and answer.gap == 0


@QUICK
@given(problems())
def test_seats_staffing_and_keeping_apart_hold_with_the_steps_forward_reported(problem):
    answer = solve(problem)
    assert by_hand(problem, plan_of(answer), answer.forwards)
    assert set(answer.forwards) <= set(problem.forwards)
    assert {f for each in answer.proposals for f in each.forwards} <= set(answer.forwards)
    waiting = {each.pupil: each for each in problem.waiting}
    assert all(each.week >= waiting[each.pupil].not_before for each in answer.proposals)


@QUICK
@given(problems(), st.randoms(use_true_random=False))
def test_the_order_in_which_it_is_asked_changes_nothing(problem, chance):
    turned = {
        name: tuple(chance.sample(getattr(problem, name), len(getattr(problem, name))))
        for name in ("seats", "waiting", "forwards")
    }
    assert solve(problem) == solve(problem) == solve(replace(problem, **turned))


@QUICK
@given(problems())
def test_a_seat_in_the_sessions_that_bind_would_let_the_pupil_start(problem):
    """Pupils ahead keep what is proposed to them; those behind are not asked."""
    answer = solve(problem)
    ranks = {each.pupil: each.rank for each in problem.waiting}
    for each in (*answer.proposals, *answer.reasons):
        why = each.why if hasattr(each, "why") else each.not_sooner
        if why is None or not why.binds or any(bind.cause is Cause.APART for bind in why.binds):
            continue
        ahead = {p: of for p, of in plan_of(answer).items() if ranks[p] < ranks[each.pupil]}
        sets = [{b.session} for b in why.binds] if why.any_one else [{b.session for b in why.binds}]
        assert not _could_start(problem, each.pupil, why.week, ahead, set())
        assert all(_could_start(problem, each.pupil, why.week, ahead, more) for more in sets)


def _could_start(problem, pupil, week, ahead, more):
    """Whether the pupil could start in the week were there a staffed seat more in these sessions."""
    seats = tuple(
        replace(seat, free=seat.free + 9, staffed=True) if seat.session in more else seat
        for seat in problem.seats
    )
    richer = replace(problem, seats=seats)
    keys = sorted({seat.session for seat in seats})
    sets = [of for n in range(1, len(keys) + 1) for of in itertools.combinations(keys, n)]
    every = [u for n in range(len(problem.forwards) + 1) for u in itertools.combinations(problem.forwards, n)]
    return any(by_hand(richer, {**ahead, pupil: (week, of)}, used) for of in sets for used in every)


def full_until(week, *, key=1, free=1, number=4, staffed=True):
    return tuple(
        Seat(key, ("", key), n, free if n >= week else 0, staffed or n >= week) for n in range(number)
    )


def idris(**fields):
    return Waiting(**{"pupil": 1, "name": "Idris", "rank": 0, "wanted": 2, **fields})


def asked(seats, *waiting, number=4, **fields):
    return solve(
        Problem(weeks(number), number, named({seat.session for seat in seats}), seats, waiting, **fields)
    )


def test_the_sentence_says_when_and_why_not_sooner():
    (found,) = asked(full_until(0, key=1) + full_until(2, key=2), idris()).proposals
    assert (found.week, found.sessions) == (2, (1, 2))
    assert found.sentence == (
        "Idris could start in the week of 16 March in 2 sessions a week; before that only 1 of the 2 wanted has "
        "a seat. Monday P2 is full until 16 March: Maths 2 has 9 places and 9 are taken. One seat more there would do."
    )


def test_a_start_as_soon_as_the_pupil_may_needs_no_reason():
    (found,) = asked(full_until(0), idris(wanted=1, not_before=1)).proposals
    assert found.sentence == "Idris could start in the week of 9 March in 1 session a week."
    assert found.not_sooner is None


def test_a_reason_names_the_session_that_binds():
    (found,) = asked(full_until(0, key=1) + full_until(9, key=2), idris()).reasons
    assert [(bind.session, bind.cause, bind.until) for bind in found.why.binds] == [(2, Cause.FULL, None)]
    assert found.sentence == (
        "There is no start for Idris up to the week of 23 March yet: only 1 of the 2 wanted has a seat. Monday P2 "
        "is full up to the week of 23 March: Maths 2 has 9 places and 9 are taken. One seat more there would do."
    )


def test_too_few_sessions_and_a_late_date_are_reasons_too():
    (few,) = asked(full_until(0), idris()).reasons
    assert few.sentence.endswith("yet: only 1 of the 2 wanted runs.")
    (late,) = asked(full_until(0), idris(wanted=1, not_before=7)).reasons
    assert late.sentence == "Idris can start only after the weeks looked at." and late.why is None


def test_a_session_without_its_adults_is_not_used_and_is_said():
    (found,) = asked(full_until(2, staffed=False), idris(wanted=1)).proposals
    assert found.week == 2 and [bind.cause for bind in found.not_sooner.binds] == [Cause.UNSTAFFED]
    assert "two adults, one of them qualified" in found.sentence


def test_why_names_nobody_of_those_kept_apart():
    kai = Waiting(2, "Kai", 1, 1, apart=frozenset({1}))
    answer = asked(full_until(0, free=5), idris(wanted=1), kai)
    (found,) = answer.reasons
    assert found.pupil == 2 and "kept apart" in found.sentence and "Idris" not in found.sentence


def test_a_pupil_behind_takes_no_seat_that_one_ahead_needs():
    """Kai could start at once in the only seat; Idris, ahead of him, needs it a week later."""
    seats = full_until(0, key=1) + full_until(1, key=2)
    answer = asked(seats, idris(), Waiting(2, "Kai", 1, 1))
    assert [(each.pupil, each.week) for each in answer.proposals] == [(1, 1)]


def test_a_step_forward_is_counted_on_only_where_it_is_needed_and_is_said():
    step = Forward(90, "Aisha", frozenset({1}), 1)
    spare = Forward(91, "Noah", frozenset({2}), 0)
    answer = asked(full_until(9, key=1) + full_until(0, key=2), idris(), forwards=(step, spare))
    (found,) = answer.proposals
    assert found.week == 1 and found.forwards == answer.forwards == (step,)
    assert found.sentence.endswith("This counts on the step forward of Aisha in the week of 9 March.")
    assert not asked(full_until(9, key=1) + full_until(0, key=2), idris()).proposals


def test_the_steps_forward_of_one_week_are_one_sentence():
    steps = tuple(Forward(90 + n, name, frozenset({n}), 1) for n, name in ((1, "Aisha"), (2, "Noah")))
    (found,) = asked(full_until(9, key=1) + full_until(9, key=2), idris(), forwards=steps).proposals
    assert found.sentence.endswith(
        "This counts on the steps forward of Aisha and Noah in the week of 9 March."
    )


def test_sessions_that_bind_are_named_in_the_order_of_the_week():
    seats = (*full_until(9, key=1), *full_until(9, key=2), *full_until(9, key=3))
    days = {3: "Monday", 1: "Tuesday", 2: "Friday"}
    sessions = {
        key: Session("Maths", day, "P1", 9, (number, dt.time(9)))
        for number, (key, day) in enumerate(days.items())
    }
    (found,) = solve(Problem(weeks(4), 4, sessions, seats, (idris(wanted=3),))).reasons
    assert "Monday P1, Tuesday P1, Friday P1 are full" in found.sentence


def test_a_pupil_follows_one_they_are_kept_from_only_once_they_have_left():
    step = Forward(90, "Aisha", frozenset({1}), 2)
    present = {(1, week): frozenset({90}) for week in range(4)}
    pupil = idris(wanted=1, apart=frozenset({90}))
    (found,) = asked(full_until(0, free=5), pupil, forwards=(step,), present=present).proposals
    assert (found.week, found.forwards) == (2, (step,))


def test_two_weeks_of_a_cycle_each_have_what_is_wanted():
    cycle = weeks(4, ("A", "B"))
    seats = tuple(Seat(n, ("AB"[n], 1), week, 1) for n in (0, 1) for week in range(n, 4, 2))
    answer = solve(Problem(cycle, 4, named((0, 1)), seats, (idris(wanted=1),)))
    assert answer.proposals[0].sessions == (0, 1)
    without_b = tuple(seat for seat in seats if seat.session == 0)
    assert not solve(Problem(cycle, 4, named((0, 1)), without_b, (idris(wanted=1),))).proposals


@pytest.mark.parametrize("kept_apart", [0.05, 0])
def test_thirty_pupils_in_sixty_slots_are_answered_in_time(kept_apart):
    problem = a_term(kept_apart=kept_apart)
    answer = solve(problem, limit=4)
    assert len(answer.proposals) + len(answer.reasons) == 30 and len(answer.proposals) >= 10
    assert answer.seconds <= 5 or answer.gap > 0
    assert by_hand(problem, plan_of(answer), answer.forwards)


def test_a_search_cut_short_says_its_gap_and_breaks_no_rule():
    problem = a_term()
    answer = solve(problem, limit=0.05)
    assert answer.gap > 0 and not answer.optimal and answer.proposals
    assert by_hand(problem, plan_of(answer), answer.forwards)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"horizon": 9}, "one week at least"),
        ({"waiting": (idris(), idris())}, "waits once"),
        ({"waiting": (idris(wanted=0),)}, "one session a week"),
        ({"seats": full_until(0) * 2}, "once in a week"),
        ({"seats": (*full_until(0), Seat(1, ("", 5), 7, 1))}, "one slot"),
        ({"sessions": {}}, "its title"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(fields, sentence):
    whole = Problem(weeks(4), 4, named((1,)), full_until(0), (idris(),))
    with pytest.raises(ValueError, match=sentence):
        replace(whole, **fields)
