"""Capacity: the heat map, and what if pupils who wait began."""

import datetime as dt
import re
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from iap.schools.calendar import Calendar, monday_of
from referrals.heat import heat_of
from referrals.models import KeepApart
from referrals.what_if import Wish, first_weeks, what_if
from tests.factories import (
    HybridStepFactory,
    PlacementFactory,
    ReferralFactory,
    StaffMemberFactory,
    UserFactory,
)
from tests.timetables.week import LONG_AGO, session_in
from timetables.actions.cover import note_cover
from timetables.measures.forecast import WeekAhead, weeks_ahead
from timetables.models import Place, SessionStaff, StepPlace

NEXT = monday_of(dt.date.today()) + dt.timedelta(weeks=1)
ADDRESS = "referrals:capacity"


def staffed(school: Any, session: Any) -> Any:
    for role, qualified in (("qt", True), ("support", False)):
        SessionStaff.objects.create(
            school=school, session=session, adult=StaffMemberFactory(school=school, qualified=qualified),
            role=role, week=session.week, period=session.period, valid_from=LONG_AGO,
        )  # fmt: skip
    return session


def seated(school: Any, session: Any, **fields: Any) -> Any:
    placement = PlacementFactory(school=school, starts_on=LONG_AGO, **fields)
    step = HybridStepFactory(school=school, placement=placement)
    StepPlace.objects.create(
        school=school,
        step=step,
        week=session.week,
        period=session.period,
        place=Place.SESSION,
        session=session,
    )
    return placement.pupil


def waiting(school: Any, **fields: Any) -> Any:
    return ReferralFactory(school=school, state="waiting", decided_at=timezone.now(), **fields)


def week_of(school: Any, label: str = "A") -> WeekAhead:
    weeks = weeks_ahead(school, NEXT, NEXT + dt.timedelta(weeks=2))
    return next(week for week in weeks if week.label == label)


def test_a_pupil_is_given_the_slots_with_most_room_that_are_staffed(school):
    empty = staffed(school, session_in(school, number=0))
    busy = staffed(school, session_in(school, number=1, places=2))
    session_in(school, number=2)  # nobody staffs it
    seated(school, busy)
    week = week_of(school)
    answer = what_if(week, [Wish(-1, "Idris", 2)])
    assert {session for session, _ in answer.added} == {empty.pk, busy.pk}
    assert not answer.over(week)


def test_sessions_that_would_go_over_and_pupils_without_enough_slots_are_said(school):
    small = staffed(school, session_in(school, number=0, places=1))
    seated(school, small)
    week = week_of(school)
    answer = what_if(week, [Wish(-1, "Idris", 2)])
    assert [each.session for each in answer.over(week)] == [small]
    assert [(wish.name, found) for wish, found in answer.short] == [("Idris", 1)]


def test_two_who_are_kept_apart_never_share_a_session(school):
    session = staffed(school, session_in(school, number=0))
    there = seated(school, session)
    week = week_of(school)
    assert not what_if(week, [Wish(-1, "Idris", 1, apart=frozenset({there.pk}))]).added
    both = [Wish(-1, "Idris", 1, apart=frozenset({-2})), Wish(-2, "Summer", 1, apart=frozenset({-1}))]
    answer = what_if(week, both)
    assert [len(wishes) for wishes in answer.added.values()] == [1]
    assert answer.short == [(both[1], 0)]


def test_a_lesson_that_goes_well_stays_in_mainstream(school):
    session = staffed(school, session_in(school, number=0))
    week = week_of(school)
    stays = Wish(-1, "Idris", 1, mainstream=frozenset({(session.week, session.period_id)}))
    assert not what_if(week, [stays]).added


def test_the_first_week_with_room_is_after_a_step_frees_the_seat(school):
    session = staffed(school, session_in(school, number=0, places=1))
    pupil = seated(school, session)
    leaves = NEXT + dt.timedelta(weeks=2)
    pupil.placements.update(ends_on=leaves, destination="full-return")
    weeks = weeks_ahead(school, NEXT, NEXT + dt.timedelta(weeks=8))
    first = first_weeks(weeks, [Wish(-1, "Idris", 1)])[-1]
    assert first is not None and first.label == "A" and first.monday >= leaves - dt.timedelta(days=4)


