"""Sessions and the adults in them."""

import datetime as dt

import pytest
from django.urls import reverse

from iap.audit.models import Event
from iap.errors import Refused
from iap.schools.models import Closure, Period
from iap.tenancy import context
from tests.factories import StaffMemberFactory
from timetables.actions import staffing
from timetables.actions.cover import note_cover, take_back_cover
from timetables.actions.sessions import change_session, end_session, set_up_session
from timetables.actions.staffing import end_staffing, staff_session
from timetables.actions.steps import publish_step
from timetables.measures.groups import staffing as staffing_of
from timetables.measures.places import Placed, pupils_placed
from timetables.models import Cover, SessionStaff
from timetables.views.sessions import _next_day

from .race import committed, meet, together
from .week import LONG_AGO, TODAY, all_mainstream, placement_at, session_in, with_sessions

DAY = dt.timedelta(days=1)
WEEK = dt.timedelta(weeks=1)


def join(session, lead, adult, role="support", valid_from=TODAY):
    return staff_session(session, by=lead, adult=adult, role=role, valid_from=valid_from)


def test_a_session_belongs_to_one_week_of_the_cycle(lead, school):
    period = Period.objects.filter(school=school, kind="lesson").first()
    given = {"by": lead, "period": period, "title": "Maths", "strand": "curriculum", "valid_from": TODAY}
    assert set_up_session(school, week="A", **given).week == "A"
    for week in ["", "C"]:
        with pytest.raises(Refused, match="week A or week B"):
            set_up_session(school, week=week, **given)


def test_an_adult_is_not_in_two_sessions_at_once(lead, school):
    adult = StaffMemberFactory(school=school)
    join(session_in(school), lead, adult)
    with pytest.raises(Refused, match="at that time"):
        join(session_in(school), lead, adult)
    join(session_in(school, week="B"), lead, adult)
    join(session_in(school, number=1), lead, adult)


@pytest.mark.parametrize("first,second", [("", "A"), ("B", "")])
def test_a_session_of_every_week_clashes_with_those_of_one(lead, school, first, second):
    adult = StaffMemberFactory(school=school)
    join(session_in(school, week=first), lead, adult)
    with pytest.raises(Refused, match="at that time"):
        join(session_in(school, week=second), lead, adult)


def test_periods_whose_times_overlap_clash(lead, school):
    adult, first = StaffMemberFactory(school=school), session_in(school)
    late = Period.objects.create(
        school=school, weekday=1, name="1b", starts=dt.time(9, 30), ends=dt.time(10, 30), kind="lesson"
    )
    join(first, lead, adult)
    with pytest.raises(Refused, match="at that time"):
        join(session_in(school, period=late), lead, adult)


def test_an_adult_is_free_again_once_a_session_ends(lead, school):
    adult, ending = StaffMemberFactory(school=school), session_in(school)
    join(ending, lead, adult)
    end_session(ending, by=lead, ends_on=TODAY + WEEK)
    assert SessionStaff.objects.get(session=ending).valid_to == TODAY + WEEK
    follow = session_in(school)
    with pytest.raises(Refused):
        join(follow, lead, adult, valid_from=TODAY + WEEK - DAY)
    join(follow, lead, adult, valid_from=TODAY + WEEK)


def test_a_later_clash_is_seen_too(lead, school):
    adult, later = StaffMemberFactory(school=school), session_in(school)
    join(later, lead, adult, valid_from=TODAY + WEEK)
    with pytest.raises(Refused, match="at that time"):
        join(session_in(school), lead, adult)


def test_a_qualified_teacher_is_one_by_their_staff_record(lead, school):
    with pytest.raises(Refused, match="not recorded as a qualified teacher"):
        join(session_in(school), lead, StaffMemberFactory(school=school, qualified=False), role="qt")


def test_somebody_who_left_or_works_elsewhere_staffs_nothing(lead, school, other_school):
    with pytest.raises(Refused, match="left on"):
        join(session_in(school), lead, StaffMemberFactory(school=school, left_on=TODAY))
    with pytest.raises(Refused, match="works at this school"):
        join(session_in(school), lead, StaffMemberFactory(school=other_school))


