"""What a lead or data manager sets for the school and its provision."""

from django import forms

from iap.schools.models import Provision, School

PACE = dict.fromkeys(("required", "invalid", "min_value", "max_value"), "Enter a number between 1 and 12.")

AREAS = dict.fromkeys(("required", "invalid", "min_value", "max_value"), "Enter a number between 1 and 5.")


class ProvisionForm(forms.ModelForm):
    class Meta:
        model = Provision
        fields = [
            "name",
            "model",
            "places",
            "stage",
            "pace_weeks",
            "pace_lessons",
            "ready_areas",
            "room_areas",
            "plan_weeks",
            "good_news_in",
            *Provision.HOURS,
        ]
        labels = {"model": "How pupils stay"}
        help_texts = {
            "model": "Most secondary schools reintegrate; most primary schools keep a cohort for the year.",
            "stage": "How far the provision has come. Nothing is locked by it.",
        }
        error_messages = {
            "name": {"required": "Enter what your school calls its provision, such as The Bridge."},
            "places": {
                "required": "Enter the places in a session, such as 9.",
                "invalid": "Enter the places in a session as a whole number, such as 9.",
                "min_value": "Enter 1 place or more.",
                "max_value": "Enter 30 places or fewer.",
            },
            "pace_weeks": PACE,
            "pace_lessons": PACE,
            "ready_areas": AREAS,
            "room_areas": AREAS,
            "plan_weeks": dict.fromkeys(PACE, "Enter a number of school weeks between 1 and 20, such as 6."),
            "good_news_in": dict.fromkeys(PACE, "Enter a number of contacts between 2 and 10, such as 3."),
            **{
                name: dict.fromkeys(
                    ("required", "invalid", "min_value", "max_value"),
                    "Enter hours in a week between 1 and 60, such as 24.5.",
                )
                for name in Provision.HOURS
            },
        }


class SchoolForm(forms.ModelForm):
    relabel = forms.BooleanField(
        required=False,
        label="Label the coming weeks again to fit the cycle",
        help_text="Only needed with a new cycle. Weeks that have begun keep their label.",
    )

    class Meta:
        model = School
        fields = ["name", "phase", "cycle_weeks"]
        help_texts = {"cycle_weeks": "Two weeks if lessons differ between week A and week B."}
        error_messages = {"name": {"required": "Enter the school's name."}}
