"""Contacts with home and agencies: good news first, consent, what was agreed, what is planned, letters kept as sent."""

import datetime as dt
import io
import uuid
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from iap.errors import Conflict, Refused
from iap.inbox import duties
from iap.schools.models import Role
from iap.ui.moments import day
from pupils.actions.agencies import end_involvement, keep_agency, record_consent
from pupils.actions.contacts import (
    Agreed,
    drop_planned,
    finish_action,
    log_contact,
    plan_contact,
)
from pupils.actions.errors import mark_in_error
from pupils.actions.letters import make_letter, note_sent
from pupils.actions.reviews import save_review
from pupils.good_news import asks_for_good_news
from pupils.letters import kind_of
from pupils.models import Agency, AgreedAction, Contact, ContactLog, Letter, PlannedContact
from tests.factories import HybridStepFactory, MembershipFactory
from tests.timetables.week import session_in
from timetables.models import Place, StepPlace

from .plans import plan_for

DAY = dt.timedelta(days=1)


def page(pupil: Any) -> str:
    return reverse("pupils:contacts", args=[pupil.uuid])


def log(pupil: Any, by: Any, day: dt.date, **more: Any) -> ContactLog:
    given = {"with_name": "Alex Mensah", "how": "phone", "said": "He read aloud.", "tone": "good", **more}
    return log_contact(pupil, by=by, entry=given.pop("entry", uuid.uuid4()), day=day, **given)


@pytest.fixture
def agency(pupil: Any, lead: Any, today: dt.date) -> Any:
    return keep_agency(pupil, by=lead, name="CAMHS", worker="Dr Bright", since=today - 30 * DAY)


def posted(pupil: Any, today: dt.date, **changes: Any) -> dict[str, Any]:
    form = {"entry": uuid.uuid4(), "whom": "somebody", "name": "Alex Mensah", "day": today, "how": "phone",
            "reached": "on", "shared": "on", "tone": "good", "said": "He read aloud."}  # fmt: skip
    return {"act": "log", **{f"log-{key}": value for key, value in {**form, **changes}.items()}}


@given(st.lists(st.sampled_from(["good", "plain", "hard"]), max_size=12), st.integers(2, 10))
def test_good_news_comes_at_least_once_in_so_many(tones: list[str], every: int) -> None:
    """A second way: count back to the last good one, the latest first."""
    since = tones.index("good") if "good" in tones else len(tones)
    only_hard = all(tone == "hard" for tone in tones[: min(since, every - 1)])
    wanted = since >= every - 1 or ("good" not in tones[: every - 1] and only_hard)
    assert asks_for_good_news(tones, every) == wanted


def test_a_family_that_only_heard_difficult_things_hears_good_news_next(
    client: Any, iap_staff: Any, pupil: Any, today: dt.date
) -> None:
    client.force_login(iap_staff)
    log(pupil, iap_staff, today - DAY, tone="good")
    assert "Good news first" not in client.get(page(pupil)).content.decode()
    for _ in range(2):
        log(pupil, iap_staff, today, tone="hard")
    assert "Good news first" in client.get(page(pupil)).content.decode()


def test_a_contact_is_kept_once_with_what_was_agreed(
    client: Any, iap_staff: Any, pupil: Any, today: dt.date
) -> None:
    client.force_login(iap_staff)
    data = posted(pupil, today, what="Ring about the trip", owner_name="Mum", due_on=today + DAY)
    for _ in range(2):
        assert client.post(page(pupil), data).status_code == 302
    action = AgreedAction.objects.get()
    assert (action.what, action.owner_name, action.contact.said) == (
        "Ring about the trip",
        "Mum",
        "He read aloud.",
    )
    client.post(page(pupil), {"act": f"done:{action.pk}"})
    action.refresh_from_db()
    assert action.done_by == iap_staff


