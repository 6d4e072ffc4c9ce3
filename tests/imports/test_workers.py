"""A worker that dies leaves nothing half done, and what it was at is taken up again or reported."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.utils import timezone

from iap.imports import actions, progress, tasks, working
from iap.imports.models import ImportJob, ImportRun, RunWrite, State
from iap.tenancy import context
from pupils.models import Pupil
from tests.factories import SchoolFactory, UserFactory, upn_number

pytestmark = pytest.mark.django_db(transaction=True)
PUPILS = "UPN,Surname,First name,Date of birth,Year group\n" + "".join(
    f"{upn_number(n)},Mensah{n},Kai,25/03/2014,8\n" for n in range(50)
)
# A worker that says when all rows are written and nothing is committed yet, and is then at it for ever.
WORKER = """
import os, sys, time
import django
from django.conf import settings
django.setup()
settings.MEDIA_ROOT = os.environ["MEDIA_ROOT"]
from iap.imports import tasks, working
from iap.imports.models import ImportRun

kept = ImportRun.kept

def hold(*args, **more):
    kept(*args, **more)
    print("written", flush=True)
    time.sleep(600)

ImportRun.kept = hold
tasks.work(school_id=int(sys.argv[1]), job=sys.argv[2])
"""


@pytest.fixture
def job(settings: Any, tmp_path: Path, monkeypatch: Any) -> ImportJob:
    """Files that were checked and are to be brought in; no worker has taken them yet."""
    settings.MEDIA_ROOT = tmp_path
    with transaction.atomic():
        school = SchoolFactory()
        user = UserFactory()
    with context.within(school.pk):
        made = actions.begin(school, [SimpleUploadedFile("pupils.csv", PUPILS.encode())], by=user)
    monkeypatch.setattr(tasks.work, "delay", lambda **sent: None)
    with context.within(school.pk):
        return actions.apply(ImportJob.objects.get(pk=made.pk), {}, by=user)


@pytest.fixture
def dies(job: ImportJob, tmp_path: Path) -> Iterator[Any]:
    """A worker takes the job and is killed when all is written but for the end."""
    started: list[subprocess.Popen[str]] = []

    def die() -> None:
        env = {
            **os.environ,
            "DATABASE_URL": _address_of_this_database(),
            "MEDIA_ROOT": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }
        worker = subprocess.Popen(
            [sys.executable, "-c", WORKER, str(job.school_id), str(job.uuid)],
            env=env, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        started.append(worker)
        assert worker.stdout and worker.stdout.readline() == "written\n"
        # What it has written cannot be seen yet; how far it is can.
        assert stands(job) == (State.APPLYING, 0, 0, 0)
        assert progress.of(job)["kind"] == "pupils" and progress.of(job)["of"] == 50
        worker.send_signal(signal.SIGKILL)
        worker.wait()

    yield die
    for worker in started:
        worker.kill()
        worker.wait()
        if worker.stdout:
            worker.stdout.close()


def _address_of_this_database() -> str:
    name = connection.settings_dict["NAME"]
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def stands(job: ImportJob) -> tuple[str, int, int, int]:
    """The job's state; how many pupils, runs and writes of runs there are."""
    with context.within(job.school_id):
        job.refresh_from_db()
        counted = (
            model.objects.filter(school=job.school_id).count() for model in (Pupil, ImportRun, RunWrite)
        )
        return (job.state, *counted)  # type: ignore[return-value]


def nobody_was_heard_of(job: ImportJob) -> None:
    """Since longer than a worker may be silent."""
    cache.delete(progress.key(job))
    with context.within(job.school_id):
        ImportJob.objects.filter(pk=job.pk).update(state_at=timezone.now() - 2 * tasks.LOST_AFTER)


