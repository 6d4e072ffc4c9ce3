"""A passport: in versions, read by those it concerns, told to those alone, and shown where it helps."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from iap.errors import Conflict, Refused
from iap.inbox.models import Message
from pupils.actions.errors import mark_in_error
from pupils.actions.passports import note_passport_read, save_passport
from pupils.models import Passport, PassportRead
from tests.factories import HybridStepFactory, MembershipFactory, PlacementFactory, StaffMemberFactory
from timetables.taught import teachers_met

from .plans import WEEK, comes_to

SAYS = {
    "own_words": "Art is where I feel like me.",
    "helps": "Warn me\nTwo short parts\nA seat by the door\nMy card",
}


@pytest.fixture
def science(place, teacher, lead):
    """The pupil comes to this teacher's science."""
    return comes_to(place, StaffMemberFactory(school=place.school, user=teacher, linked_by=lead))


def words(client, name, pupil, **query):
    answer = client.get(reverse(name, args=[pupil.uuid]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_versions_follow_each_other_and_none_changes(pupil, lead):
    first = save_passport(pupil, by=lead, **SAYS)
    second = save_passport(pupil, by=lead, seen=1, **SAYS | {"strengths": "Drawing"})
    assert (first.version, second.version) == (1, 2)
    with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
        Passport.objects.filter(pk=first.pk).update(helps="Other")
    assert Passport.objects.get(version=1).helps == SAYS["helps"]


@pytest.mark.parametrize("missing", ["own_words", "helps"])
def test_a_passport_has_the_pupils_words_and_what_helps(pupil, lead, missing):
    with pytest.raises(Refused, match="own words, and what helps"):
        save_passport(pupil, by=lead, **SAYS | {missing: " "})


def test_a_version_in_which_nothing_changed_is_none(pupil, lead):
    save_passport(pupil, by=lead, **SAYS)
    with pytest.raises(Refused, match="Nothing has changed"):
        save_passport(pupil, by=lead, seen=1, **SAYS)


def test_two_people_who_write_at_once_are_told(pupil, lead, iap_staff):
    save_passport(pupil, by=lead, seen=0, **SAYS)
    with pytest.raises(Conflict, match="shown beside it"):
        save_passport(pupil, by=iap_staff, seen=0, **SAYS | {"helps": "Theirs"})
    assert Passport.objects.count() == 1


def test_a_version_entered_in_error_leaves_the_one_before_in_force(client, pupil, lead, science):
    save_passport(pupil, by=lead, **SAYS)
    wrong = save_passport(pupil, by=lead, seen=1, **SAYS | {"helps": "Another pupil’s"})
    mark_in_error(wrong, by=lead, why="The wrong pupil")
    client.force_login(lead)
    shown = words(client, "pupils:passport", pupil)
    assert "Version 1" in shown
    assert "Two short parts" in shown
    assert save_passport(pupil, by=lead, seen=2, **SAYS).version == 3


def test_a_change_is_told_to_teachers_of_lessons_the_pupil_comes_to_and_to_nobody_else(
    pupil, place, lead, teacher, science, school, today
):
    elsewhere = MembershipFactory(school=school, role="teacher").user
    other = comes_to(
        PlacementFactory(school=school),
        StaffMemberFactory(school=school, user=elsewhere, linked_by=lead),
        number="4",
    )
    save_passport(pupil, by=lead, **SAYS)
    save_passport(pupil, by=lead, seen=1, **SAYS | {"avoid": "Shouting"})
    messages = Message.objects.filter(kind="passport")
    assert {each.to for each in messages} == {teacher}
    assert messages.count() == 2
    assert all("Kai" not in each.text for each in messages)
    assert messages[0].link == reverse("timetables:passport", args=[pupil.uuid])
    assert [each.teacher for each in teachers_met(pupil, today)] == [science]
    assert other.user == elsewhere


def test_a_published_step_to_come_makes_a_teacher_one_of_them_and_an_ended_one_does_not(place, school, today):
    ended = HybridStepFactory(
        school=school, placement=place, starts_on=today - 5 * WEEK, ends_on=today - WEEK
    )
    comes_to(place, number="2", subject="French", step=ended)
    coming = HybridStepFactory(school=school, placement=place, starts_on=today + WEEK)
    art = comes_to(place, number="4", subject="Art", step=coming)
    assert [(each.teacher, each.classes) for each in teachers_met(place.pupil, today)] == [
        (art, "Art, 8R/Ar")
    ]
    place.ends_on, place.destination = today, "full-return"
    place.save()
    assert teachers_met(place.pupil, today) == []


def line_of(reader, shown):
    """What stands beside somebody's name under "Read by"."""
    by = shown.partition(">Read by<")[2].partition("</section>")[0]
    (line,) = [each for each in by.split("<li>") if str(reader) in each]
    return line


def test_their_own_words_stand_before_all_else_wherever_a_passport_is_read(
    client, pupil, place, lead, teacher, science
):
    says = {name: f"Line of {name}" for name in Passport.PARTS}
    save_passport(pupil, by=lead, **says)
    for user, page in ((lead, "pupils:passport"), (teacher, "timetables:passport")):
        client.force_login(user)
        shown = words(client, page, pupil).partition("<h2")[2]
        others = [*(says[name] for name in Passport.PARTS if name != "own_words"), str(place.key_adult)]
        own = shown.find(says["own_words"])
        assert own > 0
        assert [each for each in others if shown.find(each) < own] == []


def test_a_teacher_reads_the_passport_and_the_provision_sees_it(client, pupil, lead, teacher, science):
    save_passport(pupil, by=lead, **SAYS)
    client.force_login(lead)
    assert "Not read yet" in line_of(science, words(client, "pupils:passport", pupil))
    client.force_login(teacher)
    client.post(reverse("timetables:read_passport", args=[pupil.uuid]), {"version": "1"})
    assert "You have read this version" in words(client, "timetables:passport", pupil)
    client.force_login(lead)
    read = line_of(science, words(client, "pupils:passport", pupil))
    assert "Version 1, " in read
    assert "Not read yet" not in read
    save_passport(pupil, by=lead, seen=1, **SAYS | {"avoid": "Shouting"})
    client.force_login(teacher)
    assert "I have read this" in words(client, "timetables:passport", pupil)


def test_a_version_that_is_no_longer_the_newest_is_not_read_unseen(client, pupil, lead, teacher, science):
    save_passport(pupil, by=lead, **SAYS)
    save_passport(pupil, by=lead, seen=1, **SAYS | {"avoid": "Shouting"})
    client.force_login(teacher)
    client.post(reverse("timetables:read_passport", args=[pupil.uuid]), {"version": "1"})
    assert not PassportRead.objects.exists()


def test_reading_twice_is_kept_once(pupil, lead, teacher):
    passport = save_passport(pupil, by=lead, **SAYS)
    note_passport_read(passport, by=teacher)
    note_passport_read(passport, by=teacher)
    assert PassportRead.objects.count() == 1


def test_a_teacher_who_does_not_meet_the_pupil_finds_nothing(client, pupil, lead, teacher):
    save_passport(pupil, by=lead, **SAYS)
    client.force_login(teacher)
    assert client.get(reverse("timetables:passport", args=[pupil.uuid])).status_code == 404


def test_the_pupils_page_says_what_helps_from_the_passport(client, pupil, iap_staff, lead):
    client.force_login(iap_staff)
    assert "Warn before changes" in words(client, "pupils:detail", pupil)
    save_passport(pupil, by=lead, **SAYS | {"avoid": "Reading aloud unasked"})
    shown = words(client, "pupils:detail", pupil)
    assert "Two short parts" in shown
    assert "Reading aloud unasked" in shown
    assert "Warn before changes" not in shown


def test_what_is_pasted_from_word_is_kept_without_what_word_hid_in_it(client, pupil, lead):
    client.force_login(lead)
    typed = {
        "own_words": "I can\xa0do \x93science\x94\x0bif I know\xad what\u2019s coming",
        "helps": "•\tWarn me\r\n·\tTwo short parts",
        "seen": "0",
    }
    answer = client.post(reverse("pupils:passport_write", args=[pupil.uuid]), typed)
    assert answer.status_code == 302
    passport = Passport.objects.get()
    assert passport.own_words == 'I can do "science"\nif I know what\'s coming'
    assert passport.lines == ["Warn me", "Two short parts"]


def test_what_is_too_long_comes_back_as_typed(client, pupil, lead):
    client.force_login(lead)
    typed = {"own_words": "x" * 701, "helps": "Warn me", "seen": "0"}
    answer = client.post(reverse("pupils:passport_write", args=[pupil.uuid]), typed)
    assert answer.status_code == 422
    assert "x" * 701 in answer.content.decode()
    assert "700 characters" in answer.content.decode()


def test_the_second_of_two_writers_is_shown_both(client, pupil, lead, iap_staff):
    client.force_login(iap_staff)
    address = reverse("pupils:passport_write", args=[pupil.uuid])
    client.get(address)
    save_passport(pupil, by=lead, seen=0, **SAYS)
    mine = {"own_words": "Mine", "helps": "Also mine", "seen": "0"}
    answer = client.post(address, mine)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Art is where I feel like me." in shown
    assert "Also mine" in shown
    assert 'name="seen" value="1"' in shown
    assert client.post(address, mine | {"seen": "1"}).status_code == 302
    assert Passport.objects.get(version=2).own_words == "Mine"


def test_days_are_those_of_the_school(pupil, lead):
    assert save_passport(pupil, by=lead, **SAYS).day == dt.date.today()
