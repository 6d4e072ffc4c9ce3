"""The topics of training that the school wants its adults to have learnt."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from iap.errors import Refused
from iap.schools.access import only
from iap.schools.actions.learning import keep_topic, remove_topic
from iap.schools.forms.learning import TopicForm
from iap.schools.models import Role, TrainingTopic


@only(Role.LEAD)
def topics(request: Any) -> HttpResponse:
    """Add one, change one, or take one off the list that nobody has learnt yet."""
    act, _, key = request.POST.get("act", "").partition(":")
    listed = list(TrainingTopic.objects.at([request.school]))
    chosen = next((topic for topic in listed if str(topic.uuid) == key), None)
    new = TopicForm(request.POST if act == "add" else None, prefix="new")
    forms = {
        topic: TopicForm.of(topic, request.POST if act == "change" and topic == chosen else None)
        for topic in listed
    }
    posted = next((form for form in [new, *forms.values()] if form.is_bound), None)
    try:
        if act == "drop" and chosen is not None:
            remove_topic(chosen, by=request.user)
            messages.success(request, f"{chosen} is off the list.")
            return redirect("schools:topics")
        if posted is not None and posted.is_valid():
            keep_topic(request.school, by=request.user, topic=chosen, **posted.cleaned_data)
            messages.success(request, "Kept.")
            return redirect("schools:topics")
    except Refused as refusal:
        if posted is None:
            messages.error(request, str(refusal))
        else:
            posted.add_error(None, str(refusal))
    context = {"topics": list(forms.items()), "new": new, "posted": posted}
    return render(request, "schools/topics.html", context, status=422 if act else 200)