def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    client: Any, iap_staff: Any, pupil: Any, today: dt.date
) -> None:
    client.force_login(iap_staff)
    answer = client.post(page(pupil), posted(pupil, today, tone="", what="Ring"))
    shown = answer.content.decode()
    assert answer.status_code == 422
    for words in ("Choose what it was about", "Say by when", "name somebody else", "He read aloud."):
        assert words in shown
    assert not ContactLog.objects.exists()
    with pytest.raises(Refused, match="not come yet"):
        log(pupil, iap_staff, today + DAY)


def test_a_contact_long_before_the_place_is_asked_about_and_what_was_typed_stays(
    client: Any, iap_staff: Any, pupil: Any, place: Any, today: dt.date
) -> None:
    client.force_login(iap_staff)
    for wrong in (dt.date(1, 1, 1), place.starts_on - 367 * DAY):
        answer = client.post(page(pupil), posted(pupil, today, day=wrong.isoformat()))
        assert answer.status_code == 422
        assert "Check the year." in answer.content.decode()
        assert "He read aloud." in answer.content.decode()
    assert client.post(page(pupil), posted(pupil, today, day=place.starts_on - 300 * DAY)).status_code == 302
    assert client.get(reverse("pupils:timeline", args=[pupil.uuid])).status_code == 200


def test_two_contents_under_one_identifier_are_a_conflict(pupil: Any, iap_staff: Any, today: dt.date) -> None:
    entry = uuid.uuid4()
    log(pupil, iap_staff, today, entry=entry)
    assert log(pupil, iap_staff, today, entry=entry).pk == ContactLog.objects.get().pk
    for change in (
        {"said": "Something else"},
        {"tone": "hard"},
        {"how": "visit"},
        {"agreed": [Agreed("Ring", today, None, "Mum")]},
    ):
        with pytest.raises(Conflict):
            log(pupil, iap_staff, today, entry=entry, **change)


def test_a_second_contact_from_one_page_is_shown_beside_the_first_and_kept_when_sent_again(
    client: Any, iap_staff: Any, pupil: Any, today: dt.date
) -> None:
    client.force_login(iap_staff)
    data = posted(pupil, today)
    assert client.post(page(pupil), data).status_code == 302
    answer = client.post(page(pupil), data | {"log-said": "She rang back."})
    assert answer.status_code == 409
    assert "She rang back." in answer.content.decode()
    again = answer.context["log_form"]["entry"].value()
    client.post(page(pupil), data | {"log-said": "She rang back.", "log-entry": again})
    assert set(ContactLog.objects.values_list("said", flat=True)) == {"He read aloud.", "She rang back."}


def test_somebody_whom_the_schools_system_does_not_name_is_named(
    client: Any, iap_staff: Any, pupil: Any, today: dt.date
) -> None:
    client.force_login(iap_staff)
    assert "Enter the name." in client.post(page(pupil), posted(pupil, today, name="")).content.decode()
    client.post(page(pupil), posted(pupil, today, name="Nan"))
    assert ContactLog.objects.get().with_name == "Nan"


def test_nothing_is_shared_with_an_agency_without_consent_on_that_day(
    client: Any, lead: Any, pupil: Any, agency: Any, today: dt.date
) -> None:
    client.force_login(lead)
    data = posted(pupil, today, whom=f"agency:{agency.uuid}", tone="", said="Told them about Monday")
    answer = client.post(page(pupil), data)
    assert answer.status_code == 422
    assert "There is no consent to share with CAMHS" in answer.content.decode()
    assert "Told them about Monday" in answer.content.decode()
    record_consent(agency, by=lead, given_by="Alex Mensah", starts_on=today - 9 * DAY, ends_on=today - DAY)
    assert client.post(page(pupil), data).status_code == 422, "it has ended"
    record_consent(agency, by=lead, given_by="Alex Mensah", starts_on=today)
    assert client.post(page(pupil), data).status_code == 302
    assert ContactLog.objects.get().agency == agency


