"""A pupil's page."""

import datetime as dt

import pytest
from django.db import transaction
from django.urls import reverse

from iap.audit.models import Read
from iap.schools.models import Role
from pupils.models import AttendanceMark, Contact, Incident, Suspension
from pupils.views import detail as view
from tests.canaries import Everything
from tests.factories import (
    CheckInFactory,
    MembershipFactory,
    NoteFactory,
    PlacementFactory,
    PupilFactory,
    see,
)

WEEK = dt.timedelta(weeks=1)


IN_TESTS = 4  # what a test adds: its own context before and after, and a savepoint


def address(pupil):
    return reverse("pupils:detail", args=[pupil.uuid])


def page(client, pupil, **query):
    answer = client.get(address(pupil), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_says_who_the_pupil_is_and_what_helps(client, iap_staff, pupil):
    client.force_login(iap_staff)
    shown = page(client, pupil)
    assert "<h1>Kai Mensah</h1>" in shown
    assert "Year 8 · tutor group 8R" in shown
    assert "Warn before changes" in shown
    assert "School week 7" in shown
    assert str(pupil.placements.get().key_adult) in shown


def test_what_helps_is_read_before_the_school_s_log(client, lead, pupil, today):
    Incident.objects.create(school=pupil.school, pupil=pupil, day=today, kind="Late")
    client.force_login(lead)
    shown = page(client, pupil)
    assert shown.index("What helps Kai") < shown.index("Recent check-ins") < shown.index("School’s own log")


def test_attendance_is_shown_beside_the_weeks_before(client, iap_staff, pupil, today):
    monday = today - dt.timedelta(days=today.weekday())
    AttendanceMark.objects.bulk_create(
        AttendanceMark(school=pupil.school, pupil=pupil, day=day, half=half, code=code)
        for weeks, code in ((2, "/"), (8, "U"))
        for day in (monday - weeks * WEEK + dt.timedelta(days=n) for n in range(5))
        for half in ("AM", "PM")
    )
    client.force_login(iap_staff)
    shown = page(client, pupil)
    assert "100%" in shown
    assert "0% in the 6 weeks before" in shown
    assert "<svg" in shown[shown.index('id="part-attendance"') :]


def test_a_pupil_without_marks_is_not_known_rather_than_absent(client, iap_staff, pupil):
    client.force_login(iap_staff)
    shown = page(client, pupil)
    assert "Not known" in shown
    assert "No marks yet" in shown


def test_a_place_to_come_and_one_that_ended_are_said_in_words(client, iap_staff, school, today):
    coming = PlacementFactory(school=school, starts_on=today + WEEK)
    ended = PlacementFactory(school=school, ends_on=today - WEEK, destination="full-return")
    client.force_login(iap_staff)
    assert "Joins us on" in page(client, coming.pupil)
    shown = page(client, ended.pupil)
    assert "Was with us until" in shown
    assert "Full return to mainstream" in shown


def test_telephone_numbers_are_out_of_sight_until_asked_for(client, iap_staff, pupil):
    Contact.objects.create(
        school=pupil.school,
        pupil=pupil,
        priority=1,
        name="Abena Mensah",
        relationship="Mum",
        phone="07700 900123",
    )
    client.force_login(iap_staff)
    shown = page(client, pupil)
    facts = shown[shown.index("At a glance") : shown.index("iap-board")]
    assert "Abena Mensah" in facts
    assert "07700" not in facts
    before = shown[: shown.index("07700")]
    assert before.rindex("<details") > before.rindex("</details>")


def test_recent_check_ins_are_chosen_by_kind_days_and_words(client, iap_staff, pupil, today):
    made = {"school": pupil.school, "pupil": pupil}
    CheckInFactory(**made, kind="arrival", note="Had toast with us")
    CheckInFactory(**made, kind="end-of-day", note="Proud of the garden")
    CheckInFactory(**made, kind="arrival", note="Long ago", day=today - 10 * WEEK)
    CheckInFactory(**made, note="Taken back", undone_at="2026-01-01T00:00Z", undone_by=iap_staff)
    client.force_login(iap_staff)
    notes = {"Had toast with us", "Proud of the garden", "Long ago", "Taken back"}

    def seen(**query):
        shown = page(client, pupil, **query)
        return {note for note in notes if note in shown}

    assert seen() == notes - {"Taken back"}
    assert seen(kind="arrival") == {"Had toast with us", "Long ago"}
    assert seen(kind="arrival", days="7") == {"Had toast with us"}
    assert seen(words="GARDEN proud") == {"Proud of the garden"}
    assert seen(kind="nonsense", days="x", words="") == notes - {"Taken back"}
    assert seen(words="100% of_it") == set()


def test_notes_to_follow_up_stand_at_the_top(client, iap_staff, pupil):
    NoteFactory(school=pupil.school, pupil=pupil, text="Ring home about the trip", follow_up=True)
    client.force_login(iap_staff)
    shown = page(client, pupil)
    assert shown.index("To follow up") < shown.index('id="part-attendance"')
    assert "Followed up" not in shown


def test_a_leader_reads_and_is_offered_nothing_to_write(client, leader, pupil):
    NoteFactory(school=pupil.school, pupil=pupil, follow_up=True)
    client.force_login(leader)
    shown = page(client, pupil)
    assert reverse("pupils:note", args=[pupil.uuid]) not in shown
    assert "followed-up" not in shown


def test_only_the_dsl_is_shown_the_way_to_who_looked(client, dsl, lead, pupil):
    way = reverse("pupils:reads", args=[pupil.uuid])
    client.force_login(dsl)
    assert way in page(client, pupil)
    client.force_login(lead)
    assert way not in page(client, pupil)


def test_what_people_typed_is_escaped(client, lead, pupil):
    NoteFactory(school=pupil.school, pupil=pupil, text="<script>alert(1)</script>", follow_up=True)
    CheckInFactory(school=pupil.school, pupil=pupil, note="<img src=x>")
    client.force_login(lead)
    shown = page(client, pupil, words="<img", kind='"><b>')
    assert "<script>alert" not in shown
    assert "<img src=x>" not in shown


def test_notes_care_and_conduct_are_not_printed(client, lead, pupil):
    client.force_login(lead)
    shown = page(client, pupil)
    for name in ("notes", "care", "conduct", "check-ins", "contacts"):
        opening = shown[: shown.index(f'id="part-{name}"')].rpartition("<section")[2]
        assert "noprint" in opening, name


def test_each_opening_is_kept(client, senco, pupil):
    client.force_login(senco)
    page(client, pupil)
    read = Read.objects.get()
    assert (read.by, read.page, read.pupil_ids, read.school) == (senco, "pupil", [pupil.pk], pupil.school)


def test_where_the_opening_cannot_be_kept_nothing_is_shown(client, lead, pupil, monkeypatch):
    def broken(*_):
        raise OSError("The disk is full.")

    monkeypatch.setattr(view, "log_read", broken)
    client.force_login(lead)
    client.raise_request_exception = False
    answer = client.get(address(pupil))
    assert answer.status_code == 500
    assert "Mensah" not in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_an_opening_is_kept_in_the_transaction_that_read(client, transactional_db, monkeypatch):
    """Where the page fails after the opening was written, neither is left."""
    with transaction.atomic():
        lead = MembershipFactory(role=Role.LEAD)
        pupil = PlacementFactory(school=lead.school).pupil

    def kept():
        with transaction.atomic():
            see(pupil.school)
            return Read.objects.count()

    def broken(*_, **__):
        raise OSError("The page could not be drawn.")

    client.force_login(lead.user)
    client.raise_request_exception = False
    with monkeypatch.context() as patched:
        patched.setattr(view, "render_page", broken)
        assert client.get(address(pupil)).status_code == 500
    assert kept() == 0
    assert client.get(address(pupil)).status_code == 200
    assert kept() == 1


@pytest.mark.parametrize("role", [Role.TEACHER, Role.TRUST, Role.DATA])
def test_other_roles_do_not_open_it(client, school, pupil, role):
    client.force_login(MembershipFactory(school=school, role=role).user)
    assert client.get(address(pupil)).status_code == 403
    assert not Read.objects.exists()


def test_a_pupil_of_another_school_is_not_found(client, lead, other_school):
    client.force_login(lead)
    assert client.get(address(PupilFactory(school=other_school))).status_code == 404
    assert not Read.objects.exists()


def test_somebody_who_leads_there_and_is_staff_here_sees_here_as_staff(
    client, school, other_school, pupil, today
):
    """The roles of the pupil's own school decide, whichever school the person chose."""
    Suspension.objects.create(school=school, pupil=pupil, starts_on=today, sessions=1)
    user = MembershipFactory(school=school, role=Role.STAFF).user
    MembershipFactory(school=other_school, user=user, role=Role.LEAD)
    client.force_login(user)
    session = client.session
    session["school"] = other_school.pk
    session.save()
    assert "School’s own log" not in page(client, pupil)


def test_it_costs_the_same_however_much_was_logged(client, lead, pupil, today, cost):
    client.force_login(lead)
    made = {"school": pupil.school, "pupil": pupil}

    def log(number):
        for n in range(number):
            CheckInFactory(**made)
            NoteFactory(**made, follow_up=True)
            Incident.objects.create(**made, day=today, kind=f"Kind {n} of {number}")
            Suspension.objects.create(
                **made, starts_on=today - dt.timedelta(days=n + number), sessions=1, reasons=["PP"]
            )

    log(1)
    few = cost(address(pupil))
    log(59)
    assert cost(address(pupil)) == few
    assert few <= 20 + IN_TESTS


@pytest.mark.parametrize("model", ["reintegration", "stable"])
def test_with_everything_kept_it_costs_no_more_than_twenty_queries(
    client, school, teacher, lead, cost, model
):
    of = Everything(school, teacher)
    type(of.place).objects.filter(pk=of.place.pk).update(model=model)
    client.force_login(lead)
    assert cost(of.pupil.get_absolute_url()) <= 20 + IN_TESTS
