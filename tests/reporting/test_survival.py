"""How long things take: the estimate against the product-limit written out by hand."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.survival import Followed, curve_of

STAYS = st.lists(
    st.builds(Followed, st.integers(0, 60).map(lambda days: days / 5), st.booleans()), min_size=1, max_size=40
)


def product_limit(stays):
    """Of those still followed at each time at which somebody reached it, the part that did not; multiplied up."""
    left, steps = Fraction(1), []
    for time in sorted({stay.time for stay in stays if stay.reached}):
        followed = sum(stay.time >= time for stay in stays)
        reached = sum(stay.time == time and stay.reached for stay in stays)
        left *= Fraction(followed - reached, followed)
        steps.append((time, 1 - left))
    return steps


@settings(deadline=None)  # the library is loaded by the first
@given(STAYS)
def test_the_curve_is_the_product_limit(stays):
    points = [(point.time, point.reached) for point in curve_of(stays).points]
    expected = product_limit(stays)
    if not expected or expected[0][0] > 0:
        expected = [(0, 0), *expected]
    assert [time for time, _ in points] == [time for time, _ in expected]
    assert [share for _, share in points] == pytest.approx([float(share) for _, share in expected])


@settings(deadline=None)  # the library is loaded by the first
@given(STAYS)
def test_it_never_falls_and_lies_within_its_interval(stays):
    points = curve_of(stays).points
    assert [point.reached for point in points] == sorted(point.reached for point in points)
    for point in points:
        assert 0 <= point.reached <= 1 + 1e-9
        if point.low is not None and point.high is not None:
            assert point.low - 1e-9 <= point.reached <= point.high + 1e-9


@settings(deadline=None)  # the library is loaded by the first
@given(STAYS)
def test_who_is_still_followed_is_counted_and_not_left_out(stays):
    """Somebody on their way for longer than all others makes the way longer, never shorter."""
    more = [*stays, Followed(1 + max(stay.time for stay in stays), False)]
    for point in curve_of(stays).points[1:]:
        assert curve_of(more).reached_by(point.time) < point.reached + 1e-9


def test_the_numbers_at_risk_are_those_followed_until_then_and_not_there_before():
    curve = curve_of([Followed(1, True), Followed(2, False), Followed(2, True), Followed(5, False)])
    assert [curve.at_risk(time) for time in (0, 1, 2, 3, 5, 6)] == [4, 4, 3, 1, 1, 0]


def test_half_have_reached_it_at_the_median_and_it_may_be_unknown():
    assert curve_of([Followed(1, True), Followed(3, True), Followed(4, True)]).median == 3
    assert curve_of([Followed(1, True), Followed(2, False), Followed(4, False)]).median is None
    assert curve_of([Followed(4, False)]).median is None


def test_without_anybody_who_reached_it_the_curve_stays_at_nothing():
    assert [(point.time, point.reached) for point in curve_of([Followed(3, False)]).points] == [(0, 0)]
    assert curve_of([]).points[0].reached == 0
