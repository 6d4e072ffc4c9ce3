"""A review of oneself: judged by people, beside figures that judge nothing, and kept as it was."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from iap.errors import Refused
from iap.schools.models import Provision
from pupils.models import Placement
from reporting.actions import reviews as actions
from reporting.evidence import evidence_of
from reporting.facts import Facts
from reporting.figures import figure_of, measure
from reporting.models import Judgement, SelfReview
from reporting.periods import Kind
from reporting.tenets import TENETS, statements, tenet_of
from tests.factories import MembershipFactory

from .conftest import TODAY

UNIFIED = TENETS[0]
SAID = {
    "room-changes": {
        "level": "partly",
        "why": "Seven of ten changes stand.",
        "next_step": "Ask science again",
        "who": "Ms Holt",
        "due_on": None,
    }
}


@pytest.fixture
def review(school, lead):
    return actions.begin(school, by=lead)


def test_there_are_four_tenets_each_with_statements_of_its_own():
    assert len(TENETS) == 4
    keys = [statement.key for statement in statements()]
    assert len(keys) == len(set(keys)) >= 16
    assert all(len(tenet.statements) >= 4 for tenet in TENETS)


def test_all_evidence_is_a_figure_that_is_measured():
    for statement in statements():
        for key in statement.evidence:
            assert measure(key) is not None, f"{statement.key}: {key}"


def test_each_tenet_has_evidence_of_its_own():
    for tenet in TENETS:
        assert any(statement.evidence for statement in tenet.statements), tenet.key


def test_the_evidence_is_the_schools_own_figure_over_this_year(made, facts):
    period = facts.periods.now(Kind.YEAR)
    found = evidence_of(facts)
    assert found
    for rows in found.values():
        for each in rows:
            figure = figure_of(Facts(made.school, TODAY), period, measure(each.key))
            assert each.said.startswith(figure.said)
            assert each.over == period.words


def test_a_change_of_the_rows_changes_the_evidence(made, facts):
    before = evidence_of(facts)["returns"][0].said
    gone = Placement.objects.filter(school=made.school, ends_on=None).order_by("pk").first()
    Placement.objects.filter(pk=gone.pk).update(ends_on=TODAY, destination="full-return")
    after = evidence_of(Facts(made.school, TODAY))["returns"][0].said
    assert int(after.split()[0]) == int(before.split()[0]) + 1


def test_one_is_underway_at_a_time(school, lead, review):
    assert actions.begin(school, by=lead) == review


def test_a_judgement_is_kept_with_who_made_it(review, lead):
    actions.judge(review, UNIFIED, SAID, by=lead)
    (held,) = review.judgements.all()
    assert (held.level, held.next_step, held.who, held.saved_by) == (
        "partly",
        "Ask science again",
        "Ms Holt",
        lead,
    )


def test_saving_what_is_unchanged_keeps_whose_it_is(review, lead, leader):
    actions.judge(review, UNIFIED, SAID, by=lead)
    actions.judge(review, UNIFIED, SAID, by=leader)
    assert review.judgements.get().saved_by == lead


def test_nothing_said_makes_no_judgement(review, lead):
    empty = {"level": "", "why": "", "next_step": "", "who": "", "due_on": None}
    actions.judge(review, UNIFIED, {"room-changes": empty}, by=lead)
    assert not review.judgements.exists()


def test_a_kept_version_stays_as_it_was_with_the_evidence_of_that_day(review, lead):
    actions.judge(review, UNIFIED, SAID, by=lead)
    actions.sum_up(review, by=lead, stage="established", summary="We know our pupils.")
    kept = actions.keep(review, by=lead, evidence={"room-changes": [{"label": "In place", "said": "70%"}]})
    assert kept.judgements.get().evidence == [{"label": "In place", "said": "70%"}]
    for act in (
        lambda: actions.judge(review, UNIFIED, SAID, by=lead),
        lambda: actions.sum_up(review, by=lead, stage="planning", summary=""),
        lambda: actions.keep(review, by=lead, evidence={}),
    ):
        with pytest.raises(Refused, match="kept as it was"):
            act()


def test_keeping_it_puts_the_provision_in_its_stage(school, review, lead):
    actions.judge(review, UNIFIED, SAID, by=lead)
    actions.sum_up(review, by=lead, stage="established", summary="")
    actions.keep(review, by=lead, evidence={})
    assert Provision.objects.get(school=school).stage == "established"


def test_one_without_a_judgement_is_not_kept(review, lead):
    with pytest.raises(Refused, match="at least one statement"):
        actions.keep(review, by=lead, evidence={})


def test_the_next_version_begins_from_the_last_and_leaves_it_alone(school, review, lead, leader):
    actions.judge(review, UNIFIED, SAID, by=lead)
    actions.keep(review, by=lead, evidence={})
    following = actions.begin(school, by=leader)
    assert following.judgements.get().why == SAID["room-changes"]["why"]
    actions.judge(following, UNIFIED, {"room-changes": {**SAID["room-changes"], "level": "fully"}}, by=leader)
    assert review.judgements.get().level == "partly"
    assert following.judgements.get().level == "fully"
    assert list(SelfReview.objects.at([school]).newest_first()) == [following, review]


# The pages


def sent(**said):
    fields = {}
    for statement in UNIFIED.statements:
        for name in ("level", "why", "next_step", "who", "due_on"):
            fields[f"{statement.key}-{name}"] = said.get(statement.key, {}).get(name, "")
    return fields


def test_a_tenet_is_judged_on_its_page_and_leads_to_the_next(client, lead, review):
    client.force_login(lead)
    address = reverse("reporting:review_tenet", args=["unified"])
    page = client.get(address).content.decode()
    assert all(statement.text in page for statement in UNIFIED.statements)
    said = {"room-changes": {"level": "mostly", "why": "Seen in lessons."}}
    answer = client.post(address, sent(**said))
    assert answer.url == reverse("reporting:review_tenet", args=["needs"])
    assert review.judgements.get().level == "mostly"


def test_beside_each_statement_stands_what_is_measured(client, made, facts):
    """Drawn in by itself: nobody has entered it."""
    lead = MembershipFactory(school=made.school, role="lead").user
    actions.begin(made.school, by=lead)
    client.force_login(lead)
    with time_machine.travel(dt.datetime.combine(TODAY, dt.time(12), tzinfo=dt.UTC), tick=False):
        for tenet in TENETS:
            page = client.get(reverse("reporting:review_tenet", args=[tenet.key])).content.decode()
            for evidence in evidence_of(facts, tenet.statements).values():
                for each in evidence:
                    assert f'{each.label}: <b class="num">{each.said}</b>' in page


def test_a_next_step_without_a_name_comes_back_as_typed(client, lead, review):
    client.force_login(lead)
    said = {"room-changes": {"next_step": "Ask science again"}}
    answer = client.post(reverse("reporting:review_tenet", args=["unified"]), sent(**said))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Say who sees to it." in page and "Ask science again" in page
    assert not Judgement.objects.exists()


def test_a_tenet_that_is_none_is_not_found(client, lead, review):
    client.force_login(lead)
    assert tenet_of("fifth") is None
    assert client.get(reverse("reporting:review_tenet", args=["fifth"])).status_code == 404


def test_without_a_review_underway_a_tenet_leads_back(client, lead):
    client.force_login(lead)
    answer = client.get(reverse("reporting:review_tenet", args=["unified"]))
    assert answer.url == reverse("reporting:review")


def test_it_is_kept_from_its_page_and_stands_among_the_versions(client, lead, review):
    client.force_login(lead)
    actions.judge(review, UNIFIED, SAID, by=lead)
    answer = client.post(
        reverse("reporting:review_keep"),
        {"stage": "developing", "summary": "On our way.", "keep": "1"},
        follow=True,
    )
    page = answer.content.decode()
    assert "On our way." in page and "Seven of ten changes stand." in page
    review.refresh_from_db()
    assert not review.is_underway
    client.post(reverse("reporting:review_begin"))
    page = client.get(reverse("reporting:review_kept", args=[review.uuid])).content.decode()
    assert "Begin a new review" not in page, "while one is underway"
    assert "On our way." in page and "Underway" in page


def test_keeping_one_that_says_nothing_is_refused_in_words(client, lead, review):
    client.force_login(lead)
    answer = client.post(
        reverse("reporting:review_keep"), {"stage": "developing", "summary": "x", "keep": "1"}
    )
    assert answer.status_code == 422
    assert "at least one statement" in answer.content.decode()


def test_a_reader_reads_and_cannot_write(client, senco, review):
    client.force_login(senco)
    page = client.get(reverse("reporting:review")).content.decode()
    assert reverse("reporting:review_tenet", args=["unified"]) not in page
    assert client.get(reverse("reporting:review_tenet", args=["unified"])).status_code == 403
