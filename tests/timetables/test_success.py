"""Lesson success: the mean of the last five rated visits, and nothing said of fewer than three."""

import datetime as dt
from fractions import Fraction
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from iap.schools.models import Period
from pupils.models import AttendanceMark
from tests.factories import PupilFactory, UserFactory
from timetables.measures.success import visits_of
from timetables.models import LessonFeedback, Outcome
from timetables.outcomes import success

from .week import lesson_of

WORTH = {"well": 1.0, "mixed": 0.5, "hard": 0.0, "absent": 0.0}


@given(st.lists(st.sampled_from(Outcome.values), max_size=12))
def test_success_agrees_with_counting_by_hand(outcomes: list[str]) -> None:
    rated = [WORTH[each] for each in outcomes if each != "cancelled"]
    last = rated[-5:]
    expected = sum(last) / len(last) if len(last) >= 3 else None
    found = success(outcomes)
    assert found == expected if expected is None else float(found or 0) == pytest.approx(expected)


def test_two_visits_are_not_enough_to_say() -> None:
    assert success(["hard", "hard"]) is None
    assert success(["hard", "hard", "well"]) == Fraction(1, 3)


def said(school: Any, pupil: Any, lesson: Any, day: dt.date, outcome: str) -> LessonFeedback:
    return LessonFeedback.objects.create(
        school=school, pupil=pupil, lesson=lesson, day=day, outcome=outcome,
        at=timezone.now(), by=UserFactory(), entry=uuid4(),
    )  # fmt: skip


@pytest.fixture
def visited(school: Any) -> tuple[Any, Any]:
    pupil = PupilFactory(school=school)
    return pupil, lesson_of(school, pupil, Period.objects.filter(school=school, name="1").first())


def test_not_there_while_absent_from_school_is_skipped(school: Any, visited: Any) -> None:
    pupil, lesson = visited
    day = dt.date(2026, 11, 9)
    said(school, pupil, lesson, day, "absent")
    said(school, pupil, lesson, day + dt.timedelta(weeks=1), "absent")
    AttendanceMark.objects.create(school=school, pupil=pupil, day=day, half="AM", code="I")
    AttendanceMark.objects.create(
        school=school, pupil=pupil, day=day + dt.timedelta(weeks=1), half="AM", code="/"
    )
    assert [visit.day for visit in visits_of(school, [pupil.pk])[pupil.pk]] == [day + dt.timedelta(weeks=1)]


def test_the_latest_word_on_a_visit_counts_and_an_undone_one_does_not(school: Any, visited: Any) -> None:
    pupil, lesson = visited
    day = dt.date(2026, 11, 9)
    said(school, pupil, lesson, day, "hard")
    said(school, pupil, lesson, day, "mixed")
    undone = said(school, pupil, lesson, day, "well")
    undone.undone_at, undone.undone_by = timezone.now(), undone.by
    undone.save()
    assert [visit.outcome for visit in visits_of(school, [pupil.pk])[pupil.pk]] == ["mixed"]


def test_a_cancelled_lesson_is_no_visit(school: Any, visited: Any) -> None:
    pupil, lesson = visited
    said(school, pupil, lesson, dt.date(2026, 11, 9), "well")
    said(school, pupil, lesson, dt.date(2026, 11, 9), "cancelled")
    assert pupil.pk not in visits_of(school, [pupil.pk])
