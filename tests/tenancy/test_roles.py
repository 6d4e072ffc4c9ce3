"""The first test of all: with a role that can bypass row security every other one would pass for nothing."""

from django.db import connection

from iap.tenancy.roles import privileges


def test_the_product_runs_as_a_role_that_row_security_binds():
    assert privileges() == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False)


def test_every_table_of_a_school_has_forced_row_security():
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT c.relname FROM pg_class c
               JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'school_id' AND NOT a.attisdropped
               WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
               AND NOT (c.relrowsecurity AND c.relforcerowsecurity)"""
        )
        assert cursor.fetchall() == []


def test_every_key_between_rows_of_schools_includes_the_school():
    """A plain foreign key is not bound by row security: across two schools it would be kept."""
    from django.apps import apps

    from iap.tenancy.constraints import SameSchool

    loose = []
    for model in apps.get_models():
        if not hasattr(model, "school") or hasattr(model, "pgh_obj") or not model._meta.managed:
            continue
        tied = {c.field for c in model._meta.constraints if isinstance(c, SameSchool)}
        for field in model._meta.concrete_fields:
            target = field.related_model
            if target and hasattr(target, "school") and field.name not in tied:
                loose.append(f"{model.__name__}.{field.name}")
    assert loose == []
