"""Entries: kept once, refused in words, undone rather than deleted."""

import datetime as dt
import threading
import uuid
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction

from iap.errors import Conflict, Refused
from iap.schools.models import Closure
from iap.tenancy import context
from pupils.actions import entries
from pupils.actions.entries import end_break, log_check_in, log_note, start_break, undo
from pupils.models import CheckIn, MovementBreak, Note
from tests.factories import MembershipFactory, PlacementFactory, SchoolFactory, bell, open_weeks

NOW = dt.datetime(2026, 11, 24, 10, 5, tzinfo=dt.UTC)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _school_day() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def pupil(school: Any) -> Any:
    return PlacementFactory(school=school).pupil


def tapped(**more: Any) -> dict[str, Any]:
    return {"entry": uuid.uuid4(), "day": TODAY, "at": NOW, **more}


def test_the_same_tap_sent_twice_is_one_entry_and_answers_the_same(pupil: Any, iap_staff: Any) -> None:
    tap = tapped(by=iap_staff, readiness=4)
    assert log_check_in(pupil, **tap) == log_check_in(pupil, **tap)
    assert CheckIn.objects.filter(school=pupil.school).count() == 1


def test_two_taps_are_two_entries(pupil: Any, iap_staff: Any) -> None:
    for _ in range(2):
        log_check_in(pupil, **tapped(by=iap_staff, readiness=4))
    assert CheckIn.objects.filter(school=pupil.school).count() == 2


def test_other_content_under_a_used_identifier_is_a_conflict_and_changes_nothing(
    pupil: Any, iap_staff: Any
) -> None:
    tap = tapped(by=iap_staff, readiness=4)
    log_check_in(pupil, **tap)
    with pytest.raises(Conflict):
        log_check_in(pupil, **{**tap, "readiness": 1})
    assert CheckIn.objects.get(school=pupil.school).readiness == 4


