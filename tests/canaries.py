"""One pupil of whom everything is kept, and in each text a word that is found nowhere else.

A row of every model from which a chain of keys leads to a pupil, made from nothing but its fields. Models are found
by themselves, so that a later one is there on the day on which it is made; where its rules ask for more than can be
guessed, `asked_for` says it, and tests that count what is filled are red until it does.
"""

import datetime as dt
import re
import uuid
import zlib
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import Error, models, transaction
from django.utils import timezone

from iap.schools.models import Role
from pupils.models import Pupil
from referrals.models import Meeting
from tests.factories import (
    CheckInFactory,
    HybridStepFactory,
    IapSessionFactory,
    MembershipFactory,
    NoteFactory,
    PlacementFactory,
    PupilFactory,
    ReferralFactory,
    StaffMemberFactory,
)
from tests.timetables.week import lesson_of
from timetables.models import Place, StepPlace

# Texts in form alone: the database lets nothing stand there but a code, a number or a choice.
CODES = {
    ("HandOff", "in_error_why"),
    ("Pupil", "upn"),
    ("PupilSaid", "helped"),
    ("Suspension", "reasons"),
}
SHORTEST = 10  # no words fit into less; "A", "8" and "2025/26" do
LATER = re.compile(r"ends|due|review|until|expires")


def _about_a_pupil() -> list[Any]:
    """Models of ours from which a chain of keys leads to a pupil, and the panel's meetings; histories left out."""
    found: set[Any] = {Pupil, Meeting}
    ours = [m for m in apps.get_models() if m._meta.managed and not hasattr(m, "pgh_id")]
    while True:
        more = {
            model
            for model in ours
            if model not in found
            and any(
                f.is_relation and f.concrete and f.related_model in found for f in model._meta.concrete_fields
            )
        }
        if not more:
            return sorted(found, key=lambda model: model.__name__)
        found |= more


RECORDS = _about_a_pupil()


def texts_of(model: Any) -> list[Any]:
    """The fields of a model in which somebody's words can stand."""
    return [field for field in model._meta.concrete_fields if is_text(model, field)]


def is_text(model: Any, field: Any) -> bool:
    inner = field.base_field if isinstance(field, ArrayField) else field
    if field.remote_field or inner.choices or (model.__name__, field.name) in CODES:
        return False
    if isinstance(inner, models.JSONField):
        return True
    longest = getattr(inner, "max_length", None)
    return isinstance(inner, models.CharField | models.TextField) and (longest or SHORTEST) >= SHORTEST


def word_of(model: Any, field: Any) -> str:
    """Short, so that no page cuts it off."""
    return f"zq{zlib.crc32(f'{model.__name__}.{field.name}'.encode()):08x}"


def value_of(model: Any, field: Any) -> Any:
    """The word, as this kind of field holds it."""
    word = word_of(model, field)
    if isinstance(field, ArrayField):
        return [word]
    if isinstance(field, models.JSONField):
        return {"words": word}
    return f"{word}@zq.example" if isinstance(field, models.EmailField) else word


