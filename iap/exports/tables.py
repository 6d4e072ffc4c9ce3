"""Which tables a school can take out, and who may: every model that belongs to a school, found by itself.

A model added later is a support record until the app that owns it says otherwise in `AppConfig.ready()`:

    tables.of_the_school(Pupil, Contact)   what the school's own system knows, its people and its calendar
    tables.leave_out(CalendarFeed, because="It holds the key to somebody's calendar.")
    tables.only(Referral, Q(state="sent"))  not the rows that are one person's own draft
    tables.with_file(Attachment, find)     with the file of each row
    tables.about(Pupil)                    whose records all of this is

History and the record of who looked are left out: they are the account of what happened to these rows, kept
where nobody can rewrite it, and say nothing of the school that the rows do not.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pghistory.models
from django.apps import apps
from django.db.models import Q

from iap.schools.models import Role

# The data manager has no support records; those who answer for the provision take out everything.
EVERYTHING = (Role.LEAD, Role.LEADER)
MAY_EXPORT = (Role.DATA, *EVERYTHING)

Found = Callable[[Any], tuple[str, Path] | None]  # the name and place of the file that belongs to a row


@dataclass
class _Said:
    """What the apps have said of their models."""

    school: set[Any] = field(default_factory=set)
    left_out: dict[Any, str] = field(default_factory=dict)
    only: dict[Any, Q] = field(default_factory=dict)
    files: dict[Any, Found] = field(default_factory=dict)
    subject: Any = None


_said = _Said()


def of_the_school(*these: Any) -> None:
    """Let the data manager take these out as well."""
    _said.school.update(these)


def leave_out(model: Any, *, because: str) -> None:
    """Never take this out; the reason stands in every export."""
    _said.left_out[model] = because


def only(model: Any, rows: Q) -> None:
    """Take out these rows of it alone, and what points to them."""
    _said.only[model] = rows


def with_file(model: Any, find: Found) -> None:
    """Take out the file that belongs to each row too."""
    _said.files[model] = find


def about(model: Any) -> None:
    """Say who the records are about, so that taking them out is kept as reading them."""
    _said.subject = model


def subjects_at(school: Any) -> Any:
    """Everybody of this school whose records an export holds."""
    return rows_of(_said.subject, school).only("pk", "school") if _said.subject else []


def every() -> list[Any]:
    """The models that belong to a school and hold what people entered, in order of their names."""
    found = (model for model in apps.get_models() if belongs(model) and model not in _said.left_out)
    return sorted(found, key=name_of)


def left_out() -> list[tuple[str, str]]:
    """What is never taken out, and why, in words."""
    return sorted((name_of(model), because) for model, because in _said.left_out.items())


def sees_everything(roles: Iterable[str]) -> bool:
    """Whether somebody with these roles takes out support records too."""
    return bool(set(roles) & set(EVERYTHING))


def open_to(roles: Iterable[str]) -> list[Any]:
    """The tables that somebody with these roles may take out."""
    held = set(roles)
    if sees_everything(held):
        return every()
    return [model for model in every() if model in _said.school] if Role.DATA in held else []


def rows_of(model: Any, school: Any) -> Any:
    """Its rows of one school, as they go into an export; what is part of a row left out is left out with it."""
    rows = model._default_manager.filter(school=school)
    if model in _said.only:
        rows = rows.filter(_said.only[model])
    for key in model._meta.concrete_fields:
        if key.related_model in _said.only and key.related_model is not model:
            kept = rows_of(key.related_model, school).values(key.target_field.attname)
            rows = rows.filter(Q(**{f"{key.name}__in": kept}) | Q(**{key.name: None}))
    return rows


def file_of(model: Any) -> Found | None:
    return _said.files.get(model)


def name_of(model: Any) -> str:
    """What its file is called: `pupils-checkin`."""
    return f"{model._meta.app_label}-{model._meta.model_name}"


def meaning_of(model: Any) -> str:
    """The first sentence that says what it is."""
    return " ".join((model.__doc__ or "").split("\n\n")[0].replace("`", "").split())


def belongs(model: Any) -> bool:
    """By rule: it has a school, and is neither history nor the record of who looked."""
    options = model._meta
    if options.app_label == "audit" or issubclass(model, pghistory.models.Event) or not options.managed:
        return False
    return any(each.name == "school" and each.concrete for each in options.get_fields())
