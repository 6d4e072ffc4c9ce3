"""Who takes a mainstream lesson on one day instead of its teacher."""

from collections.abc import Sequence
from typing import Any

from django import forms

from iap.schools.models import School
from timetables.grids import name_of
from timetables.lessons_of_day import LessonOnDay

from .sessions import adult_field


class LessonCoverForm(forms.Form):
    """One of the day's lessons, and an adult; nobody gives it back to its own teacher."""

    lesson = forms.TypedChoiceField(
        coerce=int,
        error_messages={
            "required": "Choose the lesson.",
            "invalid_choice": "Choose one of the day’s lessons.",
        },
    )

    def __init__(self, *args: Any, school: School, lessons: Sequence[LessonOnDay], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lesson: Any = self.fields["lesson"]
        lesson.choices = [("", "Choose a lesson"), *((each.lesson.pk, _said(each)) for each in lessons)]
        covered_by = adult_field(
            school,
            "Who takes it",
            required=False,
            help_text="Leave empty if its own teacher takes it after all.",
            error_messages={"invalid_choice": "Choose somebody who works at this school."},
        )
        covered_by.empty_label = "Its own teacher"
        self.fields["covered_by"] = covered_by


def _said(each: LessonOnDay) -> str:
    lesson = each.lesson
    who = " and ".join(map(str, each.takes))
    return f"{name_of(lesson.period)}, {lesson.mainstream_class}" + (f", {who}" if who else "")
