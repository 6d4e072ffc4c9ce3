"""Talking with home and with agencies: the log, what was agreed and planned, consent, and letters."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from iap.audit.models import log_read
from iap.errors import Conflict, Refused
from iap.schools.access import only
from pupils.access import READERS, SENSITIVE, WRITERS, pupil_or_404
from pupils.actions.agencies import end_consent, end_involvement, keep_agency, record_consent
from pupils.actions.contacts import drop_planned, finish_action, log_contact, plan_contact
from pupils.actions.letters import note_sent
from pupils.forms.contacts import AgencyForm, ConsentForm, LastDayForm, LogForm, PlanForm, SentForm
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
        self.done, self.status = "", 422

    def post(self) -> None:
        posted, act = self.request.POST, self.request.POST.get("act", "")
        match act.partition(":")[::2]:
            case "log", _:
                self._take(act, self._log(posted), partial(log_contact, self.pupil))
            case "plan", _:
                self._take(act, self._plan(posted), partial(plan_contact, self.pupil))
            case "agency", _ if self.sensitive:
                self._take(act, AgencyForm(posted, prefix=act), partial(keep_agency, self.pupil))
            case "consent", _ if self.sensitive:
                self._take(act, self._consent(posted), record_consent)
            case "end-consent" | "left" as what, key:
                self._end(what, key)
            case "sent", key:
                self._note_sent(key)
            case what, key:
                self._tick(what, key)

    def _log(self, posted: Any = None) -> LogForm:
        return LogForm(posted, pupil=self.pupil, agencies=self.agencies, prefix="log")

    def _plan(self, posted: Any = None) -> PlanForm:
        return PlanForm(posted, pupil=self.pupil, agencies=self.agencies, prefix="plan")

    def _consent(self, posted: Any = None) -> ConsentForm:
        return ConsentForm(posted, agencies=self.agencies, prefix="consent")

    def _end(self, what: str, key: str) -> None:
        """Consent has ended, or the agency has left."""
        action = end_consent if what == "end-consent" else end_involvement
        for agency in (each for each in self.agencies if str(each.uuid) == key):
            form = LastDayForm.of(agency, self.request.POST)
            self._take(f"last:{key}", form, partial(action, agency))

    def _note_sent(self, key: str) -> None:
        for letter in (each for each in self.letters if str(each.uuid) == key):
            self._take(f"sent:{key}", SentForm.of(letter, self.request.POST), partial(note_sent, letter))

    def _take(self, name: str, form: Any, action: Callable[..., Any]) -> None:
        self.forms[name] = form
        if form.is_valid():
            try:
                action(by=self.request.user, **form.given())
            except Conflict as conflict:
                form.begin_anew(str(conflict))
                self.status = 409
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                self.done = "Kept."

    def _tick(self, act: str, key: str) -> None:
        number = int(key) if key.isdecimal() and len(key) < 19 else 0
        if act == "done":
            for action in self._agreed().filter(pk=number):
                finish_action(action, by=self.request.user)
        elif act == "drop":
            for planned in self._mine(PlannedContact).filter(pk=number):
                drop_planned(planned, by=self.request.user)
        self.done = "Done."

    @property
    def letters(self) -> list[Letter]:
        held = Letter.objects.at(self.here).filter(pupil=self.pupil).defer("paper")
        return list(held.select_related("by").newest_first()[:SHOWN])

    def _sent(self, letter: Letter) -> SentForm | None:
        """Asked of each letter that stands; open where it was refused."""
        posted = self.forms.get(f"sent:{letter.uuid}")
        return (posted or SentForm.of(letter)) if self.may_write and letter.stands else None

    def _last_day(self, agency: Agency) -> LastDayForm | None:
        return (self.forms.get(f"last:{agency.uuid}") or LastDayForm.of(agency)) if self.may_write else None

    def _mine(self, model: Any) -> Any:
        found = model.objects.at(self.here).filter(pupil=self.pupil)
        return found if self.sensitive else found.filter(agency=None)

    def _agreed(self) -> Any:
        found = AgreedAction.objects.at(self.here).filter(pupil=self.pupil)
        return found if self.sensitive else found.filter(contact__agency=None)

    def context(self) -> dict[str, Any]:
        today = timezone.localdate()
        home = ContactLog.objects.at(self.here).filter(pupil=self.pupil).reached().with_home().newest_first()
        every = self.pupil.school.provision.good_news_in
        return {
            "pupil": self.pupil,
            "today": today,
            "may_write": self.may_write,
            "sensitive": self.sensitive,
            "good_news": asks_for_good_news(list(home.values_list("tone", flat=True)[:every]), every),
            "log": self._mine(ContactLog).newest_first().select_related("by", "agency")[:SHOWN],
            "open_actions": self._agreed().open().select_related("owner", "contact"),
            "planned": self._mine(PlannedContact).to_be_made().order_by("day", "pk"),
            "letters": [(each, self._sent(each)) for each in self.letters],
            "agencies": [
                (each, each.consent_on(today), self._last_day(each), f"last:{each.uuid}" in self.forms)
                for each in self.agencies
                if not each.has_left(today)
            ],
            "left": [each for each in self.agencies if each.has_left(today)],
            "forms": self.forms,
            "log_form": self.forms.get("log") or self._log(),
            "plan_form": self.forms.get("plan") or self._plan(),
            "agency_form": self.forms.get("agency") or AgencyForm(prefix="agency"),
            "consent_form": self.forms.get("consent") or self._consent(),
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
    return render(request, "pupils/contacts.html", page.context(), status=page.status if page.forms else 200)