def test_nobody_leaves_a_session_in_the_past(lead, school):
    row = join(session_in(school), lead, StaffMemberFactory(school=school), valid_from=LONG_AGO)
    with pytest.raises(Refused, match="keeps who was there"):
        end_staffing(row, by=lead, ends_on=TODAY - DAY)
    end_staffing(row, by=lead, ends_on=TODAY)
    row.refresh_from_db()
    assert row.valid_to == TODAY


def placed_in(session, lead):
    placement = placement_at(session.school)
    places = with_sessions(session.school, session)
    publish_step(placement, by=lead, kind="start", starts_on=TODAY, why="Start", places=places)
    return placement


def test_a_session_with_pupils_ends_once_they_have_a_new_step(lead, school):
    session = session_in(school)
    placement = placed_in(session, lead)
    with pytest.raises(Refused, match=placement.pupil.full_name):
        end_session(session, by=lead, ends_on=TODAY + WEEK)
    publish_step(
        placement, by=lead, kind="forward", starts_on=TODAY + WEEK, why="Well", places=all_mainstream(school)
    )
    with pytest.raises(Refused, match=placement.pupil.full_name):
        end_session(session, by=lead, ends_on=TODAY + WEEK - DAY)
    assert end_session(session, by=lead, ends_on=TODAY + WEEK).valid_to == TODAY + WEEK


def test_a_session_is_not_made_smaller_than_its_pupils(lead, school):
    session = session_in(school)
    placed_in(session, lead)
    placed_in(session, lead)
    given = {"by": lead, "title": "Maths", "strand": "curriculum"}
    with pytest.raises(Refused, match="2 pupils are placed"):
        change_session(session, places=1, **given)
    assert change_session(session, places=2, **given).places == 2


def test_cover_is_noted_for_a_day_on_which_the_session_runs(lead, school):
    session, away = session_in(school), StaffMemberFactory(school=school)
    join(session, lead, away)
    day = _next_day(session, TODAY)
    comes = StaffMemberFactory(school=school)
    given = {"by": lead, "adult": away, "covered_by": comes, "role": "support"}
    with pytest.raises(Refused, match="does not run"):
        note_cover(session, day=day + DAY, **given)
    with pytest.raises(Refused, match="does not run"):
        note_cover(session, day=day + WEEK, **given)
    note_cover(session, day=day, **given)
    with pytest.raises(Refused, match="already noted"):
        note_cover(session, day=day, **given)
    with pytest.raises(Refused, match="at that time"):
        note_cover(session_in(school), day=day, **{**given, "adult": None})
    Closure.objects.create(school=school, day=day)
    with pytest.raises(Refused, match="does not run"):
        note_cover(session, day=day, by=lead, covered_by=StaffMemberFactory(school=school), role="support")


def test_cover_comes_from_somebody_who_is_free(lead, school):
    session, other = session_in(school), session_in(school)
    here, busy = StaffMemberFactory(school=school), StaffMemberFactory(school=school)
    join(session, lead, here)
    join(other, lead, busy)
    day = _next_day(session, TODAY)
    with pytest.raises(Refused, match="at that time"):
        note_cover(session, by=lead, day=day, adult=here, covered_by=busy, role="support")
    with pytest.raises(Refused, match="in this session already"):
        note_cover(session, by=lead, day=day, covered_by=here, role="support")
    note_cover(other, by=lead, day=day, adult=busy, role="support")
    assert note_cover(session, by=lead, day=day, adult=here, covered_by=busy, role="support").pk


def test_who_comes_as_a_teacher_is_one_by_their_staff_record(lead, school):
    session, support = session_in(school), StaffMemberFactory(school=school, qualified=False)
    given = {"by": lead, "day": _next_day(session, TODAY), "covered_by": support}
    with pytest.raises(Refused, match="not recorded as a qualified teacher"):
        note_cover(session, role="qt", **given)
    assert note_cover(session, role="support", **given).pk