def test_a_slot_of_several_rooms_says_how_full_each_of_them_is(client, lead, school):
    full = staffed(school, session_in(school, week="A", number=0, places=1, title="Maths"))
    staffed(school, session_in(school, week="A", number=0, places=4, title="Garden"))
    seated(school, full)
    week = week_of(school)
    cell = next(cell for _, cells in heat_of(week, what_if(week, [])).rows for cell in cells if cell)
    assert {(part.title, part.size, part.places, part.css) for part in cell.parts} == {
        ("Maths", 1, 1, "occ-4"),
        ("Garden", 0, 4, "occ-1"),
    }
    assert (cell.size, cell.places, cell.over) == (1, 5, False)
    client.force_login(lead)
    html = client.get(reverse(ADDRESS), {"week": week.monday.isoformat()}).content.decode()
    assert "Maths: </span>1/1" in html and "Garden: </span>0/4" in html


def test_a_session_over_its_places_is_hatched_and_says_what_a_ticked_pupil_adds(client, lead, school):
    small = staffed(school, session_in(school, week="A", number=0, places=1, title="Maths"))
    staffed(school, session_in(school, week="A", number=1, places=2, title="Garden"))
    seated(school, small)
    referral = waiting(school)
    client.force_login(lead)

    def cells(**asked: Any) -> tuple[list[Any], str]:
        page = client.get(reverse(ADDRESS), {"week": week_of(school).monday.isoformat(), **asked})
        found = [cell for _, row in page.context["heat"].rows for cell in row if cell]
        return [(cell.size, cell.css, cell.over, cell.delta) for cell in found], page.content.decode()

    before, html = cells()
    assert before == [(1, "occ-4", False, 0), (0, "occ-1", False, 0)]
    assert '<td class="over">' not in html and 'class="delta"' not in html
    after, html = cells(p=referral.uuid)
    assert after == [(2, "over", True, 1), (1, "occ-1", False, 1)]
    assert html.count('<td class="over">') == 1 and "of 1 places, over in a session" in html
    assert html.count('<span class="delta">+1<span class="visually-hidden"> if they begin') == 2


def test_a_cell_says_in_words_which_adults_are_planned(client, lead, school):
    """One after the other down a Monday; where no pupil is expected nothing is short."""
    sessions = [session_in(school, week="A", number=number) for number in range(5)]
    for session, adults in zip(sessions, ("tts", "t", "s", "", ""), strict=True):
        for adult in adults:
            SessionStaff.objects.create(
                school=school, session=session, week="A", period=session.period, valid_from=LONG_AGO,
                adult=StaffMemberFactory(school=school, qualified=adult == "t"),
                role="qt" if adult == "t" else "support",
            )  # fmt: skip
    for session in sessions[:4]:
        seated(school, session)
    client.force_login(lead)
    html = client.get(reverse(ADDRESS), {"week": week_of(school).monday.isoformat()}).content.decode()
    words = re.findall(r'<span class="iap-cover__w">([^<]*)</span>', html)
    assert words == ["2 teachers + 1", "1 adult", "No teacher", "No adult", "Nobody planned"]


def test_who_is_away_is_named_beside_the_session_to_cover(client, lead, school):
    session = staffed(school, session_in(school, week="A", number=0))
    seated(school, session)
    week = week_of(school)
    (only,) = week.occurrences
    adult = session.staff.filter(role="support").get().adult
    client.force_login(lead)
    address, asked = reverse(ADDRESS), {"week": week.monday.isoformat()}
    assert " is away" not in client.get(address, asked).content.decode()
    note_cover(session, by=lead, day=only.day, adult=adult, role="support")
    html = client.get(address, asked).content.decode()
    assert f"<small>One adult. {adult} is away</small>" in html


