"""What works here, by programme: for those who decide what the school offers."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from iap.schools.access import only
from reporting.access import READERS
from reporting.what_works import what_works as found


@only(*READERS)
@require_GET
def what_works(request: Any) -> HttpResponse:
    """Programmes that somebody has ended. Nobody is named, and fewer than 5 pupils are never counted out."""
    return render(request, "reporting/what_works.html", {"rows": found(request.school)})
