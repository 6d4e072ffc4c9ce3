"""A figure and its list are one: change one row of what was recorded, and both change alike."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from html import escape
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from iap.schools.models import Training
from pupils.models import AttendanceMark, CheckIn, FollowUpCheck, Incident, Placement, Pupil, Suspension
from referrals.models import Decision, Offer, Referral
from reporting.facts import Facts
from reporting.figures import Figure, figure_of, measure, measures
from reporting.measures import check_ins, fairness
from reporting.measures.way_back import mark_key
from reporting.models import Costs
from reporting.periods import Kind, Period
from reporting.reintegration.ways import Mark
from tests.factories import HybridStepFactory, MembershipFactory, PlacementFactory, PupilFactory, upn_number
from timetables.models import AgreedChange, ChangeState, HybridStep, LessonFeedback, SessionStaff, StepPlace

from .conftest import LOGGED, TODAY, a_school, kept_for_the_module, lists_every_row, on_its_own

NOON = dt.datetime.combine(TODAY, dt.time(12), tzinfo=dt.UTC)
LATER = TODAY + dt.timedelta(days=400)
Change = Callable[[Figure, Period], Any]


logged = kept_for_the_module(partial(a_school, size=LOGGED), NOON)


@pytest.fixture(autouse=True)
def _on_the_day() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def begin_later(figure: Figure, period: Period) -> None:
    """A pupil's places had not begun yet."""
    pupil = next(row.pupil for row in figure.counted if row.pupil is not None and row.part)
    for n, place in enumerate(Placement.objects.filter(pupil=pupil).order_by("-starts_on")):
        first = LATER - dt.timedelta(days=20 * n)
        last = {"ends_on": first + dt.timedelta(days=9), "destination": "moved"}
        Placement.objects.filter(pk=place.pk).update(starts_on=first, **last)


def not_in_a_session(figure: Figure, period: Period) -> None:
    """In one slot the pupils of a session are somewhere else."""
    session = (
        StepPlace.objects.filter(step__starts_on__range=period.window, session__isnull=False).first().session
    )
    StepPlace.objects.filter(session=session).update(place="social", session=None)


def ten_more(figure: Figure, period: Period) -> None:
    """Ten more pupils sit in one session."""
    held = StepPlace.objects.filter(step__starts_on__range=period.window, session__isnull=False).first()
    for n in range(10):
        pupil = PupilFactory(school=held.school, upn=upn_number(800 + n))
        place = PlacementFactory(
            school=held.school, pupil=pupil, starts_on=period.first, key_adult=held.step.placement.key_adult
        )
        step = HybridStepFactory(school=held.school, placement=place, by=held.step.by)
        slot = {"week": held.week, "period": held.period, "place": held.place, "session": held.session}
        StepPlace.objects.create(school=held.school, step=step, **slot)


def nobody_came(figure: Figure, period: Period) -> None:
    """Every other adult was somewhere else."""
    for staff in SessionStaff.objects.all()[::2]:
        staff.delete()


def another_share(figure: Figure, period: Period) -> None:
    """All of their lessons are in mainstream now."""
    steps = HybridStep.objects.in_force_on(period.last)
    StepPlace.objects.filter(step__in=steps).update(place="mainstream", session=None)


def went_elsewhere(figure: Figure, period: Period) -> None:
    Placement.objects.filter(pk=_ended(figure).pk).update(destination="moved")


def still_here(figure: Figure, period: Period) -> None:
    Placement.objects.filter(pk=_ended(figure).pk).update(ends_on=None, destination="")


def _ended(figure: Figure) -> Placement:
    pupil = next(row.pupil for row in figure.counted if row.pupil is not None and (row.part or row.whole))
    return Placement.objects.filter(pupil=pupil, ends_on__isnull=False).latest("ends_on")


def decided_earlier(figure: Figure, period: Period) -> None:
    """The panel had met long before."""
    decision = Decision.objects.filter(referral__pupil=figure.counted[0].pupil).latest("at")
    decision.pk, decision.at = None, decision.at - dt.timedelta(days=800)
    decision.save(force_insert=True)


def another_start(figure: Figure, period: Period) -> None:
    pupil = figure.counted[0].pupil
    Offer.objects.filter(referral__pupil=pupil).update(starts_on=LATER)


def not_withdrawn(figure: Figure, period: Period) -> None:
    Referral.objects.filter(pupil=figure.counted[0].pupil).update(state="waiting")


def withdrawn(figure: Figure, period: Period) -> None:
    Referral.objects.filter(pupil=figure.counted[0].pupil).update(state="withdrawn", state_at=timezone.now())


def not_sent(figure: Figure, period: Period) -> None:
    later = timezone.now() + dt.timedelta(days=400)
    Referral.objects.filter(pupil=figure.counted[0].pupil).update(submitted_at=later)


def no_longer_needed(figure: Figure, period: Period) -> None:
    pupil = figure.counted[0].pupil
    AgreedChange.objects.filter(class_return__pupil=pupil).update(state=ChangeState.ENDED)


def another_mark(figure: Figure, period: Period) -> None:
    AttendanceMark.objects.filter(pupil=figure.counted[0].pupil).update(code="O")


def no_suspension(figure: Figure, period: Period) -> None:
    pupil = next(row.pupil for row in figure.counted if row.part)
    Suspension.objects.filter(pupil=pupil).delete()


