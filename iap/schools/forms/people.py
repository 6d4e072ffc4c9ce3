"""Accounts, roles and the staff they belong to."""

from typing import Any

from django import forms

from iap.schools.actions.staff import CORRECTABLE
from iap.schools.models import Role, StaffMember, User
from iap.ui.typed import Day

from .correcting import CorrectingForm

ROLE_HELP = {
    Role.STAFF: "Runs sessions: Today, check-ins, notes",
    Role.LEAD: "Places, timetables, people and settings",
    Role.LEADER: "Sees pupils’ records and how the provision does",
    Role.SENCO: "Sees and writes pupils’ support records",
    Role.DSL: "Sees pupils’ records and who looked at them",
    Role.TEACHER: "Only the pupils coming to their own lessons",
    Role.TRUST: "Figures over schools, no names",
    Role.DATA: "Imports, people and settings; no support records",
}


class RoleForm(forms.Form):
    role = forms.ChoiceField(
        choices=Role.choices,
        error_messages={"required": "Choose a role.", "invalid_choice": "Choose a role."},
    )


class NewPersonForm(RoleForm):
    email = forms.EmailField(
        label="E-mail address",
        help_text="They sign in with it. A link to set a password is sent there.",
        error_messages={
            "required": "Enter their work e-mail address.",
            "invalid": "Enter an address such as r.adeyemi@school.example.",
        },
    )
    name = forms.CharField(
        max_length=120,
        help_text="As colleagues know them: Ms R. Adeyemi",
        error_messages={"required": "Enter their name as colleagues know them."},
    )
    field_order = ["email", "name", "role"]


class LinkForm(forms.Form):
    """The accounts of the school that no member of staff is linked to yet."""

    user = forms.ModelChoiceField(
        User.objects.none(),
        label="Account",
        to_field_name="uuid",
        empty_label="Choose an account",
        error_messages={
            "required": "Choose the account that belongs to this person.",
            "invalid_choice": "Choose an account from the list.",
        },
    )

    def __init__(self, data: Any, *, staff: StaffMember, suggested: User | None) -> None:
        super().__init__(data, initial={"user": suggested.uuid if suggested else None})
        linked = StaffMember.objects.filter(school=staff.school_id).exclude(user=None).values("user")
        field: Any = self.fields["user"]
        field.queryset = (
            User.objects.filter(memberships__school=staff.school_id)
            .exclude(pk__in=linked)
            .distinct()
            .order_by("name")
        )
        field.label_from_instance = lambda user: f"{user} ({user.email})"


class CorrectForm(CorrectingForm):
    """What the school's own system says of somebody, to be put right."""

    class Meta:
        model = StaffMember
        fields = CORRECTABLE
        error_messages = {"family_name": {"required": "Enter the family name."}}
        labels = {"given_name": "First name"}

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.compare_with_what_was_seen()


class LeaveForm(forms.Form):
    left_on = Day(
        label="First day on which they are no longer here",
        required=False,
        help_text="Leave it empty if they stay.",
        error_messages={"invalid": "Enter a date, such as 3/9/2026."},
    )
    end_roles = forms.BooleanField(
        label="End their roles here today",
        required=False,
        help_text="They can then open nothing of this school.",
    )
