"""The week as a paper for home: plain words, from which day, who to ask, and a PDF that can be read aloud."""

import datetime as dt
import io

import pytest
import time_machine
from django.urls import reverse
from pypdf import PdfReader

from iap.audit.models import Read
from iap.schools.models import Period
from tests.factories import HybridStepFactory, PlacementFactory, PupilFactory, StaffMemberFactory
from timetables.models import StepPlace

from .week import lesson_of, session_in

TODAY = dt.date(2026, 11, 24)
BEFORE = dt.date(2026, 9, 1)


@pytest.fixture(autouse=True)
def _school_day():
    with time_machine.travel(dt.datetime(2026, 11, 24, 10, 5, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def step(school):
    placement = PlacementFactory(
        school=school,
        pupil=PupilFactory(school=school, given_name="Zephyrine", family_name="Quaggington"),
        key_adult=StaffMemberFactory(school=school, family_name="Ortiz"),
        starts_on=BEFORE,
        first_review_on=dt.date(2026, 12, 4),
    )
    return HybridStepFactory(school=school, placement=placement)


def puts(step, number, place, week="A", **where):
    period = Period.objects.filter(school=step.school, kind="lesson").in_order()[number]
    at = {"school": step.school, "step": step, "week": week, "period": period, "place": place}
    StepPlace.objects.create(**at, **where)
    return period


def paper(client, pupil):
    answer = client.get(reverse("timetables:week_for_home", args=[pupil.uuid]))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    return PdfReader(io.BytesIO(answer.content))


def text(read):
    return " ".join(" ".join(page.extract_text() for page in read.pages).split())


def test_the_paper_says_in_plain_words_where_the_pupil_is(client, school, iap_staff, step):
    session = session_in(school, "A", number=0, title="Cooking", room="Base 1", valid_from=BEFORE)
    puts(step, 0, "session", session=session)
    lesson_of(school, step.pupil, puts(step, 1, "mainstream"), subject="Drama", room="D1", valid_from=BEFORE)
    puts(step, 2, "offsite", week="B", provider="Dale College")
    puts(step, 3, "reduced", week="B")
    client.force_login(iap_staff)
    said = text(paper(client, step.pupil))
    for words in (
        "Zephyrine’s week",
        "Since Tuesday 1 September",
        "Key adult: Ms Ortiz",
        "Next review: Friday 4 December",
        "Week A",
        "Week B",
        "Cooking",
        "The Orchard · Base 1",
        "Drama",
        "Ms Kaur · D1",
        "At Dale College",
        "At home as agreed",
    ):
        assert words in said, words
    assert "Quaggington" not in said


def test_a_week_that_is_yet_to_begin_is_given_with_its_day(client, lead, step):
    type(step).objects.update(starts_on=TODAY + dt.timedelta(days=6))
    puts(step, 0, "social")
    client.force_login(lead)
    said = text(paper(client, step.pupil))
    assert "From Monday 30 November" in said
    assert "With the year group" in said


def test_a_coming_change_is_said(client, lead, step):
    puts(step, 0, "social")
    type(step).objects.update(ends_on=TODAY + dt.timedelta(days=6))
    HybridStepFactory(
        school=step.school, placement=step.placement, starts_on=TODAY + dt.timedelta(days=6), kind="forward"
    )
    client.force_login(lead)
    said = text(paper(client, step.pupil))
    assert "Since Tuesday 1 September" in said
    assert "A new week begins on Monday 30 November" in said


def test_the_paper_is_tagged_and_fits_on_one_page(client, school, lead, step):
    for week in school.weeks:
        for number in range(25):
            puts(step, number, "offsite", week=week, provider="Dale College of Further Education")
    client.force_login(lead)
    read = paper(client, step.pupil)
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert "/StructTreeRoot" in root
    assert read.metadata.title == "Zephyrine’s week"
    assert len(read.pages) == 1


def test_without_a_week_the_reader_is_told_what_to_do(client, lead, step):
    step.delete()
    client.force_login(lead)
    answer = client.get(reverse("timetables:week_for_home", args=[step.pupil.uuid]), follow=True)
    assert "has no week planned yet" in answer.content.decode()
    assert not Read.objects.of(step.pupil).filter(page="week-for-home").exists()


def test_making_the_paper_is_logged(client, lead, step):
    puts(step, 0, "social")
    client.force_login(lead)
    paper(client, step.pupil)
    assert Read.objects.of(step.pupil).filter(page="week-for-home", by=lead).count() == 1


def test_the_pupils_page_leads_to_the_paper_for_those_who_may_make_it(client, lead, dsl, step):
    puts(step, 0, "social")
    link = reverse("timetables:week_for_home", args=[step.pupil.uuid])
    for reader, sees in ((lead, True), (dsl, False)):
        client.force_login(reader)
        page = client.get(step.pupil.get_absolute_url()).content.decode()
        assert (link in page) is sees


def test_a_long_week_stays_on_one_page_and_names_a_room_called_as_the_provision_once(
    client, school, iap_staff, step
):
    session = session_in(school, "A", number=0, title="Cooking", room="The Orchard", valid_from=BEFORE)
    puts(step, 0, "session", session=session)
    for number in range(1, Period.objects.filter(school=school, kind="lesson").count()):
        for week in "AB":
            puts(step, number, "supported", week=week)
    client.force_login(iap_staff)
    read = paper(client, step.pupil)
    assert len(read.pages) == 1
    assert "Cooking The Orchard" in text(read) and "The Orchard · The Orchard" not in text(read)
