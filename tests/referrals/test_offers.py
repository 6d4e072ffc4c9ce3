"""An offer: made, accepted, declined, run out, taken back; and two who answer at once."""

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from iap.errors import Refused
from iap.schools.calendar import Calendar
from iap.tenancy import context
from pupils.models import Need, Placement
from referrals.actions.offers import accept_offer, decline_offer, offer_place, run_out, take_back
from referrals.models import Answer, Offer
from referrals.states import State
from referrals.tasks import morning
from tests.factories import (
    MembershipFactory,
    ReferralFactory,
    SchoolFactory,
    StaffMemberFactory,
    bell,
    open_weeks,
)

TODAY = dt.date.today()


def school_days(school: Any, after: dt.date = TODAY) -> list[dt.date]:
    calendar = Calendar.of(school, after, after + dt.timedelta(weeks=8))
    return [day for day in calendar.open_days() if day > after]


@pytest.fixture
def waiting(school: Any) -> Any:
    return ReferralFactory(school=school, state=State.WAITING, decided_at=timezone.now())


@pytest.fixture
def offer(waiting: Any, lead: Any) -> Offer:
    days = school_days(waiting.school)
    return offer_place(waiting, by=lead, starts_on=days[9], expires_on=days[4])


def accepted(offer: Offer, lead: Any, **more: Any) -> Placement:
    adult = StaffMemberFactory(school=offer.school)
    review = offer.starts_on + dt.timedelta(weeks=6)
    return accept_offer(
        offer, by=lead, key_adult=adult, model="reintegration", first_review_on=review, **more
    )


def state(referral: Any) -> str:
    referral.refresh_from_db()
    return referral.state


def test_what_the_referral_saw_comes_along_in_the_referrers_words(
    waiting: Any, offer: Offer, lead: Any
) -> None:
    waiting.needs, waiting.interests = "Too loud to think", "Drawing buildings"
    waiting.save(update_fields=["needs", "interests"])
    accepted(offer, lead)
    found = Need.objects.filter(pupil=waiting.pupil).order_by("area")
    assert [(each.area, each.detail, each.by) for each in found] == [
        ("strength", "Drawing buildings", waiting.referrer),
        ("unsorted", "Too loud to think", waiting.referrer),
    ]


def test_an_accepted_offer_makes_the_place_with_all_it_needs(waiting: Any, offer: Offer, lead: Any) -> None:
    placement = accepted(offer, lead, words="Very glad")
    assert state(waiting) == State.PLACED
    assert (placement.pupil, placement.starts_on) == (waiting.pupil, offer.starts_on)
    assert placement.first_review_on == offer.starts_on + dt.timedelta(weeks=6)
    assert placement.baseline_from and placement.baseline_until
    assert placement.baseline_from < placement.baseline_until < placement.starts_on
    offer.refresh_from_db()
    assert (offer.answer, offer.answered_by) == (Answer.ACCEPTED, lead)


def test_the_baseline_is_the_six_school_weeks_before(offer: Offer, lead: Any) -> None:
    placement = accepted(offer, lead)
    assert placement.baseline_from and placement.baseline_until
    assert placement.baseline_until.weekday() == 6
    assert (placement.baseline_until - placement.baseline_from).days == 6 * 7 - 1


def test_a_declined_offer_leads_back_to_waiting_and_may_be_made_again(
    waiting: Any, offer: Offer, lead: Any
) -> None:
    decline_offer(offer, by=lead, words="Not before the holidays")
    assert state(waiting) == State.WAITING
    days = school_days(waiting.school)
    again = offer_place(waiting, by=lead, starts_on=days[14], expires_on=days[9])
    assert again.pk != offer.pk and state(waiting) == State.OFFERED


def test_an_offer_taken_back_leads_back_to_waiting(waiting: Any, offer: Offer, lead: Any) -> None:
    take_back(offer, by=lead, words="The room is closed")
    assert state(waiting) == State.WAITING


def test_after_its_day_an_offer_cannot_be_accepted_and_says_what_to_do(
    waiting: Any, offer: Offer, lead: Any
) -> None:
    with pytest.raises(Refused, match=r"ran out on .* Make a new offer"):
        accepted(offer, lead, today=offer.expires_on + dt.timedelta(days=1))
    assert not Placement.objects.filter(pupil=waiting.pupil).exists()


