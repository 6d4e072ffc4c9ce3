"""What staff have learnt: how many have a topic, what runs out, and one's own page."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from iap.schools.actions.learning import begin_with_our_list, keep_personal, keep_training
from iap.schools.learning import coverage, runs_out
from iap.schools.models import Supervision, Training, TrainingTopic
from tests.factories import StaffMemberFactory

DAY = dt.timedelta(days=1)


@pytest.fixture
def today() -> dt.date:
    return timezone.localdate()


@pytest.fixture
def member(school: Any, iap_staff: Any) -> Any:
    return StaffMemberFactory(school=school, user=iap_staff, linked_by=iap_staff)


@pytest.fixture
def topic(school: Any, lead: Any) -> TrainingTopic:
    begin_with_our_list(school, by=lead)
    begin_with_our_list(school, by=lead)
    return TrainingTopic.objects.get(school=school, name="Attachment and trauma")


def have(school: Any, topic: Any, day: dt.date) -> tuple[int, int]:
    found = coverage(school, day)
    row = next(each for each in found if each.topic == topic and each.group == "Staff of the provision")
    return row.have, row.of


def test_a_topic_counts_while_it_is_fresh(
    school: Any, lead: Any, member: Any, topic: Any, today: dt.date
) -> None:
    assert have(school, topic, today) == (0, 1)
    for _ in range(2):
        keep_training(school, by=lead, topic=topic, done_on=today, staff=[member])
    kept = Training.objects.get()
    assert have(school, topic, today - DAY) == (0, 1)
    assert have(school, topic, today) == (1, 1)
    assert have(school, topic, kept.refresh_by) == (1, 1)
    assert have(school, topic, kept.refresh_by + DAY) == (0, 1)


def test_what_runs_out_is_told_before_it_does(school: Any, lead: Any, member: Any, today: dt.date) -> None:
    for kind, name, day in (
        ("qualification", "First aid", today + 30 * DAY),
        ("qualification", "Minibus", today + 90 * DAY),
        ("supervision", "Dr Bright", today),
        ("skill", "Makaton", None),
    ):
        keep_personal(school, by=lead, staff=member, kind=kind, name=name, day=day)
    assert [row.what for row in runs_out(school, today)] == ["Supervision", "First aid"]
    Supervision.objects.update(held_on=today)
    assert [row.what for row in runs_out(school, today)] == ["First aid"]


def test_the_lead_keeps_a_training_for_all_who_took_part(
    client: Any, lead: Any, member: Any, topic: Any, today: dt.date
) -> None:
    client.force_login(lead)
    address = reverse("schools:learning")
    other = StaffMemberFactory(school=member.school)
    sent = {
        "act": "training",
        "t-topic": topic.uuid,
        "t-done_on": today,
        "t-staff": [member.uuid, other.uuid],
    }
    assert client.post(address, {**sent, "t-staff": []}).status_code == 422
    assert client.post(address, sent).status_code == 302
    assert Training.objects.count() == 2
    assert "1 of 1" in client.get(address).content.decode()


def test_a_person_sees_their_own_and_nobody_elses(
    client: Any, lead: Any, iap_staff: Any, member: Any, today: dt.date
) -> None:
    keep_personal(member.school, by=lead, staff=member, kind="skill", name="Makaton", day=None)
    other = StaffMemberFactory(school=member.school)
    keep_personal(member.school, by=lead, staff=other, kind="skill", name="Bike repair", day=None)
    client.force_login(iap_staff)
    shown = client.get(reverse("schools:my_learning")).content.decode()
    assert "Makaton" in shown
    assert "Bike repair" not in shown
