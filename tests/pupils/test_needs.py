"""Needs and strengths in the school's words."""

import datetime as dt

import pytest
from django.db.models import ProtectedError
from django.urls import reverse

from iap.audit.models import Read
from iap.errors import Refused
from iap.schools.models import Role
from iap.ui.templatetags.ui import day_only
from pupils.actions.errors import mark_in_error
from pupils.actions.needs import add_word, carry_over, end_need, end_word, note_need, sort_need
from pupils.models import Need, NeedArea, NeedWord
from pupils.needs import noted_of
from pupils.standard.needs import WORDS, words_of
from tests.factories import MembershipFactory

from .needs import need, word

DAY = dt.timedelta(days=1)


def note(pupil, by, today, **more):
    return note_need(pupil, by=by, **{"day": today, "found_at": "assessment", **more})


def test_a_school_starts_with_words_for_learning_wellbeing_safety_and_strengths(school, today):
    words = words_of(school)
    assert {each.area for each in words} == {"learning", "wellbeing", "safety", "strength"}
    assert len(words) == sum(len(listed) for listed in WORDS.values())
    assert words_of(school) == words


def test_a_school_adds_words_of_its_own_and_not_the_same_twice(school, lead, today):
    words_of(school)
    assert add_word(school, by=lead, area="wellbeing", words="  Panic\xa0attacks ").words == "Panic attacks"
    with pytest.raises(Refused, match="has “panic ATTACKS” already"):
        add_word(school, by=lead, area="wellbeing", words="panic ATTACKS")
    with pytest.raises(Refused, match="Write the words"):
        add_word(school, by=lead, area="wellbeing", words="\xa0")
    with pytest.raises(Refused, match="Choose learning"):
        add_word(school, by=lead, area="unsorted", words="Other")


def test_a_word_ends_is_kept_and_may_be_added_again(school, lead, pupil, today):
    ended = end_word(word(school, "Sleep"), by=lead)
    kept = need(pupil, lead, word=ended, area="wellbeing", detail="")
    assert "Sleep" not in {each.words for each in words_of(school)}
    assert NeedWord.objects.filter(pk=ended.pk).exists()
    assert str(Need.objects.get(pk=kept.pk)) == "Sleep"
    add_word(school, by=lead, area="wellbeing", words="Sleep")
    assert end_word(ended, by=lead).valid_to == ended.valid_to
    with pytest.raises(ProtectedError):
        ended.delete()


def test_a_word_of_today_that_ends_today_still_has_its_day(school, lead, today):
    words_of(school)
    added = add_word(school, by=lead, area="safety", words="Trains")
    assert end_word(added, by=lead).valid_to == today + DAY


def test_a_need_takes_its_area_from_its_word(pupil, senco, today):
    noted = note(pupil, senco, today, word=word(pupil.school, "Friendships"), detail="Feels watched\x00")
    assert (noted.area, noted.detail, noted.by) == ("wellbeing", "Feels watched", senco)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"area": "learning"}, "Choose words from the list, or write"),
        ({"detail": "x", "area": "other"}, "Choose learning"),
        ({"detail": "x" * 1001, "area": "learning"}, "1,000 characters"),
        ({"detail": "x", "area": "learning", "found_at": "dream"}, "where it was found"),
        ({"detail": "x", "area": "learning", "day": dt.date.today() + DAY}, "has not come yet"),
        ({"detail": "x", "area": "learning", "day": dt.date(2001, 1, 1)}, "Check the year"),
    ],
)
def test_what_cannot_be_is_refused_in_words(pupil, lead, today, given, words):
    with pytest.raises(Refused, match=words):
        note(pupil, lead, today, **given)


def test_a_need_may_be_older_than_the_place_but_not_by_more_than_a_year(pupil, place, lead):
    before = place.starts_on - 300 * DAY
    assert (
        note_need(pupil, by=lead, day=before, found_at="referral", area="safety", detail="Roads").day
        == before
    )


