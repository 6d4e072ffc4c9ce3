"""After a place: how it ended, what the pupil says of it, and whether it holds."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from iap.audit.models import log_read
from iap.errors import Refused
from iap.schools.access import only
from iap.schools.models import Role
from pupils import outcomes
from pupils.access import READERS, WRITERS, pupil_or_404
from pupils.actions import exits as actions
from pupils.actions.placements import correct_end
from pupils.forms.exits import EndForm, EvaluationForm, HoldsForm, question_of
from pupils.models import ExitEvaluation, FollowUpCheck, Placement, Pupil


class Page:
    """The page of one ended place, and what was posted to it."""

    def __init__(self, request: Any, pupil: Pupil, placement: Placement) -> None:
        self.request, self.pupil, self.placement = request, pupil, placement
        self.forms: dict[str, Any] = {}
        self.done = ""

    @property
    def checks(self) -> Any:
        found = FollowUpCheck.objects.at([self.pupil.school]).filter(placement=self.placement)
        return found.select_related("answered_by", "placement").order_by("weeks")

    def post(self) -> None:
        act = self.request.POST.get("act", "")
        if act == "correct" and Role.LEAD in self.request.roles:
            self._take("correct", EndForm(self.request.POST, prefix="end"), self._correct)
        elif act == "evaluate":
            self._take("evaluate", EvaluationForm(self.request.POST, prefix="said"), self._evaluate)
        else:
            check = next((each for each in self.checks if f"answer-{each.weeks}" == act), None)
            if check is not None:
                form = HoldsForm(self.request.POST, check=check)
                self._take(act, form, lambda **given: self._answer(check, **given))

    def _take(self, name: str, form: Any, action: Any) -> None:
        self.forms[name] = form
        if form.is_valid():
            try:
                self.done = action(**form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, str(refusal))

    def _correct(self, **given: Any) -> str:
        correct_end(self.placement, by=self.request.user, **given)
        return "Put right. Checks that nobody has answered yet have moved with the day."

    def _evaluate(self, **given: Any) -> str:
        actions.keep_evaluation(self.placement, by=self.request.user, **given)
        return "Kept in the pupil’s words."

    def _answer(self, check: FollowUpCheck, **given: Any) -> str:
        actions.answer_follow_up(check, by=self.request.user, **given)
        return "Kept."

    def context(self) -> dict[str, Any]:
        today, may_write = timezone.localdate(), bool(self.request.roles & set(WRITERS))
        ended = self.placement.ends_on is not None and self.placement.ends_on <= today
        said = ExitEvaluation.objects.at([self.pupil.school]).filter(placement=self.placement)
        return {
            "pupil": self.pupil,
            "placement": self.placement,
            "handed": self.placement.exits.select_related("by").first(),  # type: ignore[attr-defined]
            "outcomes": outcomes.of(self.placement),
            "said": said.standing().select_related("by").newest_first(),
            "question": question_of(self.placement),
            "checks": [(each, self._form_of(each, today, ended and may_write)) for each in self.checks],
            "correct": (self.forms.get("correct") or EndForm.of(self.placement))
            if Role.LEAD in self.request.roles
            else None,
            "evaluate": (self.forms.get("evaluate") or EvaluationForm(prefix="said")) if may_write else None,
            "posted": self.forms,
            "today": today,
        }

    def _form_of(self, check: FollowUpCheck, today: Any, may: bool) -> Any:
        """Open where it is due; an answer can be given early, and put right later."""
        return (self.forms.get(f"answer-{check.weeks}") or HoldsForm(check=check)) if may else None


@only(*READERS)
def exit_of(request: Any, uuid: UUID, place: UUID) -> HttpResponse:
    """Staff answer and note what the pupil says; the lead puts the end right; everybody else reads."""
    pupil = pupil_or_404(request, uuid)
    ended = Placement.objects.at([pupil.school]).filter(pupil=pupil).exclude(ends_on=None)
    placement = get_object_or_404(ended.select_related("pupil", "school"), uuid=place)
    page = Page(request, pupil, placement)
    if request.method == "POST" and request.roles & set(WRITERS):
        page.post()
        if page.done:
            messages.success(request, page.done)
            return redirect("pupils:exit", pupil.uuid, placement.uuid)
    log_read(request, "exit", [pupil])
    return render(request, "pupils/exit.html", page.context(), status=422 if page.forms else 200)