def test_cover_that_is_taken_back_leaves_the_session_as_it_was(lead, school):
    session, adult = session_in(school), StaffMemberFactory(school=school)
    join(session, lead, adult)
    day = _next_day(session, TODAY)
    before = staffing_of(school, [session.pk], day)
    comes = StaffMemberFactory(school=school)
    noted = note_cover(session, by=lead, day=day, adult=adult, covered_by=comes, role="support")
    assert staffing_of(school, [session.pk], day) != before
    take_back_cover(noted, by=lead)
    assert staffing_of(school, [session.pk], day) == before
    with pytest.raises(Refused, match="taken this back already"):
        take_back_cover(noted, by=lead)
    assert Event.objects.filter(verb="session.cover_taken_back").exists()


def test_who_covers_elsewhere_by_now_is_not_put_back_into_their_session(lead, school):
    own, other = session_in(school), session_in(school)
    adult = StaffMemberFactory(school=school)
    join(own, lead, adult)
    day = _next_day(own, TODAY)
    released = note_cover(own, by=lead, day=day, adult=adult, role="support")
    elsewhere = note_cover(other, by=lead, day=day, covered_by=adult, role="support")
    with pytest.raises(Refused, match="Take that back first"):
        take_back_cover(released, by=lead)
    take_back_cover(elsewhere, by=lead)
    take_back_cover(released, by=lead)
    assert not Cover.objects.exists()


def test_a_session_that_ends_leaves_nobody_to_cover_it(lead, school):
    ended, other = session_in(school), session_in(school)
    adult, day = StaffMemberFactory(school=school), _next_day(ended, TODAY)
    note_cover(ended, by=lead, day=day, covered_by=adult, role="support")
    end_session(ended, by=lead, ends_on=day)
    assert note_cover(other, by=lead, day=day, covered_by=adult, role="support").pk


def test_a_pupil_whose_steps_follow_each_other_is_in_the_session_once(lead, school):
    session, placement = session_in(school), placement_at(school)
    later, places = TODAY + WEEK, with_sessions(school, session)
    publish_step(placement, by=lead, kind="start", starts_on=TODAY, why="Start", places=places)
    publish_step(placement, by=lead, kind="hold", starts_on=later, why="Hold", places=places)
    assert pupils_placed(session, TODAY) == [Placed(placement.pupil, TODAY, None)]
    last = later + WEEK
    publish_step(
        placement, by=lead, kind="forward", starts_on=last, why="Forward", places=all_mainstream(school)
    )
    assert pupils_placed(session, TODAY) == [Placed(placement.pupil, TODAY, last)]
    assert pupils_placed(session, last) == []


@pytest.mark.django_db(transaction=True)
def test_an_adult_staffed_twice_at_once_is_in_one_session(monkeypatch):
    school, lead = committed()
    with context.within(school.pk):
        both = [session_in(school, week=""), session_in(school, week="A")]
        adult = StaffMemberFactory(school=school)
    meet(monkeypatch, staffing, "busy")
    answers = together(school, *[lambda s=s: join(s, lead, adult) for s in both])
    assert [type(answer) for answer in answers].count(SessionStaff) == 1
    assert any(isinstance(answer, Refused) and "at that time" in str(answer) for answer in answers)


@pytest.mark.parametrize("asked,shown", [("thu", "thu"), ("sun", "wed"), ("", "wed")])
def test_on_a_phone_the_sessions_show_one_day(client, lead, school, time_machine, asked, shown):
    session_in(school)
    time_machine.move_to(dt.datetime(2026, 11, 25, 9, 0, tzinfo=dt.UTC))
    client.force_login(lead)
    html = client.get(reverse("timetables:sessions"), {"day": asked}).content.decode()
    assert f'iap-week--days" data-day="{shown}"' in html
    assert f'data-day="{shown}" aria-current="true"' in html
