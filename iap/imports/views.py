from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from iap.schools.access import only
from iap.schools.models import Role


@only(Role.DATA)
def new(request: Any) -> HttpResponse:
    return render(request, "imports/new.html")
