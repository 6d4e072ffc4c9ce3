"""What happens by itself, by the clock and with nobody asking: every school is looked at."""

import importlib
from typing import Any

import pytest
from django.conf import settings

from iap.schools.models import School
from pupils import tasks

# The sweep, and the task that it sends for each school.
SWEEPS = {
    "iap.inbox.tasks.sweep_each_day": "digest",
    "iap.nightly.tasks.sweep_needs": "tell_who_is_needed",
    "iap.nightly.tasks.sweep_wonde": "ask_wonde",
    "pupils.tasks.sweep_each_morning": "morning",
    "pupils.tasks.sweep_hand_offs": "chase_hand_offs",
    "referrals.tasks.sweep_each_morning": "morning",
    "reporting.tasks.sweep_each_morning": "morning",
    "timetables.tasks.sweep_each_morning": "morning",
}


@pytest.mark.parametrize(("sweep", "sends"), SWEEPS.items())
def test_the_clock_asks_and_every_school_is_looked_at(
    school: Any, other_school: Any, monkeypatch: Any, sweep: str, sends: str
) -> None:
    assert sweep in {each["task"] for each in settings.CELERY_BEAT_SCHEDULE.values()}
    module, _, name = sweep.rpartition(".")
    found = importlib.import_module(module)
    looked_at = []
    monkeypatch.setattr(getattr(found, sends), "delay", lambda *, school_id: looked_at.append(school_id))
    getattr(found, name)()
    assert {school.pk, other_school.pk} <= set(looked_at)
    assert sorted(looked_at) == sorted(School.objects.values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("task", "does"), [(tasks.morning, "chase_follow_ups"), (tasks.chase_hand_offs, "chase")]
)
def test_what_is_sent_for_a_school_does_its_work(school: Any, monkeypatch: Any, task: Any, does: str) -> None:
    done = []
    monkeypatch.setattr(tasks, does, lambda of, **when: done.append(of))
    task(school_id=school.pk)
    assert done == [school]
