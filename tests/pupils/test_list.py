"""The list of pupils."""

import datetime as dt

import pytest
from django.urls import reverse

from iap.audit.models import Read
from iap.schools.models import Role
from pupils import panels
from pupils.models import AttendanceMark
from pupils.panels import Column
from pupils.views import listing as view
from tests.factories import MembershipFactory, PlacementFactory, PupilFactory

DAY = dt.timedelta(days=1)
ADDRESS = "pupils:list"


def shown(client, **query):
    answer = client.get(reverse(ADDRESS), query)
    assert answer.status_code == 200
    return [pupil.family_name for pupil, _, _ in answer.context["rows"]]


def cells(client, family, **query):
    rows = client.get(reverse(ADDRESS), query).context["rows"]
    return dict(next(row for pupil, _, row in rows if pupil.family_name == family))


@pytest.fixture
def _everybody(school, today):
    def placed(family, starts_on, ends_on=None):
        destination = "full-return" if ends_on else ""
        PlacementFactory(
            school=school,
            pupil__family_name=family,
            starts_on=starts_on,
            ends_on=ends_on,
            destination=destination,
        )

    placed("Now", today)
    placed("LastDay", today - 30 * DAY, today + DAY)
    placed("Coming", today + DAY)
    placed("EndedToday", today - 30 * DAY, today)
    placed("Longago", today - 800 * DAY, today - 400 * DAY)
    PupilFactory(school=school, family_name="Never")
    PupilFactory(school=school, family_name="Left", left_on=today)


@pytest.mark.usefixtures("_everybody")
@pytest.mark.parametrize("role", [Role.LEAD, Role.LEADER, Role.SENCO, Role.DSL])
def test_the_whole_school_is_listed_by_those_who_answer_for_it(client, school, role):
    client.force_login(MembershipFactory(school=school, role=role).user)
    assert shown(client) == ["LastDay", "Now"]
    assert shown(client, who="coming") == ["Coming"]
    assert shown(client, who="ended") == ["EndedToday", "Longago"]
    assert shown(client, who="all") == ["Coming", "EndedToday", "LastDay", "Longago", "Never", "Now"]


@pytest.mark.usefixtures("_everybody")
def test_iap_staff_list_those_they_may_find_and_never_the_whole_school(client, iap_staff):
    client.force_login(iap_staff)
    assert shown(client, who="ended") == ["EndedToday"]
    assert shown(client, who="all") == shown(client) == ["LastDay", "Now"]
    assert "Whole school" not in client.get(reverse(ADDRESS)).content.decode()


def test_a_pupil_who_comes_back_is_not_among_those_whose_place_ended(client, lead, school, today):
    back = PlacementFactory(school=school, pupil__family_name="Back", starts_on=today)
    PlacementFactory(
        school=school,
        pupil=back.pupil,
        starts_on=today - 90 * DAY,
        ends_on=today - 30 * DAY,
        destination="other",
    )
    client.force_login(lead)
    assert shown(client, who="ended") == []
    assert shown(client) == ["Back"]
    assert cells(client, "Back")["Place"].startswith("Since")


def test_a_name_narrows_the_list(client, lead, school):
    for family in ("Mensah", "Doyle"):
        PlacementFactory(school=school, pupil__family_name=family)
    client.force_login(lead)
    assert shown(client, q="doy") == ["Doyle"]
    assert "Nobody by that name" in client.get(reverse(ADDRESS), {"q": "zz"}).content.decode()


def test_the_columns_say_since_when_with_whom_and_how_often_at_school(client, lead, place, today):
    AttendanceMark.objects.create(school=place.school, pupil=place.pupil, day=today, half="AM", code="/")
    AttendanceMark.objects.create(school=place.school, pupil=place.pupil, day=today, half="PM", code="U")
    client.force_login(lead)
    row = cells(client, "Mensah")
    assert row["Key adult"] == str(place.key_adult)
    if today.weekday() < 5:
        assert row["Attendance, last 6 weeks"] == "50%"


def test_a_column_is_never_built_for_other_roles(client, iap_staff, place, monkeypatch):
    def never(*_):
        raise AssertionError("A column was built for somebody who may not see it.")

    column = Column("secret", "Secret", {Role.DSL}, never)
    monkeypatch.setitem(panels._columns, "secret", column)
    client.force_login(iap_staff)
    assert "Secret" not in client.get(reverse(ADDRESS)).content.decode()


def test_pupils_of_another_school_are_not_listed(client, lead, other_school):
    PlacementFactory(school=other_school)
    client.force_login(lead)
    assert shown(client) == shown(client, who="all") == []


def test_many_pupils_come_in_pages_that_keep_the_filter(client, lead, school):
    for n in range(view.PER_PAGE + 1):
        PupilFactory(school=school, family_name=f"M{n:03}")
    client.force_login(lead)
    assert len(shown(client, who="all")) == view.PER_PAGE
    assert shown(client, who="all", page=2) == [f"M{view.PER_PAGE:03}"]
    page = client.get(reverse(ADDRESS), {"who": "all"}).content.decode()
    assert "?who=all&amp;page=2" in page


def test_those_on_the_page_are_kept_as_read_and_nobody_else(client, lead, school):
    for n in range(view.PER_PAGE + 1):
        PlacementFactory(school=school, pupil__family_name=f"M{n:03}")
    client.force_login(lead)
    (last,) = [pupil for pupil, _, _ in client.get(reverse(ADDRESS), {"page": 2}).context["rows"]]
    read = Read.objects.get()
    assert (read.page, read.pupil_ids) == ("pupil-list", [last.pk])


def test_where_the_reading_cannot_be_kept_nobody_is_listed(client, lead, place, monkeypatch):
    def broken(*_):
        raise OSError("The disk is full.")

    monkeypatch.setattr(view, "log_read", broken)
    client.force_login(lead)
    client.raise_request_exception = False
    answer = client.get(reverse(ADDRESS))
    assert answer.status_code == 500
    assert "Mensah" not in answer.content.decode()


@pytest.mark.parametrize("role", [Role.TEACHER, Role.TRUST, Role.DATA])
def test_other_roles_have_no_list(client, school, role):
    client.force_login(MembershipFactory(school=school, role=role).user)
    assert client.get(reverse(ADDRESS)).status_code == 403


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("", "No pupil has a place today"),
        ("coming", "Nobody is about to start"),
        ("ended", "No place has ended"),
    ],
)
def test_an_empty_list_says_what_fills_it(client, iap_staff, who, words):
    client.force_login(iap_staff)
    assert words in client.get(reverse(ADDRESS), {"who": who}).content.decode()


@pytest.mark.parametrize("who", ["", "all"])
def test_it_costs_the_same_for_one_and_for_forty(client, lead, school, who, cost):
    client.force_login(lead)
    PlacementFactory(school=school)
    one = cost(reverse(ADDRESS), who=who)
    for _ in range(view.PER_PAGE - 2):
        PlacementFactory(school=school)
    assert cost(reverse(ADDRESS), who=who) == one
    for _ in range(12):
        PlacementFactory(school=school)
    assert cost(reverse(ADDRESS), who=who) == one


def test_the_navigation_offers_it_to_readers(client, iap_staff, teacher):
    client.force_login(iap_staff)
    assert 'aria-current="page"' in client.get(reverse(ADDRESS)).content.decode()
    client.force_login(teacher)
    assert f'href="{reverse(ADDRESS)}"' not in client.get(reverse("timetables:my_lessons")).content.decode()
