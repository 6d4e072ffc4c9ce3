"""Rows of one school are out of reach of every other, whatever the code above forgets to filter."""

import pytest
from django.apps import apps
from django.db import IntegrityError, ProgrammingError, connection, transaction

from iap.schools.models import CycleWeek, Membership, Period, Provision, StaffMember
from iap.tenancy import context
from iap.tenancy.constraints import RowsOfOwnSchool, SameSchool
from iap.tenancy.roles import is_append_only
from pupils.models import Placement, Pupil
from tests.factories import (
    HybridStepFactory,
    IapSessionFactory,
    MembershipFactory,
    PlacementFactory,
    PupilFactory,
)

OWNED = [
    model
    for model in apps.get_models()
    if model._meta.managed and any(field.name == "school" for field in model._meta.concrete_fields)
]
NAMED = [pytest.param(model, id=model.__name__) for model in OWNED]
APPEND_ONLY = [pytest.param(model, id=model.__name__) for model in apps.get_models() if is_append_only(model)]


@pytest.fixture
def full_school(school):
    """A school with rows in most of its tables, and their history."""
    step = HybridStepFactory(school=school)
    IapSessionFactory(school=school)
    MembershipFactory(school=school)
    return step.school


def _rows(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


@pytest.mark.parametrize("model", NAMED)
def test_every_model_of_a_school_asks_for_row_security(model):
    assert any(isinstance(each, RowsOfOwnSchool) for each in model._meta.constraints)


@pytest.mark.parametrize("model", NAMED)
def test_every_table_of_a_school_has_a_policy_for_reading_and_for_writing(model):
    policies = _rows(
        "SELECT qual, with_check FROM pg_policies WHERE tablename = %s AND cmd = 'ALL'",
        model._meta.db_table,
    )
    assert len(policies) == 1
    assert all("app.school_ids" in half for half in policies[0])
    assert "app.user_id" not in policies[0][1]


@pytest.mark.parametrize("model", NAMED)
def test_every_key_to_a_row_of_a_school_includes_the_school_in_the_database(model):
    keys = [each for each in model._meta.constraints if isinstance(each, SameSchool)]
    stored = _rows(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE contype = 'f' AND conrelid = %s::regclass",
        model._meta.db_table,
    )
    for key in keys:
        column = model._meta.get_field(key.field).column
        assert any(name == key.name and f"(school_id, {column}" in says for name, says in stored), key.name


def test_history_of_a_schools_rows_is_kept_apart_too():
    history = [model for model in OWNED if hasattr(model, "pgh_id")]
    assert len(history) > 10
    assert not [model for model in history if model not in OWNED]


def test_without_a_context_nothing_can_be_seen(full_school):
    def seen():
        return {model.__name__: model._base_manager.count() for model in OWNED}

    within = seen()
    assert sum(count > 0 for count in within.values()) > 15, "an empty school proves nothing"
    with context.within():
        assert {name: count for name, count in seen().items() if count} == {}


def test_another_schools_context_sees_none_of_it(full_school, other_school):
    with context.within(other_school.pk):
        for model in OWNED:
            assert not model._base_manager.filter(school=full_school).exists(), model


@pytest.mark.parametrize("model", [Pupil, Period, CycleWeek, Provision, StaffMember, Placement])
def test_without_a_context_nothing_can_be_changed_or_deleted(full_school, model):
    with context.within():
        assert model.objects.update(school=full_school) == 0
        assert model.objects.all()._raw_delete(model.objects.db) == 0
    assert model.objects.filter(school=full_school).exists()


def test_without_a_context_nothing_can_be_written(school):
    with context.within(), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        PupilFactory(school=school)


def test_a_row_cannot_be_written_into_another_school(school, other_school):
    with (
        context.within(school.pk),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        PupilFactory(school=other_school)


def test_a_row_cannot_be_moved_into_another_school(school, other_school):
    pupil = PupilFactory(school=school)
    with (
        context.within(school.pk),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        Pupil.objects.filter(pk=pupil.pk).update(school=other_school)


def test_a_row_cannot_point_at_a_row_of_another_school(school, other_school):
    """Even for somebody with both schools in view, as a trust leader has."""
    theirs = PupilFactory(school=other_school)
    with pytest.raises(IntegrityError, match="same_school"), transaction.atomic():
        PlacementFactory(school=school, pupil=theirs)


def test_a_row_cannot_be_turned_to_a_row_of_another_school(school, other_school):
    placement, theirs = PlacementFactory(school=school), PupilFactory(school=other_school)
    with pytest.raises(IntegrityError, match="same_school"), transaction.atomic():
        Placement.objects.filter(pk=placement.pk).update(pupil=theirs)


def test_somebody_sees_their_own_roles_to_sign_in_and_nobody_elses(school):
    me, somebody = (MembershipFactory(school=school).user for _ in range(2))
    with context.within(user_id=me.pk):
        assert [membership.user for membership in Membership.objects.all()] == [me]
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Membership.objects.create(school=school, user=me, role="lead")
    assert Membership.objects.filter(user=somebody).exists()


@pytest.mark.parametrize("model", APPEND_ONLY)
def test_the_product_cannot_rewrite_what_was_kept(model):
    table = model._meta.db_table
    may = _rows(
        "SELECT has_table_privilege(%s, 'INSERT'), has_table_privilege(%s, 'UPDATE'),"
        " has_table_privilege(%s, 'DELETE'), has_table_privilege(%s, 'TRUNCATE')",
        *[table] * 4,
    )
    assert may == [(True, False, False, False)]


@pytest.mark.parametrize("statement", ["UPDATE {} SET school_id = 1", "DELETE FROM {}", "TRUNCATE {}"])
@pytest.mark.parametrize("table", ["audit_read", "audit_event", "pupils_pupilevent"])
def test_rewriting_what_was_kept_is_refused(full_school, table, statement):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        _rows(statement.format(table))


def test_a_change_made_past_the_models_is_kept_in_the_history(school):
    pupil = PupilFactory(school=school, given_name="Before")
    _rows("UPDATE pupils_pupil SET given_name = 'After' WHERE id = %s RETURNING id", pupil.pk)
    history = _rows(
        "SELECT given_name FROM pupils_pupilevent WHERE pgh_obj_id = %s ORDER BY pgh_id", pupil.pk
    )
    assert [name for (name,) in history] == ["Before", "After"]
