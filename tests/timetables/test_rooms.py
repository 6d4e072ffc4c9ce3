"""The receiving lesson: how ready it is, and work that goes to and fro."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from iap.audit.models import Read
from iap.errors import Refused
from iap.schools.calendar import Calendar
from iap.schools.models import Period, StaffMember
from tests.factories import StaffMemberFactory
from tests.timetables.week import TODAY, lesson_of, placement_at
from timetables.actions.rooms import log_work, look_at_room
from timetables.models import MainstreamClass, RoomReadiness, WorkMove
from timetables.models.rooms import ROOM_AREAS
from timetables.rooms import rooms_of
from timetables.work import Moved, mine, moved

READY = dict.fromkeys(ROOM_AREAS, 4)
BEGUN = {**READY, "work": 2, "calm": 1}


@pytest.fixture
def place(school):
    return placement_at(school, starts_on=TODAY - dt.timedelta(weeks=3))


@pytest.fixture
def pupil(place):
    return place.pupil


@pytest.fixture
def group(school, pupil, teacher, lead):
    staff = StaffMemberFactory(school=school, family_name="Kaur")
    StaffMember.objects.filter(pk=staff.pk).update(user=teacher, linked_by=lead)
    period = Period.objects.filter(school=school, kind="lesson").first()
    return lesson_of(school, pupil, period, name="8R2", subject="Science", teacher=staff).mainstream_class


def way(name, pupil):
    return reverse(f"timetables:{name}", args=[pupil.uuid])


def posted(steps):
    return {name: str(step) for name, step in steps.items()}


def test_the_last_look_counts_and_says_in_how_many_areas_it_holds(pupil, group, lead, teacher):
    RoomReadiness.objects.create(
        school=pupil.school, pupil=pupil, mainstream_class=group, by=lead,
        day=TODAY - dt.timedelta(days=9), **dict.fromkeys(ROOM_AREAS, 1),
    )  # fmt: skip
    look_at_room(pupil, group, by=teacher, steps=BEGUN)
    assert rooms_of(pupil)["8R2"].holding == 3
    assert rooms_of(pupil, since=TODAY + dt.timedelta(days=1)) == {}


def test_ones_own_look_of_today_is_put_right_and_each_area_needs_one(pupil, group, teacher):
    first = look_at_room(pupil, group, by=teacher, steps=BEGUN)
    again = look_at_room(pupil, group, by=teacher, steps=READY, next_change="A\xa0seat by the door")
    assert (again.pk, again.holding, again.next_change) == (first.pk, 5, "A seat by the door")
    with pytest.raises(Refused, match="Calm: choose one of the four"):
        look_at_room(pupil, group, by=teacher, steps={**READY, "calm": 9})


def test_a_teacher_fills_in_their_own_room_and_sees_nothing_else(client, pupil, group, teacher, lead):
    look_at_room(pupil, group, by=lead, steps=BEGUN, next_change="Staff words only")
    client.force_login(teacher)
    address = f"{way('room', pupil)}?class=8R2"
    assert client.post(address, posted(BEGUN)).status_code == 302
    shown = client.get(address).content.decode()
    assert "Work: begun" in shown
    assert "Staff words only" not in shown
    assert pupil.family_name not in shown
    assert Read.objects.filter(page="room").exists()
    wrong = client.post(address, posted({**READY, "calm": ""}))
    assert wrong.status_code == 422
    assert "Calm: choose one of the four" in wrong.content.decode()


def test_a_class_that_is_not_theirs_is_not_found(client, pupil, group, teacher, school):
    other = MainstreamClass.objects.create(school=school, name="8X9")
    client.force_login(teacher)
    for name in (other.name, "nonsense\0"):
        assert client.get(f"{way('room', pupil)}?class={name}").status_code == 404
        assert client.post(way("work", pupil), {"class": name, "kind": "sent"}).status_code == 404


def test_staff_see_what_a_teacher_said(client, pupil, group, teacher, iap_staff):
    look_at_room(pupil, group, by=teacher, steps=BEGUN, next_change="Word list on the desk")
    client.force_login(iap_staff)
    assert "Word list on the desk" in client.get(f"{way('room', pupil)}?class=8R2").content.decode()


def _school_day(pupil):
    calendar = Calendar.of(pupil.school, TODAY - dt.timedelta(days=7), TODAY)
    return calendar.last_open(TODAY)


def test_work_is_counted_by_class_and_a_tap_sent_twice_is_one(pupil, group, teacher):
    day, entry = _school_day(pupil), uuid.uuid4()
    for given in (entry, entry, uuid.uuid4()):
        log_work(pupil, group, by=teacher, entry=given, day=day, at=timezone.now(), kind="sent")
    log_work(pupil, group, by=teacher, entry=uuid.uuid4(), day=day, at=timezone.now(), kind="returned")
    assert moved(pupil.school_id, [pupil.pk]) == {(pupil.pk, group.pk): Moved(2, 1, day)}
    with pytest.raises(Refused, match="Tap"):
        log_work(pupil, group, by=teacher, entry=uuid.uuid4(), day=day, at=timezone.now(), kind="lost")


def test_a_teacher_finds_pupils_of_their_classes_who_have_a_place(client, pupil, group, teacher, school):
    (found,) = mine(school, teacher, TODAY)
    assert (found.pupil, found.group) == (pupil, group)
    client.force_login(teacher)
    shown = client.get(reverse("timetables:my_pupils")).content.decode()
    assert pupil.short_name in shown
    assert "No work sent yet" in shown


def test_a_teacher_taps_that_work_was_sent(client, pupil, group, teacher):
    client.force_login(teacher)
    answer = client.post(way("work", pupil), {"class": "8R2", "kind": "sent", "entry": str(uuid.uuid4())})
    assert answer.status_code == 302
    open_today = Calendar.of(pupil.school, TODAY, TODAY).is_open(TODAY)
    assert WorkMove.objects.filter(pupil=pupil).count() == int(open_today)