def no_entry(figure: Figure, period: Period) -> None:
    pupil = next(row.pupil for row in figure.counted if row.part)
    Incident.objects.filter(pupil=pupil).delete()


def other_costs(figure: Figure, period: Period) -> None:
    Costs.objects.update(staff=1, other=0, external_week=7)


def leave_the_roll(figure: Figure, period: Period) -> None:
    Pupil.objects.filter(pk=figure.counted[0].pupil).update(left_on=period.first)


def undone(figure: Figure, period: Period) -> None:
    """Somebody took a check-in back."""
    check_in = CheckIn.objects.filter(pupil=figure.counted[0].pupil, day__range=period.window).first()
    CheckIn.objects.filter(pk=check_in.pk).update(undone_at=timezone.now(), undone_by=check_in.by)


def forgotten(figure: Figure, period: Period) -> None:
    Training.objects.all().delete()


def never_in_mainstream(figure: Figure, period: Period) -> None:
    """Whoever had come to this was not in mainstream for it."""
    pupil = next(row.pupil for row in figure.counted if row.part)
    StepPlace.objects.filter(step__pupil=pupil, place="mainstream").update(place="social")
    Placement.objects.filter(pupil=pupil, destination="full-return").update(destination="moved")


def always_in_mainstream(figure: Figure, period: Period) -> None:
    """Somebody who had not come to this was in mainstream from the first day."""
    pupil = next(row.pupil for row in figure.counted if not row.part)
    StepPlace.objects.filter(step__pupil=pupil).update(place="mainstream", session=None)


def of_another_kind(figure: Figure, period: Period) -> None:
    step = HybridStep.objects.filter(pupil=figure.rows[0].pupil, kind__in=["forward", "hold", "back"]).first()
    HybridStep.objects.filter(pk=step.pk).update(kind="correction")


def said_otherwise(figure: Figure, period: Period) -> None:
    check = FollowUpCheck.objects.filter(placement__pupil=figure.counted[0].pupil, due_on__lte=TODAY).first()
    FollowUpCheck.objects.filter(pk=check.pk).update(due_on=LATER)


def taken_back(figure: Figure, period: Period) -> None:
    """A teacher's word of a visit was undone."""
    said = LessonFeedback.objects.filter(pupil=figure.counted[0].pupil).first()
    LessonFeedback.objects.filter(pk=said.pk).update(undone_at=timezone.now(), undone_by=said.by)


CHANGES: dict[str, Change] = {
    "pupils-supported": begin_later,
    "mainstream-share": another_share,
    "mainstream-by-week": another_share,
    "full-returns": went_elsewhere,
    "places-ended": still_here,
    "sessions-within-guide": not_in_a_session,
    "group-size": ten_more,
    "adults-present": not_in_a_session,
    "pupils-to-an-adult": nobody_came,
    "list-joined": decided_earlier,
    "list-started": another_start,
    "list-helped-otherwise": not_withdrawn,
    "list-waiting": withdrawn,
    "wait": another_start,
    "decision": decided_earlier,
    "changes-in-place": no_longer_needed,
    "training": forgotten,
    "attendance": another_mark,
    "suspensions": no_suspension,
    "incidents": no_entry,
    mark_key(Mark.FIRST): never_in_mainstream,
    mark_key(Mark.HALF): always_in_mainstream,
    mark_key(Mark.FULL): never_in_mainstream,
    "way-back-steps": of_another_kind,
    "way-back-lasting": said_otherwise,
    "way-back-by-subject": taken_back,
    "way-back-by-period": taken_back,
    "cost-per-place-week": other_costs,
    "cost-per-return": other_costs,
    "external-place-week": other_costs,
    **{check_ins.key(each): undone for each in check_ins.GROUPINGS},
    **{fairness.key("roll", each): leave_the_roll for each in fairness.CHARACTERISTICS},
    **{fairness.key("referred", each): not_sent for each in fairness.CHARACTERISTICS},
    **{fairness.key("placed", each): begin_later for each in fairness.CHARACTERISTICS},
    **{fairness.key("returned", each): went_elsewhere for each in fairness.CHARACTERISTICS},
}


def test_every_figure_has_a_change_that_it_answers_to():
    assert {each.key for each in measures()} == set(CHANGES)


@pytest.mark.parametrize("key", sorted(CHANGES))
def test_one_row_changed_changes_the_figure_and_its_list_alike(client, key, small, logged):
    made = on_its_own(logged if key.startswith(("check-ins", "way-back")) else small)
    client.force_login(MembershipFactory(school=made.school, role="leader").user)
    before = _seen(client, made, key)
    assert before.rows, "a list of nothing proves nothing"
    CHANGES[key](before, before.period)
    after = _seen(client, made, key)
    assert after.rows != before.rows
    assert after.value != before.value


def _seen(client: Any, made: Any, key: str) -> Figure:
    """The figure as the code has it, held against the page: the same number, and a row for each row."""
    facts = Facts(made.school, TODAY)
    period = facts.periods.now(Kind.YEAR)
    figure = figure_of(facts, period, measure(key))
    page = client.get(reverse("reporting:figure", args=[key]), {"period": period.key}).content.decode()
    assert f'<span class="iap-kpi__v">{figure.said}' in page
    assert escape(figure.definition) in page
    assert lists_every_row(page, figure)
    return figure