def test_what_holds_is_noted_once_and_again_after_it_ended(pupil, lead, senco, today):
    reading = word(pupil.school)
    first = note(pupil, senco, today, word=reading)
    with pytest.raises(Refused, match=f"{senco} noted “Reading”"):
        note(pupil, lead, today, word=reading)
    end_need(first, by=lead, day=today, words="Reads at home now")
    assert note(pupil, lead, today, word=reading).pk != first.pk


def test_two_people_who_note_the_same_at_once_keep_it_once(pupil, lead):
    """The database itself would refuse a second row that stands and holds."""
    from django.db import IntegrityError, transaction

    need(pupil, lead, word=word(pupil.school), detail="")
    with pytest.raises(IntegrityError, match="a_pupil_has_a_need_once"), transaction.atomic():
        need(pupil, lead, word=word(pupil.school), detail="")


def test_it_ends_on_or_after_the_day_it_was_found(pupil, lead, today):
    noted = need(pupil, lead)
    with pytest.raises(Refused, match="It was found on"):
        end_need(noted, by=lead, day=today - DAY)
    end_need(noted, by=lead, day=today)
    with pytest.raises(Refused, match="This ended on"):
        end_need(noted, by=lead, day=today)


def test_what_was_entered_in_error_stays_as_it_was(pupil, lead, today):
    noted = mark_in_error(need(pupil, lead), by=lead, why="Another pupil")
    with pytest.raises(Refused, match="entered in error"):
        end_need(noted, by=lead, day=today)
    assert noted_of(pupil).by_area == {}
    assert noted_of(pupil).earlier == [noted]


def test_what_a_referral_said_comes_along_in_its_own_words_and_is_sorted_by_a_person(pupil, lead, today):
    brought, strength = carry_over(pupil, by=lead, day=today, needs="“Too loud”", strengths="Drawing")
    assert (brought.area, strength.area) == (NeedArea.UNSORTED, NeedArea.STRENGTH)
    assert noted_of(pupil).unsorted == [brought]
    sorted_ = sort_need(brought, by=lead, word=word(pupil.school, "Noise and busy places"))
    assert (sorted_.area, sorted_.detail) == ("wellbeing", '"Too loud"')
    with pytest.raises(Refused, match="sorted already"):
        sort_need(sorted_, by=lead, word=word(pupil.school, "Sleep"))
    assert carry_over(pupil, by=lead, day=today, needs="", strengths=" ") == []


# On screen.


def address(pupil):
    return reverse("pupils:needs", args=[pupil.uuid])


def posted(today, **more):
    return {"word": "", "detail": "", "area": "", "found_at": "day", "day": today.isoformat(), **more}


def test_strengths_are_read_before_needs(client, iap_staff, pupil, lead):
    need(pupil, lead, area="strength", detail="Draws buildings")
    need(pupil, lead, detail="Long texts")
    client.force_login(iap_staff)
    shown = client.get(address(pupil)).content.decode()
    assert shown.index("Draws buildings") < shown.index("Long texts")
    page = client.get(reverse("pupils:detail", args=[pupil.uuid])).content.decode()
    assert page.index("Draws buildings") < page.index("Long texts")
    assert Read.objects.filter(page="needs").count() == 1


def test_staff_note_a_need_from_the_list(client, iap_staff, pupil, today):
    client.force_login(iap_staff)
    chosen = str(word(pupil.school, "Sleep").uuid)
    assert client.post(address(pupil), posted(today, word=chosen)).status_code == 302
    assert Need.objects.get(pupil=pupil).word.words == "Sleep"


def test_what_was_typed_comes_back_where_it_is_refused(client, iap_staff, pupil, today):
    client.force_login(iap_staff)
    answer = client.post(address(pupil), posted(today, detail="Hates “crowds”"))
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Hates &quot;crowds&quot;" in shown or "Hates “crowds”" in shown
    assert "Say what kind it is" in shown
    assert (
        "Choose words from the list, or describe it"
        in client.post(address(pupil), posted(today)).content.decode()
    )


