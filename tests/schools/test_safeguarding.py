"""Who is spoken to about a worry: set by the school, and seen by everybody after one tap."""

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from iap.audit.models import Event
from iap.schools.models import Provision, Role, SafeguardingPerson
from pupils.actions.handoffs import keep_hand_off
from tests.factories import MembershipFactory, PlacementFactory

DEPUTY = {"name": "Ms Ahmed", "phone": "", "room": "Office\xa04", "is_deputy": "on"}
LEAD = {"name": "Mr Siddiq", "phone": "07700 900111", "room": "Office 2", "is_deputy": ""}


def rows(*people: dict[str, Any], kept: int = 0, chased: str = "15:15") -> dict[str, Any]:
    """What the page sends; the first `kept` rows stood there before."""
    fields = {f"row-{n}-{name}": value for n, row in enumerate(people) for name, value in row.items()}
    counts = {"row-TOTAL_FORMS": len(people), "row-INITIAL_FORMS": kept}
    return fields | counts | {"hand_offs_chased_at": chased}


def saved(client: Any, data: dict[str, Any], status: int = 302) -> str:
    answer = client.post(reverse("schools:safeguarding"), data)
    assert answer.status_code == status
    return str(answer.content.decode())


def spoken_to(client: Any) -> str:
    """The page one tap away, in words."""
    shown = client.get(reverse("pupils:safeguarding")).content.decode().partition("<main")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", shown).split())


@pytest.mark.parametrize("role", [Role.DSL, Role.LEAD, Role.DATA])
def test_whoever_sets_it_is_read_by_everybody_at_once_the_lead_before_deputies(
    client: Any, school: Any, teacher: Any, role: Role
) -> None:
    setter = MembershipFactory(school=school, role=role).user
    client.force_login(setter)
    saved(client, rows(DEPUTY, LEAD))
    assert Provision.objects.get(school=school).hand_offs_chased_at == dt.time(15, 15)
    assert Event.objects.get(verb="safeguarding.changed").by == setter
    client.force_login(teacher)
    shown = spoken_to(client)
    assert "Mr Siddiq Designated safeguarding lead · Office 2 07700 900111" in shown
    assert "Ms Ahmed Deputy · Office 4" in shown
    assert shown.index("Mr Siddiq") < shown.index("Ms Ahmed")


def test_who_is_changed_stays_the_same_person_and_who_is_left_out_keeps_what_was_handed_to_them(
    client: Any, school: Any, dsl: Any, iap_staff: Any
) -> None:
    client.force_login(dsl)
    saved(client, rows(LEAD, DEPUTY))
    lead, deputy = SafeguardingPerson.objects.all()
    pupil = PlacementFactory(school=school).pupil
    keep_hand_off(pupil, by=iap_staff, entry=uuid.uuid4(), to=deputy, told_at=timezone.now(), reference="")
    stood = ({**LEAD, "id": lead.pk, "phone": "07700 900222"}, {**DEPUTY, "id": deputy.pk, "DELETE": "on"})
    saved(client, rows(*stood, kept=2))
    assert SafeguardingPerson.objects.current().get() == lead
    shown = spoken_to(client)
    assert "07700 900222" in shown
    assert "Ms Ahmed" not in shown
    assert "spoke to Ms Ahmed" in client.get(reverse("pupils:hand_offs")).content.decode()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (rows({**LEAD, "phone": "", "room": ""}), "Enter a telephone number, or a room."),
        (rows({**LEAD, "name": " "}), "Enter a name, such as Mr Siddiq."),
        (rows(LEAD, chased="after lunch"), "Enter a time, such as 14:30."),
    ],
)
def test_what_cannot_be_is_said_and_stays_as_typed(
    client: Any, dsl: Any, data: dict[str, Any], says: str
) -> None:
    client.force_login(dsl)
    shown = saved(client, data, status=422)
    assert says in shown
    assert f'value="{data["row-0-room"] or data["row-0-name"]}"' in shown
    assert f'value="{data["hand_offs_chased_at"]}"' in shown
    assert not SafeguardingPerson.objects.exists()


def test_until_it_is_set_those_who_hold_the_role_are_named_and_else_the_headteacher(
    client: Any, school: Any, iap_staff: Any
) -> None:
    client.force_login(iap_staff)
    assert "Nobody is named here yet. Speak to the headteacher now" in spoken_to(client)
    held = MembershipFactory(school=school, role=Role.DSL).user
    assert f"{held} Designated safeguarding lead. Room and telephone are not set yet" in spoken_to(client)
    pupil = PlacementFactory(school=school).pupil
    page = client.get(reverse("pupils:speak", args=[pupil.uuid])).content.decode()
    assert "As soon as names are entered under Settings, it can be kept here." in page
    assert "Keep that I have spoken to them" not in page
