"""Check-ins and notes of a pupil: reading, writing, following up, putting right, undoing."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from iap.audit.models import Event, Read
from iap.errors import Refused
from iap.schools.models import Closure, Role
from pupils.actions.notes import finish_follow_up, reword
from pupils.models import CheckIn, Note
from tests.factories import CheckInFactory, MembershipFactory, NoteFactory, PlacementFactory

NOW = timezone.now


@pytest.fixture
def made(pupil):
    return {"school": pupil.school, "pupil": pupil}


def address(name, pupil, entry=None):
    return reverse(f"pupils:{name}", args=[pupil.uuid, *([entry.entry] if entry else [])])


def listed(client, pupil, **query):
    answer = client.get(address("check_ins", pupil), query)
    assert answer.status_code == 200
    return [getattr(entry, "text", None) or entry.note for entry, _ in answer.context["rows"]]


def typed(client, pupil, **changes):
    form = client.get(address("note", pupil)).context["form"]
    return {
        "entry": form["entry"].value(),
        "day": form["day"].value().isoformat(),
        "text": "Well done.",
        **changes,
    }


def test_check_ins_and_notes_stand_together_the_newest_first(client, iap_staff, pupil, made):
    for minutes, factory, words in (
        (30, CheckInFactory, "first"),
        (20, NoteFactory, "then"),
        (10, CheckInFactory, "last"),
    ):
        key = "text" if factory is NoteFactory else "note"
        factory(**made, **{key: words}, at=NOW() - dt.timedelta(minutes=minutes))
    CheckInFactory(school=pupil.school, note="of somebody else")
    client.force_login(iap_staff)
    assert listed(client, pupil) == ["last", "then", "first"]


def test_they_are_chosen_by_kind_days_and_words(client, iap_staff, pupil, made, today):
    CheckInFactory(**made, kind="arrival", note="toast")
    CheckInFactory(**made, kind="after", note="garden", day=today - dt.timedelta(days=40))
    NoteFactory(**made, text="a note on toast", day=today - dt.timedelta(days=3))
    client.force_login(iap_staff)
    assert set(listed(client, pupil, kind="note")) == {"a note on toast"}
    assert set(listed(client, pupil, kind="after")) == {"garden"}
    assert set(listed(client, pupil, words="toast")) == {"toast", "a note on toast"}
    assert set(listed(client, pupil, days="30")) == {"toast", "a note on toast"}
    last_week = str(today - dt.timedelta(days=7))
    assert set(listed(client, pupil, since=last_week, until=str(today - dt.timedelta(days=1)))) == {
        "a note on toast"
    }
    assert len(listed(client, pupil, since="2026-02-31", until="soon")) == 3


def test_undone_ones_are_left_out_unless_the_lead_asks(client, lead, pupil, made):
    NoteFactory(**made, text="taken back", undone_at=NOW(), undone_by=lead)
    client.force_login(lead)
    assert listed(client, pupil) == []
    assert listed(client, pupil, undone="1") == ["taken back"]


def test_thirty_come_on_a_page_and_cost_the_same_as_one(client, lead, pupil, made, cost):
    client.force_login(lead)
    CheckInFactory(**made)
    NoteFactory(**made)
    one = cost(address("check_ins", pupil))
    for _ in range(30):
        CheckInFactory(**made)
        NoteFactory(**made)
    assert cost(address("check_ins", pupil)) == one
    assert len(listed(client, pupil)) == 30
    assert len(listed(client, pupil, page=3)) == 2


def test_reading_them_is_kept(client, senco, pupil):
    client.force_login(senco)
    listed(client, pupil)
    assert (Read.objects.get().page, Read.objects.get().pupil_ids) == ("pupil-check-ins", [pupil.pk])


def test_a_note_is_written_and_kept_once_however_often_it_is_sent(client, iap_staff, pupil):
    client.force_login(iap_staff)
    data = typed(client, pupil, follow_up="on")
    for _ in range(2):
        answer = client.post(address("note", pupil), data)
        assert answer.status_code == 302
        assert answer.url == address("detail", pupil)
    note = Note.objects.get()
    assert (note.text, note.follow_up, note.by, note.pupil) == ("Well done.", True, iap_staff, pupil)


def test_a_refused_note_comes_back_as_typed(client, iap_staff, pupil, school):
    client.force_login(iap_staff)
    data = typed(client, pupil, text="Chose to stay")
    Closure.objects.create(school=school, day=data["day"], reason="Snow")
    answer = client.post(address("note", pupil), data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Chose to stay" in page
    assert str(data["entry"]) in page
    assert "closed on that day" in page
    assert not Note.objects.exists()


def test_a_note_without_words_or_too_long_says_what_to_do(client, iap_staff, pupil):
    client.force_login(iap_staff)
    answer = client.post(address("note", pupil), typed(client, pupil, text=" "))
    assert "Write a few words" in answer.content.decode()
    answer = client.post(address("note", pupil), typed(client, pupil, text="x" * 2001))
    assert "2,000 characters" in answer.content.decode()
    assert answer.status_code == 422


def test_another_note_under_the_same_key_is_refused_and_overwrites_nothing(client, iap_staff, pupil):
    client.force_login(iap_staff)
    data = typed(client, pupil)
    client.post(address("note", pupil), data)
    answer = client.post(address("note", pupil), {**data, "text": "Something else"})
    assert answer.status_code == 422
    assert "Something else" in answer.content.decode()
    assert Note.objects.get().text == "Well done."


def test_a_follow_up_is_done_once_and_says_by_whom(client, iap_staff, pupil, made):
    note = NoteFactory(**made, follow_up=True)
    client.force_login(iap_staff)
    for _ in range(2):
        assert client.post(address("followed_up", pupil, note)).status_code == 302
    note.refresh_from_db()
    assert not note.follow_up
    event = Event.objects.get(verb="note.followed_up")
    assert (event.by, event.object_id, event.pupil_id) == (iap_staff, note.pk, pupil.pk)


def test_what_was_undone_is_not_followed_up_or_reworded(lead, made):
    note = NoteFactory(**made, follow_up=True, undone_at=NOW(), undone_by=lead)
    for act in (lambda: finish_follow_up(note, by=lead), lambda: reword(note, by=lead, text="Other")):
        with pytest.raises(Refused, match="was undone"):
            act()


@pytest.mark.parametrize(("factory", "field"), [(NoteFactory, "text"), (CheckInFactory, "note")])
def test_the_lead_puts_words_right_and_the_earlier_ones_are_kept(client, lead, pupil, made, factory, field):
    entry = factory(**made, **{field: "Was late again"})
    client.force_login(lead)
    answer = client.post(address("words", pupil, entry), {"text": "Arrived at 9:20"})
    assert answer.status_code == 302
    entry.refresh_from_db()
    assert getattr(entry, field) == "Arrived at 9:20"
    assert "Was late again" in client.get(address("words", pupil, entry)).content.decode()
    assert Event.objects.get().by == lead
    client.post(address("words", pupil, entry), {"text": "Arrived at 9:20"})
    assert Event.objects.count() == 1


def test_words_that_cannot_be_come_back_as_typed(client, lead, pupil, made):
    note, check_in = NoteFactory(**made, text="Kept"), CheckInFactory(**made, note="Kept too")
    client.force_login(lead)
    assert client.post(address("words", pupil, note), {"text": " "}).status_code == 422
    answer = client.post(address("words", pupil, check_in), {"text": "y" * 501})
    assert answer.status_code == 422
    assert "y" * 501 in answer.content.decode()
    assert client.post(address("words", pupil, check_in), {"text": ""}).status_code == 302
    assert (Note.objects.get().text, CheckIn.objects.get().note) == ("Kept", "")


def test_the_lead_undoes_what_was_logged_long_ago_and_others_cannot(client, lead, iap_staff, pupil, made):
    check_in = CheckInFactory(**made, by=iap_staff)
    CheckIn.objects.filter(pk=check_in.pk).update(saved_at=NOW() - dt.timedelta(days=3))
    client.force_login(iap_staff)
    answer = client.post(address("undo", pupil, check_in), follow=True)
    assert "more than ten minutes ago" in answer.content.decode()
    check_in.refresh_from_db()
    assert check_in.stands
    client.force_login(lead)
    answer = client.post(address("undo", pupil, check_in), follow=True)
    assert "Say in a few words why" in answer.content.decode()
    client.post(address("undo", pupil, check_in), {"why": "About another pupil"})
    check_in.refresh_from_db()
    assert (check_in.undone_by, check_in.undone_why) == (lead, "About another pupil")
    assert CheckIn.objects.count() == 1


def test_a_reason_that_was_pasted_is_kept_without_what_cannot_be_seen(client, lead, pupil, made):
    note = NoteFactory(**made, text="About his brother")
    client.force_login(lead)
    client.post(
        reverse("pupils:undo", args=[pupil.uuid, note.entry]), {"why": "Another\x00\xa0pupil\r\nof that name"}
    )
    note.refresh_from_db()
    assert note.undone_why == "Another pupil of that name"


def test_undo_is_offered_for_ten_minutes_to_whoever_logged_it(client, iap_staff, pupil, made):
    CheckInFactory(**made, by=iap_staff, note="mine")
    CheckInFactory(**made, note="a colleague’s")
    client.force_login(iap_staff)
    rows = client.get(address("check_ins", pupil)).context["rows"]
    assert {entry.note: may for entry, may in rows} == {"mine": True, "a colleague’s": False}


def test_an_entry_of_another_pupil_is_not_found_under_this_one(client, lead, pupil, school):
    note = NoteFactory(school=school, pupil=PlacementFactory(school=school).pupil, follow_up=True)
    client.force_login(lead)
    for name in ("undo", "followed_up"):
        assert client.post(address(name, pupil, note)).status_code == 404
    assert client.get(address("words", pupil, note)).status_code == 404
    note.refresh_from_db()
    assert note.stands
    assert note.follow_up


def test_a_button_leads_back_to_its_own_page_and_nowhere_else(client, lead, pupil, made):
    note = NoteFactory(**made)
    client.force_login(lead)
    here = address("check_ins", pupil) + "?page=2"
    assert client.post(address("undo", pupil, note), {"next": here}).url == here
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"):
        answer = client.post(address("undo", pupil, note), {"next": elsewhere})
        assert answer.url == address("detail", pupil)


@pytest.mark.parametrize("role", [Role.LEADER, Role.TEACHER, Role.DATA])
def test_those_who_only_read_do_not_write(client, school, pupil, role):
    client.force_login(MembershipFactory(school=school, role=role).user)
    data = {"entry": uuid.uuid4(), "day": timezone.localdate(), "text": "x"}
    assert client.post(address("note", pupil), data).status_code == 403