def test_what_a_referral_said_is_sorted_on_the_page_under_words_of_the_list(
    client, iap_staff, pupil, lead, today
):
    carry_over(pupil, by=lead, day=today, needs="Too loud to think", strengths="")
    brought = Need.objects.get()
    client.force_login(iap_staff)
    way = reverse("pupils:sort_need", args=[pupil.uuid, brought.uuid])
    assert way in client.get(address(pupil)).content.decode()
    refused = client.post(way, {"word": ""}, follow=True)
    assert "Choose words from the list." in refused.content.decode()
    chosen = word(pupil.school, "Noise and busy places")
    shown = client.post(way, {"word": str(chosen.uuid)}, follow=True).content.decode()
    brought.refresh_from_db()
    assert (brought.word, brought.area, brought.detail) == (chosen, "wellbeing", "Too loud to think")
    assert "Noise and busy places" in shown.partition('id="h-needs"')[2]
    assert f"At referral · {day_only(today)} · {lead}" in shown


def test_it_ends_on_the_page_and_a_wrong_day_comes_back(client, iap_staff, pupil, lead, today):
    noted = need(pupil, lead)
    client.force_login(iap_staff)
    way = reverse("pupils:end_need", args=[pupil.uuid, noted.uuid])
    answer = client.post(way, {"day": (today - DAY).isoformat(), "words": "Reads daily"})
    assert answer.status_code == 422
    assert "Reads daily" in answer.content.decode()
    assert client.post(way, {"day": today.isoformat(), "words": "Reads daily"}).status_code == 302
    assert "Reads daily" in client.get(address(pupil)).content.decode()


def test_a_leader_reads_and_cannot_write(client, leader, pupil, today):
    client.force_login(leader)
    assert "Note one more" not in client.get(address(pupil)).content.decode()
    assert client.post(address(pupil), posted(today, detail="x", area="safety")).status_code == 403
    assert not Need.objects.filter(pupil=pupil).exists()


def test_who_wrote_it_or_the_lead_says_it_was_entered_in_error(client, iap_staff, senco, pupil):
    noted = need(pupil, senco)
    way = reverse("pupils:strike", args=[pupil.uuid, "need", noted.uuid])
    client.force_login(iap_staff)
    assert client.get(way).status_code == 404
    assert way not in client.get(address(pupil)).content.decode()
    client.force_login(senco)
    assert client.post(way, {"why": ""}).status_code == 422
    assert client.post(way, {"why": "Meant for another pupil"}).status_code == 302
    shown = client.get(address(pupil)).content.decode()
    assert "<s>Long texts</s>" in shown
    assert "Meant for another pupil" in shown


def test_the_page_and_the_pupils_page_cost_the_same_for_one_need_and_for_forty(client, lead, pupil, cost):
    client.force_login(lead)
    words_of(pupil.school)
    ways = [address(pupil), reverse("pupils:detail", args=[pupil.uuid])]
    need(pupil, lead)
    few = [cost(way) for way in ways]
    for number in range(39):
        need(pupil, lead, detail=f"Number {number}", area="safety" if number % 2 else "strength")
    assert [cost(way) for way in ways] == few


def test_words_are_kept_by_lead_and_senco_on_their_own_page(client, senco, school):
    client.force_login(senco)
    way = reverse("pupils:need_words")
    assert client.post(way, {"area": "safety", "words": "Trains"}).status_code == 302
    assert client.post(way, {"area": "safety", "words": "trains"}).status_code == 422
    added = NeedWord.objects.get(school=school, words="Trains")
    client.post(reverse("pupils:end_need_word", args=[added.uuid]))
    assert "No longer used" in client.get(way).content.decode()


@pytest.mark.parametrize("role", [Role.TEACHER, Role.TRUST, Role.DATA])
def test_a_mainstream_teacher_sees_none_of_it(client, school, pupil, lead, role):
    need(pupil, lead)
    client.force_login(MembershipFactory(school=school, role=role).user)
    assert client.get(address(pupil)).status_code == 403
