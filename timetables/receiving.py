"""The teachers to whose lessons pupils return."""

import datetime as dt
from typing import Any

from .models import ClassReturn, LessonTeacher


def teachers_of_returns(school: Any, day: dt.date) -> set[int]:
    """Keys of staff who teach, on that day, a class for which something is agreed about a pupil's return."""
    classes = ClassReturn.objects.filter(school=school).values("mainstream_class")
    taught = LessonTeacher.objects.valid_on(day).filter(school=school, lesson__mainstream_class__in=classes)
    return set(taught.values_list("teacher", flat=True))
