"""A risk assessment: in versions, read by the adults of the sessions concerned, written by who answers for it."""

import datetime as dt

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from iap.errors import Conflict, Refused
from iap.inbox.models import Message
from iap.schools.models import Role
from pupils.actions import risks as actions
from pupils.actions.risks import HazardIn, save_risks
from pupils.models import Hazard, RiskAssessment, RiskRead
from tests.factories import HybridStepFactory, MembershipFactory, PlacementFactory, StaffMemberFactory
from timetables.models import Cover, Place, SessionStaff, StepPlace
from timetables.risks import circle_of
from timetables.voice_panels import reviews_due

from .race import committed, meet, together
from .week import LONG_AGO, TODAY, placement_at, session_in

SOON = TODAY + dt.timedelta(weeks=6)
KNIVES = HazardIn(
    "Sharp knives in cooking", "possible", "Counted out and in.", "The kitchen", sessions=("Cooking",)
)
ROADS = HazardIn("Leaving the site upset", "likely", "An adult walks along.")


@pytest.fixture
def place(school):
    return placement_at(school, starts_on=TODAY - dt.timedelta(weeks=3))


def adult(school, *sessions):
    """A member of the IAP staff who is in these sessions."""
    user = MembershipFactory(school=school, role=Role.STAFF).user
    member = StaffMemberFactory(school=school, user=user, linked_by=user)
    for session in sessions:
        SessionStaff.objects.create(
            school=school,
            session=session,
            adult=member,
            role="support",
            week=session.week,
            period=session.period,
            valid_from=LONG_AGO,
        )
    return user


@pytest.fixture
def cooking(school, place):
    session = session_in(school, "A", number=0, title="Cooking")
    return _comes_to(place, session)


@pytest.fixture
def maths(school, place, cooking):
    return _comes_to(place, session_in(school, "A", number=1, title="Maths"))


def _comes_to(place, session):
    step = place.steps.first() or HybridStepFactory(school=place.school, placement=place)
    at = {"school": place.school, "step": step, "week": session.week, "period": session.period}
    StepPlace.objects.create(**at, place=Place.SESSION, session=session)
    return session


@pytest.fixture
def assessed(lead, place, cooking, maths):
    return save_risks(place.pupil, by=lead, hazards=[KNIVES, ROADS], review_on=SOON, changed="First", seen=0)


def page(client, user, pupil):
    client.force_login(user)
    return client.get(reverse("timetables:risks", args=[pupil.uuid])).content.decode()


def test_the_adults_of_a_session_read_the_lines_that_concern_it(
    client, school, place, assessed, cooking, maths
):
    in_cooking, in_maths = adult(school, cooking), adult(school, maths)
    assert "Sharp knives" in page(client, in_cooking, place.pupil)
    text = page(client, in_maths, place.pupil)
    assert "Sharp knives" not in text
    assert "Leaving the site" in text


def line_of(hazard, shown):
    """The card of one line."""
    (card,) = [each for each in shown.split("<section")[1:] if hazard in each]
    return card.partition("</section>")[0]


def test_whoever_reads_a_line_reads_how_likely_it_is_what_adults_do_and_who_was_told(
    client, school, lead, place, assessed, cooking, maths
):
    said = ("Possible", "Counted out and in.", "In Cooking", "also told: The kitchen")
    for reader in (adult(school, cooking), lead):
        card = line_of("Sharp knives", page(client, reader, place.pupil))
        assert [words for words in said if words not in card] == []
    other = page(client, adult(school, maths), place.pupil)
    assert [words for words in said if words in other] == []
    assert "Likely" in line_of("Leaving the site", other)
    assert "An adult walks along." in line_of("Leaving the site", other)
    save_risks(place.pupil, by=lead, hazards=[ROADS], review_on=SOON, changed="No cooking now", seen=1)
    client.force_login(lead)
    old = client.get(reverse("timetables:risks_earlier", args=[place.pupil.uuid, 1])).content.decode()
    assert [words for words in said if words not in line_of("Sharp knives", old)] == []


