"""Pupils and staff who stand here and are in no file any more, until somebody says that they have left."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Refused
from iap.schools.models import School

from . import after
from .kinds import Kind, kind_named
from .ledger import Ledger
from .models import ImportRun
from .report import Report
from .run import one_at_a_time

SOURCE = "Said to have left"


def missing_from(run: ImportRun) -> list[tuple[Kind, list[Any]]]:
    """By kind, whom the files of a run and those that came since did not name, and who has not left."""
    found = ((kind_named(name), _missing(run, name)) for name, _ in run.report)
    named = [(kind, _standing(kind, run.school_id, keys)) for kind, keys in found if kind and keys]
    return [(kind, list(things)) for kind, things in named if things]


@transaction.atomic
def say_left(run: ImportRun, *, by: Any, kind: str, keys: Iterable[str]) -> ImportRun:
    """Let these of them have left today. It is a run of its own, which can be taken back."""
    school = School.objects.get(pk=run.school_id)
    one_at_a_time(school)
    of = kind_named(kind)
    asked = set(keys) & set(_missing(run, kind))
    things = list(_standing(of, school.pk, asked).select_for_update()) if of and asked else []
    if not things:
        raise Refused("Tick those who have left. Whoever left already is not listed any more.")
    report, ledger = Report(applied=True), Ledger(school)
    ledger.change([(thing, {"left_on": timezone.localdate()}) for thing in things])
    report.of(kind).changed = len(things)
    made = ImportRun.kept(school, by=by, files=[], report=report, ledger=ledger, source=SOURCE)
    record("import.said_to_have_left", made, by=by, kind=kind, number=len(things))
    transaction.on_commit(partial(after.run, school.pk, frozenset({kind})), robust=True)
    return made


def _missing(run: ImportRun, name: str) -> list[str]:
    """The keys of those who were in no row of a kind, and are in none of what came by itself since."""
    counts = run.report.kinds.get(name)
    if counts is None or not counts.missing:
        return []
    since = ImportRun.objects.standing_with(name).filter(school=run.school_id, pk__gt=run.pk, by=None)
    last = since.filter(**{f"outcome__{name}__changes_alone__isnull": True}).order_by("-pk").first()
    still = set(last.report.kinds[name].missing if last else counts.missing)
    return [key for key in counts.missing if key in still]


def _standing(kind: Kind, school: int, keys: Iterable[str]) -> Any:
    model = apps.get_model(kind.gone.leaves)  # type: ignore[union-attr]
    return model._default_manager.filter(school=school, pk__in=list(keys), left_on=None)
