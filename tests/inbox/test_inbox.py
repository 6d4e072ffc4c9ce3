"""Messages: told once, one's own, and an e-mail that says nothing but that they wait."""

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from iap.inbox.actions import prefer, tell
from iap.inbox.models import Message
from iap.inbox.tasks import digest
from iap.schools.models import Closure
from iap.tenancy import context
from tests.factories import MembershipFactory, SchoolFactory, UserFactory, open_weeks, see

SECRET = "Hannah Stokes was accepted"


@pytest.fixture(autouse=True)
def school_day(time_machine: Any) -> None:
    time_machine.move_to(dt.datetime(2026, 11, 24, 7, 0, tzinfo=dt.UTC))


@pytest.fixture
def told(school: Any, lead: Any, leader: Any) -> list[Message]:
    return tell(school, [lead, leader], kind="x", text=SECRET, link="/referrals/", key="one")


def mail(school: Any, callbacks: Any) -> None:
    with callbacks(execute=True):
        digest(school_id=school.pk)


def test_the_same_is_told_once_to_each(school: Any, lead: Any, told: Any) -> None:
    tell(school, [lead], kind="x", text="Again", link="/", key="one")
    tell(school, [lead], kind="x", text="Another", link="/", key="two")
    assert sorted(Message.objects.filter(to=lead).values_list("text", flat=True)) == ["Another", SECRET]


def test_who_does_not_work_here_or_is_no_longer_active_is_not_told(school: Any, lead: Any) -> None:
    gone = MembershipFactory(school=school).user
    gone.is_active = False
    gone.save(update_fields=["is_active"])
    tell(school, [UserFactory(), gone], kind="x", text="x", link="/", key="x")
    assert not Message.objects.exists()


@pytest.mark.parametrize("link", ["https://elsewhere.example/", "//elsewhere.example/"])
def test_a_message_leads_nowhere_outside(school: Any, lead: Any, link: str) -> None:
    with pytest.raises(IntegrityError, match="a_message_leads_within"), transaction.atomic():
        Message.objects.create(
            school=school, to=lead, kind="x", text="x", link=link, key="x", at=timezone.now()
        )


def test_opening_a_message_reads_it_and_leads_on(client: Any, lead: Any, told: Any) -> None:
    client.force_login(lead)
    assert "1 not read yet" in client.get("/inbox/").content.decode()
    mine = Message.objects.get(to=lead)
    assert client.get(reverse("inbox:open", args=[mine.uuid])).url == "/referrals/"
    assert "All read" in client.get("/inbox/").content.decode()


def test_another_persons_message_is_not_found(client: Any, lead: Any, leader: Any, told: Any) -> None:
    client.force_login(lead)
    theirs = Message.objects.get(to=leader)
    assert client.get(reverse("inbox:open", args=[theirs.uuid])).status_code == 404
    theirs.refresh_from_db()
    assert theirs.read_at is None


def test_all_are_read_at_once_and_the_mark_goes(client: Any, lead: Any, leader: Any, told: Any) -> None:
    client.force_login(lead)
    assert "new messages" in client.get("/inbox/count/").content.decode()
    client.post("/inbox/read/")
    assert "new messages" not in client.get("/inbox/count/").content.decode()
    assert Message.objects.get(to=leader).read_at is None


def test_an_empty_inbox_says_what_fills_it(client: Any, teacher: Any) -> None:
    client.force_login(teacher)
    assert "No messages yet" in client.get("/inbox/").content.decode()


def test_every_unread_message_is_counted_also_those_of_the_next_page(
    client: Any, lead: Any, school: Any
) -> None:
    for number in range(31):
        tell(school, [lead], kind="x", text="x", link="/", key=str(number))
    client.force_login(lead)
    assert "31 not read yet" in client.get("/inbox/").content.decode()


def test_the_inbox_costs_the_same_however_full(client: Any, lead: Any, school: Any) -> None:
    client.force_login(lead)
    counts = []
    for number in range(1, 21):
        tell(school, [lead], kind="x", text="x", link="/", key=str(number))
        if number in (1, 20):
            client.get("/inbox/")
            with CaptureQueriesContext(connection) as asked:
                client.get("/inbox/")
            counts.append(len(asked))
    assert counts[0] == counts[1]


def test_one_mail_without_a_word_of_what_it_is_about(
    school: Any, lead: Any, told: Any, mailoutbox: Any, django_capture_on_commit_callbacks: Any
) -> None:
    tell(school, [lead], kind="x", text=SECRET, link="/", key="two")
    mail(school, django_capture_on_commit_callbacks)
    mail(school, django_capture_on_commit_callbacks)
    mine = [each for each in mailoutbox if each.to == [lead.email]]
    assert len(mine) == 1 and len(mailoutbox) == 2
    assert mine[0].subject == "2 new messages in The Orchard"
    assert "Hannah" not in mine[0].body and "/inbox/" in mine[0].body


def test_who_wants_none_or_has_read_gets_no_mail(
    school: Any,
    lead: Any,
    leader: Any,
    told: Any,
    mailoutbox: Any,
    client: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    client.force_login(leader)
    client.post("/inbox/read/")
    prefer(school, by=lead, digest="never")
    mail(school, django_capture_on_commit_callbacks)
    assert mailoutbox == []


def test_the_preference_is_set_on_the_page(client: Any, lead: Any, school: Any) -> None:
    client.force_login(lead)
    client.post("/inbox/", {"digest": "never"})
    client.post("/inbox/", {"digest": "nonsense"})
    assert 'value="never" checked' in client.get("/inbox/").content.decode()


def test_on_a_closed_day_nobody_is_mailed(
    school: Any, told: Any, mailoutbox: Any, django_capture_on_commit_callbacks: Any
) -> None:
    Closure.objects.create(school=school, day=timezone.localdate(), reason="Snow")
    mail(school, django_capture_on_commit_callbacks)
    assert mailoutbox == []


@pytest.mark.django_db(transaction=True)
def test_two_digests_at_once_send_one_mail(mailoutbox: Any) -> None:
    with transaction.atomic():
        school = SchoolFactory()
        see(school)
        open_weeks(school, timezone.localdate(), timezone.localdate())
        lead = MembershipFactory(school=school, role="lead").user
        tell(school, [lead], kind="x", text="x", link="/", key="x")
    gate = threading.Barrier(2)

    def one() -> None:
        try:
            with context.within(school.pk):
                gate.wait(10)
                digest(school_id=school.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(mailoutbox) == 1
