"""Set who is spoken to about a worry, and when hand-offs are chased."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from iap.schools.access import only
from iap.schools.actions import safeguarding as actions
from iap.schools.forms.safeguarding import ChaseForm, PeopleFormSet
from iap.schools.models import Role, SafeguardingPerson


@only(Role.LEAD, Role.DATA, Role.DSL)
def safeguarding(request: Any) -> HttpResponse:
    """The designated safeguarding lead first, then deputies, as everybody is shown them."""
    now = SafeguardingPerson.objects.at([request.school]).current()
    posted = request.POST if request.method == "POST" else None
    forms = PeopleFormSet(posted, initial=list(now.values("id", *actions.FIELDS)), prefix="row")
    chase = ChaseForm(posted, initial={"hand_offs_chased_at": request.school.provision.hand_offs_chased_at})
    if posted is not None and forms.is_valid() and chase.is_valid():
        actions.keep_people(request.school, by=request.user, rows=forms.rows(), **chase.cleaned_data)
        messages.success(request, "Saved. Everybody sees it at once under “Speak to the DSL now”.")
        return redirect("schools:safeguarding")
    context = {"forms": forms, "chase": chase, "may_see_settings": request.roles & {Role.LEAD, Role.DATA}}
    return render(request, "schools/safeguarding.html", context, status=422 if posted is not None else 200)
