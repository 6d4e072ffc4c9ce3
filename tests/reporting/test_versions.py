"""Figures are kept under a version that is another as soon as a change can be seen."""

import datetime as dt
import threading
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection, transaction

from iap.audit.models import Event, Read
from iap.schools.models import Closure
from iap.tenancy import context
from reporting.models import Change
from reporting.tasks import morning
from reporting.versions import kept, sum_up, version_of, watched
from tests.factories import MembershipFactory, PlacementFactory, SchoolFactory, UserFactory, bell, open_weeks

DAY = dt.date(2027, 3, 3)
committed = pytest.mark.django_db(transaction=True)


@pytest.fixture
def here() -> Any:
    """A school that is really there: its rows are committed."""
    with transaction.atomic():
        return SchoolFactory()


def version(school: Any) -> int | None:
    with context.within(school.pk):
        return version_of(school)


def close(school: Any, day: dt.date = DAY) -> Closure:
    with context.within(school.pk):
        return Closure.objects.create(school=school, day=day)


@committed
def test_every_way_of_changing_a_row_raises_the_version(here):
    seen = [version(here)]
    closure = close(here)
    seen.append(version(here))
    with context.within(here.pk):
        Closure.objects.filter(pk=closure.pk).update(reason="Snow")
    seen.append(version(here))
    with context.within(here.pk):
        Closure.objects.bulk_create(
            [Closure(school=here, day=DAY + dt.timedelta(days=n)) for n in range(1, 4)]
        )
    seen.append(version(here))
    with context.within(here.pk):
        Closure.objects.all().delete()
    seen.append(version(here))
    assert seen == sorted(set(seen)) and len(seen) == 5
    assert seen[-1] == seen[0] + 4, "one for each transaction, however many rows"


@committed
def test_what_is_taken_back_changes_nothing(here):
    before = version(here)
    with pytest.raises(ZeroDivisionError), context.within(here.pk):
        Closure.objects.create(school=here, day=DAY)
        raise ZeroDivisionError
    assert version(here) == before


@committed
def test_another_school_keeps_its_version(here):
    with transaction.atomic():
        other = SchoolFactory()
    before = version(other)
    close(here)
    assert version(other) == before


@committed
def test_reading_and_the_record_of_it_change_nothing(here):
    with transaction.atomic():
        user = UserFactory()
    before = version(here)
    with context.within(here.pk):
        Read.objects.create(school=here, by=user, page="overview", pupil_ids=[])
        Event.objects.create(school=here, by=user, verb="looked", model="x", object_id=1)
    assert version(here) == before


@committed
def test_what_is_kept_is_given_again_until_something_changes(here):
    made: list[int] = []

    def make() -> int:
        made.append(1)
        return len(made)

    def ask() -> int:
        with context.within(here.pk):
            return kept(here, "test", make)

    assert [ask(), ask()] == [1, 1]
    close(here)
    assert [ask(), ask()] == [2, 2]


@committed
def test_a_transaction_does_not_keep_what_nobody_else_can_see(here):
    with pytest.raises(ZeroDivisionError), context.within(here.pk):
        Closure.objects.create(school=here, day=DAY)
        assert kept(here, "test", lambda: "with the closure") == "with the closure"
        raise ZeroDivisionError
    close(here, DAY + dt.timedelta(days=1))  # now the version is the number that was seen in there
    with context.within(here.pk):
        assert kept(here, "test", lambda: "as it is") == "as it is"


@committed
def test_what_changes_while_it_is_made_is_not_kept(here):
    """Somebody else's change lands between reading the version and reading the rows."""

    def make() -> str:
        other = threading.Thread(target=_closed_elsewhere, args=[here])
        other.start()
        other.join()
        return "half of each"

    with context.within(here.pk):
        assert kept(here, "test", make) == "half of each"
    with context.within(here.pk):
        assert kept(here, "test", lambda: "whole") == "whole"


def _closed_elsewhere(school: Any) -> None:
    try:
        close(school)
    finally:
        connection.close()


@committed
def test_two_who_change_a_school_at_once_do_not_wait_for_each_other(here):
    first_has_written, second_is_done = threading.Event(), threading.Event()

    def second() -> None:
        try:
            first_has_written.wait(30)
            close(here, DAY + dt.timedelta(days=1))
            second_is_done.set()
        finally:
            connection.close()

    other = threading.Thread(target=second)
    other.start()
    before = version(here)
    with context.within(here.pk):
        Closure.objects.create(school=here, day=DAY)
        first_has_written.set()
        assert second_is_done.wait(30), "the second waited for the first to end"
    other.join()
    assert version(here) == before + 2


@committed
def test_one_row_stands_for_earlier_changes_and_the_version_stays(here):
    for n in range(3):
        close(here, DAY + dt.timedelta(days=n))
    before = version(here)
    with context.within(here.pk):
        Change.objects.at([here]).update(at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
        rows = Change.objects.at([here]).count()
    morning(school_id=here.pk)
    with context.within(here.pk):
        assert 1 == Change.objects.at([here]).count() < rows
    assert version(here) == before
    with context.within(here.pk):
        sum_up(here)  # what is of this hour stays as it is
    assert version(here) == before


def test_every_table_of_a_school_is_watched():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, count(*) FROM pg_trigger WHERE tgname LIKE 'school_changed_%' GROUP BY 1"
        )
        there = dict(cursor.fetchall())
    assert there == {model._meta.db_table: 3 for model in watched()}
    left_out = {
        model._meta.label
        for model in apps.get_models()
        if any(field.column == "school_id" for field in model._meta.local_fields)
        and model._meta.managed
        and not hasattr(model, "pgh_id")
    } - {model._meta.label for model in watched()}
    assert left_out == {"audit.Read", "audit.Event", "reporting.Change"}


@committed
def test_the_overview_is_kept_and_never_stale(here, client):
    with transaction.atomic():
        context.enter({here.pk})
        bell(here)
        open_weeks(here, dt.date.today() - dt.timedelta(weeks=8), dt.date.today())
        user = MembershipFactory(school=here, role="leader").user
    client.force_login(user)
    shown = lambda: client.get("/reports/").content.decode().split("Pupils supported")[1][:80]  # noqa: E731
    first = shown()
    calls: list[Any] = []
    original = cache.set
    cache.set = lambda *a, **k: calls.append(a[0]) or original(*a, **k)  # type: ignore[method-assign]
    try:
        assert shown() == first
        assert not [key for key in calls if key.startswith("figures:")], "it was made again"
    finally:
        cache.set = original  # type: ignore[method-assign]
    with transaction.atomic():
        context.enter({here.pk})
        PlacementFactory(school=here)
    assert shown() != first
