"""Which pack, of which days, and for whom."""

from typing import Any

from django import forms

from iap.schools.models import School, User
from reporting.actions.packs import NAMED
from reporting.models import PackKind, Rhythm
from reporting.periods import Kind, Period, Periods

OFFERED = {Kind.HALF_TERM: 6, Kind.TERM: 6, Kind.YEAR: 3}


class GovernorsForm(forms.Form):
    """The governors' pack of one period."""

    period = forms.ChoiceField(
        label="Over which days", error_messages={"required": "Choose the days it is about."}
    )

    def __init__(self, *args: Any, periods: Periods, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.periods = periods
        self.fields["period"].choices = [  # type: ignore[attr-defined]
            (
                label,
                [
                    (each.key, f"{each.name}{', so far' if each.runs else ''}")
                    for each in periods.past(kind)[: OFFERED[kind]]
                ],
            )
            for kind, label in (
                (Kind.TERM, "Terms"),
                (Kind.HALF_TERM, "Half terms"),
                (Kind.YEAR, "School years"),
            )
        ]

    @property
    def has_periods(self) -> bool:
        """Whether the school has had any days that a pack could be about."""
        return any(periods for _, periods in self.fields["period"].choices)  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Period:
        found = self.periods.find(self.cleaned_data["period"])
        assert found is not None  # it was among the choices
        return found


class ScheduleForm(forms.Form):
    kind = forms.ChoiceField(
        label="Which pack",
        choices=[(kind.value, kind.label) for kind in (PackKind.GOVERNORS, PackKind.PROVISION)],
    )
    rhythm = forms.ChoiceField(label="When", choices=Rhythm.choices)
    people = forms.ModelMultipleChoiceField(
        label="For whom",
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Name at least one person who gets it."},
    )

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = User.objects.filter(is_active=True, memberships__school=school, memberships__role__in=NAMED)
        self.fields["people"].queryset = named.distinct().order_by("name", "pk")  # type: ignore[attr-defined]
