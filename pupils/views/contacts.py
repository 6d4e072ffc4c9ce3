"""Talking with home and with agencies: the log, what was agreed and planned, consent, and letters."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from iap.audit.models import log_read
from iap.errors import Refused
from iap.schools.access import only
from pupils.access import READERS, SENSITIVE, WRITERS, pupil_or_404
from pupils.actions import contacts as actions
from pupils.actions.letters import note_sent
from pupils.forms.contacts import AgencyForm, ConsentForm, LogForm, PlanForm, SentForm
from pupils.good_news import asks_for_good_news
from pupils.models import Agency, AgreedAction, ContactLog, Letter, PlannedContact, Pupil

SHOWN = 20


class Page:
    """One pupil's contacts as one reader sees them, and what was posted."""

    def __init__(self, request: Any, pupil: Pupil) -> None:
        self.request, self.pupil, self.here = request, pupil, [pupil.school]
        self.may_write = bool(request.roles & set(WRITERS))
        self.sensitive = bool(request.roles & set(SENSITIVE))
        held = Agency.objects.at(self.here).filter(pupil=pupil).prefetch_related("consents")
        self.agencies = list(held) if self.sensitive else []
        self.forms: dict[str, Any] = {}
        self.done = ""

    def post(self) -> None:
        posted, act = self.request.POST, self.request.POST.get("act", "")
        if act == "log":
            form = LogForm(posted, pupil=self.pupil, agencies=self.agencies, prefix="log")
            self._take(
                act, form, lambda: actions.log_contact(self.pupil, by=self.request.user, **form.given())
            )
        elif act == "plan":
            plan = PlanForm(posted, prefix="plan")
            self._take(
                act, plan, lambda: actions.plan_contact(self.pupil, by=self.request.user, **plan.cleaned_data)
            )
        elif act == "agency" and self.sensitive:
            agency = AgencyForm(posted, prefix="agency")
            self._take(
                act,
                agency,
                lambda: actions.keep_agency(self.pupil, by=self.request.user, **agency.cleaned_data),
            )
        elif act == "consent" and self.sensitive:
            consent = ConsentForm(posted, agencies=self.agencies, prefix="consent")
            self._take(
                act, consent, lambda: actions.record_consent(by=self.request.user, **consent.cleaned_data)
            )
        elif letter := next((each for each in self.letters if act == f"sent:{each.uuid}"), None):
            sent = SentForm.of(letter, posted)
            self._take(act, sent, lambda: note_sent(letter, by=self.request.user, **sent.cleaned_data))
        else:
            self._tick(*act.partition(":")[::2])

    def _take(self, name: str, form: Any, action: Any) -> None:
        self.forms[name] = form
        if form.is_valid():
            try:
                action()
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                self.done = "Kept."

    def _tick(self, act: str, key: str) -> None:
        number = int(key) if key.isdecimal() and len(key) < 19 else 0
        if act == "done":
            for action in AgreedAction.objects.at(self.here).filter(pupil=self.pupil, pk=number):
                actions.finish_action(action, by=self.request.user)
        elif act == "drop":
            for planned in PlannedContact.objects.at(self.here).filter(pupil=self.pupil, pk=number):
                actions.drop_planned(planned, by=self.request.user)
        self.done = "Done."

    @property
    def letters(self) -> list[Letter]:
        held = Letter.objects.at(self.here).filter(pupil=self.pupil).defer("paper")
        return list(held.select_related("by").newest_first()[:SHOWN])

    def _sent(self, letter: Letter) -> SentForm | None:
        """Asked of each letter that stands; open where it was refused."""
        posted = self.forms.get(f"sent:{letter.uuid}")
        return (posted or SentForm.of(letter)) if self.may_write and letter.stands else None

    def _mine(self, model: Any) -> Any:
        found = model.objects.at(self.here).filter(pupil=self.pupil)
        return found if self.sensitive else found.filter(agency=None)

    def context(self) -> dict[str, Any]:
        today = timezone.localdate()
        home = ContactLog.objects.at(self.here).filter(pupil=self.pupil).reached().with_home().newest_first()
        every = self.pupil.school.provision.good_news_in
        open_actions = AgreedAction.objects.at(self.here).filter(pupil=self.pupil).open()
        if not self.sensitive:
            open_actions = open_actions.filter(contact__agency=None)
        return {
            "pupil": self.pupil,
            "today": today,
            "may_write": self.may_write,
            "sensitive": self.sensitive,
            "good_news": asks_for_good_news(list(home.values_list("tone", flat=True)[:every]), every),
            "log": self._mine(ContactLog).newest_first().select_related("by", "agency")[:SHOWN],
            "open_actions": open_actions.select_related("owner", "contact"),
            "planned": self._mine(PlannedContact).to_be_made().order_by("day", "pk"),
            "letters": [(each, self._sent(each)) for each in self.letters],
            "agencies": [
                (
                    each,
                    next(
                        (
                            c
                            for c in each.consents.all()
                            if c.starts_on <= today and (c.ends_on is None or c.ends_on >= today)
                        ),
                        None,
                    ),
                )  # type: ignore[attr-defined]
                for each in self.agencies
            ],
            "forms": self.forms,
            "log_form": self.forms.get("log")
            or LogForm(pupil=self.pupil, agencies=self.agencies, prefix="log"),
            "plan_form": self.forms.get("plan") or PlanForm(prefix="plan"),
            "agency_form": self.forms.get("agency") or AgencyForm(prefix="agency"),
            "consent_form": self.forms.get("consent")
            or ConsentForm(agencies=self.agencies, prefix="consent"),
        }


@only(*READERS)
def contacts(request: Any, uuid: UUID) -> HttpResponse:
    """Everybody who works with the pupil reads contacts with home; with agencies, those who answer for it."""
    pupil = pupil_or_404(request, uuid)
    page = Page(request, pupil)
    if request.method == "POST" and page.may_write:
        page.post()
        if page.done:
            messages.success(request, page.done)
            return redirect("pupils:contacts", pupil.uuid)
    log_read(request, "contacts", [pupil])
    return render(request, "pupils/contacts.html", page.context(), status=422 if page.forms else 200)
