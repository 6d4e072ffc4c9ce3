"""A pupil's assessments: the last scores, what is due, change over time, and a form for scores."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from iap.audit.models import log_read
from iap.errors import Conflict, Refused
from iap.schools.access import only
from iap.schools.models import Role
from pupils import score_charts
from pupils.access import READERS, WRITERS, pupil_or_404
from pupils.actions.assessments import keep_scores
from pupils.forms.assessments import ScoresForm
from pupils.in_error import may_say_so
from pupils.models import Assessment, Pupil, Tool
from pupils.record import record_of
from pupils.schedule import wanted_of
from pupils.scores import Course, scores_of, table_of
from pupils.standard.tools import tools_of

KEEPERS = (Role.LEAD, Role.SENCO)


@only(*READERS)
@require_GET
def assessments(request: Any, uuid: UUID) -> HttpResponse:
    """The last score of each view, what is due again, and what else could be asked."""
    pupil = pupil_or_404(request, uuid)
    today = timezone.localdate()
    log_read(request, "assessments", [pupil])
    may_write = bool(request.roles & set(WRITERS))
    record = record_of(request, pupil, today)
    places = [record.placement] if record.has_place and record.placement else []
    found = scores_of(pupil)
    context = {
        "pupil": pupil,
        "today": today,
        "tools": _by_tool(found),
        "others": tools_of(pupil.school) if may_write else [],
        "wanted": wanted_of(pupil.school, places, today),
        "struck": list(
            Assessment.objects.filter(school=pupil.school_id, pupil=pupil)
            .exclude(in_error_at=None)
            .select_related("tool", "in_error_by")
            .newest_first()
        ),
        "may_write": may_write,
        "may_keep_tools": bool(request.roles & set(KEEPERS)),
    }
    return render(request, "pupils/assessments.html", context)


def _by_tool(found: list[Course]) -> list[tuple[Tool, list[Course]]]:
    """Of each tool the courses of its first score; where a view has none of it, of its first one there is."""
    tools: dict[int, tuple[Tool, dict[str, Course]]] = {}
    for course in found:
        tools.setdefault(course.tool.pk, (course.tool, {}))[1].setdefault(course.informant, course)
    return [(tool, list(of.values())) for tool, of in tools.values()]


@only(*READERS)
@require_GET
def tool(request: Any, uuid: UUID, tool: UUID) -> HttpResponse:
    """Change in one tool: a drawing for each view, with bands; below it every score."""
    pupil = pupil_or_404(request, uuid)
    of = _tool_or_404(pupil, tool)
    log_read(request, "assessments", [pupil])
    found = scores_of(pupil, tool=of)
    fields = list(of.fields.all())  # type: ignore[attr-defined]
    chosen = next((each for each in fields if str(each.uuid) == request.GET.get("score")), None)
    chosen = chosen or next((each for each in fields if any(c.field == each for c in found)), None)
    kept = Assessment.objects.filter(school=pupil.school_id, pupil=pupil, tool=of).standing()
    context = {
        "pupil": pupil,
        "tool": of,
        "fields": [
            (each.name, f"?score={each.uuid}", each == chosen)
            for each in fields
            if any(course.field == each for course in found)
        ],
        "charts": score_charts.charts(pupil, [course for course in found if course.field == chosen]),
        "chosen": chosen,
        "heads": fields,
        "rows": table_of(of, found),
        "may_write": bool(request.roles & set(WRITERS)) and of.valid_to is None,
        "strikable": [
            each
            for each in kept.select_related("by").newest_first()
            if request.roles & set(WRITERS) and may_say_so(each, request.user, request.roles)
        ],
    }
    return render(request, "pupils/assessment_tool.html", context)


@only(*WRITERS)
def scores(request: Any, uuid: UUID, tool: UUID) -> HttpResponse:
    """A form for the scores of one tool; `?by=` names whose view it is."""
    pupil = pupil_or_404(request, uuid)
    of = _tool_or_404(pupil, tool)
    today = timezone.localdate()
    form = ScoresForm(request.POST or None, tool=of, today=today, informant=request.GET.get("by", ""))
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            keep_scores(pupil, by=request.user, tool=of, **form.given)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            status = 409 if isinstance(refusal, Conflict) else 422
        else:
            messages.success(request, f"{of}: saved.")
            return redirect("pupils:assessment_tool", pupil.uuid, of.uuid)
    log_read(request, "assessments", [pupil])
    return render(request, "pupils/scores.html", {"pupil": pupil, "tool": of, "form": form}, status=status)


def _tool_or_404(pupil: Pupil, uuid: UUID) -> Tool:
    found = Tool.objects.filter(school=pupil.school_id, uuid=uuid).prefetch_related("fields__bands").first()
    if found is None:
        raise Http404("The school has no such assessment.")
    return found
