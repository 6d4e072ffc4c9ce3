"""Finding a pupil by name, from anywhere."""

import datetime as dt

import pytest
from django.urls import reverse

from iap.audit.models import Read
from iap.schools.models import Role
from pupils import finding
from pupils.models import Pupil
from pupils.views import searching as view
from tests.factories import MembershipFactory, PlacementFactory, PupilFactory

YEAR = dt.timedelta(days=365)
DAY = dt.timedelta(days=1)
WHOLE = [Role.LEAD, Role.LEADER, Role.SENCO, Role.DSL]


def search(client, text, **headers):
    answer = client.get(reverse("pupils:search"), {"q": text}, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def as_typed(client, text):
    return search(client, text, **{"HX-Request": "true"})


def found(client, text):
    return [
        pupil.full_name for pupil, _ in client.get(reverse("pupils:search"), {"q": text}).context["found"]
    ]


def named(school, name, **fields):
    given, _, family = name.partition(" ")
    return PupilFactory(school=school, given_name=given, family_name=family, **fields)


def test_two_letters_are_enough_and_one_is_not(client, lead, school):
    named(school, "Kai Mensah")
    client.force_login(lead)
    assert found(client, "ka") == ["Kai Mensah"]
    assert found(client, "k") == found(client, "k ") == found(client, "") == []
    assert "Two letters" in search(client, "k")


def test_every_word_must_fit_one_of_the_names_in_any_order(client, lead, school):
    named(school, "Kai Mensah")
    named(school, "Kai Doyle")
    client.force_login(lead)
    assert found(client, "mensah kai") == ["Kai Mensah"]
    assert found(client, "kai m") == ["Kai Mensah"]


def test_the_name_a_pupil_goes_by_and_the_one_in_the_register_both_fit(client, lead, school):
    named(school, "Alexandra Doyle", preferred_name="Zadie")
    client.force_login(lead)
    assert found(client, "zad") == found(client, "alexan") == ["Zadie Doyle"]


def test_names_that_begin_with_what_was_typed_come_first(client, lead, school):
    named(school, "Mikail Abbott")
    named(school, "Kai Zane")
    named(school, "Ola Kaine")
    client.force_login(lead)
    assert found(client, "kai") == ["Ola Kaine", "Kai Zane", "Mikail Abbott"]


@pytest.mark.parametrize("text", ["%", "%%", "__", "k_", "\\\\", "'; --", "\0\0", " " * 40])
def test_signs_with_a_meaning_of_their_own_are_taken_as_typed(client, lead, school, text):
    named(school, "Kai Mensah")
    client.force_login(lead)
    assert found(client, text) == []


@pytest.mark.parametrize("role", WHOLE)
def test_those_who_answer_for_all_find_any_pupil_of_the_school(client, school, role):
    named(school, "Kai Mensah")
    client.force_login(MembershipFactory(school=school, role=role).user)
    assert found(client, "mensah") == ["Kai Mensah"]


def test_iap_staff_find_pupils_whose_place_is_current_coming_or_ended_within_the_year(
    client, iap_staff, school, today
):
    def placed(name, starts_on, ends_on=None):
        destination = "full-return" if ends_on else ""
        pupil = named(school, f"{name} Mensah")
        PlacementFactory(
            school=school, pupil=pupil, starts_on=starts_on, ends_on=ends_on, destination=destination
        )

    placed("Current", today)
    placed("Coming", today + 30 * DAY)
    placed("Ended", today - 2 * YEAR, today - YEAR + DAY)
    placed("Longago", today - 2 * YEAR, today - YEAR)
    named(school, "Never Mensah")
    client.force_login(iap_staff)
    assert found(client, "mensah") == ["Coming Mensah", "Current Mensah", "Ended Mensah"]


def test_a_pupil_with_two_places_is_found_once(client, iap_staff, pupil, today):
    PlacementFactory(
        school=pupil.school,
        pupil=pupil,
        starts_on=today - YEAR,
        ends_on=today - 60 * DAY,
        destination="full-return",
    )
    client.force_login(iap_staff)
    assert found(client, "mensah") == ["Kai Mensah"]


def test_pupils_of_another_school_are_never_found(client, lead, other_school, school):
    named(other_school, "Kai Elsewhere")
    client.force_login(lead)
    assert found(client, "elsewhere") == []
    assert not finding.findable(school, {"lead"}, dt.date.today()).filter(school=other_school).exists()


def test_roles_count_in_the_school_one_works_in(client, school, other_school):
    """Staff here and lead there: here as staff, there as lead, never both at once."""
    named(school, "Kai Here")
    named(other_school, "Kai There")
    user = MembershipFactory(school=school, role=Role.STAFF).user
    MembershipFactory(school=other_school, user=user, role=Role.LEAD)
    client.force_login(user)
    session = client.session
    session["school"] = school.pk
    session.save()
    assert found(client, "kai") == []
    session["school"] = other_school.pk
    session.save()
    assert found(client, "kai") == ["Kai There"]


@pytest.mark.parametrize("role", [Role.TEACHER, Role.TRUST, Role.DATA])
def test_other_roles_do_not_search(client, school, role):
    client.force_login(MembershipFactory(school=school, role=role).user)
    assert client.get(reverse("pupils:search"), {"q": "kai"}).status_code == 403


def test_the_box_stands_on_every_page_of_those_who_may(client, lead, teacher):
    client.force_login(lead)
    shown = client.get(reverse("pupils:list")).content.decode()
    assert f'action="{reverse("pupils:search")}"' in shown
    assert 'role="combobox"' in shown
    client.force_login(teacher)
    assert reverse("pupils:search") not in client.get(reverse("timetables:my_lessons")).content.decode()


def test_while_typing_it_answers_with_options_and_as_a_page_with_links(client, lead, school):
    pupil = named(school, "Kai Mensah")
    client.force_login(lead)
    options, page = as_typed(client, "kai"), search(client, "kai")
    assert options.count('role="option"') == 1
    assert pupil.get_absolute_url() in options
    assert "<html" not in options
    assert 'role="option"' not in page
    assert pupil.get_absolute_url() in page


def test_what_is_left_out_is_said(client, lead, school):
    for n in range(view.OPTIONS + 1):
        named(school, f"Kai Mensah{n}")
    client.force_login(lead)
    options = as_typed(client, "kai")
    assert options.count('role="option"') == view.OPTIONS
    assert "There are more" in options
    assert as_typed(client, "nobody").count("Nobody by that name") == 1
    assert 'role="listbox"' not in as_typed(client, "nobody")


def test_a_name_is_escaped(client, lead, school):
    named(school, "Kai <b>Mensah")
    client.force_login(lead)
    assert "<b>Mensah" not in search(client, "kai") + as_typed(client, "kai")


def test_it_shows_names_and_nothing_of_the_record(client, iap_staff, place):
    client.force_login(iap_staff)
    shown = search(client, "mensah") + as_typed(client, "mensah")
    assert "Kai Mensah" in shown
    assert place.helps not in shown
    assert str(place.key_adult) not in shown


def test_whose_names_were_shown_is_kept_and_nobody_elses(client, lead, school):
    shown, _ = named(school, "Kai Mensah"), named(school, "Ola Doyle")
    client.force_login(lead)
    as_typed(client, "mensah")
    read = Read.objects.get()
    assert (read.page, read.pupil_ids) == ("pupil-search", [shown.pk])
    search(client, "nobody")
    assert Read.objects.count() == 1


def test_where_the_search_cannot_be_kept_no_name_is_shown(client, lead, school, monkeypatch):
    def broken(*_):
        raise OSError("The disk is full.")

    named(school, "Kai Mensah")
    monkeypatch.setattr(view, "log_read", broken)
    client.force_login(lead)
    client.raise_request_exception = False
    answer = client.get(reverse("pupils:search"), {"q": "kai"})
    assert answer.status_code == 500
    assert "Mensah" not in answer.content.decode()


@pytest.mark.parametrize("role", [Role.STAFF, Role.LEAD])
def test_it_costs_the_same_for_one_and_for_forty(client, school, role, cost):
    client.force_login(MembershipFactory(school=school, role=role).user)
    PlacementFactory(school=school)
    one = cost(reverse("pupils:search"), q="kai")
    for _ in range(39):
        PlacementFactory(school=school)
    assert cost(reverse("pupils:search"), q="kai") == one


def test_a_search_reads_its_own_school_s_pupils_by_index(school, other_school, today):
    """Row security keeps a name from being looked up by index; the school named in the query narrows it."""
    Pupil.objects.bulk_create(
        Pupil(
            school=other_school,
            upn=f"A{n:012}",
            given_name="Kai",
            family_name=f"M{n}",
            born_on=today,
            year_group="8",
        )
        for n in range(3000)
    )
    named(school, "Kai Mensah")
    plan = finding.named(finding.findable(school, {"lead"}, today), "kai")[:9].explain(analyze=True)
    removed = [int(line.rpartition(":")[2]) for line in plan.splitlines() if "Rows Removed" in line]
    assert "Seq Scan" not in plan
    assert sum(removed) < 100, plan