def test_a_colleague_of_no_such_session_sees_neither_lines_nor_that_there_are_any(
    client, school, place, assessed
):
    elsewhere = adult(school, session_in(school, "A", number=3, title="Garden"))
    seen = page(client, elsewhere, place.pupil)
    assert "Nothing here for your sessions" in seen
    assert "knives" not in seen
    assert "version" not in seen.lower().partition("<main")[2]
    read = client.post(reverse("timetables:read_risks", args=[place.pupil.uuid]))
    assert read.status_code == 404


def test_whoever_covers_such_a_session_soon_reads_it_too(client, school, place, assessed, cooking):
    user = adult(school)
    Cover.objects.create(
        school=school,
        session=cooking,
        day=TODAY + dt.timedelta(days=3),
        covered_by=user.staff_records.get(),
        role="support",
        week=cooking.week,
        period=cooking.period,
    )
    assert "Sharp knives" in page(client, user, place.pupil)


def test_the_key_adult_reads_every_line(client, school, place, assessed):
    user = adult(school)
    place.key_adult = user.staff_records.get()
    place.save(update_fields=["key_adult"])
    assert "Sharp knives" in page(client, user, place.pupil)


def test_those_who_answer_for_it_read_it_whole_and_see_who_has_read(
    client, school, lead, place, assessed, cooking
):
    reader = adult(school, cooking)
    page(client, reader, place.pupil)
    client.post(reverse("timetables:read_risks", args=[place.pupil.uuid]))
    text = page(client, lead, place.pupil)
    assert "Sharp knives" in text
    assert "Read " in text.partition("Who has read this version")[2]


def test_a_mainstream_teacher_reads_nothing_of_it(client, teacher, place, assessed):
    client.force_login(teacher)
    assert client.get(reverse("timetables:risks", args=[place.pupil.uuid])).status_code == 403


def test_a_new_version_leaves_the_old_one_as_it_was_and_is_unread_again(
    client, lead, place, assessed, cooking
):
    reader = adult(place.school, cooking)
    page(client, reader, place.pupil)
    client.post(reverse("timetables:read_risks", args=[place.pupil.uuid]))
    save_risks(place.pupil, by=lead, hazards=[ROADS], review_on=SOON, changed="No cooking now", seen=1)
    assert "Not read by you yet" in page(client, reader, place.pupil)
    client.force_login(lead)
    old = client.get(reverse("timetables:risks_earlier", args=[place.pupil.uuid, 1])).content.decode()
    assert "Sharp knives" in old


def test_saving_asks_the_adults_concerned_once_and_names_nobody(client, lead, school, place, cooking, maths):
    concerned, other = adult(school, cooking), adult(school)
    client.force_login(lead)
    data = {
        "seen": 0, "changed": "First", "review_on": SOON.isoformat(),
        "lines-TOTAL_FORMS": 2, "lines-INITIAL_FORMS": 0,
        "lines-0-hazard": "Sharp knives", "lines-0-likelihood": "possible",
        "lines-0-controls": "Counted.", "lines-0-sessions": ["Cooking"], "lines-0-who_knows": "The kitchen",
    }  # fmt: skip
    address = reverse("timetables:write_risks", args=[place.pupil.uuid])
    assert client.post(address, data).status_code == 302
    told = Message.objects.filter(kind="risks")
    assert [message.to for message in told] == [concerned]
    assert other not in [message.to for message in told]
    assert place.pupil.known_as not in told.get().text
    kept = Hazard.objects.get()
    assert (kept.likelihood, kept.controls, kept.who_knows) == ("possible", "Counted.", "The kitchen")


def test_a_line_that_is_half_filled_comes_back_as_typed(client, lead, place, cooking):
    client.force_login(lead)
    data = {
        "seen": 0, "changed": "First", "review_on": SOON.isoformat(),
        "lines-TOTAL_FORMS": 2, "lines-INITIAL_FORMS": 0, "lines-0-hazard": "Sharp knives",
    }  # fmt: skip
    answer = client.post(reverse("timetables:write_risks", args=[place.pupil.uuid]), data)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Sharp knives" in text
    assert "Choose how likely it is." in text
    assert "Say what adults do about it." in text
    assert not RiskAssessment.objects.exists()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"hazards": []}, "at least one line"),
        ({"review_on": TODAY}, "a day to come"),
        ({"hazards": [HazardIn("x", "sometimes", "y")]}, "how likely"),
        ({"hazards": [HazardIn("x", "likely", " ")]}, "what adults do"),
    ],
)
def test_what_cannot_be_is_refused_in_words(lead, place, given, words):
    with pytest.raises(Refused, match=words):
        save_risks(
            place.pupil,
            by=lead,
            **{"hazards": [ROADS], "review_on": SOON, "changed": "x", "seen": 0, **given},
        )


