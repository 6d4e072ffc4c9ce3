"""A pupil of whom much was logged: their page, their timeline, and what a review gathers by itself."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils import timezone

from iap.schools.models import Membership, Role, School
from iap.tenancy import context
from pupils.models import CheckIn, ContactLog, Note, Plan, Pupil, PupilSaid
from pupils.record import Record
from pupils.review.gathered import gather, span_of
from timetables.models import IapSession, LessonFeedback, MainstreamLesson, SessionMark

Median = Callable[[Callable[[], Any]], tuple[float, int]]
ENTRIES, YEARS = 2000, 2


def pupil_figures(school: School, signed_in: Callable[[School, Role], Any], median: Median) -> dict[str, Any]:
    """Milliseconds and queries of the lead's pages; `more` is what two years of entries add to the queries."""
    lead, today = signed_in(school, Role.LEAD), timezone.localdate()
    with context.within(school.pk):
        plan = (
            Plan.objects.open().filter(school=school).select_related("pupil", "placement").order_by("pk")[0]
        )
        pupil = plan.pupil
        pupil.school = School.objects.select_related("provision").get(pk=school.pk)
    page, timeline = pupil.get_absolute_url(), reverse("pupils:timeline", args=[pupil.uuid])
    _, few = median(lambda: lead.get(page))
    with context.within(school.pk):
        entries = _log(pupil, today)
        gathered = median(lambda: gather(span_of(Record(pupil, today), plan)))
    shown = median(lambda: lead.get(page))
    return {
        "pupil_page": _told(shown) | {"entries": entries, "more": shown[1] - few},
        "timeline": _told(median(lambda: lead.get(timeline))),
        "review_pre_fill": _told(gathered),
    }


def _log(pupil: Pupil, today: dt.date) -> int:
    """Two years of days, each with a check-in, mark, note, lesson or word of the pupil; a call home now and then."""
    session = IapSession.objects.filter(school=pupil.school_id).order_by("pk")[0]
    lesson = MainstreamLesson.objects.filter(school=pupil.school_id).order_by("pk")[0]
    by = Membership.objects.filter(school=pupil.school_id, role=Role.STAFF).order_by("pk")[0].user
    kinds: list[tuple[Any, dict[str, Any]]] = [
        (CheckIn, {"readiness": 4, "note": "Came in smiling."}),
        (SessionMark, {"session": session, "here": True}),
        (Note, {"text": "Asked for the next chapter, and read it to the group."}),
        (LessonFeedback, {"lesson": lesson, "outcome": "well", "line": "Stayed to the end."}),
        (PupilSaid, {"mood": 4, "words": "The garden was good."}),
    ]
    for number, (model, more) in enumerate(kinds):
        model.objects.bulk_create(
            model(
                school_id=pupil.school_id,
                pupil=pupil,
                by=by,
                entry=uuid.uuid4(),
                day=day,
                at=timezone.make_aware(dt.datetime.combine(day, dt.time(9 + number))),
                **more,
            )
            for day in _days(today, ENTRIES // len(kinds))
        )
    ContactLog.objects.bulk_create(
        ContactLog(
            school_id=pupil.school_id, pupil=pupil, by=by, day=day, with_name="Mum", how="phone", tone="good",
            said="A good week.",
        )
        for day in _days(today, 40)
    )  # fmt: skip
    return sum(model.objects.filter(school=pupil.school_id, pupil=pupil).count() for model, _ in kinds)


def _days(today: dt.date, number: int) -> list[dt.date]:
    """So many days of the last two years, evenly."""
    return [today - dt.timedelta(days=1 + n * 365 * YEARS // number) for n in range(number)]


def _told(measured: tuple[float, int]) -> dict[str, Any]:
    milliseconds, queries = measured
    return {"queries": queries, "median_ms": milliseconds}
