"""Somebody with a pencil tries to work out what is hidden."""

from collections import Counter
from itertools import product
from types import SimpleNamespace
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reporting.fairness import WITHIN
from reporting.suppression import SMALL, hidden_among, hidden_in, is_small

counts = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 30), min_size=1)


@given(counts)
def test_a_small_count_is_never_told(parts):
    hidden = hidden_among(parts)
    assert not [key for key, count in parts.items() if is_small(count) and key not in hidden]


@given(counts)
def test_nothing_is_hidden_without_a_small_count(parts):
    assume(not any(map(is_small, parts.values())) and not is_small(sum(parts.values())))
    assert hidden_among(parts) == set()


@given(counts)
def test_subtraction_from_the_total_gives_no_hidden_count(parts):
    """What is left of the total is shared by two at least, and could be shared in more ways than one."""
    hidden = hidden_among(parts)
    assume(hidden and not is_small(sum(parts.values())))
    rest = [key for key in parts if key not in hidden]
    left = sum(parts.values()) - sum(parts[key] for key in rest)
    if rest:  # otherwise nothing is told at all
        assert len(hidden) >= 2
        for key in hidden:
            assert len(possible(len(hidden), left)) > 1, (parts, hidden, key)


def possible(number: int, total: int) -> set[int]:
    """What one of so many hidden counts may be, for somebody who knows that each small one is 1 to 4."""
    return {first for first in range(total + 1) if _can_share(total - first, number - 1)}


def _can_share(total: int, number: int) -> bool:
    return total == 0 if number == 0 else total >= 0


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=2, max_size=4))
def test_who_knows_the_rules_cannot_work_it_out_either(numbers):
    """Of all tables that would be published just like this one, no hidden count is the same in every one."""
    parts = {str(n): count for n, count in enumerate(numbers)}
    hidden = hidden_among(parts)
    shown = {key: count for key, count in parts.items() if key not in hidden}
    assume(hidden and shown and not is_small(sum(numbers)))
    left = sum(parts[key] for key in hidden)
    seen: dict[str, set[int]] = {key: set() for key in hidden}
    for guess in product(range(left + 1), repeat=len(hidden)):
        if sum(guess) == left:
            table = {**shown, **dict(zip(sorted(hidden), guess, strict=True))}
            in_order = {key: table[key] for key in parts}
            if hidden_among(in_order) == hidden:
                for key in hidden:
                    seen[key].add(table[key])
    assert all(len(values) > 1 for values in seen.values()), (parts, hidden, seen)


pupils = st.lists(
    st.tuples(st.sampled_from("abcd"), st.booleans(), st.booleans(), st.booleans()), min_size=1, max_size=120
)


@given(pupils)
def test_no_difference_between_two_columns_is_small(school):
    """`placed` are among the roll, `returned` among the placed: what is left between two shown counts is hidden too."""
    table = columns(school)
    hidden = hidden_in(table, WITHIN)
    for outer, inner in WITHIN:
        for group in table[outer]:
            if group not in hidden[outer] | hidden[inner]:
                assert not is_small(table[outer][group] - table[inner].get(group, 0))


@given(pupils)
def test_no_column_gives_a_hidden_count_away(school):
    table = columns(school)
    for name, hidden in hidden_in(table, WITHIN).items():
        parts = table[name]
        assert not [key for key, count in parts.items() if is_small(count) and key not in hidden]
        if hidden and hidden != set(parts) and not is_small(sum(parts.values())):
            assert len(hidden) >= 2


def columns(school: list[Any]) -> dict[str, Counter[str]]:
    """A school's roll by group, and those of it who were referred, placed, and returned."""
    rows = [SimpleNamespace(group=g, referred=a, placed=b, returned=b and c) for g, a, b, c in school]
    groups = sorted({row.group for row in rows})
    return {
        "roll": Counter({g: sum(row.group == g for row in rows) for g in groups}),
        **{
            name: Counter({g: sum(row.group == g and getattr(row, name) for row in rows) for g in groups})
            for name in ("referred", "placed", "returned")
        },
    }


def test_the_rule_is_that_of_small_groups():
    assert SMALL == 5
    assert [count for count in range(9) if is_small(count)] == [1, 2, 3, 4]