def test_who_began_from_an_earlier_version_is_told_and_loses_nothing(client, lead, place, assessed):
    with pytest.raises(Conflict):
        save_risks(place.pupil, by=lead, hazards=[ROADS], review_on=SOON, changed="x", seen=0)
    client.force_login(lead)
    data = {
        "seen": 0, "changed": "Mine", "review_on": SOON.isoformat(),
        "lines-TOTAL_FORMS": 1, "lines-INITIAL_FORMS": 0,
        "lines-0-hazard": "Mine too", "lines-0-likelihood": "likely", "lines-0-controls": "Mine as well",
    }  # fmt: skip
    address = reverse("timetables:write_risks", args=[place.pupil.uuid])
    answer = client.post(address, data)
    assert answer.status_code == 422
    assert "Mine too" in answer.content.decode()
    assert client.post(address, {**data, "seen": 1}).status_code == 302


def test_the_database_lets_nobody_rewrite_a_version(assessed):
    for rows in (RiskAssessment.objects.all(), Hazard.objects.all(), RiskRead.objects.all()):
        with pytest.raises(ProgrammingError), transaction.atomic():
            rows.update(school=assessed.school)


def test_reading_twice_is_noted_once(lead, assessed):
    actions.note_read(assessed, by=lead)
    actions.note_read(assessed, by=lead)
    assert RiskRead.objects.filter(by=lead).count() == 1


def test_a_review_whose_day_has_come_waits_for_somebody(school, lead, place, assessed):
    assert reviews_due(school, SOON - dt.timedelta(days=1)) == []
    (due,) = reviews_due(school, SOON)
    assert due.pupil == place.pupil
    save_risks(
        place.pupil,
        by=lead,
        hazards=[ROADS],
        review_on=SOON + dt.timedelta(weeks=6),
        changed="Looked",
        seen=1,
    )
    assert reviews_due(school, SOON) == []


def test_the_page_says_that_it_is_time_to_look_again_to_those_who_write_it(
    client, lead, school, place, assessed, maths, monkeypatch
):
    assert "time to look at this again" not in page(client, lead, place.pupil)
    monkeypatch.setattr(timezone, "localdate", lambda: SOON)
    assert "time to look at this again" in page(client, lead, place.pupil)
    assert "time to look at this again" not in page(client, adult(school, maths), place.pupil)


def test_a_pupil_with_two_places_is_named_once(school, place, assessed):
    earlier = timezone.localdate() - dt.timedelta(weeks=30)
    PlacementFactory(
        school=school,
        pupil=place.pupil,
        starts_on=earlier,
        ends_on=earlier + dt.timedelta(weeks=4),
        destination="full-return",
    )
    assert len(reviews_due(school, SOON)) == 1


def test_a_place_whose_end_is_known_is_looked_at_until_then_and_one_that_has_ended_is_not(
    school, place, assessed
):
    place.ends_on, place.destination = SOON + dt.timedelta(days=1), "full-return"
    place.save()
    assert [due.pupil for due in reviews_due(school, SOON)] == [place.pupil]
    assert reviews_due(school, place.ends_on) == []


def test_who_is_concerned_costs_the_same_for_one_adult_and_for_many(
    school, place, cooking, django_assert_num_queries
):
    adult(school, cooking)
    with django_assert_num_queries(4):
        circle_of(school, place.pupil, TODAY)
    for _ in range(6):
        adult(school, cooking)
    with django_assert_num_queries(4):
        circle_of(school, place.pupil, TODAY)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_asked_to_look_again(monkeypatch):
    from iap.tenancy import context

    school, lead = committed()
    with context.within(school.pk):
        pupil = PlacementFactory(school=school).pupil
    meet(monkeypatch, actions, "latest")
    save = lambda: save_risks(pupil, by=lead, hazards=[ROADS], review_on=SOON, changed="x", seen=0)  # noqa: E731
    answers = together(school, save, save)
    assert sorted(type(each).__name__ for each in answers) == ["Conflict", "RiskAssessment"]
