from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from iap.tenancy.constraints import RowsOfOwnSchool


class ReadQuerySet(models.QuerySet["Read"]):
    def of(self, pupil: Any) -> "ReadQuerySet":
        return self.filter(school_id=pupil.school_id, pupil_ids__contains=[pupil.pk])


class Read(models.Model):
    """Somebody was shown the records of these pupils. Written in the transaction that read them."""

    append_only = True

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    page = models.CharField(max_length=60)
    pupil_ids = ArrayField(models.BigIntegerField())

    objects = ReadQuerySet.as_manager()

    class Meta:
        constraints = [RowsOfOwnSchool(name="%(class)s_own_school")]
        indexes = [GinIndex(fields=["pupil_ids"], name="read_pupils")]
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.by} opened {self.page}"


class Event(models.Model):
    """Something a person did to a record, named with a verb: `placement.opened`."""

    append_only = True

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    verb = models.CharField(max_length=60)
    model = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    pupil_id = models.BigIntegerField(null=True)
    details = models.JSONField(default=dict)

    class Meta:
        constraints = [RowsOfOwnSchool(name="%(class)s_own_school")]
        indexes = [models.Index(fields=["school", "pupil_id", "-at"], name="event_pupil")]
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.verb


def record(verb: str, thing: Any, *, by: Any, **details: Any) -> Event:
    """Keep that `by` did `verb` to `thing`, in the transaction that does it."""
    pupil_id = thing.pk if thing._meta.model_name == "pupil" else getattr(thing, "pupil_id", None)
    return Event.objects.create(
        school_id=thing.school_id,
        by=by,
        verb=verb,
        model=thing._meta.label_lower,
        object_id=thing.pk,
        pupil_id=pupil_id,
        details=details,
    )


def log_read(request: Any, page: str, pupils: Iterable[Any]) -> None:
    """Keep that the reader was shown these pupils' records; if this cannot be kept, nothing is shown.

    One row per school and page, whatever the number of pupils, so that a board costs one write.
    """
    by_school: dict[int, list[int]] = {}
    for pupil in pupils:
        by_school.setdefault(pupil.school_id, []).append(pupil.pk)
    Read.objects.bulk_create(
        Read(school_id=school, by=request.user, page=page, pupil_ids=sorted(set(ids)))
        for school, ids in by_school.items()
    )
