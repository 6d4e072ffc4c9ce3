"""Find room in the invented secondary school: pupils who wait are let in, and each start is explained in a sentence."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from iap.local.demo_school import load
from iap.local.demo_school.schools import PLANS
from iap.schools.models import Membership, Role, School
from iap.tenancy import context
from timetables.models import IapSession

NOW = dt.datetime(2026, 11, 24, 10, 5, tzinfo=ZoneInfo("Europe/London"))
FEW = 4  # places in each session: fewer than in the demo, so that room is scarcer still


@pytest.fixture
def demo() -> Iterator[School]:
    """Its pupils, their weeks and the referrals, without the days that were lived since."""
    with time_machine.travel(NOW, tick=False):
        invented, school = load.bring_in(PLANS[0], NOW.date())
        with context.within(school.pk):
            load.begin(invented, school)
            yield school


@pytest.fixture(autouse=True)
def _as_lead(client: Client, demo: School) -> None:
    client.force_login(Membership.objects.filter(school=demo, role=Role.LEAD).order_by("pk")[0].user)


def find_room(client: Client, *counted_on: str) -> Any:
    return client.get(reverse("referrals:room"), {"find": "1", "count": counted_on}).context


def told(found: Any) -> dict[str, str]:
    return {each.line.pupil.known_as: each.proposal.sentence for each in found["starts"]}


def test_two_pupils_are_let_in_and_the_starts_of_all_are_explained(client: Client, demo: School) -> None:
    assert_whoever_is_last_waits_for_seats_or_steps_forward(client)
    IapSession.objects.filter(school=demo).update(places=FEW)
    found = find_room(client)
    starts = told(found)
    assert len(starts) == 2
    assert all(f"{name} could start in the week of" in sentence for name, sentence in starts.items())
    later = [each.proposal for each in found["starts"] if each.proposal.not_sooner]
    assert later and all(
        "before that only" in each.sentence and "are taken" in each.sentence for each in later
    )
    assert len(found["reasons"]) == len(found["line"]) - 2
    for line, reason in found["reasons"]:
        assert reason.sentence.startswith(f"There is no start for {line.pupil.known_as} up to the week of")
        assert "full" in reason.sentence and "4 places and 4 are taken" in reason.sentence
    assert_within_places(found)
    supported = [each.key for each, _ in found["forwards"]]
    counted_on = told(find_room(client, *supported))
    assert len(counted_on) >= 2 and any("This counts on the step" in each for each in counted_on.values())


def assert_whoever_is_last_waits_for_seats_or_steps_forward(client: Client) -> None:
    found = find_room(client)
    *_, last = found["starts"]
    assert last.proposal.not_sooner and "before that only" in last.proposal.sentence
    counted_on = find_room(client, *[each.key for each, _ in found["forwards"]])
    *_, sooner = counted_on["starts"]
    assert (sooner.line.pupil, sooner.proposal.week < last.proposal.week) == (last.line.pupil, True)
    assert any("This counts on the step" in sentence for sentence in told(counted_on).values())


def assert_within_places(found: Any) -> None:
    """No session in any week has more pupils than places, those who would start counted."""
    for number, week in enumerate(found["weeks"]):
        for held in week.occurrences:
            begun = [s for s in found["starts"] if s.proposal.week <= number and held.session in s.sessions]
            assert len(begun) <= max(held.places - held.size, 0)
