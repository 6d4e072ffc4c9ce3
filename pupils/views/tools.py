"""The assessments a school uses: scores, bands, who is asked and when again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from iap.errors import Refused
from iap.schools.access import only
from pupils.actions.assessments import end_tool, keep_tool
from pupils.forms.assessments import FieldsFormSet, ToolForm
from pupils.models import Tool
from pupils.standard.tools import tools_of

from .assessments import KEEPERS


@only(*KEEPERS)
def tools(request: Any) -> HttpResponse:
    """What is used now, and what was."""
    used = tools_of(request.school)
    ended = Tool.objects.at([request.school]).exclude(pk__in=[each.pk for each in used])
    return render(request, "pupils/tools.html", {"tools": used, "ended": list(ended)})


@only(*KEEPERS)
def new_tool(request: Any) -> HttpResponse:
    return _tool(request, None)


@only(*KEEPERS)
def edit_tool(request: Any, uuid: UUID) -> HttpResponse:
    found = Tool.objects.at(request.schools).select_related("school").prefetch_related("fields__bands")
    return _tool(request, get_object_or_404(found, uuid=uuid))


def _tool(request: Any, tool: Tool | None) -> HttpResponse:
    posted = request.POST or None
    form = ToolForm(posted, initial=_initial(tool))
    fields = FieldsFormSet(posted, tool=tool, prefix="fields")
    if request.method == "POST" and form.is_valid() and fields.is_valid():
        school = tool.school if tool else request.school
        try:
            kept = keep_tool(
                school, by=request.user, tool=tool, fields=fields.fields_in(), **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{kept} is saved.")
            return redirect("pupils:tools")
    wrong = form.is_bound
    context = {"tool": tool, "form": form, "fields": fields}
    return render(request, "pupils/tool.html", context, status=422 if wrong else 200)


def _initial(tool: Tool | None) -> dict[str, Any]:
    if tool is None:
        return {}
    return {name: getattr(tool, name) for name in ("name", "about", "informants", "at_start", "repeat_weeks")}


@only(*KEEPERS)
@require_POST
def end(request: Any, uuid: UUID) -> HttpResponse:
    tool = end_tool(get_object_or_404(Tool.objects.at(request.schools), uuid=uuid), by=request.user)
    messages.success(request, f"{tool} is used no longer. Scores that were kept stay.")
    return redirect("pupils:tools")
