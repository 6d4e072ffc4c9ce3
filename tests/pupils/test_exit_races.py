"""Two people end one place at the same moment: it ends once, and the other is told."""

import datetime as dt
from typing import Any

import pytest
from django.db import transaction

from iap.errors import Refused
from iap.tenancy import context
from pupils.actions import placements
from pupils.models import FollowUpCheck, Placement
from tests.factories import MembershipFactory, PlacementFactory
from tests.timetables.race import committed, meet, together

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_people_who_end_one_place_end_it_once(transactional_db: Any, monkeypatch: Any) -> None:
    with transaction.atomic():
        school, lead = committed()
        with context.within(school.pk):
            place = PlacementFactory(school=school)
            other = MembershipFactory(school=school).user
    meet(monkeypatch, placements, "_end")
    today = dt.date.today()
    answers = together(
        school,
        lambda: placements.end_placement(place, by=lead, ends_on=today, destination="moved"),
        lambda: placements.end_placement(place, by=other, ends_on=today, destination="full-return"),
    )
    ended = [each for each in answers if isinstance(each, Placement)]
    (refused,) = [each for each in answers if isinstance(each, Refused)]
    assert "already ended" in str(refused)
    with context.within(school.pk):
        kept = Placement.objects.get(pk=place.pk)
        assert kept.destination == ended[0].destination
        assert FollowUpCheck.objects.filter(placement=place).count() == 3
