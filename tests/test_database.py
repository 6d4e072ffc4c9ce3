"""The database of the tests: what one has written, the next does not find."""

import pytest
from django.db import connection, transaction

from pupils.models import Pupil
from tests import database
from tests.factories import PupilFactory, SchoolFactory, see


def a_pupil() -> tuple[int, int, int]:
    """Somebody new: their key and their school's, and how many rows of history the school has of its pupils."""
    with transaction.atomic():
        school = SchoolFactory()
        see(school)
        pupil = PupilFactory(school=school)
        return school.pk, pupil.pk, Pupil.pgh_event_model.objects.count()  # type: ignore[attr-defined]


@pytest.mark.django_db(transaction=True)
def test_what_was_written_is_gone_with_its_history_and_keys_begin_anew() -> None:
    database.empty()
    assert a_pupil() == (1, 1, 1)
    database.empty()
    assert a_pupil() == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_keys_that_were_counted_up_for_nothing_begin_anew() -> None:
    database.empty()
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('schools_school', 'id'))")
    database.empty()
    database.empty()  # where nothing was written there is nothing to do
    assert a_pupil()[0] == 1