def test_consent_that_is_taken_back_holds_until_its_last_day_and_no_longer(
    client: Any, lead: Any, iap_staff: Any, pupil: Any, agency: Any, today: dt.date
) -> None:
    consent = record_consent(agency, by=lead, given_by="Alex Mensah", starts_on=today - 9 * DAY)
    end = {"act": f"end-consent:{agency.uuid}", f"last-{agency.uuid}-day": today - DAY}
    client.force_login(iap_staff)
    client.post(page(pupil), end)
    consent.refresh_from_db()
    assert consent.ends_on is None, "staff do not read of agencies"
    client.force_login(lead)
    answer = client.post(page(pupil), end | {f"last-{agency.uuid}-day": today + DAY})
    assert (answer.status_code, "not come yet" in answer.content.decode()) == (422, True)
    assert client.post(page(pupil), end).status_code == 302
    consent.refresh_from_db()
    assert consent.ends_on == today - DAY
    assert "No consent to share today" in client.get(page(pupil)).content.decode()
    with pytest.raises(Refused, match="no consent to share with CAMHS"):
        log(pupil, lead, today, agency=agency, tone="")
    assert log(pupil, lead, today - DAY, agency=agency, tone="").pk
    assert (
        "so none ends" in client.post(page(pupil), end | {f"last-{agency.uuid}-day": today}).content.decode()
    )


def test_an_agency_that_leaves_takes_its_consent_along_and_is_chosen_no_longer(
    client: Any, lead: Any, pupil: Any, agency: Any, today: dt.date
) -> None:
    consent = record_consent(agency, by=lead, given_by="Alex Mensah", starts_on=today - 9 * DAY)
    with pytest.raises(Refused, match="is involved since"):
        end_involvement(agency, by=lead, day=agency.since - DAY)
    client.force_login(lead)
    left = {"act": f"left:{agency.uuid}", f"last-{agency.uuid}-day": today - DAY}
    assert client.post(page(pupil), left).status_code == 302
    consent.refresh_from_db()
    assert consent.ends_on == today - DAY
    answer = client.get(page(pupil))
    assert "Earlier: CAMHS, Dr Bright" in answer.content.decode()
    assert f"agency:{agency.uuid}" not in answer.content.decode()


def test_what_an_agency_told_us_needs_no_consent(pupil: Any, lead: Any, agency: Any, today: dt.date) -> None:
    assert log(pupil, lead, today, agency=agency, tone="", shared=False).pk


def test_who_reads_of_agencies(
    client: Any, school: Any, pupil: Any, lead: Any, agency: Any, today: dt.date
) -> None:
    log(pupil, lead, today, agency=agency, tone="", shared=False, said="An appointment in May")
    for role, reads in (
        (Role.STAFF, False),
        (Role.LEAD, True),
        (Role.DSL, True),
        (Role.SENCO, True),
        (Role.LEADER, True),
    ):
        client.force_login(MembershipFactory(school=school, role=role).user)
        for address in (page(pupil), reverse("pupils:timeline", args=[pupil.uuid])):
            shown = client.get(address).content.decode()
            assert ("CAMHS" in shown, "An appointment in May" in shown) == (reads, reads), (role, address)


def test_a_contact_that_was_planned_is_made_by_the_next_one(
    pupil: Any, iap_staff: Any, school: Any, today: dt.date
) -> None:
    with pytest.raises(Refused, match="has passed"):
        plan_contact(pupil, by=iap_staff, day=today - DAY, with_name="Alex Mensah")
    planned = plan_contact(pupil, by=iap_staff, day=today, with_name="Alex Mensah", why="The trip")
    duty = next(each for each in duties.of([Role.STAFF]) if each.name == "contact-planned")
    assert [due.pupil for due in duty.find(school, today)] == [pupil]
    log(pupil, iap_staff, today, reached=False)
    assert PlannedContact.objects.to_be_made().exists(), "nobody was reached"
    made = log(pupil, iap_staff, today, with_name="alex mensah")
    planned.refresh_from_db()
    assert planned.made == made
    assert duty.find(school, today) == []
    mark_in_error(made, by=iap_staff, why="It was the sister’s mother")
    assert [due.pupil for due in duty.find(school, today)] == [pupil], "it is still to be made"
    drop_planned(planned, by=iap_staff)
    assert duty.find(school, today) == []


