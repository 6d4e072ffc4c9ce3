"""What works here: counted by programme, with small numbers hidden."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given as examples
from hypothesis import strategies as st

from pupils.actions.interventions import end_intervention, start_intervention
from pupils.actions.programmes import keep_programme
from pupils.models import GivenSession
from reporting.suppression import is_small
from reporting.what_works import _told, what_works
from tests.factories import MembershipFactory, PlacementFactory
from tests.pupils.needs import scored

DAY = dt.timedelta(days=1)
TODAY = dt.date.today()


def ended(school, by, programme, *, before=None, after=None, ending="completed"):
    pupil = PlacementFactory(school=school).pupil
    entry = scored(pupil, by, before, day=TODAY - 30 * DAY).scores.get() if before is not None else None
    exit = scored(pupil, by, after, day=TODAY).scores.get() if after is not None else None
    held = start_intervention(
        pupil, by=by, programme=programme, day=TODAY - 20 * DAY, planned=10, delivered_by="Us", entry=entry
    )
    return end_intervention(held, by=by, day=TODAY, ending=ending, words="Moved on", exit=exit)


@pytest.fixture
def talking(school, lead):
    return keep_programme(school, by=lead, name="Talking", strand="intervention", sessions=10)


def test_fewer_than_five_pupils_are_hidden_with_everything_about_them(school, lead, talking):
    for _ in range(4):
        ended(school, lead, talking, before=20, after=10)
    (row,) = what_works(school)
    assert (row.pupils, row.completed, row.given_percent, row.measured, row.better, row.change) == (None,) * 6


def test_from_five_on_they_are_told(school, lead, talking):
    for _ in range(6):
        ended(school, lead, talking, before=20, after=14)
    (row,) = what_works(school)
    assert (row.pupils, row.completed, row.measured, row.better, row.change) == (6, 6, 6, 6, 6.0)


def test_sessions_given_are_told_of_those_planned_and_no_more_than_were_planned(
    client, school, lead, leader, talking
):
    """Of 60 planned: 12 of one pupil count as 10, then 10, 5, 4, 3 and none."""
    for number in (12, 10, 5, 4, 3, 0):
        held = ended(school, lead, talking)
        for back in range(number):
            GivenSession.objects.create(
                school=school, pupil=held.pupil, by=lead, entry=uuid.uuid4(), day=TODAY - back * DAY,
                at=timezone.now(), intervention=held, here=True,
            )  # fmt: skip
    (row,) = what_works(school)
    assert row.given_percent == round(100 * (10 + 10 + 5 + 4 + 3) / 60) == 53
    client.force_login(leader)
    shown = client.get(reverse("reporting:what_works")).content.decode()
    assert '<td data-th="Sessions given">53%</td>' in shown


def test_the_few_who_did_not_move_the_good_way_cannot_be_worked_out(school, lead, talking):
    for _ in range(5):
        ended(school, lead, talking, before=20, after=14)
    ended(school, lead, talking, before=20, after=25)
    (row,) = what_works(school)
    assert (row.pupils, row.better) == (6, None)


@examples(st.integers(0, 40), st.integers(0, 40))
def test_what_is_told_leaves_nobody_to_be_worked_out(part, rest):
    told = _told(part, part + rest)
    assert (told is None) == (is_small(part) or is_small(rest))


def test_the_page_names_nobody_and_opens_to_those_who_decide(client, school, lead, leader, senco, talking):
    held = ended(school, lead, talking)
    for reader in (lead, leader, senco):
        client.force_login(reader)
        shown = client.get(reverse("reporting:what_works")).content.decode()
        assert "Fewer than 5" in shown
        assert held.pupil.family_name not in shown
    client.force_login(MembershipFactory(school=school, role="staff").user)
    assert client.get(reverse("reporting:what_works")).status_code == 403
