"""What the parts in `templates/ui/` are given. Each function is the tag of its name in `{% load ui %}`."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Page
from django.forms import Field

from . import words


def error_summary(*forms: Any) -> dict[str, Any]:
    """`{% error_summary form %}`: after a failed submit, first in the main part, a link to each field.

    Takes any number of forms and formsets; draws nothing while they have no errors or are not bound.
    """
    errors = [error for form in forms if form is not None for error in _errors_of(form)]
    return {"errors": errors}


def _errors_of(form: Any) -> list[dict[str, str]]:
    if hasattr(form, "forms"):
        own = [{"field": "", "text": text} for text in form.non_form_errors()]
        return own + [error for each in form.forms for error in _errors_of(each)]
    form.is_summarised = True  # crispy's own list of such errors is left out then
    found = []
    for name, errors in form.errors.as_data().items():
        field = form[name] if name in form.fields else None
        found += [{"field": _target(field), "text": _said(error, field)} for error in errors]
    return found


def _said(error: ValidationError, field: Any) -> str:
    """The text beside the field; one that says only that it is empty is given the field's name."""
    text = " ".join(error.messages)
    if error.code == "required" and field is not None and text == Field.default_error_messages["required"]:
        return f"{field.label}: {text[:1].lower()}{text[1:]}"
    return text


def _target(field: Any) -> str:
    """The id that a link to this field jumps to: the first choice of a group, which has no id of its own."""
    if field is None:
        return ""
    if field.field.widget.use_fieldset and field.auto_id:
        return f"{field.auto_id}_0"
    return str(field.id_for_label or field.auto_id)


def empty_state(
    title: str,
    text: str = "",
    action_url: str = "",
    action_label: str = "",
    icon: str = "inbox",
    level: int = 3,
) -> dict[str, Any]:
    """`{% empty_state "No referrals to decide" "New ones appear here …" url "Refer a pupil" %}`.

    Say why nothing is here, what fills it, and at most one thing to do.
    """
    return {
        "title": title,
        "text": text,
        "action_url": action_url,
        "action_label": action_label,
        "icon": icon,
        "level": level,
    }


def mood(
    context: Any,
    action: str,
    name: str,
    value: Any = None,
    *,
    queued: bool = False,
    hidden: Mapping[str, Any] | None = None,
    field: str = "readiness",
    target: str = "closest .iap-tile",
) -> dict[str, Any]:
    """`{% mood url pupil.first_name checkin.readiness hidden=fields %}`: five faces, one tap, posted.

    `hidden` are further fields by name, such as the entry's UUID. `queued`: tapped, not yet sent.
    """
    chosen = words.as_readiness(value)
    return {
        "action": action,
        "name": name,
        "field": field,
        "faces": [(number, word, number == chosen) for number, word in words.READINESS.items()],
        "done": bool(chosen),
        "queued": queued,
        "hidden": dict(hidden or {}).items(),
        "target": target,
        "csrf_token": context.get("csrf_token"),
    }


def session_head(
    context: Any, session: Any, heading_id: str, *, coming: bool = False, level: int = 2
) -> dict[str, Any]:
    """`{% session_head session "h-12" %}`: heads the pupils of one session. The template says of what."""
    return {
        "session": session,
        "heading_id": heading_id,
        "coming": coming,
        "level": level,
        "look": words.strand(_get(session, "strand")),
        "provision_name": context.get("provision_name", ""),
    }


def tile_head(
    heading_id: str,
    name: str,
    url: str = "",
    tip: str = "",
    coming: words.Look | None = None,
    initials: str = "",
) -> dict[str, Any]:
    """`{% tile_head "pupil-3-n" "Kai M." url "Warn before changes" coming=look %}`: the top of a tile."""
    return {
        "heading_id": heading_id,
        "name": name,
        "url": url,
        "tip": tip,
        "coming": coming,
        "initials": initials or words.initials(name),
    }


def week(context: Any, grid: Any, caption: str, *, mini: bool = False, picker: bool = True) -> dict[str, Any]:
    """`{% week grid "Kai’s timetable, week B" mini=True %}`. The template says what a grid has."""
    return {
        "grid": grid,
        "caption": caption,
        "mini": mini,
        "picker": picker,
        "request": context.get("request"),
        "provision_name": context.get("provision_name", ""),
    }


def cell(context: Any, slot: Any) -> dict[str, Any]:
    """`{% cell slot %}`: one slot of a week. See the template for what a slot has; None is an empty cell."""
    look = words.place(_get(slot, "kind"), _get(slot, "strand"), context.get("provision_name", ""))
    return {"slot": slot, "look": look}


def week_key(
    context: Any, kinds: Iterable[str] = ("session", "intervention", "mainstream", "social")
) -> dict[str, Any]:
    """`{% week_key %}`: what colours say; `kinds` are places, or strands that look otherwise."""
    name = context.get("provision_name", "")
    return {"looks": [words.STRANDS.get(kind) or words.place(kind, provision=name) for kind in kinds]}


def facts(rows: Iterable[Any], css: str = "") -> dict[str, Any]:
    """`{% facts rows %}`: at a glance. Each row is (label, value) or (label, value, small print)."""
    return {"facts": [(*row, "")[:3] for row in rows if row], "css": css}


def stat(label: str, value: Any, unit: str = "", detail: str = "") -> dict[str, Any]:
    """`{% stat "In mainstream" "43%" detail="30% in January" %}`: one headline; no traffic light."""
    return {"label": label, "value": value, "unit": unit, "detail": detail}


def table_details(
    caption: str, head: Sequence[str], rows: Iterable[Sequence[Any]], summary: str = "See this as a table"
) -> dict[str, Any]:
    """`{% table_details caption head rows %}`: a chart's numbers. The first of each row is its heading."""
    return {"caption": caption, "head": head, "rows": rows, "summary": summary}


def pager(context: Any, page: Page[Any], label: str = "Pages") -> dict[str, Any]:
    """`{% pager page %}`: links to the other pages, with the rest of the query. Nothing for a single page."""
    return {
        "page": page,
        "label": label,
        "request": context.get("request"),
        "numbers": list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
        "ellipsis": page.paginator.ELLIPSIS,
    }


def search_box(
    context: Any, label: str, name: str = "q", *, action: str = "", value: str | None = None, target: str = ""
) -> dict[str, Any]:
    """`{% search_box "Find a pupil" target="#list" %}`: searches by GET; with a target, while typing too."""
    request = context.get("request")
    if value is None:
        value = request.GET.get(name, "") if request else ""
    action = action or (request.path if request else "")
    return {"label": label, "name": name, "action": action, "value": value, "target": target}


def seg(label: str, options: Iterable[tuple[str, str, bool]]) -> dict[str, Any]:
    """`{% seg "Week" options %}`: a few views of one thing, each (word, address, whether it is shown)."""
    return {"label": label, "options": options}


def _get(thing: Any, name: str) -> str:
    value = thing.get(name) if isinstance(thing, Mapping) else getattr(thing, name, "")
    return value or ""
