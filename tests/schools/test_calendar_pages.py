"""School years, terms, closures and weeks."""

import datetime as dt

import pytest
from django.urls import reverse

from iap.schools.models import AcademicYear, Closure, CycleWeek, Term
from iap.schools.weeks import proposed

AUTUMN = (dt.date(2026, 9, 1), dt.date(2026, 10, 23))
SPRING = (dt.date(2027, 1, 4), dt.date(2027, 2, 12))


@pytest.fixture(autouse=True)
def _signed_in(client, data_manager):
    client.force_login(data_manager)


def _rows(*rows, standing=0):
    data = {"row-TOTAL_FORMS": len(rows), "row-INITIAL_FORMS": standing}
    for n, row in enumerate(rows):
        data |= {f"row-{n}-{name}": value for name, value in row.items()}
    return data


def _span(name, span, **more):
    return {"name": name, "starts_on": span[0].isoformat(), "ends_on": span[1].isoformat()} | more


@pytest.fixture
def year(school):
    return AcademicYear.objects.create(
        school=school, name="2026/27", starts_on=dt.date(2026, 9, 1), ends_on=dt.date(2027, 7, 20)
    )


def test_terms_are_kept_and_shown_again(client, school):
    client.post(reverse("schools:terms"), _rows(_span("Autumn 1", AUTUMN), _span("Spring 1", SPRING)))
    assert [term.name for term in Term.objects.all()] == ["Autumn 1", "Spring 1"]
    assert 'value="Spring 1"' in client.get(reverse("schools:terms")).content.decode()


def test_empty_rows_are_left_alone(client, school):
    empty = {"name": "", "starts_on": "", "ends_on": ""}
    assert client.post(reverse("schools:terms"), _rows(_span("Autumn 1", AUTUMN), empty)).status_code == 302
    assert Term.objects.count() == 1


def test_terms_that_overlap_are_refused_and_nothing_typed_is_lost(client, school):
    later = (dt.date(2026, 10, 20), dt.date(2026, 12, 18))
    answer = client.post(reverse("schools:terms"), _rows(_span("Autumn 1", AUTUMN), _span("Autumn 2", later)))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Enter a day after Autumn 1 has ended" in page
    assert 'value="Autumn 2"' in page
    assert 'value="2026-10-20"' in page
    assert not Term.objects.exists()


def test_a_term_that_ends_before_it_starts_is_refused(client, school):
    page = client.post(reverse("schools:terms"), _rows(_span("Autumn 1", AUTUMN[::-1]))).content.decode()
    assert "Enter a last day that is after the first day." in page


def test_two_terms_swap_their_dates(client, school):
    one = Term.objects.create(school=school, name="One", starts_on=AUTUMN[0], ends_on=AUTUMN[1])
    two = Term.objects.create(school=school, name="Two", starts_on=SPRING[0], ends_on=SPRING[1])
    rows = _rows(_span("One", SPRING, id=one.pk), _span("Two", AUTUMN, id=two.pk), standing=2)
    assert client.post(reverse("schools:terms"), rows).status_code == 302
    assert Term.objects.get(pk=one.pk).starts_on == SPRING[0]


def test_a_term_is_removed(client, school):
    term = Term.objects.create(school=school, name="One", starts_on=AUTUMN[0], ends_on=AUTUMN[1])
    client.post(reverse("schools:terms"), _rows(_span("One", AUTUMN, id=term.pk, DELETE="on"), standing=1))
    assert not Term.objects.exists()


def test_another_schools_term_is_not_reached_by_its_number(client, school, other_school):
    term = Term.objects.create(school=other_school, name="Theirs", starts_on=AUTUMN[0], ends_on=AUTUMN[1])
    answer = client.post(reverse("schools:terms"), _rows(_span("Mine", SPRING, id=term.pk), standing=1))
    assert "Somebody else has removed one of these rows" in answer.content.decode()
    term.refresh_from_db()
    assert term.name == "Theirs"


def test_a_school_year_is_kept(client, school):
    client.post(reverse("schools:years"), _rows(_span("2026/27", (AUTUMN[0], SPRING[1]))))
    assert AcademicYear.objects.get().name == "2026/27"


def test_a_closure_is_kept(client, school):
    client.post(reverse("schools:closures"), _rows({"day": "2026-09-01", "reason": "Training day"}))
    assert Closure.objects.get().reason == "Training day"


def test_a_closure_at_a_weekend_is_refused(client, school):
    page = client.post(reverse("schools:closures"), _rows({"day": "2026-09-05"})).content.decode()
    assert "Choose a weekday" in page


def test_a_day_is_closed_once(client, school):
    day = {"day": "2026-09-01"}
    assert "twice" in client.post(reverse("schools:closures"), _rows(day, day)).content.decode()


def test_without_a_school_year_the_weeks_say_what_fills_them(client, school):
    page = client.get(reverse("schools:weeks")).content.decode()
    assert "No school year yet" in page


def test_weeks_are_labelled_one_by_one(client, school, year):
    answer = client.post(
        reverse("schools:weeks") + f"?year={year.pk}",
        _labels(year, {dt.date(2026, 9, 7): "B", dt.date(2026, 9, 14): "A"}),
    )
    assert answer.status_code == 302
    stored = dict(
        CycleWeek.objects.filter(monday__range=(year.starts_on, year.ends_on)).values_list("monday", "label")
    )
    assert stored == {dt.date(2026, 9, 7): "B", dt.date(2026, 9, 14): "A"}


def test_a_label_the_cycle_does_not_have_is_refused(client, school, year):
    answer = client.post(reverse("schools:weeks"), _labels(year, {dt.date(2026, 9, 7): "C"}))
    assert "Choose one of the labels for the week of 7 September." in answer.content.decode()


def test_a_proposal_alternates_over_the_weeks_of_the_terms_and_saves_nothing(client, school, year):
    Term.objects.create(school=school, name="Autumn 1", starts_on=AUTUMN[0], ends_on=AUTUMN[1])
    Term.objects.create(school=school, name="Spring 1", starts_on=SPRING[0], ends_on=SPRING[1])
    before = CycleWeek.objects.count()
    page = client.get(reverse("schools:weeks"), {"propose": "B", "year": year.pk}).content.decode()
    assert "nothing is saved yet" in page
    assert CycleWeek.objects.count() == before
    labels = proposed(school, year, "B")
    assert labels[dt.date(2026, 8, 31)] == "B"
    assert labels[dt.date(2026, 9, 7)] == "A"
    assert labels[dt.date(2026, 10, 26)] == "closed"  # the cycle goes on where it stopped
    assert labels[dt.date(2027, 1, 4)] != labels[dt.date(2026, 10, 19)]


def _labels(year, given):
    from iap.schools.weeks import mondays_between

    closed = {monday: "closed" for monday in mondays_between(year.starts_on, year.ends_on)}
    return {f"week-{monday.isoformat()}": label for monday, label in (closed | given).items()}
