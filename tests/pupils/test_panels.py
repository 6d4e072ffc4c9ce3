"""The parts of a pupil's page: who sees which, and in which order."""

import datetime as dt

import pytest
from django.test import RequestFactory

from iap.schools.models import Role
from pupils import panels
from pupils.access import READERS, SENSITIVE
from pupils.models import Incident, Suspension
from pupils.panels import Area, Column, Panel
from tests.factories import PupilFactory

DAY = dt.date(2026, 11, 23)
PLAIN = "ui/_brand.html"


@pytest.fixture
def _empty(monkeypatch):
    monkeypatch.setattr(panels, "_panels", {})
    monkeypatch.setattr(panels, "_columns", {})


def asked_by(*roles, **query):
    request = RequestFactory().get("/", query)
    request.roles = {role.value for role in roles}
    return request


def part(name, roles, build=lambda *_: {}, **more):
    return Panel(name, roles, build, PLAIN, **more)


def never(*_):
    raise AssertionError("A part was built for somebody who may not see it.")


def drawn(request, pupil, day):
    request.school = pupil.school
    return {each.name: str(each.html) for area in panels.draw(request, pupil, day).values() for each in area}


@pytest.mark.usefixtures("_empty")
@pytest.mark.parametrize("role", [role for role in Role if role != Role.DSL])
def test_a_part_is_never_built_for_other_roles(role):
    panels.register(part("secret", {Role.DSL}, never))
    panels.register(part("open", set(Role)))
    shown = panels.draw(asked_by(role), None, DAY)
    assert [each.name for each in shown["main"]] == ["open"]


@pytest.mark.usefixtures("_empty")
def test_somebody_without_a_role_sees_nothing():
    panels.register(part("open", set(Role), never))
    assert not any(panels.draw(asked_by(), None, DAY).values())


@pytest.mark.usefixtures("_empty")
def test_parts_come_by_area_then_order_then_name():
    for name, order in (("b", 20), ("c", 10), ("a", 20)):
        panels.register(part(name, {Role.LEAD}, order=order))
    panels.register(part("fact", {Role.LEAD}, area=Area.FACTS))
    shown = panels.draw(asked_by(Role.LEAD), None, DAY)
    assert [each.name for each in shown["main"]] == ["c", "a", "b"]
    assert [each.name for each in shown["facts"]] == ["fact"]
    assert list(shown) == [area.value for area in Area]


@pytest.mark.usefixtures("_empty")
def test_a_part_with_nothing_to_say_is_left_out():
    panels.register(part("silent", {Role.LEAD}, lambda *_: None))
    assert panels.draw(asked_by(Role.LEAD), None, DAY)["main"] == []


@pytest.mark.usefixtures("_empty")
def test_two_parts_or_columns_cannot_share_a_name():
    panels.register(part("one", {Role.LEAD}))
    with pytest.raises(ValueError, match="'one'"):
        panels.register(part("one", {Role.LEAD}))
    panels.register_column(Column("one", "One", {Role.LEAD}, never))
    with pytest.raises(ValueError, match="'one'"):
        panels.register_column(Column("one", "One", {Role.LEAD}, never))


@pytest.mark.usefixtures("_empty")
def test_a_part_lies_in_a_known_area():
    with pytest.raises(ValueError, match="attic"):
        panels.register(part("lost", {Role.LEAD}, area="attic"))


@pytest.mark.usefixtures("_empty")
def test_columns_are_offered_by_role_and_in_order():
    panels.register_column(Column("late", "Late", {Role.LEAD}, never, order=20))
    panels.register_column(Column("first", "First", set(Role), never, order=10))
    assert [column.name for column in panels.columns_for({"lead"})] == ["first", "late"]
    assert [column.name for column in panels.columns_for({"staff"})] == ["first"]


@pytest.mark.parametrize("role", READERS)
def test_suspensions_incidents_and_care_are_drawn_only_for_those_who_answer_for_them(role, pupil, today):
    Suspension.objects.create(school=pupil.school, pupil=pupil, starts_on=today, sessions=3, reasons=["PP"])
    Incident.objects.create(school=pupil.school, pupil=pupil, day=today, kind="Late to lesson")
    pupil.in_care = True
    parts = drawn(asked_by(role), pupil, today)
    shown = role in SENSITIVE
    assert ("conduct" in parts) == ("care" in parts) == shown
    assert ("Late to lesson" in "".join(parts.values())) == shown
    assert ("3 half-days" in "".join(parts.values())) == shown


def test_nobody_but_readers_is_offered_any_part():
    outside = {Role.TEACHER, Role.TRUST, Role.DATA}
    assert panels.shown_to(outside) == []


def test_what_helps_comes_first_and_what_was_difficult_last(pupil, today):
    request = asked_by(Role.LEAD)
    request.school = pupil.school
    parts = panels.draw(request, pupil, today)
    assert parts["look"][0].name == "helps"
    assert parts["side"][-1].name == "conduct"


def test_the_main_need_is_in_words_and_no_need_is_not_called_one(pupil, today):
    from iap.schools import codes

    codes.seed(pupil.school)
    pupil.sen_stage, pupil.sen_type = "K", "SLCN"
    shown = drawn(asked_by(Role.STAFF), pupil, today)["support"]
    assert "SEN support" in shown
    assert "Speech, language and communication needs" in shown
    pupil.sen_stage, pupil.sen_type = "N", ""
    assert "name no support needs" in drawn(asked_by(Role.STAFF), pupil, today)["support"]


def test_a_pupil_without_a_place_has_no_key_adult_and_no_week_count(school, today):
    parts = drawn(asked_by(Role.STAFF), PupilFactory(school=school), today)
    assert not {"since", "key-adult", "helps", "next-review"} & set(parts)
    assert "No place yet" in parts["place"]
