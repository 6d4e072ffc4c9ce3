"""Which state may follow which, and what the database never lets be."""

from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from iap.errors import Refused
from referrals.states import ENDED, NEXT, OPEN, State, diagram
from tests.factories import PupilFactory, ReferralFactory

README = Path(__file__).parents[2] / "README.md"
PAIRS = [(a, b) for a in State for b in State]


@pytest.mark.parametrize(("before", "after"), PAIRS, ids=lambda state: state.value)
def test_a_referral_goes_only_where_the_table_says(before: State, after: State) -> None:
    referral = ReferralFactory.build(state=before, school=None, pupil=None, referrer=None)
    if after in NEXT[before]:
        referral.become(after, at=timezone.now())
        assert referral.state == after
    else:
        with pytest.raises(Refused, match="already"):
            referral.become(after, at=timezone.now())
        assert referral.state == before


def test_every_state_can_be_reached_and_can_come_to_an_end() -> None:
    reached = {State.DRAFT} | {after for nexts in NEXT.values() for after in nexts}
    assert reached == set(State)
    assert set(ENDED) == {State.DECLINED, State.PLACED, State.WITHDRAWN}
    assert all(State.WITHDRAWN in NEXT[state] for state in OPEN)


def test_the_readme_shows_the_table_as_it_is() -> None:
    assert diagram() in README.read_text()


def test_a_punishment_cannot_go_to_panel(school: Any) -> None:
    referral = ReferralFactory(school=school, is_punishment=True)
    with pytest.raises(Refused, match="punishment"):
        referral.become(State.AT_PANEL, at=timezone.now())
    with pytest.raises(IntegrityError, match="a_punishment_never_goes_to_panel"), transaction.atomic():
        type(referral).objects.filter(pk=referral.pk).update(state=State.AT_PANEL)


def test_a_pupil_has_one_open_referral(school: Any) -> None:
    pupil = PupilFactory(school=school)
    ReferralFactory(school=school, pupil=pupil, state=State.WITHDRAWN)
    ReferralFactory(school=school, pupil=pupil)
    with pytest.raises(IntegrityError, match="one_open_referral_per_pupil"), transaction.atomic():
        ReferralFactory(school=school, pupil=pupil, state=State.WAITING)


def test_an_override_without_a_reason_is_refused_by_the_database(school: Any, leader: Any) -> None:
    with pytest.raises(IntegrityError, match="an_override_gives_a_reason"), transaction.atomic():
        ReferralFactory(school=school, override=10, override_by=leader)
