"""Two pupils who are kept apart share a session only where the lead means it."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from iap.audit.models import Event
from referrals.actions.waiting import keep_apart
from timetables.actions.slots import SlotsRefused

from .test_steps import forward, start
from .week import TODAY, placement_at, session_in, with_sessions


def kept_apart(one: Any, other: Any, lead: Any) -> None:
    keep_apart(one.pupil, other.pupil, by=lead, reason="A fight in the spring")


def test_two_who_are_kept_apart_share_a_session_only_where_it_is_meant(lead, school):
    session, here, coming = session_in(school), placement_at(school), placement_at(school)
    start(here, lead, places=with_sessions(school, session))
    kept_apart(coming, here, lead)
    with pytest.raises(
        SlotsRefused, match=r"apart, and .* would have both.* say “together all the same” and why"
    ) as no:
        start(coming, lead, places=with_sessions(school, session))
    assert list(no.value.slots) == [("A", session.period_id)]
    assert here.pupil.short_name in str(no.value)
    start(coming, lead, places=with_sessions(school, session), together=True)
    said = Event.objects.get(verb="step.published", pupil_id=coming.pupil_id)
    assert said.details["together"] is True


def test_one_who_has_left_the_session_by_then_is_no_reason(lead, school):
    session, leaving, coming = session_in(school), placement_at(school), placement_at(school)
    start(leaving, lead, places=with_sessions(school, session))
    kept_apart(leaving, coming, lead)
    monday = TODAY + dt.timedelta(days=14 - TODAY.weekday())
    forward(leaving, lead, monday)
    with pytest.raises(SlotsRefused, match="would have both"):
        start(coming, lead, places=with_sessions(school, session))
    start(coming, lead)
    forward(coming, lead, monday, places=with_sessions(school, session))


def test_a_full_session_with_somebody_kept_apart_says_both(lead, school):
    session, here, coming = session_in(school, places=1), placement_at(school), placement_at(school)
    start(here, lead, places=with_sessions(school, session))
    kept_apart(here, coming, lead)
    with pytest.raises(
        SlotsRefused, match="“over the places” and “together all the same” and why"
    ) as refused:
        start(coming, lead, places=with_sessions(school, session))
    assert (refused.value.full, refused.value.together) == (True, True)
    with pytest.raises(SlotsRefused, match="would have both"):
        start(coming, lead, places=with_sessions(school, session), over_places=True)


def test_the_planner_names_the_slot_and_takes_it_where_it_is_meant(client, lead, school):
    session, here, coming = session_in(school), placement_at(school), placement_at(school)
    start(here, lead, places=with_sessions(school, session))
    start(coming, lead)
    kept_apart(here, coming, lead)
    client.force_login(lead)
    address = reverse("timetables:new_step", args=[coming.pupil.uuid])
    form = client.get(address).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    data |= {
        "kind": "hold", "why": "Both asked for it.", "do": "publish",
        f"slot-A-{session.period_id}": f"session:{session.uuid}",
    }  # fmt: skip
    page = client.post(address, data)
    assert page.status_code == 422
    assert f"you keep {coming.pupil.known_as} and {here.pupil.short_name} apart" in page.content.decode()
    assert 'name="together"' in page.content.decode()
    assert client.post(address, data | {"together": "on"}).status_code == 302