def test_a_contact_is_planned_with_somebody_who_is_known_or_with_an_agency(
    client: Any, lead: Any, school: Any, pupil: Any, agency: Any, today: dt.date
) -> None:
    Contact.objects.create(school=school, pupil=pupil, name="Alex Mensah", priority=1)
    client.force_login(lead)
    for whom in ("home:Alex Mensah", f"agency:{agency.uuid}"):
        plan = {"act": "plan", "plan-whom": whom, "plan-day": today}
        assert client.post(page(pupil), plan).status_code == 302
    home, with_agency = PlannedContact.objects.order_by("pk")
    assert (home.with_name, home.agency) == ("Alex Mensah", None)
    assert (with_agency.with_name, with_agency.agency) == ("Dr Bright", agency)
    waits = {each.name: len(each.find(school, today)) for each in duties.of([Role.LEAD])}
    assert (waits["contact-planned"], waits["agencies"]) == (1, 1)
    assert "agencies" not in {each.name for each in duties.of([Role.STAFF])}
    client.post(page(pupil), posted(pupil, today, whom="home:Alex Mensah", name=""))
    home.refresh_from_db()
    assert home.made is not None


def test_an_agency_and_its_consent_are_kept_on_the_page_and_read_there(
    client: Any, lead: Any, iap_staff: Any, pupil: Any, today: dt.date
) -> None:
    agency = {"act": "agency", "agency-name": "CAMHS", "agency-worker": "Dr Bright", "agency-since": today}
    client.force_login(iap_staff)
    client.post(page(pupil), agency)
    assert not Agency.objects.exists(), "staff do not read of agencies"
    client.force_login(lead)
    refused = client.post(page(pupil), agency | {"agency-name": " "})
    assert (refused.status_code, "Enter the agency, such as CAMHS." in refused.content.decode()) == (
        422,
        True,
    )
    assert client.post(page(pupil), agency | {"agency-phone": "01234 567890"}).status_code == 302
    assert "No consent to share today" in client.get(page(pupil)).content.decode()
    consent = {"act": "consent", "consent-agency": Agency.objects.get().uuid, "consent-starts_on": today}
    refused = client.post(page(pupil), consent)
    assert (refused.status_code, "Say who gave consent." in refused.content.decode()) == (422, True)
    assert client.post(page(pupil), consent | {"consent-given_by": "Alex Mensah"}).status_code == 302
    shown = client.get(page(pupil)).content.decode()
    for words in ("<b>CAMHS</b>, Dr Bright", "tel:01234567890", "Consent to share: Alex Mensah, from"):
        assert words in shown


def test_what_is_planned_is_dropped_on_the_page_by_those_who_read_of_it(
    client: Any, lead: Any, iap_staff: Any, pupil: Any, agency: Any, today: dt.date
) -> None:
    home = plan_contact(pupil, by=lead, day=today, with_name="Alex Mensah", why="The trip")
    other = plan_contact(pupil, by=lead, day=today, with_name="Dr Bright", agency=agency)
    log(pupil, lead, today, agency=agency, tone="", shared=False, agreed=[Agreed("Ring", today, None, "Us")])
    action = AgreedAction.objects.get()
    client.force_login(iap_staff)
    shown = client.get(page(pupil)).content.decode()
    assert ("Speak with Alex Mensah" in shown, "The trip" in shown, "Dr Bright" in shown) == (
        True,
        True,
        False,
    )
    for act in (f"drop:{home.pk}", f"drop:{other.pk}", f"done:{action.pk}"):
        client.post(page(pupil), {"act": act})
    assert list(PlannedContact.objects.to_be_made()) == [other]
    assert AgreedAction.objects.open().exists()
    client.force_login(lead)
    for act in (f"drop:{other.pk}", f"done:{action.pk}"):
        client.post(page(pupil), {"act": act})
    assert not PlannedContact.objects.to_be_made().exists()
    assert not AgreedAction.objects.open().exists()


