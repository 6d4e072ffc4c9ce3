"""A trust's schools side by side, and names of a school that has allowed it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from iap.audit.models import log_read
from iap.errors import Refused
from iap.schools.access import choose_school, only
from iap.schools.models import Role, School
from pupils.models import Pupil
from reporting import lists
from reporting.actions import packs as pack_actions
from reporting.actions import trust as actions
from reporting.facts import Facts
from reporting.figures import figure_of
from reporting.forms.trust import AskForm, DecideForm
from reporting.models import NamesPermission
from reporting.periods import Period
from reporting.tasks import count_school
from reporting.trust.board import CAUTION, board
from reporting.trust.counting import PERIODS, compared

PER_PAGE = 25


@only(Role.TRUST)
@require_GET
def trust(request: Any) -> HttpResponse:
    """The same figures of each school in which somebody is a trust leader. Nobody's name."""
    period = _period(request)
    context = {
        "board": board(request.schools, period, asked_by=request.user),
        "period": period,
        "caution": CAUTION,
    }
    return render(request, "reporting/trust.html", context)


def _period(request: Any) -> str:
    asked = request.GET.get("period") or request.POST.get("period") or "term"
    return asked if asked in PERIODS else "term"


@only(Role.TRUST)
@require_POST
def count_again(request: Any) -> HttpResponse:
    """Have every school counted anew, by the worker."""
    for school in request.schools:
        count_school.delay(school_id=school.pk)
    messages.success(request, "The schools are being counted. Look again in a minute.")
    return redirect("reporting:trust")


@only(Role.TRUST)
@require_POST
def make_pack(request: Any) -> HttpResponse:
    pack = pack_actions.ask_trust(request.school, by=request.user, period=_period(request))
    return redirect("reporting:pack", pack.uuid)


def _school_or_404(request: Any, uuid: UUID) -> School:
    found = next((school for school in request.schools if school.uuid == uuid), None)
    if found is None:
        raise Http404("Not one of your schools.")
    choose_school(request, [found])
    return found


@only(Role.TRUST)
def ask(request: Any, uuid: UUID) -> HttpResponse:
    """Ask a school's leader to see names, and say why."""
    school = _school_or_404(request, uuid)
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask(school, by=request.user, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{school} is asked. You are told when its leader has decided.")
            return redirect("reporting:trust")
    status = 422 if request.method == "POST" else 200
    return render(request, "reporting/names_ask.html", {"form": form, "asked": school}, status=status)


@only(Role.TRUST)
@require_GET
def names(request: Any, uuid: UUID, key: str) -> HttpResponse:
    """The rows behind one figure of a school, with names, while its leader allows it. Every opening is kept."""
    school = _school_or_404(request, uuid)
    permission = NamesPermission.objects.at([school]).filter(to=request.user).in_force().first()
    if permission is None:
        raise PermissionDenied("This school has not opened names to you.")
    measure = next((each for each in compared() if each.key == key), None)
    if measure is None:
        raise Http404("No such figure.")
    facts = Facts(school, timezone.localdate())
    period: Period | None = facts.periods.now(PERIODS[_period(request)])
    if period is None:
        raise Http404("The school has no weeks yet.")
    figure = figure_of(facts, period, measure)
    page = Paginator(lists.rows(figure), PER_PAGE).get_page(request.GET.get("page"))
    keys = {row.pupil for row, _ in page if row.pupil is not None}
    pupils = {pupil.pk: pupil for pupil in Pupil.objects.at([school]).filter(pk__in=keys)}
    log_read(request, "trust-names", pupils.values())
    context = {
        "figure": figure,
        "asked": school,
        "page": page,
        "columns": lists.columns(figure),
        "lines": [(lists.cells(figure, row, number), pupils.get(row.pupil)) for row, number in page],
        "pupils": pupils,
        "permission": permission,
        "measures": compared(),
        "period": period,
        "over": _period(request),
    }
    return render(request, "reporting/names.html", context)


@only(Role.LEADER)
@require_GET
def permissions(request: Any) -> HttpResponse:
    """What the trust has asked to see of this school, what was decided, and what holds."""
    return _permissions(request)


def _permissions(request: Any, form: DecideForm | None = None, of: UUID | None = None) -> HttpResponse:
    rows = NamesPermission.objects.at([request.school]).select_related("to", "decided_by")
    listed = list(rows.order_by("-asked_at", "-pk")[:50])
    context = {
        "asked": [
            (each, form if form and each.uuid == of else DecideForm(auto_id=f"{each.uuid}_%s"))
            for each in listed
            if each.decided_at is None
        ],
        "decided": [each for each in listed if each.decided_at is not None],
        "form": form,
    }
    return render(request, "reporting/permissions.html", context, status=422 if form else 200)


@only(Role.LEADER)
@require_POST
def decide(request: Any, uuid: UUID) -> HttpResponse:
    asked = get_object_or_404(NamesPermission.objects.at([request.school]), uuid=uuid)
    form = DecideForm(request.POST, auto_id=f"{asked.uuid}_%s")
    if not form.is_valid():
        return _permissions(request, form, uuid)
    data = form.cleaned_data
    try:
        actions.decide(
            asked,
            by=request.user,
            granted=data["granted"] == "yes",
            answer=data["answer"],
            days=data["days"] or 0,
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _permissions(request, form, uuid)
    messages.success(request, "Decided. They are told.")
    return redirect("reporting:permissions")


@only(Role.LEADER)
@require_POST
def end_permission(request: Any, uuid: UUID) -> HttpResponse:
    held = get_object_or_404(NamesPermission.objects.at([request.school]), uuid=uuid)
    try:
        actions.end(held, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Names are closed to them again.")
    return redirect("reporting:permissions")
