"""What was corrected here, and field by field who has the last word on it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from iap.audit.models import log_read
from iap.imports import actions
from iap.imports.bringing import in_words
from iap.imports.correctable import correctable, registered, things_of
from iap.imports.models import FieldRule
from iap.imports.values import date
from iap.schools.access import only
from iap.schools.actions import corrections
from iap.schools.models import Correction, Role

SHOWN = 50


@dataclass(frozen=True)
class Line:
    """A correction as the page names it."""

    correction: Correction
    thing: str
    label: str


@only(Role.DATA)
def rules(request: Any) -> HttpResponse:
    """Field by field, who has the last word where something was corrected here; below, what was."""
    if request.method == "POST":
        _keep(request, set(request.POST.getlist("file_wins")))
        messages.success(request, "Saved. It holds from the next import.")
        return redirect("imports:rules")
    ruled = set(FieldRule.objects.at([request.school]).values_list("model", "field"))
    made = Correction.objects.at([request.school]).select_related("by").order_by("-at", "-pk")
    page = Paginator(made, SHOWN).get_page(request.GET.get("page"))
    context = {
        "things": [
            (things, [(each, (each.model, each.field) in ruled) for each in things.each()])
            for things in registered()
        ],
        "page": page,
        "lines": _lines(request, page.object_list),
    }
    return render(request, "imports/rules.html", context)


@only(Role.DATA)
@require_POST
def let_go(request: Any) -> HttpResponse:
    """Let the school's own system say a field again."""
    given = request.POST.get("correction", "")
    key = int(given) if given.isdecimal() and len(given) < 19 else 0
    found = get_object_or_404(Correction.objects.at([request.school]), pk=key)
    corrections.let_go(found, by=request.user)
    messages.success(request, "The next import says it again. Until then it stays as it is.")
    return redirect("imports:rules")


def _keep(request: Any, wins: set[str]) -> None:
    for each in correctable():
        actions.rule(
            request.school,
            by=request.user,
            model=each.model,
            field=each.field,
            file_wins=each.name in wins,
        )


def _lines(request: Any, made: Iterable[Correction]) -> list[Line]:
    """The corrections by name, asked once for each model. Which pupils were named is kept."""
    keys: dict[str, list[str]] = defaultdict(list)
    for correction in made:
        keys[correction.model].append(correction.key)
    names = {model: _names(request, model, some) for model, some in keys.items()}
    return [
        Line(each, name, things.fields.get(each.field, each.field))
        for each in made
        if (things := things_of(each.model)) and (name := names[each.model].get(each.key))
    ]


def _names(request: Any, model: str, keys: list[str]) -> dict[str, str]:
    things = things_of(model)
    if things is None or things.by_day:
        return {key: in_words(date(key)) for key in keys} if things else {}
    rows = [key for key in keys if key.isdecimal()]
    found = apps.get_model(model)._base_manager.filter(school=request.school, pk__in=rows)
    named = {str(thing.pk): thing for thing in found}
    gone = {key: things.gone(key) for key in keys if things.gone and not key.isdecimal()}
    if model == "pupils.pupil":
        log_read(request, "corrections", named.values())
    return gone | {key: str(thing) for key, thing in named.items()}
