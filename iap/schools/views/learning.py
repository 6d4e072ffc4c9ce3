"""Training and qualifications: all of them for the lead, one's own for everybody."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from iap.errors import Refused
from iap.schools import learning as learnt
from iap.schools.access import only
from iap.schools.actions import learning as actions
from iap.schools.forms.learning import PersonalForm, TrainingForm
from iap.schools.models import Qualification, Role, Skill, StaffMember, Supervision, Training


@only(Role.LEAD)
def learning(request: Any) -> HttpResponse:
    """How many have each topic, what runs out, and forms to add."""
    school, posted = request.school, request.POST if request.method == "POST" else None
    act = posted.get("act", "") if posted is not None else ""
    training = TrainingForm(posted if act == "training" else None, school=school, prefix="t")
    personal = PersonalForm(posted if act == "personal" else None, school=school, prefix="p")
    done = False
    if act == "begin":
        actions.begin_with_our_list(school, by=request.user)
        done = True
    elif act == "training" and training.is_valid():
        actions.keep_training(school, by=request.user, **training.cleaned_data)
        done = True
    elif act == "personal" and personal.is_valid():
        try:
            actions.keep_personal(school, by=request.user, **personal.cleaned_data)
            done = True
        except Refused as refusal:
            personal.add_error("day", str(refusal))
    elif (of := _of_one(school, act)) is not None:
        verb, kept = of
        verb(kept, by=request.user)
        done = True
    if done:
        messages.success(request, "Kept.")
        return redirect("schools:learning")
    today = timezone.localdate()
    groups, topics = learnt.by_topic(learnt.coverage(school, today))
    context = {
        "groups": groups,
        "topics": topics,
        "runs_out": learnt.runs_out(school, today),
        "supervisions": Supervision.objects.at([school])
        .to_be_held()
        .filter(staff__left_on=None)
        .select_related("staff")
        .order_by("planned_on"),
        "people": learnt.by_person(school),
        "skills": Skill.objects.at([school]).filter(staff__left_on=None).select_related("staff"),
        "training": training,
        "personal": personal,
        "today": today,
    }
    return render(request, "schools/learning.html", context, status=422 if posted is not None else 200)


KINDS = {
    "training": Training,
    "qualification": Qualification,
    "skill": Skill,
    "supervision": Supervision,
}


def _of_one(school: Any, act: str) -> tuple[Any, Any] | None:
    """What a button beside one row asks for: `held:7`, or `out:training:7`."""
    *what, key = act.split(":")
    number = int(key) if key.isdecimal() and len(key) < 19 else 0
    match what:
        case ["held"]:
            verb, model = actions.supervision_held, Supervision
        case ["out", kind] if kind in KINDS:
            verb, model = actions.take_out, KINDS[kind]  # type: ignore[assignment]
        case _:
            return None
    found = model.objects.at([school]).filter(pk=number).select_related("staff").first()
    return (verb, found) if found is not None else None


@only(*Role)
def my_learning(request: Any) -> HttpResponse:
    """What is kept of one's own: nobody else's."""
    staff = StaffMember.objects.at([request.school]).filter(user=request.user).first()
    mine = {"school": request.school, "staff": staff}
    context = {
        "staff": staff,
        "training": Training.objects.filter(**mine).select_related("topic") if staff else [],
        "qualifications": Qualification.objects.filter(**mine) if staff else [],
        "skills": Skill.objects.filter(**mine) if staff else [],
        "supervisions": Supervision.objects.filter(**mine) if staff else [],
        "today": timezone.localdate(),
    }
    return render(request, "schools/my_learning.html", context)
