"""Constraints that keep schools apart in the database itself.

They live in `Meta.constraints`, so migrations create them and `makemigrations --check` keeps them in step.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

MINE = "= ANY (string_to_array(NULLIF(current_setting('app.school_ids', true), ''), ',')::bigint[])"
ME = "= NULLIF(current_setting('app.user_id', true), '')::bigint"


class RowsOfOwnSchool(models.BaseConstraint):
    """Row security, enabled and forced: only rows of the schools in context can be seen or written.

    `own` names a column of a user whose rows are visible to that user as well: sign-in has to find
    somebody's schools before it can know them.
    """

    def __init__(self, *, name: str, own: str = "") -> None:
        super().__init__(name=name)
        self.own = own

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        quote = schema_editor.quote_name
        table, school = quote(model._meta.db_table), quote(model._meta.get_field("school").column)
        seen = f"{school} {MINE}"
        if self.own:
            seen += f" OR {quote(model._meta.get_field(self.own).column)} {ME}"
        return (
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY; "
            f"CREATE POLICY {quote(self.name)} ON {table} USING ({seen}) WITH CHECK ({school} {MINE})"
        )

    def constraint_sql(self, model: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:  # type: ignore[override]
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))  # type: ignore[arg-type]

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        quote = schema_editor.quote_name
        table = quote(model._meta.db_table)
        return (
            f"DROP POLICY {quote(self.name)} ON {table}; "
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"
        )

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Nothing to say about one object: the context decides."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RowsOfOwnSchool) and (self.name, self.own) == (other.name, other.own)

    __hash__ = models.BaseConstraint.__hash__

    def deconstruct(self) -> Any:
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, **({"own": self.own} if self.own else {})}


class SameSchool(models.BaseConstraint):
    """A foreign key that includes the school, so that a row only points at rows of its own school.

    Row security does not check foreign keys. The ForeignKey has `db_constraint=False`; this is its key.
    `also` names further columns that must agree with the row pointed at (a session's slot, say); that model
    then needs a unique key over (school, id, *also).
    """

    def __init__(self, field: str, *, also: tuple[str, ...] = (), name: str = "") -> None:
        super().__init__(
            name=name or f"%(class)s_{field}_same_school",
            violation_error_message="Choose one that belongs to this school.",
        )
        self.field, self.also = field, tuple(also)

    def _key(self, model: Any, schema_editor: Any) -> str:
        quote, options = schema_editor.quote_name, model._meta
        field = options.get_field(self.field)
        target = field.remote_field.model._meta
        here = ["school", self.field, *self.also]
        there = ["school", target.pk.name, *self.also]
        return (
            f"CONSTRAINT {quote(self.name)} FOREIGN KEY "
            f"({', '.join(quote(options.get_field(name).column) for name in here)}) REFERENCES "
            f"{quote(target.db_table)} ({', '.join(quote(target.get_field(name).column) for name in there)})"
        )

    def constraint_sql(self, model: Any, schema_editor: Any) -> str:
        return self._key(model, schema_editor)

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        table = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} ADD {self._key(model, schema_editor)}"

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        quote = schema_editor.quote_name
        return f"ALTER TABLE {quote(model._meta.db_table)} DROP CONSTRAINT {quote(self.name)}"

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: str = "default") -> None:
        if exclude and self.field in exclude:
            return
        other = getattr(instance, self.field, None)
        if other is not None and any(
            getattr(other, model._meta.get_field(name).attname)
            != getattr(instance, model._meta.get_field(name).attname)
            for name in ("school", *self.also)
        ):
            raise ValidationError({self.field: self.get_violation_error_message()})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SameSchool) and (self.name, self.field, self.also) == (
            other.name,
            other.field,
            other.also,
        )

    __hash__ = models.BaseConstraint.__hash__

    def deconstruct(self) -> Any:
        path, _, kwargs = super().deconstruct()
        kwargs = {"name": self.name, **({"also": self.also} if self.also else {})}
        return path, (self.field,), kwargs