def test_what_was_agreed_is_a_duty_from_its_day_until_it_is_done(
    pupil: Any, iap_staff: Any, school: Any, today: dt.date
) -> None:
    log(pupil, iap_staff, today, agreed=[Agreed("Send the book", today + DAY, None, "Mr Lund")])
    duty = next(each for each in duties.of([Role.LEAD]) if each.name == "contact-agreed")
    assert duty.find(school, today) == []
    assert [due.text for due in duty.find(school, today + DAY)] == [f"{pupil.short_name}: Send the book"]
    finish_action(AgreedAction.objects.get(), by=iap_staff)
    assert duty.find(school, today + DAY) == []


def test_the_page_costs_the_same_however_much_was_said(
    client: Any, lead: Any, pupil: Any, agency: Any, today: dt.date, cost: Any
) -> None:
    client.force_login(lead)
    log(pupil, lead, today, agreed=[Agreed("x", today, None, "Mum")])
    record_consent(agency, by=lead, given_by="Alex", starts_on=today)
    few = cost(page(pupil))
    for n in range(9):
        log(pupil, lead, today, agreed=[Agreed("x", today, None, "Mum")])
        record_consent(
            keep_agency(pupil, by=lead, name=f"A{n}", since=today), by=lead, given_by="A", starts_on=today
        )
    assert cost(page(pupil)) == few


def pages_of(paper: bytes) -> list[str]:
    return [part.extract_text() for part in PdfReader(io.BytesIO(paper)).pages]


def made(pupil: Any, by: Any, kind: str = "review") -> Letter:
    words = {"to_name": "Dear Alex", "title": "How Kai is doing", "text": "Well.", "signed": "Ms Person"}
    return make_letter(pupil, by=by, kind=kind_of(kind), **words)


def test_a_letter_about_the_timetable_brings_the_week_that_comes(
    client: Any, lead: Any, pupil: Any, place: Any, school: Any, today: dt.date
) -> None:
    assert len(pages_of(made(pupil, lead, "timetable").paper)) == 1, "nothing is planned yet"
    place.starts_on = today - 14 * DAY
    place.save()
    first, session = next_step(place, today - 14 * DAY), session_in(school, "", title="Cooking")
    first.ends_on = today + 7 * DAY
    first.save()
    later = next_step(place, today + 7 * DAY, kind="forward")
    StepPlace.objects.create(
        school=school, step=later, period=session.period, place=Place.SESSION, session=session
    )
    client.force_login(lead)
    form = client.get(reverse("pupils:letter", args=[pupil.uuid]), {"kind": "timetable"})
    assert "A second page shows the week from" in form.content.decode()
    letter, sheet = pages_of(made(pupil, lead, "timetable").paper)
    assert "Well." in letter
    assert "Kai’s week" in sheet and "Cooking" in sheet and day(later.starts_on) in sheet
    assert len(pages_of(made(pupil, lead, "review").paper)) == 1


def next_step(place: Any, starts_on: dt.date, **more: Any) -> Any:
    return HybridStepFactory(school=place.school, placement=place, starts_on=starts_on, **more)


def test_when_and_how_a_letter_was_sent_is_noted_and_read(
    client: Any, lead: Any, pupil: Any, today: dt.date
) -> None:
    letter = made(pupil, lead)
    client.force_login(lead)
    act, name = {"act": f"sent:{letter.uuid}"}, f"sent-{letter.uuid}"
    for wrong, says in (
        ({f"{name}-day": today - DAY, f"{name}-how": "By post"}, "The letter was made on"),
        ({f"{name}-day": today + DAY, f"{name}-how": "By post"}, "That day has not come yet"),
        ({f"{name}-day": today, f"{name}-how": " "}, "Say how it was sent."),
    ):
        answer = client.post(page(pupil), act | wrong)
        assert answer.status_code == 422 and says in answer.content.decode()
    client.post(page(pupil), act | {f"{name}-day": today, f"{name}-how": "By post, first class"})
    letter.refresh_from_db()
    assert (letter.sent_on, letter.sent_how) == (today, "By post, first class")
    assert "By post, first class" in client.get(page(pupil)).content.decode()
    timeline = client.get(reverse("pupils:timeline", args=[pupil.uuid])).content.decode()
    assert "Sent: By post, first class" in timeline


