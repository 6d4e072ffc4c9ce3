"""What is agreed about a pupil's return to one class."""

from typing import Any

from django import forms

from iap.schools.models import StaffMember
from iap.ui.typed import Words
from timetables.actions.returns import ChangeIn
from timetables.models import AgreedChange, ChangeState, ClassReturn

from .sessions import date_field

SPARE = 3  # empty rows for new changes


class ReturnForm(forms.ModelForm):
    """What helps, how the first lesson begins, and the way out."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = ClassReturn
        fields = ["helps", "first_lesson", "exit_plan"]
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in fields}
        field_classes = {name: Words for name in fields}


class ChangeForm(forms.Form):
    """One row: what the classroom changes, who sees to it, and by when. Left empty, it is no row."""

    change = forms.UUIDField(widget=forms.HiddenInput, required=False)
    what = Words(label="What the classroom changes", max_length=160, required=False)
    owner = forms.ModelChoiceField(
        StaffMember.objects.none(),
        label="Who sees to it",
        to_field_name="uuid",
        required=False,
        empty_label="Choose",
    )
    due_on = date_field("By", "Choose the day by which it is in place.")

    def __init__(self, *args: Any, staff: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.queryset = staff
        self.fields["due_on"].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("what"):
            if not data.get("owner") and "owner" not in self.errors:
                self.add_error("owner", "Choose who sees to it.")
            if not data.get("due_on") and "due_on" not in self.errors:
                self.add_error("due_on", "Choose the day by which it is in place.")
        return data


class BaseChanges(forms.BaseFormSet):
    """The rows of one return: those that stand, and a few empty ones."""

    def __init__(self, *args: Any, held: ClassReturn | None, staff: Any, **kwargs: Any) -> None:
        self.standing = (
            list(held.changes.exclude(state=ChangeState.ENDED).select_related("owner")) if held else []  # type: ignore[attr-defined]
        )
        rows = [
            {"change": row.uuid, "what": row.what, "owner": row.owner.uuid, "due_on": row.due_on}
            for row in self.standing
        ]
        super().__init__(*args, **{**kwargs, "initial": rows, "form_kwargs": {"staff": staff}})

    def changes(self) -> list[ChangeIn]:
        """The rows that say something; one that was emptied has ended."""
        known: dict[Any, AgreedChange] = {row.uuid: row for row in self.standing}
        return [
            ChangeIn(row["what"], row["owner"], row["due_on"], known.get(row.get("change")))
            for row in self.cleaned_data
            if row.get("what")
        ]


ChangesFormSet: Any = forms.formset_factory(ChangeForm, formset=BaseChanges, extra=SPARE, max_num=12)
