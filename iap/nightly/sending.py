"""Handing files to the import without anybody at the page, and telling a data manager if somebody is needed."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone

from iap.imports import actions
from iap.imports.leaving import missing_from
from iap.imports.models import ImportJob, ImportRun, State
from iap.imports.models.jobs import WAITING
from iap.imports.report import Report
from iap.inbox.actions import tell
from iap.schools.models import Role, School, User
from iap.tenancy import context

TOLD_FOR = dt.timedelta(days=3)
LEFT_OUT = "An import that came by itself left rows out. See which, and what to do."
MISSING = (
    "People on record here are in none of the files that came by themselves. Say whether they have left."
)
DOUBTED = "An import that came by itself looks like another school’s, or another year’s. Nothing was brought in yet."
NEEDS = {
    State.ASKING: "An import that came by itself has a question before it goes on.",
    State.CHECKED: "An import that came by itself would leave rows out. Nothing was brought in yet.",
    State.STOPPED: "An import that came by itself stopped, and nothing was brought in.",
}


def send(school: School, files: Iterable[Any], *, source: str) -> ImportJob:
    """Have these files brought in, if nobody needs to be asked. They take the place of older ones that wait."""
    for old in ImportJob.objects.at([school]).filter(source=source, state__in=WAITING):
        actions.put_away(old, by=None)
        ImportJob.objects.filter(pk=old.pk).update(choices={})
    return actions.begin(school, files, source=source, unattended=True)


def tell_who_is_needed(school: School) -> int:
    """Tell the data managers of each import that waits for somebody, once. Gives how many messages were new."""
    recent = ImportJob.objects.at([school]).filter(choices__unattended=True, state__in=NEEDS)
    told = 0
    for job in recent.filter(state_at__gt=timezone.now() - TOLD_FOR):
        link = reverse("imports:show", args=[job.uuid])
        key = f"import-{job.uuid}-{job.state}"
        told += tell_data_managers(school, _needed(job), link=link, key=key)
    return told


def _needed(job: ImportJob) -> str:
    return DOUBTED if job.state == State.CHECKED and job.report.doubts else NEEDS[State(job.state)]


def tell_who_is_missing(school: School) -> int:
    """Tell the data managers of people who are in none of the files that came; of the same people once."""
    came = ImportRun.objects.at([school]).filter(by=None, undone=None, at__gt=timezone.now() - TOLD_FOR)
    return sum(_tell_of_missing(school, run) for run in came)


def _tell_of_missing(school: School, run: ImportRun) -> int:
    keys = [f"{kind.name} {person.pk}" for kind, people in missing_from(run) for person in people]
    if not keys:
        return 0
    key = f"import-missing-{_digest(keys)}"
    return tell_data_managers(school, MISSING, link=reverse("imports:run", args=[run.uuid]), key=key)


def _digest(words: Iterable[object]) -> str:
    return hashlib.sha256("\n".join(sorted(map(str, words))).encode()).hexdigest()[:32]


def tell_of_report(urn: str, report: Report) -> int:
    """Tell the data managers of rows that a run left out, or that it is in doubt; of the same once.

    Gives how many messages were new.
    """
    school = School.objects.filter(urn=urn).first()
    if school is None or not (report.left_out or report.doubts):
        return 0
    key = f"import-left-out-{_digest([*report.refused, *report.doubts.items()])}"
    run = report.run
    link = reverse("imports:run", args=[run.uuid]) if run else reverse("imports:new")
    text = LEFT_OUT if run else DOUBTED if report.doubts else NEEDS[State.STOPPED]
    with context.within(school.pk):
        return tell_data_managers(school, text, link=link, key=key)


def tell_data_managers(school: School, text: str, *, link: str, key: str) -> int:
    users = User.objects.filter(memberships__school=school, memberships__role=Role.DATA).distinct()
    return len(tell(school, users, kind="import", text=text, link=link, key=key))