def test_a_tap_that_was_kept_answers_the_same_when_it_is_sent_again_much_later(
    pupil: Any, iap_staff: Any
) -> None:
    tap = tapped(by=iap_staff, readiness=4)
    first = log_check_in(pupil, **tap)
    with time_machine.travel(NOW + dt.timedelta(days=40)):
        assert log_check_in(pupil, **tap) == first


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"readiness": 6}, "five faces"),
        ({"day": TODAY + dt.timedelta(days=1)}, "not come yet"),
        ({"at": NOW + dt.timedelta(hours=1)}, "not come yet"),
        ({"day": TODAY - dt.timedelta(days=20), "at": NOW - dt.timedelta(days=20)}, "two weeks ago"),
        ({"day": TODAY - dt.timedelta(days=2), "at": NOW - dt.timedelta(days=2)}, "closed"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    pupil: Any, iap_staff: Any, changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        log_check_in(pupil, **tapped(**{"by": iap_staff, "readiness": 3, **changes}))
    assert not CheckIn.objects.filter(school=pupil.school).exists()


def test_a_closed_day_takes_no_entries(pupil: Any, iap_staff: Any) -> None:
    Closure.objects.create(school=pupil.school, day=TODAY)
    with pytest.raises(Refused, match="closed"):
        log_note(pupil, **tapped(by=iap_staff, text="A good start."))


def test_a_pupil_without_a_place_that_day_takes_no_entries(school: Any, iap_staff: Any) -> None:
    placement = PlacementFactory(school=school, ends_on=TODAY, destination="full-return")
    with pytest.raises(Refused, match="no place"):
        log_check_in(placement.pupil, **tapped(by=iap_staff, readiness=3))


def test_a_note_without_words_is_refused(pupil: Any, iap_staff: Any) -> None:
    with pytest.raises(Refused, match="few words"):
        log_note(pupil, **tapped(by=iap_staff, text="  "))
    assert not Note.objects.filter(school=pupil.school).exists()


def test_a_pupil_is_on_one_break_at_a_time_and_may_have_another_after_it(pupil: Any, iap_staff: Any) -> None:
    first = start_break(pupil, **tapped(by=iap_staff))
    with pytest.raises(Refused, match="already on a movement break"):
        start_break(pupil, **tapped(by=iap_staff, at=NOW + dt.timedelta(minutes=1)))
    end_break(first, by=iap_staff, at=NOW + dt.timedelta(minutes=4))
    start_break(pupil, **tapped(by=iap_staff, at=NOW + dt.timedelta(minutes=5)))
    assert MovementBreak.objects.filter(school=pupil.school).count() == 2


def test_the_first_end_of_a_break_stands(pupil: Any, iap_staff: Any, lead: Any) -> None:
    pause = start_break(pupil, **tapped(by=iap_staff))
    end_break(pause, by=iap_staff, at=NOW + dt.timedelta(minutes=3))
    assert end_break(pause, by=lead, at=NOW + dt.timedelta(minutes=9)).ended_by == iap_staff


def test_who_tapped_may_undo_for_ten_minutes_and_the_entry_is_kept(pupil: Any, iap_staff: Any) -> None:
    check_in = log_check_in(pupil, **tapped(by=iap_staff, readiness=2))
    undo(check_in, by=iap_staff)
    stored = CheckIn.objects.get(school=pupil.school)
    assert (stored.stands, stored.undone_by) == (False, iap_staff)
    assert undo(check_in, by=iap_staff).undone_at == stored.undone_at


def test_nobody_else_undoes_it_nor_anybody_later_but_the_lead(pupil: Any, iap_staff: Any, lead: Any) -> None:
    check_in = log_check_in(pupil, **tapped(by=iap_staff, readiness=2))
    with pytest.raises(Refused, match="A colleague"):
        undo(check_in, by=lead)
    with time_machine.travel(NOW + dt.timedelta(minutes=11)):
        with pytest.raises(Refused, match="ten minutes"):
            undo(check_in, by=iap_staff)
        with pytest.raises(Refused, match="Say in a few words why"):
            undo(check_in, by=lead, lead=True)
        struck = undo(check_in, by=lead, lead=True, why=" about another\npupil ")
        assert (struck.stands, struck.undone_by, struck.undone_why) == (False, lead, "about another pupil")


def test_who_tapped_it_may_still_say_later_why_it_was_wrong(pupil: Any, iap_staff: Any) -> None:
    check_in = log_check_in(pupil, **tapped(by=iap_staff, readiness=2))
    with time_machine.travel(NOW + dt.timedelta(days=3)):
        assert undo(check_in, by=iap_staff, why="meant for his brother").undone_why == "meant for his brother"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "same", [True, False], ids=["one tap sent twice", "two contents under one identifier"]
)
def test_two_that_arrive_together_are_kept_once(same: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both callers have seen that nothing is stored before either of them stores anything."""
    with transaction.atomic():
        school, user, pupil = _committed()
    tap = tapped(by=user)
    faces, barrier, results = [3, 3 if same else 5], threading.Barrier(2, timeout=10), []
    known = entries._is_known

    def known_to_neither(*asked: Any) -> bool:
        answer = known(*asked)
        barrier.wait()
        return answer

    def log(face: int) -> None:
        try:
            with context.within(school.pk):
                results.append(str(log_check_in(pupil, **tap, readiness=face).readiness))
        except Conflict:
            results.append("conflict")
        finally:
            connection.close()

    monkeypatch.setattr(entries, "_is_known", known_to_neither)
    threads = [threading.Thread(target=log, args=[face]) for face in faces]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with context.within(school.pk):
        kept = CheckIn.objects.get(school=school)
    assert sorted(results) == sorted([str(kept.readiness), "3" if same else "conflict"])


def _committed() -> tuple[Any, Any, Any]:
    school = SchoolFactory()
    bell(school)
    open_weeks(school, TODAY - dt.timedelta(weeks=3), TODAY + dt.timedelta(weeks=3))
    user = MembershipFactory(school=school).user
    return school, user, PlacementFactory(school=school).pupil
