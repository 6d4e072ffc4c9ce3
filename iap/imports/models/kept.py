"""What a school has said once about its exports, so that nobody is asked again."""

from typing import Any

from django.conf import settings
from django.db import models

from iap.schools.models.base import SchoolOwned, school_owned


class SavedMapping(SchoolOwned):
    """How a table with these headings is read, as somebody has settled it."""

    fingerprint = models.CharField(max_length=32)
    mapping = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = school_owned(
            models.UniqueConstraint(fields=["school", "fingerprint"], name="headings_are_read_one_way")
        )

    def __str__(self) -> str:
        return str(self.mapping.get("kind", ""))

    @classmethod
    def by_fingerprint(cls, school: Any) -> dict[str, Any]:
        return dict(cls.objects.filter(school=school).values_list("fingerprint", "mapping"))


class KeptAnswer(SchoolOwned):
    """Whether a name and birthday in a file are a pupil here. The key says neither."""

    key = models.CharField(max_length=16)
    answer = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = school_owned(
            models.UniqueConstraint(fields=["school", "key"], name="a_question_has_one_answer")
        )

    def __str__(self) -> str:
        return self.answer

    @classmethod
    def of(cls, school: Any) -> dict[str, str]:
        return dict(cls.objects.filter(school=school).values_list("key", "answer"))


class FieldRule(SchoolOwned):
    """Who has the last word on a field that was corrected here: people, unless the school says its own system."""

    model = models.CharField(max_length=60)
    field = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = school_owned(
            models.UniqueConstraint(fields=["school", "model", "field"], name="a_field_has_one_rule")
        )

    def __str__(self) -> str:
        return f"{self.model}.{self.field}"
