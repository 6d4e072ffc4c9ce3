"""The sections of the form, each with its forms and what is kept from them."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from referrals.forms.refer import HappeningForm, TriedForms, ViewsForm, WorriesForm, initial_of
from referrals.models import Referral
from referrals.teaching import classes_of_pupil
from timetables.models import MainstreamClass

PREFIX = "tried"


@dataclass
class Filled:
    """The form or formset of a section, and how it is kept."""

    form: Any = None
    rows: Any = None

    def is_valid(self) -> bool:
        return bool((self.form or self.rows).is_valid())

    def kept(self) -> dict[str, Any]:
        """The arguments for `save_section`."""
        if self.rows is not None:
            named = [row for row in self.rows.cleaned_data if row.get("what")]
            return {"fields": {}, "strategies": named}
        fields = dict(self.form.cleaned_data)
        if "classes" not in self.form.fields:
            return {"fields": fields}
        chosen = fields.pop("classes")
        return {
            "fields": fields,
            "classes": list(MainstreamClass.objects.filter(pk__in=self.form.keys_of(chosen))),
        }


@dataclass(frozen=True)
class Section:
    slug: str
    label: str
    lead: str

    @property
    def after(self) -> "Section | None":
        at = SECTIONS.index(self)
        return SECTIONS[at + 1] if at + 1 < len(SECTIONS) else None

    @property
    def before(self) -> "Section | None":
        at = SECTIONS.index(self)
        return SECTIONS[at - 1] if at else None

    def filled(self, request: Any, referral: Referral, *, fresh: bool = False) -> Filled:
        """As it was sent, or as it is kept; `fresh` is what is kept, whatever was sent."""
        data = request.POST if request.method == "POST" and not fresh else None
        match self.slug:
            case "happening":
                return Filled(_happening(data, referral))
            case "worries":
                return Filled(WorriesForm(data, initial=initial_of(referral, list(WorriesForm.base_fields))))
            case "tried":
                return Filled(rows=_tried(data, referral))
        return Filled(
            ViewsForm(
                data,
                school=referral.school,
                initial=initial_of(referral, list(ViewsForm.base_fields)),
            )
        )


SECTIONS = (
    Section("happening", "What is happening", "What you see, and what goes well"),
    Section("worries", "Why a place", "What worries you, and what it needs"),
    Section("tried", "What was tried", "What was tried, and what came of it"),
    Section("views", "Views", "What the pupil and the family say"),
)


def section_of(slug: str) -> Section | None:
    return next((each for each in SECTIONS if each.slug == slug), None)


def _happening(data: Any, referral: Referral) -> HappeningForm:
    groups = MainstreamClass.objects.filter(
        school=referral.school_id, pk__in=classes_of_pupil(referral.pupil, timezone.localdate())
    ).order_by("subject", "name")
    choices = [(each.name, f"{each.subject}, {each.name}" if each.subject else each.name) for each in groups]
    initial = initial_of(referral, list(HappeningForm.base_fields))
    initial["classes"] = list(referral.good_lessons.values_list("mainstream_class__name", flat=True))
    form = HappeningForm(data, classes=choices, initial=initial)
    keys = {each.name: each.pk for each in groups}
    form.keys_of = lambda names: [keys[name] for name in names]  # type: ignore[attr-defined]
    return form


def _tried(data: Any, referral: Referral) -> Any:
    names = ("what", "weeks", "led_by", "effect", "effect_words")
    kept = [{name: getattr(each, name) for name in names} for each in referral.strategies.all()]
    return TriedForms(data, prefix=PREFIX, initial=kept)
