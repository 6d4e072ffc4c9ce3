"""The code sets of the school's own system, as this school uses them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from iap.errors import Refused
from iap.schools import codes
from iap.schools.access import only
from iap.schools.actions import codes as actions
from iap.schools.forms.codes import CodeDaysForm, NewCodeForm
from iap.schools.models import Code, CodeSet

from .settings import KEEPERS


@only(*KEEPERS)
@require_GET
def code_sets(request: Any) -> HttpResponse:
    """The sets, and how many codes of each hold today."""
    today = timezone.localdate()
    holds = Q(valid_from__lte=today) & (Q(valid_to=None) | Q(valid_to__gt=today))
    counted = Code.objects.at([request.school]).values("set").order_by()
    numbers = dict(counted.annotate(n=Count("pk", filter=holds)).values_list("set", "n"))
    rows = [(code_set, numbers.get(code_set.value, 0)) for code_set in CodeSet]
    return render(request, "schools/code_sets.html", {"rows": rows})


@only(*KEEPERS)
def code_set(request: Any, name: str) -> HttpResponse:
    """The codes of one set, those that have ended below, and a form for one more."""
    kind = _set_or_404(name)
    form = NewCodeForm(request.POST or None, code_set=kind)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_code(request.school, by=request.user, code_set=kind, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(request, "The code is added. Imports know it from now on.")
            return redirect("schools:code_set", kind)
    today = timezone.localdate()
    here = list(Code.objects.at([request.school]).of_set(kind))
    ended = [code for code in here if code.valid_to and code.valid_to <= today]
    words = codes.categories(kind)
    context = {
        "kind": kind,
        "form": form,
        "counts_as": bool(words),
        "rows": [(code, words.get(code.category, "")) for code in here if code not in ended],
        "ended": [(code, words.get(code.category, "")) for code in ended],
        "today": today,
    }
    return render(request, "schools/code_set.html", context, status=422 if form.errors else 200)


@only(*KEEPERS)
def code(request: Any, uuid: UUID) -> HttpResponse:
    """What one code is called and when it holds."""
    found = _code_or_404(request, uuid)
    form = CodeDaysForm.of(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_code(found, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("valid_from", str(refusal))
        else:
            messages.success(request, "The code is saved.")
            return redirect("schools:code_set", found.set)
    context = {
        "code": found,
        "form": form,
        "counts_as": codes.categories(found.set).get(found.category, ""),
        "why_it_stays": actions.why_it_stays(found),
    }
    return render(request, "schools/code.html", context, status=422 if form.errors else 200)


@only(*KEEPERS)
@require_POST
def remove_code(request: Any, uuid: UUID) -> HttpResponse:
    """Take out a code that was added by mistake."""
    found = _code_or_404(request, uuid)
    try:
        actions.remove_code(found, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("schools:code", found.uuid)
    messages.success(request, f"{found} is taken out.")
    return redirect("schools:code_set", found.set)


def _set_or_404(name: str) -> CodeSet:
    if name not in CodeSet.values:
        raise Http404("There is no such set of codes.")
    return CodeSet(name)


def _code_or_404(request: Any, uuid: UUID) -> Code:
    return get_object_or_404(Code.objects.at([request.school]).select_related("school"), uuid=uuid)
