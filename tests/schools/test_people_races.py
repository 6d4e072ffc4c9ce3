"""Two people change roles at the same moment."""

import threading
from contextlib import suppress

import pytest
from django.db import connection, transaction

from iap.errors import Refused
from iap.schools.actions import people
from iap.schools.models import Membership, Role
from iap.tenancy import context
from tests.factories import MembershipFactory, SchoolFactory


@pytest.mark.django_db(transaction=True)
def test_two_leads_cannot_end_each_others_role_at_the_same_moment(monkeypatch):
    """Both are held after they have taken what they check by; only a lock makes the second one wait."""
    with context.within():
        school = SchoolFactory()
        leads = [MembershipFactory(school=school, role=Role.LEAD).user for _ in range(2)]
    together = threading.Barrier(2)
    real = people.other_leads

    def checked(*args):
        answer = real(*args)
        with suppress(threading.BrokenBarrierError):  # the other one waits for the lock, as it should
            together.wait(timeout=1)
        return answer

    monkeypatch.setattr(people, "other_leads", checked)
    refused = []

    def end(by, user):
        try:
            with transaction.atomic(), context.within(school.pk):
                people.take_role(school, by=by, user=user, role=Role.LEAD)
        except Refused as refusal:
            refused.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=end, args=pair) for pair in (leads, leads[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    with context.within(school.pk):
        assert Membership.objects.filter(role=Role.LEAD).count() == 1
