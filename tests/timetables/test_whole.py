"""The whole provision: who is where now, and its week by group, by adult and by pupil."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from iap.audit.models import Read
from iap.schools.calendar import Calendar
from iap.schools.models import Closure, Period
from tests.factories import (
    HybridStepFactory,
    PlacementFactory,
    PupilFactory,
    SchoolFactory,
    StaffMemberFactory,
)
from timetables.models import Cover, SessionStaff, StepPlace
from timetables.whole.week import week_at

from .week import lesson_of, session_in

NOW = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)  # a Tuesday, in the first lesson
TODAY = NOW.date()
MONDAY = TODAY - dt.timedelta(days=1)
WEEK = dt.timedelta(weeks=1)
BEFORE = dt.date(2026, 9, 1)


@pytest.fixture(autouse=True)
def _school_day():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def label(school):
    return Calendar.of(school, TODAY, TODAY).week_label(TODAY)


@pytest.fixture
def viewer(client, iap_staff):
    client.force_login(iap_staff)
    return client


def tuesday(school, name="1"):
    return Period.objects.get(school=school, weekday=2, name=name)


def placed(school, where, place, *, week, name="Kai", session=None, provider=""):
    """A pupil whose step puts them there in one slot of the cycle."""
    pupil = PupilFactory(school=school, given_name=name, family_name="Mensah")
    placement = PlacementFactory(school=school, pupil=pupil, starts_on=BEFORE)
    step = HybridStepFactory(school=school, placement=placement)
    at = {"week": week, "period": where, "place": place, "session": session, "provider": provider}
    StepPlace.objects.create(school=school, step=step, **at)
    return pupil


def staffed(session, family_name, *, qualified=True, **fields):
    adult = StaffMemberFactory(school=session.school, family_name=family_name, qualified=qualified)
    SessionStaff.objects.create(
        school=session.school,
        session=session,
        adult=adult,
        role="qt" if qualified else "support",
        week=session.week,
        period=session.period,
        valid_from=BEFORE,
    )
    return adult


def opened(client, **query):
    answer = client.get(reverse("timetables:whole"), query)
    assert answer.status_code == 200
    return answer


def spots(answer):
    return {
        spot.title: (spot.where, [pupil.given_name for pupil, _ in spot.pupils])
        for spot in answer.context["spots"]
    }


def test_every_pupil_with_a_place_is_under_where_the_step_puts_them(viewer, school, label):
    maths = session_in(school, label, number=5, title="Maths", room="Base 1")
    period = tuesday(school)
    placed(school, period, "session", week=label, name="Kai", session=maths)
    ada = placed(school, period, "mainstream", week=label, name="Ada")
    lesson_of(school, ada, period, subject="English", room="A2")
    placed(school, period, "offsite", week=label, name="Bo", provider="Dale College")
    placed(school, period, "reduced", week=label, name="Cy")
    placed(school, period, "social", week=label, name="Di")
    placed(school, tuesday(school, "2"), "social", week=label, name="Ed")
    assert spots(opened(viewer)) == {
        "Maths": ("Base 1", ["Kai"]),
        "English": ("Ms Kaur · A2", ["Ada"]),
        "Dale College": ("", ["Bo"]),
        "Agreed reduced hours": ("", ["Cy"]),
        "With year group": ("", ["Di"]),
        "Nothing planned in this period": ("", ["Ed"]),
    }


def test_two_pupils_of_one_lesson_stand_beside_each_other(viewer, school, label):
    for name in ("Ada", "Bo"):
        pupil = placed(school, tuesday(school), "mainstream", week=label, name=name)
        teacher = StaffMemberFactory(school=school, family_name="Kaur")
        lesson_of(school, pupil, tuesday(school), room="A2", teacher=teacher)
    assert [len(names) for _, names in spots(opened(viewer)).values()] == [2]


def test_another_day_and_period_can_be_asked_for(viewer, school, label):
    placed(school, tuesday(school, "3"), "offsite", week=label, name="Bo", provider="Dale College")
    assert "Dale College" in spots(opened(viewer, on=TODAY.isoformat(), period="3"))
    assert "Dale College" not in spots(opened(viewer, on=TODAY.isoformat(), period="1"))
    # The other week of the cycle.
    assert "Dale College" not in spots(opened(viewer, on=(TODAY + WEEK).isoformat(), period="3"))


@pytest.mark.parametrize("day", ["yesterday", "2026-13-40", "0001-01-01"])
def test_a_day_that_cannot_be_read_is_said(viewer, school, day):
    assert "could not be read" in opened(viewer, on=day).content.decode()


def test_an_unknown_view_is_now(viewer, school):
    assert opened(viewer, view="everything").context["view"] == "now"


def cells(answer):
    """By period and weekday what runs: title, adults and pupils."""
    return {
        (row["label"], day): [
            (held.session.title, held.adults, [pupil.given_name for pupil in held.pupils])
            for held in cell.held
        ]
        for row in answer.context["grid"]["rows"]
        for day, cell in enumerate(row["cells"], start=1)
        if cell is not None and cell.held
    }


def test_the_week_by_group_names_pupils_and_adults_in_their_slot(viewer, school, label):
    maths = session_in(school, label, number=5, title="Maths")
    staffed(maths, "Patel")
    placed(school, maths.period, "session", week=label, name="Kai", session=maths)
    placed(school, maths.period, "session", week=label, name="Ada", session=maths)
    assert cells(opened(viewer, view="groups")) == {("P1", 2): [("Maths", ["Ms Patel"], ["Ada", "Kai"])]}


def test_the_other_week_of_the_cycle_is_the_next_of_that_label(viewer, school, label):
    other = {"A": "B", "B": "A"}[label]
    session_in(school, other, number=5, title="Cooking")
    assert cells(opened(viewer, view="groups")) == {}
    answer = opened(viewer, view="groups", week=other)
    assert list(cells(answer)) == [("P1", 2)]
    assert answer.context["shown_week"].monday == MONDAY + WEEK


def test_a_pupil_stands_in_a_group_only_while_the_step_holds(viewer, school, label):
    maths = session_in(school, label, number=5, title="Maths")
    pupil = placed(school, maths.period, "session", week=label, session=maths)
    pupil.placements.update(ends_on=TODAY, destination="moved")
    assert cells(opened(viewer, view="groups")) == {("P1", 2): [("Maths", [], [])]}
    pupil.placements.update(ends_on=TODAY + dt.timedelta(days=1))
    assert cells(opened(viewer, view="groups")) == {("P1", 2): [("Maths", [], ["Kai"])]}


def test_a_closed_day_holds_no_session(viewer, school, label):
    session_in(school, label, number=5, title="Maths")
    session_in(school, label, number=0, title="Reading")
    Closure.objects.create(school=school, day=TODAY)
    answer = opened(viewer, view="groups")
    assert list(cells(answer)) == [("P1", 1)]
    assert "Closed" in answer.content.decode()


def turns(answer):
    return {
        adult.name: [
            (on[0], turn.session.title, "away" if turn.away else "cover" if turn.covers else "")
            for on, its in days
            for turn in its
        ]
        for adult, days in answer.context["rows"]
    }


def test_the_week_by_adult_counts_cover(viewer, school, label):
    maths = session_in(school, label, number=5, title="Maths")
    art = session_in(school, label, number=6, title="Art")
    patel = staffed(maths, "Patel")
    staffed(art, "Ortiz", qualified=False)
    comes = StaffMemberFactory(school=school, family_name="Byrne")
    Cover.objects.create(
        school=school, session=maths, day=TODAY, adult=patel, covered_by=comes, role="qt",
        week=label, period=maths.period,
    )  # fmt: skip
    answer = opened(viewer, view="adults")
    assert turns(answer) == {
        "Ms Byrne": [(TODAY, "Maths", "cover")],
        "Ms Ortiz": [(TODAY, "Art", "")],
        "Ms Patel": [(TODAY, "Maths", "away")],
    }
    assert "(away)" in answer.content.decode()
    assert [adult.number for adult, _ in answer.context["rows"]] == [1, 1, 0]


def test_the_week_by_pupil_joins_periods_at_one_place(viewer, school, label):
    pupil = placed(school, tuesday(school, "1"), "offsite", week=label, provider="Dale College")
    step = pupil.steps.get()
    for name in ("2", "3"):
        StepPlace.objects.create(
            school=school, step=step, week=label, period=tuesday(school, name), place="mainstream"
        )
    lesson_of(school, pupil, tuesday(school, "2"), subject="English")
    ((row, days),) = opened(viewer, view="pupils").context["rows"]
    assert row.pupil == pupil
    assert row.percent == 67
    assert [(part.when, part.title) for part in days[1][1]] == [
        ("P1", "Dale College"),
        ("P2", "English"),
        ("P3", "Mainstream"),
    ]
    StepPlace.objects.filter(step=step, period=tuesday(school, "2")).update(
        place="offsite", provider="Dale College"
    )
    ((_, days),) = opened(viewer, view="pupils").context["rows"]
    assert [(part.when, part.title) for part in days[1][1]] == [
        ("P1 to P2", "Dale College"),
        ("P3", "Mainstream"),
    ]


def test_pupils_of_another_school_are_in_no_view(viewer, school, label, other_school):
    maths = session_in(school, label, number=5, title="Maths")
    placed(school, maths.period, "session", week=label, name="Kai", session=maths)
    PlacementFactory(school=other_school, pupil=PupilFactory(school=other_school, given_name="Wilhelmina"))
    for view in ("now", "groups", "pupils"):
        page = opened(viewer, view=view).content.decode()
        assert "Kai M" in page
        assert "Wilhelmina" not in page


@pytest.mark.parametrize(("view", "logged"), [("now", 1), ("groups", 1), ("pupils", 1), ("adults", 0)])
def test_a_view_that_names_pupils_is_logged(viewer, school, label, view, logged):
    maths = session_in(school, label, number=5, title="Maths")
    pupil = placed(school, maths.period, "session", week=label, session=maths)
    opened(viewer, view=view)
    reads = Read.objects.of(pupil).filter(page="whole-provision")
    assert reads.count() == logged


@pytest.mark.parametrize("view", ["now", "groups", "adults", "pupils"])
def test_a_view_costs_the_same_however_many_there_are(viewer, school, label, view):
    def more(number, count):
        session = session_in(school, label, number=number, title=f"Session {number}")
        for n in range(count):
            staffed(session, f"Adult{n}")
            placed(school, session.period, "session", week=label, session=session)
            pupil = placed(school, session.period, "mainstream", week=label)
            lesson_of(school, pupil, session.period, name=f"{number}/{n}")

    def cost():
        with CaptureQueriesContext(connection) as captured:
            opened(viewer, view=view)
        return len(captured)

    for number in (0, 5, 10, 15, 20):  # one on each day
        more(number, 1)
    one = cost()
    for number in (5, 6, 10, 11, 12):
        more(number, 4)
    assert cost() == one


@pytest.mark.parametrize(
    ("view", "words"),
    [
        ("now", "Nobody has a place on this day"),
        ("groups", "No sessions in this week"),
        ("adults", "Nobody staffs a session"),
        ("pupils", "Nobody has a place in this week"),
    ],
)
def test_an_empty_view_says_what_fills_it(viewer, school, view, words):
    assert words in opened(viewer, view=view).content.decode()


@pytest.mark.parametrize("view", ["now", "groups", "adults", "pupils"])
def test_a_school_without_a_calendar_is_told_what_to_set(client, view):
    from iap.schools.models import Role
    from tests.factories import MembershipFactory

    user = MembershipFactory(school=SchoolFactory(), role=Role.LEAD).user
    client.force_login(user)
    assert "sets the weeks" in opened(client, view=view).content.decode()


def test_a_week_of_holidays_gives_the_next_open_one(school):
    for n in range(5):
        Closure.objects.create(school=school, day=MONDAY + dt.timedelta(days=n))
    assert week_at(school, TODAY).monday == MONDAY + WEEK


def test_at_a_weekend_the_coming_week_is_shown(school):
    assert week_at(school, MONDAY + dt.timedelta(days=5)).monday == MONDAY + WEEK


def test_initials_stand_for_names_where_they_are_asked_for(viewer, school, label):
    maths = session_in(school, label, number=5, title="Maths")
    placed(school, maths.period, "session", week=label, name="Kai", session=maths)
    viewer.get(reverse("timetables:today"), {"show": "initials"})
    for view in ("now", "groups", "pupils"):
        page = opened(viewer, view=view).content.decode()
        assert "Kai M" not in page
        assert "KM" in page


def test_pages_lead_to_the_whole_provision(client, school, lead):
    client.force_login(lead)
    link = f'href="{reverse("timetables:whole")}"'
    assert link in client.get(reverse("timetables:sessions")).content.decode()
    assert link in client.get(reverse("timetables:today")).content.decode()


def test_every_view_prints_on_landscape_paper(viewer, school):
    assert "iap-main--wide iap-whole" in opened(viewer).content.decode()


@pytest.mark.parametrize("view", ["adults", "pupils"])
@pytest.mark.parametrize(("asked", "shown"), [("fri", "fri"), ("", "tue")])
def test_a_week_by_adult_or_pupil_shows_one_day_on_a_phone(viewer, school, label, view, asked, shown):
    session = session_in(school, week=label, period=tuesday(school))
    staffed(session, "Kaur")
    placed(school, session.period, "session", week=label, session=session)
    html = opened(viewer, view=view, day=asked).content.decode()
    assert f'iap-week--days mb-0" data-day="{shown}"' in html
    assert f'data-day="{shown}" aria-current="true"' in html
