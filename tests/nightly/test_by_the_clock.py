"""What is done without anybody asking stands in the schedule, under the names of tasks that there are."""

from celery import current_app
from django.conf import settings

from iap.imports import tasks as imports
from iap.nightly import tasks as nightly


def test_imports_and_nights_are_seen_to_by_the_clock() -> None:
    scheduled = {each["task"] for each in settings.CELERY_BEAT_SCHEDULE.values()}
    sweeps = (
        *(imports.sweep_lost, imports.sweep_old),
        *(nightly.sweep_folders, nightly.sweep_wonde, nightly.sweep_needs),
    )
    assert {task.name for task in sweeps} <= scheduled


def test_whatever_the_clock_calls_is_a_task() -> None:
    current_app.loader.import_default_modules()
    assert {each["task"] for each in settings.CELERY_BEAT_SCHEDULE.values()} <= set(current_app.tasks)