def test_a_letter_that_was_entered_in_error_is_not_sent(lead: Any, pupil: Any, today: dt.date) -> None:
    letter = mark_in_error(made(pupil, lead), by=lead, why="Another pupil")
    with pytest.raises(Refused, match="entered in error"):
        note_sent(letter, by=lead, day=today, how="By post")


def test_who_reads_alone_notes_nothing_on_a_letter(
    client: Any, lead: Any, leader: Any, pupil: Any, today: dt.date
) -> None:
    letter = made(pupil, lead)
    client.force_login(leader)
    name = f"sent-{letter.uuid}"
    client.post(page(pupil), {"act": f"sent:{letter.uuid}", f"{name}-day": today, f"{name}-how": "By post"})
    letter.refresh_from_db()
    assert letter.sent_on is None
    assert "Note how it was sent" not in client.get(page(pupil)).content.decode()


def test_an_invitation_says_when_and_where_as_the_review_is_prepared(
    client: Any, lead: Any, place: Any, today: dt.date
) -> None:
    plan = plan_for(place, lead, review_on=today + 9 * DAY)
    client.force_login(lead)
    address = reverse("pupils:letter", args=[place.pupil.uuid])
    text = client.get(address, {"kind": "review"}).context["form"]["text"]
    assert f", on {day(today + 9 * DAY)}." in text.value()
    meeting = {"day": today + 2 * DAY, "place": "2:10 pm, Room 4", "invitations": []}
    save_review(plan, by=lead, written={"meeting": meeting}, seen={})
    text = client.get(address, {"kind": "review"}).context["form"]["text"]
    assert f", on {day(today + 2 * DAY)} (2:10 pm, Room 4)." in text.value()


def test_a_new_letter_is_about_a_place_that_is_to_begin_and_afterwards_about_the_next_review(
    client: Any, lead: Any, place: Any, today: dt.date
) -> None:
    client.force_login(lead)
    address = reverse("pupils:letter", args=[place.pupil.uuid])
    for starts_on, kind in ((today + DAY, "agreement"), (today - DAY, "review")):
        place.starts_on = starts_on
        place.save()
        assert client.get(address).context["kind"] == kind_of(kind)


def test_a_letter_begins_with_plain_words_and_is_kept_as_it_was_made(
    client: Any, lead: Any, pupil: Any, school: Any
) -> None:
    Contact.objects.create(school=school, pupil=pupil, priority=1, name="Alex Mensah")
    client.force_login(lead)
    address = reverse("pupils:letter", args=[pupil.uuid])
    for kind in ("agreement", "review", "timetable"):
        form = client.get(address, {"kind": kind}).context["form"]
        assert "Alex Mensah" in form["to_name"].value()
        assert pupil.known_as in form["text"].value()
    form = client.get(address, {"kind": "agreement"}).context["form"]
    words = {field.name: field.value() for field in form}
    assert client.post(address, {**words, "text": " "}).status_code == 422
    answer = client.post(f"{address}?kind=agreement", {**words, "text": "First #part of it.\n\nSecond part."})
    letter = Letter.objects.get()
    assert (letter.text, letter.by, letter.reply) == ("First #part of it.\n\nSecond part.", lead, True)
    paper = client.get(answer.url)
    assert paper["Content-Type"] == "application/pdf"
    shown = "".join(pages_of(paper.content))
    for said in ("First #part of it.", "Second part.", "I agree to the place", "Alex Mensah"):
        assert said in shown
    school.provision.name = "Another name"
    school.provision.save()
    assert client.get(answer.url).content == paper.content
