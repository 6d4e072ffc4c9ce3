"""Interventions: begun, given from the day's register, planned longer, ended."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from iap.errors import Refused
from iap.schools.calendar import Calendar
from iap.schools.models import Period, Role
from pupils.actions.errors import mark_in_error
from pupils.actions.interventions import end_intervention, extend, log_given, measure, start_intervention
from pupils.actions.programmes import end_programme, keep_programme
from pupils.models import Extension, GivenSession, Intervention
from tests.factories import (
    IapSessionFactory,
    MembershipFactory,
    PlacementFactory,
    PupilFactory,
    StaffMemberFactory,
)
from tests.pupils.needs import field, scored, tool
from timetables.actions.interventions import link_sessions, unlink_sessions
from timetables.interventions import interventions_of
from timetables.measures.dose import doses
from timetables.models import InterventionSession, SessionMark

from .week import TODAY

DAY = dt.timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def place(school):
    return PlacementFactory(school=school)


@pytest.fixture
def pupil(place):
    return place.pupil


@pytest.fixture
def talking(school, lead):
    return keep_programme(school, by=lead, name="Talking it through", strand="intervention", sessions=12)


def begin(pupil, by, programme, **more):
    of = {"day": TODAY - 28 * DAY, "planned": 12, "delivered_by": "Speech therapist"}
    return start_intervention(pupil, by=by, programme=programme, **{**of, **more})


def mark(held, session, by, day, here=True, at=None, **more):
    return SessionMark.objects.create(
        school=held.school, pupil=held.pupil, session=session, by=by, day=day, here=here, entry=uuid.uuid4(),
        at=at or timezone.now(), **more,
    )  # fmt: skip


def dose(held):
    return doses(held.school_id, [held])[held.pk]


def test_what_was_given_comes_from_the_days_register(pupil, lead, talking, school, today):
    held = begin(pupil, lead, talking)
    session, other = IapSessionFactory(school=school, title="Talking"), IapSessionFactory(school=school)
    assert link_sessions(held, by=lead, title="Talking") == 1
    for number in range(3):
        mark(held, session, lead, today - number * DAY)
    mark(held, session, lead, today - 4 * DAY, here=False)
    mark(held, other, lead, today - 5 * DAY)
    mark(held, session, lead, held.day - DAY)  # before it began
    assert (dose(held).given, dose(held).missed, dose(held).last) == (3, 1, today)
    assert dose(held).words == "3 of 12 sessions given"


def test_the_last_mark_that_stands_counts_and_an_undone_one_does_not(pupil, lead, talking, school, today):
    held = begin(pupil, lead, talking)
    session = IapSessionFactory(school=school, title="Talking")
    link_sessions(held, by=lead, title="Talking")
    now = timezone.now()
    mark(held, session, lead, today, here=True, at=now - dt.timedelta(minutes=9))
    mark(held, session, lead, today, here=False, at=now)
    assert (dose(held).given, dose(held).missed) == (0, 1)
    SessionMark.objects.filter(here=False).update(undone_at=now, undone_by=lead)
    assert (dose(held).given, dose(held).missed) == (1, 0)


def test_a_link_that_ended_counts_until_it_did(pupil, lead, talking, school, today):
    held = begin(pupil, lead, talking)
    session = IapSessionFactory(school=school, title="Talking")
    link_sessions(held, by=lead, title="Talking")
    mark(held, session, lead, today - DAY)
    unlink_sessions(held, by=lead)
    mark(held, session, lead, today)
    assert dose(held).given == 1
    assert InterventionSession.objects.get(intervention=held).valid_to == today


def test_a_day_logged_by_hand_counts_where_the_register_says_nothing(pupil, lead, talking, school, today):
    held = begin(pupil, lead, talking)
    session = IapSessionFactory(school=school, title="Talking")
    link_sessions(held, by=lead, title="Talking")
    for day in (today, today - DAY):
        GivenSession.objects.create(
            school=school, pupil=pupil, by=lead, entry=uuid.uuid4(), day=day, at=timezone.now(),
            intervention=held, here=True,
        )  # fmt: skip
    mark(held, session, lead, today)
    assert dose(held).given == 2


def test_the_dose_agrees_with_counting_by_hand(pupil, lead, talking, school, today):
    held = begin(pupil, lead, talking)
    sessions = [IapSessionFactory(school=school, title="Talking", period=p) for p in _periods(school, 3)]
    link_sessions(held, by=lead, title="Talking")
    for number in range(40):
        mark(
            held, sessions[number % 3], lead, today - (number % 35) * DAY, here=number % 4 != 0,
            at=timezone.now() + dt.timedelta(seconds=number),
        )  # fmt: skip
    last = {}
    for each in SessionMark.objects.filter(pupil=pupil).order_by("at", "pk"):
        if each.day >= held.day:
            last[each.session_id, each.day] = each.here
    assert dose(held).given == sum(last.values())
    assert dose(held).missed == len(last) - sum(last.values())


def _periods(school, number):
    return list(Period.objects.filter(school=school, kind="lesson")[:number])


def test_one_tap_logs_a_session_that_stands_in_no_register_and_twice_is_once(pupil, lead, talking, school):
    held = begin(pupil, lead, talking)
    day = Calendar.of(school, held.day, TODAY).last_open(TODAY)
    entry = uuid.uuid4()
    for _ in range(2):
        log_given(held, by=lead, entry=entry, day=day, at=timezone.now(), here=True)
    assert dose(held).given == 1
    with pytest.raises(Refused, match="It began on"):
        log_given(held, by=lead, entry=uuid.uuid4(), day=held.day - DAY, at=timezone.now(), here=True)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"delivered_by": "\xa0"}, "Choose who gives it"),
        ({"until": TODAY - 60 * DAY}, "cannot come before the first"),
        ({"day": dt.date(2020, 1, 1)}, "place begins on"),
    ],
)
def test_what_cannot_begin_is_refused_in_words(pupil, lead, talking, more, words):
    with pytest.raises(Refused, match=words):
        begin(pupil, lead, talking, **more)


def test_somebody_who_has_left_gives_nothing(pupil, lead, talking, today, school):
    left = StaffMemberFactory(school=school, left_on=today - 90 * DAY)
    with pytest.raises(Refused, match="left on"):
        begin(pupil, lead, talking, deliverer=left)


def test_a_pupil_is_on_a_programme_once(pupil, lead, talking):
    begin(pupil, lead, talking)
    with pytest.raises(Refused, match="Plan that one longer instead"):
        begin(pupil, lead, talking)


def test_it_is_planned_longer_with_a_reason_and_what_was_planned_stays(pupil, lead, talking, today):
    held = begin(pupil, lead, talking, until=today)
    with pytest.raises(Refused, match="Say why"):
        extend(held, by=lead, planned=18, why=" ")
    with pytest.raises(Refused, match="12 sessions are planned now"):
        extend(held, by=lead, planned=12, why="More")
    extend(held, by=lead, planned=18, until=today + 30 * DAY, why="It has just begun to help")
    kept = Extension.objects.get(intervention=held)
    assert (kept.planned_before, kept.planned, kept.until_before) == (12, 18, today)
    held.refresh_from_db()
    assert (held.planned, held.until) == (18, today + 30 * DAY)


def test_it_ends_once_and_what_stops_early_says_why(pupil, lead, talking, today):
    held = begin(pupil, lead, talking)
    for given, words in (
        ({"ending": "early"}, "Say why it stops early"),
        ({"ending": "lost"}, "completed or stops early"),
        ({"ending": "completed", "day": held.day - DAY}, "It began on"),
        ({"ending": "completed", "day": today + DAY}, "has not come yet"),
    ):
        with pytest.raises(Refused, match=words):
            end_intervention(held, by=lead, **{"day": today, **given})
    end_intervention(held, by=lead, day=today, ending="early", words="Moved to art")
    with pytest.raises(Refused, match="This ended on"):
        end_intervention(held, by=lead, day=today, ending="completed")
    assert begin(pupil, lead, talking, day=today).pk


def test_a_programme_does_not_end_under_pupils_unless_they_may_finish(pupil, lead, talking, today):
    held = begin(pupil, lead, talking)
    with pytest.raises(Refused, match="1 pupil is still on Talking it through"):
        end_programme(talking, by=lead)
    end_programme(talking, by=lead, let_finish=True)
    extend(held, by=lead, planned=14, why="Nearly there")
    with pytest.raises(Refused, match="is not offered any longer"):
        begin(PlacementFactory(school=pupil.school).pupil, lead, talking)


def test_before_and_after_are_the_same_score_by_the_same_view(pupil, lead, talking, today):
    held = begin(pupil, lead, talking)
    before = scored(pupil, lead, 20, day=today - 30 * DAY).scores.get()
    after = scored(pupil, lead, 14, day=today).scores.get()
    other = scored(pupil, lead, 14, day=today, informant="family").scores.get()
    with pytest.raises(Refused, match="the same score"):
        measure(held, by=lead, entry=before, exit=other)
    with pytest.raises(Refused, match="later than the one before"):
        measure(held, by=lead, entry=after, exit=before)
    measured = measure(held, by=lead, entry=before, exit=after)
    (of,) = interventions_of(pupil)
    assert (measured.pk, of.change) == (held.pk, Decimal(6))
    assert of.change_words == "SDQ Total from 20 to 14: the hoped-for way"


def test_a_score_of_somebody_else_is_refused(pupil, lead, talking):
    theirs = scored(PlacementFactory(school=pupil.school).pupil, lead, 20).scores.get()
    with pytest.raises(Refused, match="a score of this pupil"):
        measure(begin(pupil, lead, talking), by=lead, entry=theirs, exit=None)


def test_cost_so_far_follows_what_was_given(pupil, lead, talking, school, today):
    held = begin(pupil, lead, talking, cost=Decimal("12.50"))
    session = IapSessionFactory(school=school, title="Talking")
    link_sessions(held, by=lead, title="Talking")
    mark(held, session, lead, today)
    mark(held, session, lead, today - DAY)
    (of,) = interventions_of(pupil)
    assert of.cost == Decimal("25.00")


def test_what_was_entered_in_error_counts_nowhere(pupil, lead, talking):
    held = mark_in_error(begin(pupil, lead, talking), by=lead, why="Another pupil")
    assert interventions_of(pupil) == []
    with pytest.raises(Refused, match="entered in error"):
        extend(held, by=lead, planned=20, why="More")
    assert isinstance(begin(pupil, lead, talking), Intervention)


# On screen.


def test_staff_begin_tap_and_end_on_the_pages(client, iap_staff, pupil, lead, school, today):
    programme = keep_programme(
        school, by=lead, name="Reading", strand="intervention", sessions=10, measure=field(tool(school))
    )
    scored(pupil, lead, 20, day=today - 40 * DAY)
    client.force_login(iap_staff)
    way = reverse("timetables:start_intervention", args=[pupil.uuid, programme.uuid])
    data = {"day": (today - 7 * DAY).isoformat(), "planned": "10", "aim": "Reads\xa0for fun"}
    wrong = client.post(way, data)
    assert wrong.status_code == 422
    assert "Choose who gives it" in wrong.content.decode()
    assert "Reads for fun" in wrong.content.decode() or "Reads\xa0for fun" in wrong.content.decode()
    assert client.post(way, {**data, "delivered_by": "Reading charity"}).status_code == 302
    held = Intervention.objects.get(pupil=pupil)
    assert (held.aim, held.entry.value) == ("Reads for fun", 20)
    here = reverse("timetables:interventions", args=[pupil.uuid])
    assert way not in client.get(here).content.decode(), "a pupil is on a programme once"
    change = reverse("timetables:change_intervention", args=[pupil.uuid, held.uuid])
    assert client.post(change, {"what": "extend", "extend-planned": "12"}).status_code == 422
    end = {
        "what": "end",
        "end-day": today.isoformat(),
        "end-ending": "completed",
        "end-words": "Reads nightly",
    }
    assert client.post(change, end).status_code == 302
    assert way in client.get(here).content.decode()
    assert (
        "Reads nightly"
        in client.get(reverse("timetables:intervention", args=[pupil.uuid, held.uuid])).content.decode()
    )


def test_staff_plan_it_longer_and_stop_it_early_on_its_page(client, iap_staff, pupil, lead, talking, today):
    held = begin(pupil, lead, talking, until=today + 7 * DAY)
    client.force_login(iap_staff)
    change = reverse("timetables:change_intervention", args=[pupil.uuid, held.uuid])

    def page():
        return client.get(reverse("timetables:intervention", args=[pupil.uuid, held.uuid])).content.decode()

    longer = {
        "what": "extend",
        "extend-planned": "18",
        "extend-until": (today + 60 * DAY).isoformat(),
        "extend-why": "It has just begun to help",
    }
    assert client.post(change, longer).status_code == 302
    held.refresh_from_db()
    assert (held.planned, held.until) == (18, today + 60 * DAY)
    shown = page()
    assert "0 of 18 sessions given" in shown
    assert "From 12 to 18 sessions, until" in shown
    assert f"It has just begun to help · {iap_staff}" in shown
    stop = {"what": "end", "end-day": today.isoformat(), "end-ending": "early", "end-words": ""}
    refused = client.post(change, stop)
    assert refused.status_code == 422
    assert "Say why it stops early" in refused.content.decode()
    assert client.post(change, stop | {"end-words": "Moved to art"}).status_code == 302
    shown = page()
    assert "<dt>Stopped early</dt>" in shown
    assert "Moved to art" in shown
    assert "Plan it longer" not in shown
    assert client.post(change, longer | {"extend-planned": "20"}).status_code == 422
    held.refresh_from_db()
    assert (held.planned, held.ended_on) == (18, today)


def test_what_cannot_be_linked_is_not_begun_either(
    client, iap_staff, pupil, lead, talking, school, today, monkeypatch
):
    IapSessionFactory(school=school, title="Talking")

    def gone(*held, **how):
        raise Refused("Choose sessions of this school that are still held.")

    monkeypatch.setattr("timetables.views.interventions.link_sessions", gone)
    client.force_login(iap_staff)
    way = reverse("timetables:start_intervention", args=[pupil.uuid, talking.uuid])
    sent = {"day": today.isoformat(), "planned": "12", "delivered_by": "A charity", "title": "Talking"}
    answer = client.post(way, sent)
    assert answer.status_code == 422
    assert "still held" in answer.content.decode()
    assert not Intervention.objects.exists()


def test_where_it_is_given_is_said_on_its_page_and_else_one_tap_logs_it(
    client, iap_staff, pupil, lead, talking, school, today
):
    held = begin(pupil, lead, talking)
    session = IapSessionFactory(school=school, title="Talking")
    mark(held, session, lead, today - DAY)
    client.force_login(iap_staff)
    change = reverse("timetables:change_intervention", args=[pupil.uuid, held.uuid])
    tap = reverse("timetables:tap_given", args=[pupil.uuid, held.uuid])
    here = reverse("timetables:interventions", args=[pupil.uuid])

    def page():
        return client.get(here).content.decode()

    assert tap in page()
    entry = str(uuid.uuid4())
    for _ in range(2):
        client.post(tap, {"entry": entry, "tap": "here", "back": "programme"})
    assert "1 of 12 sessions given" in page()
    assert "Tap “Took part”" in client.post(tap, {"tap": "maybe"}, follow=True).content.decode()
    nowhere = client.post(change, {"what": "link", "title": "Chess"}, follow=True)
    assert "Choose sessions of this school" in nowhere.content.decode()
    client.post(change, {"what": "link", "title": "Talking"})
    assert "2 of 12 sessions given" in page()
    assert tap not in page()
    where = client.get(reverse("timetables:intervention", args=[pupil.uuid, held.uuid])).content.decode()
    assert "Monday, lesson 1, week A" in where.partition("In the register")[2].partition("<form")[0]
    for what in ("unlink", "link", "unlink"):
        assert client.post(change, {"what": what, "title": "Talking"}).status_code == 302
    assert "2 of 12 sessions given" in page(), "what the register said until then still counts"
    assert tap in page()
    assert "Choose what to change." in client.post(change, {"what": "x"}, follow=True).content.decode()


def test_the_scores_before_and_after_are_chosen_on_its_page(client, iap_staff, pupil, lead, talking, today):
    held = begin(pupil, lead, talking)
    before = scored(pupil, lead, 20, day=today - 30 * DAY).scores.get()
    after = scored(pupil, lead, 14, day=today).scores.get()
    client.force_login(iap_staff)
    change = reverse("timetables:change_intervention", args=[pupil.uuid, held.uuid])
    chosen = {"what": "measure", "measure-entry": after.pk, "measure-exit": before.pk}
    refused = client.post(change, chosen)
    assert refused.status_code == 422
    assert "later than the one before" in refused.content.decode()
    chosen = {"what": "measure", "measure-entry": before.pk, "measure-exit": after.pk}
    assert client.post(change, chosen).status_code == 302
    for name, parts in (("intervention", [held.uuid]), ("interventions", [])):
        shown = client.get(reverse(f"timetables:{name}", args=[pupil.uuid, *parts])).content.decode()
        assert "SDQ Total from 20 to 14: the hoped-for way" in shown


def test_nothing_is_offered_to_begin_without_a_place(client, iap_staff, lead, talking, school):
    client.force_login(iap_staff)
    shown = client.get(reverse("timetables:interventions", args=[PupilFactory(school=school).uuid]))
    assert "Nothing runs without a place" in shown.content.decode()
    assert "Begin something" not in shown.content.decode()


def test_pages_cost_the_same_for_one_intervention_and_for_ten(
    client, lead, pupil, school, django_assert_max_num_queries
):
    client.force_login(lead)
    ways = [
        reverse("timetables:interventions", args=[pupil.uuid]),
        reverse("pupils:detail", args=[pupil.uuid]),
    ]

    def cost(way):
        with django_assert_max_num_queries(60) as asked:
            client.get(way)
        return len(asked)

    def more(number):
        programme = keep_programme(school, by=lead, name=f"Way {number}", strand="enrichment", sessions=5)
        begin(pupil, lead, programme)

    more(0)
    few = [cost(way) for way in ways]
    for number in range(1, 10):
        more(number)
    assert [cost(way) for way in ways] == few


@pytest.mark.parametrize("role", [Role.TEACHER, Role.TRUST, Role.DATA])
def test_a_mainstream_teacher_sees_none_of_it(client, school, pupil, role):
    client.force_login(MembershipFactory(school=school, role=role).user)
    assert client.get(reverse("timetables:interventions", args=[pupil.uuid])).status_code == 403
