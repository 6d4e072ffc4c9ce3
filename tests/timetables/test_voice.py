"""A pupil's own page on the staff's tablet: it reaches this one page for this one pupil, and nothing else."""

import datetime as dt
import re
import uuid

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from iap.errors import Conflict, Refused
from iap.schools.models import Period
from pupils.actions.voice import end_time, hand_over, say_day
from pupils.models import ExitEvaluation, Plan, PupilSaid, Target, VoiceTime
from tests.access_table import TABLE
from tests.factories import HybridStepFactory, MembershipFactory, PlacementFactory, PupilFactory
from timetables.models import HybridStep, Place, StepPlace

from .week import lesson_of, session_in

pytestmark = pytest.mark.usefixtures("_school_day")
PAGE = "/my-page/"
NOON = dt.datetime(2026, 11, 25, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def _school_day():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def place(school):
    return PlacementFactory(school=school, starts_on=timezone.localdate() - dt.timedelta(weeks=3))


@pytest.fixture
def handed(client, iap_staff, place):
    """The tablet in the pupil's hands."""
    client.force_login(iap_staff)
    answer = client.post(reverse("timetables:hand_over", args=[place.pupil.uuid]))
    assert answer.status_code == 302
    assert answer.url == PAGE
    return client


def _say(client, **said):
    return client.post(PAGE, {"entry": str(uuid.uuid4()), **said})


def test_handing_the_tablet_over_ends_the_staffs_session(handed, place):
    assert "_auth_user_id" not in handed.session
    answer = handed.get(reverse("pupils:detail", args=[place.pupil.uuid]))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


def test_no_page_of_the_product_opens_from_the_pupils_session_but_this_one(handed, school):
    """Every address of the access table, asked with the pupil's session."""
    open_to_it = set()
    for row in TABLE:
        address = reverse(row.name, kwargs=row.own(school) if row.own else None)
        if row.name == "timetables:voice_finish":
            continue  # it would end the pupil's time
        answer = handed.post(address, row.data) if row.post else handed.get(address)
        if answer.status_code == 200:
            open_to_it.add(row.name)
    # A calendar opens for whoever holds its secret address; it names no pupil.
    assert open_to_it == {"timetables:voice", "timetables:calendar"}


def test_the_page_greets_the_pupil_and_shows_no_other(handed, school, place):
    other = PupilFactory(school=school, given_name="Zebedee")
    text = handed.get(PAGE).content.decode()
    assert place.pupil.known_as in text
    assert other.known_as not in text
    assert place.pupil.family_name not in text


def test_every_face_and_help_is_chosen_by_a_drawing_beside_its_word(handed):
    options = re.findall(r'<label class="iap-opt.*?</label>', handed.get(PAGE).content.decode(), re.S)
    assert {kind for kind in ("mood", "helped") for each in options if f'name="{kind}"' in each} == {
        "mood",
        "helped",
    }
    assert [each for each in options if "<svg" not in each] == []
    labelled = [re.search(r'for="([^"]+)".* id="([^"]+)"', each, re.S).groups() for each in options]
    assert all(of == own for of, own in labelled)
    assert len(set(labelled)) == len(options), "a tap on one chooses that one"


def test_nothing_sensitive_or_of_the_adults_work_is_on_it(handed, place):
    text = handed.get(PAGE).content.decode().lower()
    assert not [word for word in ("risk", "suspen", "attendance", "referral", "sen ") if word in text]


def test_the_page_is_kept_by_no_cache_and_earlier_ones_are_cleared(client, iap_staff, place):
    client.force_login(iap_staff)
    answer = client.post(reverse("timetables:hand_over", args=[place.pupil.uuid]))
    assert answer["Clear-Site-Data"] == '"cache"'
    assert "no-store" in client.get(PAGE)["Cache-Control"]


def test_it_closes_after_twenty_minutes(handed):
    with time_machine.travel(NOON + dt.timedelta(minutes=20, seconds=-1), tick=False):
        assert b"Hello" in handed.get(PAGE).content
    with time_machine.travel(NOON + dt.timedelta(minutes=20), tick=False):
        answer = handed.get(PAGE)
        assert b"Your page has closed" in answer.content
        assert b"Hello" not in answer.content
    assert handed.get(PAGE).status_code == 302  # and stays closed, whatever the clock says


def test_what_is_typed_after_it_closed_is_not_kept_and_the_pupil_is_told_where_to_go(handed):
    with time_machine.travel(NOON + dt.timedelta(minutes=21), tick=False):
        answer = _say(handed, mood=4)
    assert b"give the tablet back" in answer.content
    assert not PupilSaid.objects.exists()


def test_a_pupil_can_give_it_back_earlier(handed):
    assert b"Your page has closed" in handed.post(reverse("timetables:voice_finish")).content
    assert handed.get(PAGE).status_code == 302


def test_a_new_time_of_the_same_pupil_ends_the_one_before(handed, iap_staff, place):
    first = VoiceTime.objects.get()
    hand_over(place.pupil, by=iap_staff)
    first.refresh_from_db()
    assert first.ended_at is not None


def test_a_time_of_another_school_opens_nothing(client, other_school, place):
    """Even a session that names it: the time is looked for in the school it names alone."""
    time = VoiceTime.objects.create(
        school=place.school,
        pupil=place.pupil,
        opened_by=MembershipFactory(school=place.school).user,
        opened_at=NOON,
        until=NOON + dt.timedelta(minutes=5),
    )
    session = client.session
    session["pupils-time"] = [other_school.pk, time.pk]
    session.save()
    assert b"Your page has closed" in client.get(PAGE).content


def test_staff_sign_in_again_and_are_themselves(handed, iap_staff):
    handed.force_login(iap_staff)
    answer = handed.get(PAGE)
    assert answer.status_code == 302
    assert answer.url == reverse("home")


def test_a_pupil_says_how_the_day_was_and_staff_read_it(handed, iap_staff, place):
    assert _say(handed, mood=2, helped=["quiet", "adult"], words="Science was loud.").status_code == 302
    assert b"Science was loud." in handed.get(PAGE).content
    said = PupilSaid.objects.get()
    assert (said.mood, said.helped, said.by) == (2, ["adult", "quiet"], iap_staff)
    handed.force_login(iap_staff)
    assert (
        "Science was loud." in handed.get(reverse("pupils:detail", args=[place.pupil.uuid])).content.decode()
    )


def test_saying_nothing_is_answered_kindly_and_saying_too_much_loses_nothing(handed):
    answer = _say(handed)
    assert answer.status_code == 422
    assert "Choose a face or a picture, or write something." in answer.content.decode()
    answer = _say(handed, words="a" * 501)
    assert answer.status_code == 422
    assert "a" * 501 in answer.content.decode()
    assert not PupilSaid.objects.exists()


def test_sending_the_same_again_keeps_it_once_and_other_words_come_back_to_be_added(handed, place):
    entry = str(uuid.uuid4())
    for words in ("First", "First"):
        assert handed.post(PAGE, {"entry": entry, "words": words}).status_code == 302
    answer = handed.post(PAGE, {"entry": entry, "words": "Second", "mood": "4"})
    assert answer.status_code == 409
    form = answer.context["form"]
    assert (form["words"].value(), form["mood"].value()) == ("Second", "4")
    assert [said.words for said in PupilSaid.objects.all()] == ["First"]
    handed.post(PAGE, {"entry": form["entry"].value(), "words": "Second", "mood": "4"})
    assert {said.words for said in PupilSaid.objects.all()} == {"First", "Second"}
    time = VoiceTime.objects.select_related("pupil").get()
    with pytest.raises(Conflict):
        say_day(time, entry=uuid.UUID(entry), words="Third")


@pytest.mark.parametrize("mood", ["0", "6", "x"])
def test_a_face_that_does_not_exist_is_refused(handed, mood):
    assert _say(handed, mood=mood).status_code == 422


def test_once_a_time_has_ended_nothing_more_is_said(place, iap_staff):
    time = hand_over(place.pupil, by=iap_staff)
    end_time(time)
    time.refresh_from_db()
    with pytest.raises(Refused, match="closed"):
        say_day(time, entry=uuid.uuid4(), mood=3)


def test_a_pupil_without_a_place_has_no_page_of_their_own(client, school, iap_staff):
    pupil = PupilFactory(school=school)
    client.force_login(iap_staff)
    answer = client.post(reverse("timetables:hand_over", args=[pupil.uuid]), follow=True)
    assert "own page opens once they have a place" in answer.content.decode()
    assert "_auth_user_id" in client.session


def test_a_pupil_who_has_left_the_roll_has_none_either(school, iap_staff):
    today = timezone.localdate()
    pupil = PupilFactory(school=school, left_on=today)
    PlacementFactory(school=school, pupil=pupil, starts_on=today - dt.timedelta(weeks=3))
    with pytest.raises(Refused, match="not on roll"):
        hand_over(pupil, by=iap_staff)


def test_my_week_and_my_journey_are_there_in_a_pupils_words(handed, school, place):
    period = Period.objects.filter(school=school, kind="lesson").in_order()[0]
    lesson_of(school, place.pupil, period, subject="Pottery")
    session = session_in(school, "B", number=1, title="Cooking")
    for kind, weeks_ago, places in (("start", 3, {}), ("back", 1, {"place": Place.MAINSTREAM})):
        starts_on = timezone.localdate() - dt.timedelta(weeks=weeks_ago)
        HybridStep.objects.filter(placement=place).update(ends_on=starts_on)
        step = HybridStepFactory(school=school, placement=place, kind=kind, starts_on=starts_on)
        if places:
            at = {"school": school, "step": step, "period": period}
            StepPlace.objects.create(**at, **places)
            StepPlace.objects.create(
                school=school,
                step=step,
                week="B",
                period=session.period,
                place=Place.SESSION,
                session=session,
            )
    text = handed.get(PAGE).content.decode()
    assert "You started here." in text
    assert "That is part of the plan." in text
    assert "With my class: Pottery." in text
    assert "%" not in text.partition("My journey")[2]


def test_my_goal_is_there_in_my_words_while_the_plan_goes_on(handed, school, place, lead):
    today, now = timezone.localdate(), timezone.now()
    plan = Plan.objects.create(
        school=school, placement=place, pupil=place.pupil, by=lead, day=place.starts_on, number=1,
        review_on=today + dt.timedelta(weeks=3), barriers="Noise", saved_at=now,
    )  # fmt: skip
    for words, ended in (("I ask for my card", False), ("I sit at the front", True)):
        Target.objects.create(
            school=school, plan=plan, words=words, success="I stay in", provision="A card", starts_at=2,
            aims_at=4, **({"ended_on": today, "ended_by": lead, "ended_why": "Done"} if ended else {}),
        )  # fmt: skip
    text = handed.get(PAGE).content.decode()
    assert "I ask for my card" in text
    assert "I sit at the front" not in text
    Plan.objects.update(reviewed_on=today)
    assert "No goal written down yet" in handed.get(PAGE).content.decode()


def test_once_the_end_is_known_a_pupil_says_what_the_time_here_was_like(handed, place):
    assert b"My time here" not in handed.get(PAGE).content
    handed.post(reverse("timetables:voice_my_time"), {"proud": "My print."})
    assert not ExitEvaluation.objects.exists()
    place.ends_on, place.destination = timezone.localdate() + dt.timedelta(days=9), "full-return"
    place.save(update_fields=["ends_on", "destination"])
    assert b"My time here" in handed.get(PAGE).content
    for _ in range(2):  # a second tap, or a page sent again
        handed.post(reverse("timetables:voice_my_time"), {"feels": "better", "proud": "My print."})
    (told,) = ExitEvaluation.objects.all()
    assert (told.placement, told.own_hand, told.feels, told.proud) == (place, True, "better", "My print.")
    answer = handed.post(reverse("timetables:voice_my_time"), {})
    assert answer.status_code == 422
    assert "Answer at least one question." in answer.content.decode()


def test_before_a_week_is_planned_the_page_says_what_fills_it(handed):
    text = handed.get(PAGE).content.decode()
    assert "No week planned yet" in text
    assert "Your journey starts with your first week" in text


def test_only_a_time_that_staff_opened_opens_the_page(client):
    answer = client.get(PAGE)
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))
