"""What comes by itself: when it last did, and whether Wonde is asked."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from iap.audit.models import record
from iap.imports.models import ImportJob
from iap.schools.access import only
from iap.schools.models import Role

from . import folder, tasks
from .forms import WondeForm
from .models import Nightly
from .wonde.run import SOURCE, token_of

SHOWN = 10


@only(Role.DATA)
def show(request: Any) -> HttpResponse:
    """The folder, Wonde, and what they brought."""
    kept = Nightly.objects.at([request.school]).first()
    form = WondeForm(request.POST or None, instance=kept or Nightly(school=request.school))
    if request.method == "POST" and form.is_valid():
        nightly = form.save()
        record("nightly.changed", nightly, by=request.user, wonde_on=nightly.wonde_on)
        messages.success(request, "Saved. It holds from tonight.")
        return redirect("nightly:show")
    jobs = ImportJob.objects.at([request.school]).filter(source__in=[folder.SOURCE, SOURCE])
    context = {
        "nightly": kept,
        "form": form,
        "jobs": jobs[:SHOWN],
        "has_folder": folder.folder_of(request.school) is not None,
        "has_key": bool(token_of(request.school)),
    }
    return render(request, "nightly/show.html", context, status=422 if form.errors else 200)


@only(Role.DATA)
@require_POST
def ask(request: Any) -> HttpResponse:
    """Ask Wonde now rather than tonight."""
    if Nightly.objects.at([request.school]).filter(wonde_on=True).exists():
        school = request.school.pk
        transaction.on_commit(lambda: tasks.ask_wonde.delay(school_id=school))
        messages.success(request, "Wonde is being asked. It takes some minutes; what comes stands below.")
    return redirect("nightly:show")