class Everything:
    """One pupil about whom everything is kept, who comes to one teacher's lesson."""

    def __init__(self, school: Any, teacher: Any) -> None:
        self.school, self.teacher, self.today = school, teacher, timezone.localdate()
        self.place: Any = PlacementFactory(school=school, helps="Warn early")
        self.pupil, self.made = self.place.pupil, dict[Any, Any]()
        self.by = MembershipFactory(school=school, role=Role.STAFF).user
        self._lesson()
        entry = {"school": school, "pupil": self.pupil}
        for thing in (
            self.pupil, self.place, CheckInFactory(**entry), NoteFactory(**entry), ReferralFactory(**entry),
        ):  # fmt: skip
            self.made[type(thing)] = thing
        self.given, self.beside = self._asked_for()
        self.unmade = [model.__name__ for model in RECORDS if not self._make(model)]
        self.words = self._fill()

    def _lesson(self) -> None:
        """The pupil comes to a lesson that this teacher gives on every day of the week."""
        session = IapSessionFactory(school=self.school)
        since = self.today - dt.timedelta(
            days=self.today.weekday()
        )  # so that the first lesson back is this week's
        staff = StaffMemberFactory(school=self.school, user=self.teacher, linked_by=self.teacher)
        step = HybridStepFactory(school=self.school, placement=self.place, starts_on=since)
        for weekday in range(1, 6):
            period = type(session.period).objects.get(school=self.school, weekday=weekday, name="1")
            lesson = lesson_of(self.school, self.pupil, period, name="8R2", subject="Art", teacher=staff)
            StepPlace.objects.create(school=self.school, step=step, period=period, place=Place.MAINSTREAM)
        group = lesson.mainstream_class
        self.made = {type(thing): thing for thing in (session, group, lesson, staff, step, session.period)}

    def _asked_for(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """What a row needs beyond its fields, by model; and what stands beside a text, by its name."""
        now, later = timezone.now(), self.today + dt.timedelta(days=9)
        given = {
            "Intervention": {
                "deliverer": self.place.key_adult,
                "ending": "completed",
                "ended_on": self.today,
            },
            "LessonFeedback": {"by": self.teacher},
            "KeepApart": {"other": PupilFactory(school=self.school)},
            "NextYearPlan": {"outlook": "undecided"},
            "Offer": {"starts_on": later, "answered_at": now},
            "ScoreField": {"high": 9},
            "TeacherView": {"answered_at": now, "answered_by": self.by},
        }
        beside = {
            "in_error_why": {"in_error_at": now, "in_error_by": self.by},
            "undone_why": {"undone_at": now, "undone_by": self.by},
            "ended_why": {"ended_on": self.today, "ended_by": self.by},
            "sent_how": {"sent_on": self.today},
            "line": {"answer": "yes", "answered_at": now, "answered_by": self.by},
            "override_reason": {"override": 50, "override_by": self.by},
        }
        return given, beside

    def _make(self, model: Any) -> bool:
        """A row of the model. False where its rules ask for more than is known."""
        held = self._rows(model).first() if _is_owned(model) else None
        held = held or self._new(model, every_text=True) or self._new(model, every_text=False)
        if held is not None:
            self.made[model] = held
        return held is not None

    def _rows(self, model: Any) -> Any:
        return model._default_manager.filter(**({"school": self.school} if _is_owned(model) else {}))

    def _new(self, model: Any, *, every_text: bool) -> Any:
        """Filled to the brim, or with what has to be there alone."""
        fields = [field for field in model._meta.concrete_fields if not field.primary_key]
        values = {field.name: self._value(model, field, every_text) for field in fields}
        return _saved(model(**{**values, **self.given.get(model.__name__, {})}))

    def _value(self, model: Any, field: Any, every_text: bool) -> Any:
        if field.is_relation:
            return self._related(field)
        if field.name in {"in_error_why", "undone_why"}:  # with whom and when, or not at all
            return ""
        if field.blank and not every_text and isinstance(field, models.CharField | models.TextField):
            return ""
        if field.choices:
            return next(value for value, _ in field.flatchoices if value != "")
        if is_text(model, field):
            return value_of(model, field)
        if field.has_default() and not isinstance(field, models.UUIDField):
            return field.get_default()
        if field.null and not field.name.startswith(("starts", "valid_from")):
            return None
        return _plain(field, self.today)

    def _related(self, field: Any) -> Any:
        target = field.related_model
        if target._meta.label == "schools.School":
            return self.school
        if target._meta.label == "schools.User":
            return None if field.null else self.by
        if field.null:
            return None
        known = self.made.get(target)
        if known is None and _is_owned(target):
            self._make(target)
            known = self.made.get(target)
        return known or target._default_manager.first()

    def _fill(self) -> dict[str, tuple[str, str]]:
        """Words in every text that the database lets stand, for every row there is: word → where it stands."""
        words = {}
        for model in RECORDS:
            for field in texts_of(model):
                self._write(model, field)
                if self._rows(model).filter(**{field.name: value_of(model, field)}).exists():
                    words[word_of(model, field)] = (model.__name__, field.name)
        return words

    def _write(self, model: Any, field: Any) -> None:
        """In each row; where it stands only beside others, in one more of its kind, or with them in this one."""
        wanted, beside = {field.name: value_of(model, field)}, self.beside.get(field.name, {})
        if (beside and self._again(model, wanted | beside)) or self._update(model, wanted):
            return
        self._update(model, wanted | beside)  # a table that takes no change was filled when its row was made

    def _update(self, model: Any, values: dict[str, Any]) -> bool:
        try:
            with transaction.atomic():
                return bool(self._rows(model).update(**values))
        except Error:
            return False

    def _again(self, model: Any, values: dict[str, Any]) -> Any:
        row = self._rows(model).first()
        if row is None:
            return None
        for field in model._meta.concrete_fields:
            if isinstance(field, models.UUIDField):
                setattr(row, field.name, uuid.uuid4())
            if field.name in {"version", "number"}:
                setattr(row, field.name, 77)
        for name, value in values.items():
            setattr(row, name, value)
        row.pk, row._state.adding = None, True
        return _saved(row)


def _saved(row: Any) -> Any:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            return row
    except (Error, ValueError, TypeError):
        return None


def _is_owned(model: Any) -> bool:
    return any(field.name == "school" for field in model._meta.concrete_fields)


def _plain(field: Any, today: dt.date) -> Any:
    ahead = dt.timedelta(days=9 if LATER.match(field.name) else 0)
    now = timezone.now()
    for kind, value in (
        (models.UUIDField, uuid.uuid4()),
        (models.DateTimeField, now + ahead),
        (models.DateField, today + ahead),
        (models.TimeField, now.time()),
        (models.BooleanField, False),
        (models.BinaryField, b"x"),
        (models.DecimalField, 1),
        (models.FloatField, 1.0),
        (models.IntegerField, 2),
        (models.CharField, ""),
    ):
        if isinstance(field, kind):
            return value
    if isinstance(field, ArrayField):
        return [value for value, _ in field.base_field.flatchoices][:1]
    return None