def test_a_killed_worker_leaves_nothing_behind_and_the_next_brings_all_in(
    job: ImportJob, dies: Any, monkeypatch: Any
) -> None:
    dies()
    assert stands(job) == (State.APPLYING, 0, 0, 0)
    nobody_was_heard_of(job)
    monkeypatch.setattr(tasks.work, "delay", lambda **sent: tasks.work(**sent))
    tasks.sweep_lost()
    state, pupils, runs, _ = stands(job)
    assert (state, pupils, runs) == (State.APPLIED, 50, 1)


def test_a_job_whose_workers_die_again_and_again_is_reported_and_brings_nothing(job: ImportJob) -> None:
    for _ in range(tasks.MOST_ATTEMPTS):
        progress.take(job)  # a worker took it, and was not heard of again
        nobody_was_heard_of(job)
        tasks.sweep_lost()
    assert stands(job) == (State.STOPPED, 0, 0, 0)
    assert "nothing was brought in" in job.problem


def test_a_job_that_only_waits_for_its_turn_goes_on_waiting(job: ImportJob) -> None:
    for _ in range(2 * tasks.MOST_ATTEMPTS):
        nobody_was_heard_of(job)
        tasks.sweep_lost()
    assert stands(job) == (State.APPLYING, 0, 0, 0)
    tasks.work(school_id=job.school_id, job=str(job.uuid))
    assert stands(job)[:3] == (State.APPLIED, 50, 1)


def test_a_job_that_somebody_is_at_is_left_to_them(job: ImportJob, monkeypatch: Any) -> None:
    sent: list[Any] = []
    monkeypatch.setattr(tasks.work, "delay", lambda **more: sent.append(more))
    nobody_was_heard_of(job)
    with context.within(job.school_id):
        ImportJob.objects.select_for_update().get(pk=job.pk)
        thread = threading.Thread(target=_in_a_thread, args=(tasks.sweep_lost,))
        thread.start()
        thread.join()
    assert sent == []


def test_two_workers_at_one_job_bring_it_in_once(job: ImportJob, monkeypatch: Any) -> None:
    """A job that was delivered twice: the second finds the first at it, and leaves it to that one."""
    inside, outcome = threading.Barrier(2, timeout=60), []
    apply = working._STEPS[State.APPLYING]

    def hold(job: Any) -> None:
        inside.wait()  # the first is in the middle …
        inside.wait()  # … until the second has come and gone
        apply(job)

    monkeypatch.setitem(working._STEPS, State.APPLYING, hold)
    sent = {"school_id": job.school_id, "job": str(job.uuid)}
    first = threading.Thread(target=_in_a_thread, args=(lambda: outcome.append(tasks.work(**sent)),))
    first.start()
    inside.wait()
    tasks.work(**sent)  # would wait at the barrier, and fail, if it began the same work
    inside.wait()
    first.join()
    state, pupils, runs, _ = stands(job)
    assert (state, pupils, runs) == (State.APPLIED, 50, 1)
    tasks.work(**sent)
    assert stands(job)[2] == 1


def test_two_people_who_press_at_once_bring_it_in_once(job: ImportJob, monkeypatch: Any) -> None:
    """Both are held where the job's row is taken; one has it, the other finds nothing left to do."""
    with context.within(job.school_id):
        ImportJob.objects.filter(pk=job.pk).update(state=State.CHECKED)
    at_the_row, said = threading.Barrier(2, timeout=60), []
    locked = actions._locked

    def both(job: Any) -> Any:
        at_the_row.wait()
        return locked(job)

    monkeypatch.setattr(actions, "_locked", both)
    sent: list[Any] = []
    monkeypatch.setattr(tasks.work, "delay", lambda **more: sent.append(more))

    def press() -> None:
        from iap.errors import Refused

        with context.within(job.school_id):
            mine = ImportJob.objects.get(pk=job.pk)
            try:
                said.append(actions.apply(mine, {}, by=mine.by).state)
            except Refused as refusal:
                said.append(str(refusal))

    threads = [threading.Thread(target=_in_a_thread, args=(press,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sent) == 1
    assert State.APPLYING in said and len(said) == 2


def _in_a_thread(act: Any) -> None:
    try:
        act()
    finally:
        connection.close()
