"""What staff have learnt: how many have a topic, what runs out, and one's own page."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from iap.audit.models import Event
from iap.inbox import duties
from iap.schools.actions.learning import (
    begin_with_our_list,
    keep_personal,
    keep_topic,
    keep_training,
    supervision_held,
)
from iap.schools.learning import BEGIN_WITH, SOON, by_person, coverage, runs_out
from iap.schools.models import Qualification, Role, Skill, Supervision, Training, TrainingTopic
from tests.factories import StaffMemberFactory

DAY = dt.timedelta(days=1)


@pytest.fixture
def today() -> dt.date:
    return timezone.localdate()


@pytest.fixture
def member(school: Any, iap_staff: Any) -> Any:
    return StaffMemberFactory(school=school, user=iap_staff, linked_by=iap_staff)


@pytest.fixture
def topic(school: Any, lead: Any) -> TrainingTopic:
    begin_with_our_list(school, by=lead)
    begin_with_our_list(school, by=lead)
    return TrainingTopic.objects.get(school=school, name="Attachment and trauma")


def have(school: Any, topic: Any, day: dt.date) -> tuple[int, int]:
    found = coverage(school, day)
    row = next(each for each in found if each.topic == topic and each.group == "Provision staff")
    return row.have, row.of


def test_a_school_begins_with_our_topics_by_one_button(client: Any, lead: Any, school: Any) -> None:
    client.force_login(lead)
    address = reverse("schools:learning")
    assert "No topics yet." in client.get(address).content.decode()
    for _ in range(2):
        assert client.post(address, {"act": "begin"}).status_code == 302
    assert [topic.name for topic in TrainingTopic.objects.filter(school=school)] == sorted(
        name for name, _ in BEGIN_WITH
    )
    assert "Attachment and trauma" in client.get(address).content.decode()


def test_a_topic_counts_while_it_is_fresh(
    school: Any, lead: Any, member: Any, topic: Any, today: dt.date
) -> None:
    assert have(school, topic, today) == (0, 1)
    for _ in range(2):
        keep_training(school, by=lead, topic=topic, done_on=today, staff=[member])
    kept = Training.objects.get()
    assert have(school, topic, today - DAY) == (0, 1)
    assert have(school, topic, today) == (1, 1)
    assert have(school, topic, kept.refresh_by) == (1, 1)
    assert have(school, topic, kept.refresh_by + DAY) == (0, 1)


def test_what_runs_out_is_told_before_it_does(school: Any, lead: Any, member: Any, today: dt.date) -> None:
    for kind, name, day in (
        ("qualification", "First aid", today + 30 * DAY),
        ("qualification", "Minibus", today + 90 * DAY),
        ("supervision", "Dr Bright", today),
        ("skill", "Makaton", None),
    ):
        keep_personal(school, by=lead, staff=member, kind=kind, name=name, day=day)
    assert [row.what for row in runs_out(school, today)] == ["Supervision", "First aid"]
    Supervision.objects.update(held_on=today)
    assert [row.what for row in runs_out(school, today)] == ["First aid"]


def test_a_qualification_that_was_renewed_runs_out_no_more(
    school: Any, lead: Any, member: Any, today: dt.date
) -> None:
    """Of one person and name what holds longest counts, in whatever order it was kept."""
    other = StaffMemberFactory(school=school)
    for staff, name, day in (
        (member, "First aid", today + 30 * DAY),
        (member, "first aid", today + 900 * DAY),
        (member, "Minibus", None),
        (member, "Minibus", today - DAY),
        (other, "First aid", today + 20 * DAY),
        (other, "First aid", today + 10 * DAY),
    ):
        keep_personal(school, by=lead, staff=staff, kind="qualification", name=name, day=day)
    assert [(row.staff, row.on) for row in runs_out(school, today)] == [(other, today + 20 * DAY)]


def test_training_is_told_before_it_runs_out_and_is_a_duty_of_the_lead(
    school: Any, lead: Any, member: Any, topic: Any, today: dt.date
) -> None:
    """The newest training of a topic counts."""
    begun = today - 3 * 365 * DAY
    keep_training(school, by=lead, topic=topic, done_on=begun, staff=[member])
    ends = Training.objects.get().refresh_by
    assert [(row.what, row.on) for row in runs_out(school, ends - SOON)] == [(topic.name, ends)]
    assert not runs_out(school, ends - SOON - DAY)
    duty = next(each for each in duties.of([Role.LEAD]) if each.name == "staff-learning")
    assert [(due.text, due.on) for due in duty.find(school, today)] == [(f"{topic}: {member}", ends)]
    assert not [each for each in duties.of([Role.STAFF, Role.LEADER]) if each.name == "staff-learning"]
    keep_training(school, by=lead, topic=topic, done_on=today, staff=[member])
    assert not duty.find(school, today)


def personal(member: Any, **changes: Any) -> dict[str, Any]:
    words = {"staff": member.uuid, "kind": "supervision", "name": "Ms Ali", "day": timezone.localdate()}
    return {"act": "personal"} | {f"p-{name}": value for name, value in (words | changes).items()}


def test_the_lead_keeps_a_skill_a_qualification_and_a_supervision_that_was_held(
    client: Any, lead: Any, member: Any, today: dt.date
) -> None:
    client.force_login(lead)
    address = reverse("schools:learning")
    for sent in (
        personal(member),
        personal(member, kind="skill", name="Makaton", day=""),
        personal(member, kind="qualification", name="First aid", day=today + 30 * DAY),
    ):
        assert client.post(address, sent).status_code == 302
    no_day = client.post(address, personal(member, day=""))
    assert "Enter the day for which it is planned." in no_day.content.decode()
    assert Skill.objects.get().name == "Makaton"
    assert Qualification.objects.get().expires_on == today + 30 * DAY
    shown = client.get(address).content.decode()
    assert "First aid" in card("h-out", shown)
    assert "Makaton" in card("h-skills", shown)
    assert "with Ms Ali" in card("h-super", shown)
    assert client.post(address, {"act": f"held:{Supervision.objects.get().pk}"}).status_code == 302
    assert Supervision.objects.get().held_on == today
    shown = client.get(address).content.decode()
    assert "Held today" not in shown
    assert "Supervision with Ms Ali" in card("h-people", shown)


def card(heading: str, shown: str) -> str:
    """What a page shows under one heading."""
    return shown.partition(f'id="{heading}"')[2].partition("</section>")[0]


def test_supervision_of_who_has_left_is_asked_for_no_more(
    client: Any, lead: Any, member: Any, today: dt.date
) -> None:
    keep_personal(member.school, by=lead, staff=member, kind="supervision", name="Ms Ali", day=today)
    client.force_login(lead)
    assert "Held today" in client.get(reverse("schools:learning")).content.decode()
    member.left_on = today
    member.save(update_fields=["left_on"])
    assert "Held today" not in client.get(reverse("schools:learning")).content.decode()


def test_a_second_supervision_on_one_day_with_somebody_else_is_refused_and_stays_as_typed(
    client: Any, lead: Any, member: Any
) -> None:
    client.force_login(lead)
    address = reverse("schools:learning")
    for _ in range(2):
        assert client.post(address, personal(member)).status_code == 302, "the same twice is kept once"
    answer = client.post(address, personal(member, name="Dr Bright"))
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert f"{member} has supervision with Ms Ali on that day." in shown
    assert 'value="Dr Bright"' in shown
    assert Supervision.objects.get().with_whom == "Ms Ali"


def test_the_lead_keeps_a_training_for_all_who_took_part(
    client: Any, lead: Any, member: Any, topic: Any, today: dt.date
) -> None:
    client.force_login(lead)
    address = reverse("schools:learning")
    other = StaffMemberFactory(school=member.school)
    sent = {
        "act": "training",
        "t-topic": topic.uuid,
        "t-done_on": today,
        "t-staff": [member.uuid, other.uuid],
    }
    refused = client.post(address, {**sent, "t-staff": []})
    assert refused.status_code == 422
    assert refused.content.decode().count('type="checkbox" class="form-check-input is-invalid"') == 2
    assert f"{other.family_name}, {other.given_name}" in refused.content.decode()
    assert client.post(address, sent).status_code == 302
    assert Training.objects.count() == 2
    assert "1 of 1" in client.get(address).content.decode()


def test_the_lead_sees_who_has_it_to_come_and_who_did_what_and_when(
    client: Any,
    lead: Any,
    school: Any,
    member: Any,
    topic: Any,
    today: dt.date,
    django_assert_num_queries: Any,
) -> None:
    row = next(each for each in coverage(school, today) if each.topic == topic)
    assert row.to_come == (member,)
    keep_training(school, by=lead, topic=topic, done_on=today, staff=[member], given_by="Dr Bright")
    keep_personal(school, by=lead, staff=member, kind="supervision", name="Ms Ali", day=today)
    supervision_held(Supervision.objects.get(), by=lead)
    assert next(each for each in coverage(school, today) if each.topic == topic).to_come == ()
    client.force_login(lead)
    shown = client.get(reverse("schools:learning")).content.decode()
    for words in (str(member), "Dr Bright", "Supervision with Ms Ali", "Held"):
        assert words in shown
    for number in range(3):
        other = StaffMemberFactory(school=school)
        keep_training(school, by=lead, topic=topic, done_on=today - number * DAY, staff=[other])
    with django_assert_num_queries(4):
        assert len(by_person(school)) == 4


def test_what_was_entered_in_error_is_taken_out_and_stays_in_the_history(
    client: Any, lead: Any, iap_staff: Any, school: Any, member: Any, topic: Any, today: dt.date
) -> None:
    keep_training(school, by=lead, topic=topic, done_on=today, staff=[member])
    out = {"act": f"out:training:{Training.objects.get().pk}"}
    client.force_login(iap_staff)
    assert client.post(reverse("schools:learning"), out).status_code == 403
    client.force_login(lead)
    assert client.post(reverse("schools:learning"), {"act": "out:training:9x"}).status_code == 422
    assert client.post(reverse("schools:learning"), out).status_code == 302
    assert not Training.objects.exists()
    assert Event.objects.filter(verb="staff.taken_out", by=lead).exists()


def topic_form(prefix: str, **changes: Any) -> dict[str, Any]:
    words = {"name": "Bereavement", "refresh_months": "24", "for_teachers": "on", **changes}
    return {f"{prefix}-{name}": value for name, value in words.items()}


def test_a_school_has_topics_of_its_own(client: Any, lead: Any, topic: Any) -> None:
    client.force_login(lead)
    address, name = reverse("schools:topics"), f"topic-{topic.uuid}"
    assert client.post(address, {"act": "add", **topic_form("new")}).status_code == 302
    own = TrainingTopic.objects.get(name="Bereavement")
    assert (own.refresh_months, own.for_teachers) == (24, True)
    change = {"act": f"change:{topic.uuid}", **topic_form(name, name="Attachment", refresh_months="")}
    assert client.post(address, change).status_code == 302
    topic.refresh_from_db()
    assert (topic.name, topic.refresh_months) == ("Attachment", None)
    assert "Bereavement" in client.get(reverse("schools:learning")).content.decode()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": " "}, "Name the topic."),
        ({"name": "attachment AND trauma"}, "Another topic is called"),
        ({"refresh_months": "500"}, "Enter between 1 and 120 months"),
    ],
)
def test_a_topic_that_cannot_be_is_refused_and_stays_as_typed(
    client: Any, lead: Any, topic: Any, changes: dict[str, str], says: str
) -> None:
    client.force_login(lead)
    before = TrainingTopic.objects.count()
    answer = client.post(reverse("schools:topics"), {"act": "add", **topic_form("new", **changes)})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert TrainingTopic.objects.count() == before


def test_a_topic_leaves_the_list_while_nobody_has_learnt_it(
    client: Any, lead: Any, member: Any, topic: Any, today: dt.date
) -> None:
    client.force_login(lead)
    other = keep_topic(topic.school, by=lead, name="Bereavement")
    keep_training(topic.school, by=lead, topic=topic, done_on=today, staff=[member])
    address = reverse("schools:topics")
    assert client.post(address, {"act": f"drop:{other.uuid}"}).status_code == 302
    refused = client.post(address, {"act": f"drop:{topic.uuid}"})
    assert "1 training is kept under it" in refused.content.decode()
    assert TrainingTopic.objects.filter(pk=topic.pk).exists()
    assert not TrainingTopic.objects.filter(pk=other.pk).exists()


def test_a_person_sees_all_of_their_own_and_nobody_elses(
    client: Any, lead: Any, iap_staff: Any, member: Any, topic: Any, today: dt.date
) -> None:
    school, other = member.school, StaffMemberFactory(school=member.school)
    for staff, skill, licence, adult in (
        (member, "Makaton", "First aid", "Ms Ali"),
        (other, "Bike repair", "Minibus", "Dr Bright"),
    ):
        keep_personal(school, by=lead, staff=staff, kind="skill", name=skill, day=None)
        keep_personal(school, by=lead, staff=staff, kind="qualification", name=licence, day=today + DAY)
        keep_personal(school, by=lead, staff=staff, kind="supervision", name=adult, day=today)
    keep_training(school, by=lead, topic=topic, done_on=today, staff=[member])
    client.force_login(iap_staff)
    shown = client.get(reverse("schools:my_learning")).content.decode()
    assert topic.name in card("h-t", shown)
    assert "refreshed by" in card("h-t", shown)
    for words in ("Makaton", "First aid", "until"):
        assert words in card("h-q", shown)
    assert "with Ms Ali · planned" in card("h-s", shown)
    assert [words for words in ("Bike repair", "Minibus", "Dr Bright") if words in shown] == []