def test_the_page_says_what_would_change_and_saves_nothing(client, lead, school):
    small = staffed(school, session_in(school, week="A", number=0, places=1))
    seated(school, small)
    referral = waiting(school)
    client.force_login(lead)
    monday = week_of(school).monday
    html = client.get(reverse(ADDRESS), {"p": referral.uuid, "week": monday.isoformat()}).content.decode()
    assert "goes over its 1 place<" in html
    assert f"If {referral.pupil.known_as} begins then" in html
    assert StepPlace.objects.count() == 1


def test_how_long_a_pupil_waits_counts_from_the_decision_however_long_ago(client, lead, school):
    decided = timezone.now() - dt.timedelta(weeks=3)
    waiting(school).__class__.objects.update(decided_at=decided)
    staffed(school, session_in(school, week="A", number=0))
    client.force_login(lead)
    ((_, _, days, _),) = client.get(reverse(ADDRESS)).context["rows"]
    calendar = Calendar.of(school, timezone.localdate(decided), timezone.localdate())
    assert days == calendar.school_days_between(timezone.localdate(decided), timezone.localdate()) > 5


def test_the_busiest_session_is_drawn_by_published_steps_whoever_is_ticked(client, lead, school):
    seated(school, staffed(school, session_in(school, week="A", number=0, places=3)))
    referral = waiting(school)
    client.force_login(lead)
    page = client.get(reverse(ADDRESS))
    ahead = page.context["ahead"]
    assert ahead.title.startswith("At most 1 pupil in one session in the next ")
    assert set(ahead.series[0].values) == {0, 1}
    assert ahead.series[0].values == tuple(week.busiest for week in page.context["weeks"])
    assert '<figure class="iap-figure">' in page.content.decode()
    assert client.get(reverse(ADDRESS), {"p": referral.uuid}).context["ahead"] == ahead


def test_a_pair_kept_apart_is_not_named_on_the_page(client, leader, lead, school):
    session = staffed(school, session_in(school, number=0))
    there, referral = seated(school, session, pupil__family_name="Zephyr"), waiting(school)
    one, other = sorted([there, referral.pupil], key=lambda each: each.pk)
    KeepApart.objects.create(
        school=school,
        one=one,
        other=other,
        reason="A canary",
        recorded_by=UserFactory(),
        recorded_at=timezone.now(),
    )
    client.force_login(leader)
    html = client.get(reverse(ADDRESS), {"p": referral.uuid}).content.decode()
    assert "A canary" not in html and "Zephyr" not in html


def test_only_who_may_open_a_session_is_led_from_its_missing_cover_to_it(client, leader, lead, school):
    session = session_in(school, week="A", number=0)
    seated(school, session)
    week = {"week": week_of(school).monday.isoformat()}
    to_it = reverse("timetables:session", args=[session.uuid])
    for user, led in ((lead, True), (leader, False)):
        client.force_login(user)
        html = client.get(reverse(ADDRESS), week).content.decode()
        assert "Cover to arrange" in html and session.title in html
        assert (f'href="{to_it}"' in html) is led


def test_bad_addresses_show_the_present_week(client, lead, school):
    session_in(school)
    client.force_login(lead)
    for query in ({"week": "2026-99-99"}, {"week": "soon"}, {"p": "nobody"}):
        assert client.get(reverse(ADDRESS), query).status_code == 200


def test_the_page_costs_twelve_queries_at_most_however_many_wait(client, lead, school):
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse(ADDRESS))
        own = [each for each in asked.captured_queries if not each["sql"].startswith(HARNESS)]
        return len(own)

    session = staffed(school, session_in(school))
    client.force_login(lead)
    waiting(school)
    seated(school, session)
    before = cost()
    for number in range(12):
        waiting(school)
        seated(school, staffed(school, session_in(school, number=number + 1)))
    assert cost() == before <= 12


# What the test's client asks around a request, to put back its own context.
HARNESS = ("SAVEPOINT", "RELEASE", "SELECT coalesce(current_setting", "SELECT set_config('app.school_ids'")
