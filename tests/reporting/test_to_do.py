"""What is to do this week: everything that the apps know to be due, for the reader's roles."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from iap.audit.models import Read
from iap.inbox import duties
from reporting.actions import reviews
from reporting.duties import next_steps
from reporting.tenets import TENETS
from tests.factories import PupilFactory, ReferralFactory

LONG_AGO = dt.timedelta(weeks=10)


def late_referral(school, **pupil):
    sent = timezone.now() - LONG_AGO
    return ReferralFactory(
        school=school,
        pupil=PupilFactory(school=school, **pupil),
        state_at=sent,
        submitted_at=sent,
        begun_at=sent,
    )


def to_do(client, user, **headers):
    client.force_login(user)
    return client.get(reverse("reporting:to_do"), headers=headers)


def test_nothing_waits_and_the_page_says_what_would(client, leader):
    assert "Nothing waits. Sessions to cover" in to_do(client, leader).content.decode()


def test_each_thing_that_waits_is_a_link_under_its_kind(client, leader, school):
    referral = late_referral(school, given_name="Hannah", family_name="Stokes")
    page = to_do(client, leader).content.decode()
    assert "Referrals past their target" in page
    assert f'<a href="{referral.get_absolute_url()}">{referral.pupil.short_name}' in page


def test_more_than_three_of_a_kind_fold_up(client, leader, school):
    for n in range(5):
        late_referral(school, family_name=f"Stokes{n}")
    page = to_do(client, leader).content.decode()
    assert "2 more" in page and "5 things" in page


def test_the_overview_takes_it_in_as_a_part(client, leader, school):
    late_referral(school)
    part = to_do(client, leader, **{"HX-Request": "true"}).content.decode()
    assert part.strip().startswith("<section") and "<html" not in part


def test_that_names_were_shown_is_kept(client, leader, school):
    referral = late_referral(school)
    to_do(client, leader)
    assert referral.pupil_id in Read.objects.get(by=leader, page="to-do").pupil_ids


def test_it_costs_the_same_for_one_thing_and_for_forty(client, leader, school):
    def asked():
        to_do(client, leader)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("reporting:to_do"))
        return len(queries)

    late_referral(school)
    one = asked()
    for n in range(39):
        late_referral(school, family_name=f"Stokes{n}")
    assert asked() <= one


@pytest.mark.parametrize("role", ["teacher", "data_manager", "iap_staff"])
def test_other_roles_do_not_open_it(client, request, role):
    assert to_do(client, request.getfixturevalue(role)).status_code == 403


def test_a_next_step_of_the_self_review_waits_from_its_day_on(client, leader, school):
    today = timezone.localdate()
    review = reviews.begin(school, by=leader)
    said = {"level": "partly", "why": "", "next_step": "Ask science again", "who": "Ms Holt", "due_on": today}
    reviews.judge(review, TENETS[0], {"room-changes": said}, by=leader)
    assert next_steps(school, today - dt.timedelta(days=1)) == []
    (due,) = next_steps(school, today)
    assert (due.text, due.url, due.on) == ("Ask science again (Ms Holt)", reverse("reporting:review"), today)
    assert "Ask science again" in to_do(client, leader).content.decode()


def test_a_step_of_an_earlier_review_waits_no_longer(leader, school):
    today = timezone.localdate()
    review = reviews.begin(school, by=leader)
    said = {"level": "partly", "why": "", "next_step": "Ask again", "who": "Ms Holt", "due_on": today}
    reviews.judge(review, TENETS[0], {"room-changes": said}, by=leader)
    reviews.keep(review, by=leader, evidence={})
    later = reviews.begin(school, by=leader)
    reviews.judge(later, TENETS[0], {"room-changes": {**said, "next_step": "", "who": ""}}, by=leader)
    assert next_steps(school, today) == []


def test_who_leads_is_told_of_reviews_sessions_plans_and_visits_without_a_word():
    """Who leads the school writes no plan, and is sent to none that is missing."""
    wanted = {
        "review-due",
        "sessions-uncovered",
        "next-year",
        "feedback-missing",
        "changes-late",
        "referrals-late",
    }
    assert wanted <= {duty.name for duty in duties.of({"leader"})}
    assert wanted | {"plan-missing"} <= {duty.name for duty in duties.of({"lead"})}


def test_every_kind_of_duty_names_its_roles_and_is_found_once():
    kinds = duties.of({"lead", "leader", "senco", "dsl", "staff", "data", "teacher"})
    assert len({duty.name for duty in kinds}) == len(kinds)
    assert {"referrals-late", "self-review-steps"} <= {duty.name for duty in kinds}