def test_on_its_last_day_an_offer_can_be_accepted(waiting: Any, offer: Offer, lead: Any) -> None:
    accepted(offer, lead, today=offer.expires_on)
    assert state(waiting) == State.PLACED


def test_an_offer_runs_out_by_itself_the_day_after_and_once(waiting: Any, offer: Offer) -> None:
    assert not run_out(offer, day=offer.expires_on)
    assert run_out(offer, day=offer.expires_on + dt.timedelta(days=1))
    assert not run_out(offer, day=offer.expires_on + dt.timedelta(days=1))
    offer.refresh_from_db()
    assert (state(waiting), offer.answer) == (State.WAITING, Answer.EXPIRED)


def test_an_answered_offer_is_not_answered_again(offer: Offer, lead: Any) -> None:
    decline_offer(offer, by=lead, words="No")
    with pytest.raises(Refused, match="already answered: declined"):
        accepted(offer, lead)


def test_what_is_no_day_for_an_offer_is_refused_in_words(waiting: Any, lead: Any) -> None:
    days = school_days(waiting.school)
    saturday = days[0] + dt.timedelta(days=(5 - days[0].weekday()) % 7)
    for starts, expires, words in (
        (days[4], days[5], "on or before the first day"),
        (TODAY, TODAY, "after today"),
        (days[4], TODAY - dt.timedelta(days=1), "today or a later day"),
        (saturday, days[0], "closed"),
    ):
        with pytest.raises(Refused, match=words):
            offer_place(waiting, by=lead, starts_on=starts, expires_on=expires)
    assert state(waiting) == State.WAITING and not Offer.objects.exists()


def test_a_pupil_who_leaves_before_the_day_is_not_offered_a_place(waiting: Any, lead: Any) -> None:
    waiting.pupil.left_on = TODAY
    waiting.pupil.save(update_fields=["left_on"])
    days = school_days(waiting.school)
    with pytest.raises(Refused, match="not on roll"):
        offer_place(waiting, by=lead, starts_on=days[4], expires_on=days[2])


def test_a_pupil_who_leaves_after_the_offer_gets_no_place_and_nothing_is_half_done(
    waiting: Any, offer: Offer, lead: Any
) -> None:
    waiting.pupil.left_on = offer.starts_on
    waiting.pupil.save(update_fields=["left_on"])
    with pytest.raises(Refused, match="not on roll"):
        accepted(offer, lead)
    offer.refresh_from_db()
    assert (offer.answer, state(waiting)) == ("", State.OFFERED)


def test_only_who_waits_is_offered_a_place(school: Any, lead: Any) -> None:
    days = school_days(school)
    with pytest.raises(Refused, match="already “submitted”"):
        offer_place(ReferralFactory(school=school), by=lead, starts_on=days[4], expires_on=days[2])


def test_each_morning_the_offers_of_a_school_run_out(waiting: Any, offer: Offer) -> None:
    Offer.objects.filter(pk=offer.pk).update(expires_on=TODAY - dt.timedelta(days=1))
    morning(school_id=waiting.school_id)
    morning(school_id=waiting.school_id)
    assert state(waiting) == State.WAITING


@pytest.mark.django_db(transaction=True)
def test_two_who_answer_at_once_make_one_place() -> None:
    with transaction.atomic():
        school = SchoolFactory()
        bell(school)
        open_weeks(school, TODAY - dt.timedelta(weeks=9), TODAY + dt.timedelta(weeks=9))
        lead = MembershipFactory(school=school, role="lead").user
        waiting = ReferralFactory(school=school, state=State.WAITING, decided_at=timezone.now())
        days = school_days(school)
        offer = offer_place(waiting, by=lead, starts_on=days[9], expires_on=days[4])
        adult = StaffMemberFactory(school=school)
    gate, said = threading.Barrier(2), []

    def answer() -> None:
        try:
            with context.within(school.pk), transaction.atomic():
                gate.wait(10)
                accept_offer(offer, by=lead, key_adult=adult, model="reintegration", first_review_on=None)
            said.append("placed")
        except Refused as refusal:
            said.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=answer) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(said) == ["This offer is already answered: accepted.", "placed"]
    with context.within(school.pk):
        assert Placement.objects.filter(pupil=waiting.pupil).count() == 1
