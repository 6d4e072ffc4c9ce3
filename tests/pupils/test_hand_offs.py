"""Speak to the DSL: one tap shows who; afterwards that it was told, confirmed, and chased the same day. No content."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.urls import reverse

from iap.errors import Conflict, Refused
from iap.inbox import duties
from iap.inbox.models import Message
from iap.schools.models import Role, SafeguardingPerson
from pupils.actions.handoffs import chase_hand_offs, confirm_hand_off, keep_hand_off, mark_hand_off_in_error
from pupils.models import HandOff
from tests.factories import MembershipFactory

MOMENT = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)  # a Tuesday


@pytest.fixture(autouse=True)
def school_day(time_machine: Any) -> None:
    time_machine.move_to(MOMENT, tick=False)


@pytest.fixture
def person(school: Any) -> SafeguardingPerson:
    return SafeguardingPerson.objects.create(
        school=school, name="Mr Siddiq", room="Office 2", phone="07700 900111"
    )


@pytest.fixture
def handed(pupil: Any, iap_staff: Any, dsl: Any, person: Any) -> HandOff:
    return keep(pupil, iap_staff, person)


def keep(pupil: Any, by: Any, person: Any, **more: Any) -> HandOff:
    given = {"entry": uuid.uuid4(), "to": person, "told_at": MOMENT, "reference": "2026-0412", **more}
    return keep_hand_off(pupil, by=by, **given)


def at(hour: int, minute: int = 0, days: int = 0) -> dt.datetime:
    return MOMENT.replace(hour=hour, minute=minute) + dt.timedelta(days=days)


def typed(client: Any, pupil: Any, **changes: Any) -> dict[str, Any]:
    form = client.get(reverse("pupils:speak", args=[pupil.uuid])).context["form"]
    return {"entry": form["entry"].value(), "day": "2026-11-24", "time": "09:15", "reference": "", **changes}


def test_one_tap_shows_who_and_how_and_sends_nothing(
    client: Any, iap_staff: Any, dsl: Any, pupil: Any, person: Any
) -> None:
    client.force_login(iap_staff)
    for address in (reverse("pupils:safeguarding"), reverse("pupils:speak", args=[pupil.uuid])):
        shown = client.get(address).content.decode()
        assert "Mr Siddiq" in shown
        assert "Office 2" in shown
        assert 'href="tel:07700900111"' in shown
    assert not Message.objects.exists()
    assert not HandOff.objects.exists()


def test_the_way_there_is_one_tap_from_the_pupils_page_and_wherever_one_writes(
    client: Any, lead: Any, pupil: Any
) -> None:
    client.force_login(lead)
    for name in (
        "pupils:detail",
        "pupils:note",
        "pupils:needs",
        "pupils:passport_write",
        "timetables:write_risks",
    ):
        shown = client.get(reverse(name, args=[pupil.uuid])).content.decode()
        assert reverse("pupils:speak", args=[pupil.uuid]) in shown


def test_there_is_no_room_for_words_in_a_hand_off() -> None:
    """No text of it is longer than a reference, but for why it was struck through, which is a choice."""
    texts = [f for f in HandOff._meta.concrete_fields if isinstance(f, models.CharField | models.TextField)]
    assert {f.name: f.max_length for f in texts} == {"reference": 24, "in_error_why": 200}


@pytest.mark.parametrize("words", ["she said that", "a story; with signs", "x" * 25])
def test_a_reference_is_no_story(client: Any, iap_staff: Any, pupil: Any, person: Any, words: str) -> None:
    client.force_login(iap_staff)
    answer = client.post(
        reverse("pupils:speak", args=[pupil.uuid]), typed(client, pupil, to=person.uuid, reference=words)
    )
    assert answer.status_code == 422
    assert "Enter the reference alone" in answer.content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        HandOff.objects.create(
            school=pupil.school, pupil=pupil, day=MOMENT, by=iap_staff, told_at=MOMENT, to=person,
            reference=words[:24].replace("x" * 24, "a b"),
        )  # fmt: skip


def test_it_is_kept_once_and_the_dsl_is_told(
    client: Any, iap_staff: Any, dsl: Any, pupil: Any, person: Any
) -> None:
    client.force_login(iap_staff)
    data = typed(client, pupil, to=person.uuid, reference="2026-0412")
    for _ in range(2):
        assert client.post(reverse("pupils:speak", args=[pupil.uuid]), data).status_code == 302
    kept = HandOff.objects.get()
    assert (kept.to, kept.by, kept.reference, kept.day) == (person, iap_staff, "2026-0412", MOMENT.date())
    message = Message.objects.get()
    assert message.to == dsl
    assert pupil.family_name not in message.text
    other = client.post(reverse("pupils:speak", args=[pupil.uuid]), {**data, "reference": "9"})
    assert other.status_code == 422


def test_other_content_under_one_key_is_a_conflict(pupil: Any, iap_staff: Any, person: Any) -> None:
    entry = uuid.uuid4()
    keep(pupil, iap_staff, person, entry=entry)
    with pytest.raises(Conflict):
        keep(pupil, iap_staff, person, entry=entry, reference="other")


def test_times_that_cannot_be_are_refused(pupil: Any, iap_staff: Any, person: Any) -> None:
    with pytest.raises(Refused, match="not come yet"):
        keep(pupil, iap_staff, person, told_at=MOMENT + dt.timedelta(hours=1))
    with pytest.raises(Refused, match="more than a month"):
        keep(pupil, iap_staff, person, told_at=MOMENT - dt.timedelta(days=40))


def test_the_dsl_confirms_it_once(client: Any, dsl: Any, handed: HandOff) -> None:
    client.force_login(dsl)
    assert "To confirm" in client.get(reverse("pupils:hand_offs")).content.decode()
    for _ in range(2):
        client.post(reverse("pupils:confirm_hand_off", args=[handed.uuid]))
    handed.refresh_from_db()
    assert handed.confirmed_by == dsl
    assert "Nothing to confirm" in client.get(reverse("pupils:hand_offs")).content.decode()


SECRETS = {"2026-0412", "Mr Siddiq"}


@pytest.mark.parametrize(
    ("role", "fact", "row"),
    [
        (Role.DSL, False, True),
        (Role.LEAD, True, False),
        (Role.STAFF, False, False),
        (Role.LEADER, False, False),
        (Role.SENCO, False, False),
    ],
)
def test_who_reads_what_of_it(
    client: Any, school: Any, pupil: Any, handed: HandOff, role: Role, fact: bool, row: bool
) -> None:
    """The DSL the row, the lead that somebody was told, everybody else nothing: on the timeline and on the page."""
    client.force_login(MembershipFactory(school=school, role=role).user)
    lines = client.get(reverse("pupils:timeline", args=[pupil.uuid])).content.decode()
    assert ("Told to the safeguarding lead" in lines) == fact
    assert all((secret in lines) == row for secret in SECRETS)
    assert (str(handed.by) in lines) == row
    page = client.get(reverse("pupils:detail", args=[pupil.uuid])).content.decode()
    assert not any(secret in page for secret in SECRETS)
    speak = client.get(reverse("pupils:speak", args=[pupil.uuid])).content.decode()
    assert "2026-0412" not in speak, "only its writer finds it there"


def test_its_writer_reads_it_where_it_was_written(
    client: Any, iap_staff: Any, pupil: Any, handed: HandOff
) -> None:
    client.force_login(iap_staff)
    assert "2026-0412" in client.get(reverse("pupils:speak", args=[pupil.uuid])).content.decode()


def test_it_is_struck_through_by_a_choice_alone(
    client: Any, iap_staff: Any, dsl: Any, lead: Any, pupil: Any, handed: HandOff
) -> None:
    with pytest.raises(Refused, match="Choose why"):
        mark_hand_off_in_error(handed, by=iap_staff, why="because she said that")
    client.force_login(lead)
    strike = reverse("pupils:strike", args=[pupil.uuid, "hand-off", handed.uuid])
    assert client.post(strike, {"why": "Entered twice"}).status_code == 404
    client.force_login(iap_staff)
    client.post(reverse("pupils:hand_off_in_error", args=[handed.uuid]), {"why": "Entered twice"})
    handed.refresh_from_db()
    assert (handed.in_error_why, handed.in_error_by) == ("Entered twice", iap_staff)
    with pytest.raises(Refused, match="nothing to confirm"):
        confirm_hand_off(handed, by=dsl)


def test_the_dsl_strikes_it_through_on_the_timeline(
    client: Any, dsl: Any, pupil: Any, handed: HandOff
) -> None:
    client.force_login(dsl)
    strike = reverse("pupils:strike", args=[pupil.uuid, "hand-off", handed.uuid])
    asked = client.get(strike).content.decode()
    assert all(why in asked for why in ("About another pupil", "To somebody else", "Entered twice"))
    assert client.post(strike, {"why": "free words"}).status_code == 422
    assert client.post(strike, {"why": "About another pupil"}).status_code == 302


def test_what_is_not_confirmed_is_chased_the_same_day_at_the_set_time(
    school: Any, dsl: Any, handed: HandOff
) -> None:
    """The set time is 14:30. Each hand-off is told of once a day, and no more once it is confirmed."""
    Message.objects.all().delete()
    assert chase_hand_offs(school, now=at(14, 15)) == 0
    deputy = MembershipFactory(school=school, role=Role.DSL).user
    for _ in range(2):
        assert chase_hand_offs(school, now=at(14, 30)) == 1
    assert set(Message.objects.values_list("to", flat=True)) == {dsl.pk, deputy.pk}
    assert Message.objects.count() == 2
    chase_hand_offs(school, now=at(15, 0, days=1))
    assert Message.objects.count() == 4
    confirm_hand_off(handed, by=dsl)
    assert chase_hand_offs(school, now=at(15, 0, days=2)) == 0


def test_one_kept_after_the_set_time_is_chased_half_an_hour_later(
    school: Any, iap_staff: Any, dsl: Any, pupil: Any, person: Any, time_machine: Any
) -> None:
    time_machine.move_to(at(15, 0), tick=False)
    keep(pupil, iap_staff, person)
    assert chase_hand_offs(school, now=at(15, 15)) == 0
    assert chase_hand_offs(school, now=at(15, 30)) == 1


@pytest.mark.parametrize("set_time", [dt.time(0), dt.time(14, 30), dt.time(19, 50), dt.time(23, 59)])
@pytest.mark.parametrize(
    "written", [(0, 5), (5, 0), (14, 20), (19, 16), (19, 50), (23, 20), (23, 44)], ids=str
)
def test_whatever_hour_it_is_kept_and_whatever_time_is_set_the_clock_chases_it_that_day(
    school: Any, iap_staff: Any, dsl: Any, pupil: Any, person: Any, time_machine: Any, set_time: dt.time,
    written: tuple[int, int],
) -> None:  # fmt: skip
    school.provision.hand_offs_chased_at = set_time
    kept_at, days = at(*written, days=4), 4  # a Saturday, on which only that day's own are chased
    time_machine.move_to(kept_at, tick=False)
    keep(pupil, iap_staff, person, told_at=kept_at)
    rounds = [at(hour, minute, days=days) for hour, minute in rounds_of_a_day()]
    assert any(chase_hand_offs(school, now=now) for now in rounds if now >= kept_at)
    assert Message.objects.filter(key__contains=str(kept_at.date())).count() == 1


def rounds_of_a_day() -> list[tuple[int, int]]:
    """When the clock looks for what is not confirmed."""
    clock = settings.CELERY_BEAT_SCHEDULE["hand-offs-through-the-day"]["schedule"]
    return [(hour, minute) for hour in sorted(clock.hour) for minute in sorted(clock.minute)]


def test_what_is_kept_after_the_last_round_is_chased_the_next_day_though_the_school_is_closed(
    school: Any, iap_staff: Any, dsl: Any, pupil: Any, person: Any, time_machine: Any
) -> None:
    assert rounds_of_a_day()[-1] == (23, 45)
    late = at(23, 50, days=3)  # a Friday
    time_machine.move_to(late, tick=False)
    keep(pupil, iap_staff, person, told_at=late)
    assert chase_hand_offs(school, now=at(14, 30, days=4)) == 1


def test_on_closed_days_only_that_days_own_are_chased(school: Any, dsl: Any, handed: HandOff) -> None:
    assert chase_hand_offs(school, now=at(15, 0, days=4)) == 0  # Saturday
    assert chase_hand_offs(school, now=at(15, 0, days=6)) == 1  # Monday


def test_it_is_a_duty_of_the_dsl_until_it_is_confirmed(school: Any, dsl: Any, handed: HandOff) -> None:
    duty = next(each for each in duties.of([Role.DSL]) if each.name == "hand-off")
    assert [due.pupil for due in duty.find(school, MOMENT.date())] == [handed.pupil]
    assert not [each for each in duties.of([Role.LEAD, Role.STAFF, Role.LEADER]) if each.name == "hand-off"]
    confirm_hand_off(handed, by=dsl)
    assert duty.find(school, MOMENT.date()) == []


def test_the_lead_sets_who_is_spoken_to(
    client: Any, lead: Any, school: Any, handed: HandOff, person: Any
) -> None:
    client.force_login(lead)
    rows = {"row-TOTAL_FORMS": "1", "row-INITIAL_FORMS": "0", "hand_offs_chased_at": "13:00"}
    bad = client.post(reverse("schools:safeguarding"), {**rows, "row-0-name": "Ms Bell"})
    assert "Enter a telephone number" in bad.content.decode()
    new = {**rows, "row-0-name": "Ms Bell", "row-0-room": "Office 1"}
    assert client.post(reverse("schools:safeguarding"), new).status_code == 302
    assert [each.name for each in SafeguardingPerson.objects.current()] == ["Ms Bell"]
    school.provision.refresh_from_db()
    assert school.provision.hand_offs_chased_at == dt.time(13)
    handed.refresh_from_db()
    assert handed.to == person, "what was handed to somebody before stays"
