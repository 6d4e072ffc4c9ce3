"""Handing files to the import without anybody at the page, and telling a data manager if somebody is needed."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone

from iap.imports import actions
from iap.imports.models import ImportJob, State
from iap.imports.models.jobs import WAITING
from iap.inbox.actions import tell
from iap.schools.models import Role, School, User

TOLD_FOR = dt.timedelta(days=3)
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
        told += tell_data_managers(school, NEEDS[State(job.state)], link=link, key=key)
    return told


def tell_data_managers(school: School, text: str, *, link: str, key: str) -> int:
    users = User.objects.filter(memberships__school=school, memberships__role=Role.DATA).distinct()
    return len(tell(school, users, kind="import", text=text, link=link, key=key))
