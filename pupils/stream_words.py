"""What a stream says of its records, worded by the database: expressions for `as_rows`."""

from typing import Any

from django.db.models import Case, F, Func, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, NullIf


def of(model: Any, pupil: Any) -> QuerySet[Any]:
    """All that the model keeps about the pupil."""
    found: QuerySet[Any] = model.objects.filter(school=pupil.school_id, pupil=pupil)
    return found


def labelled(field: str, choices: Any) -> Case:
    """A choice in its own words."""
    whens = (When(**{field: value}, then=Value(str(label))) for value, label in choices)
    return Case(*whens, default=Value(""), output_field=TextField())


def joined(*parts: Any, by: str = " · ") -> Func:
    """The parts that say something, with a dot between them. A string is a field's name."""
    said = (NullIf(Cast(part, TextField()), Value("")) for part in parts)
    return Func(Value(by), *said, function="concat_ws", output_field=TextField())


def listed(field: str) -> Func:
    """An array's words with commas."""
    return Func(F(field), Value(", "), function="array_to_string", output_field=TextField())


def chosen(field: str, choices: Any) -> Func:
    """The choices that an array holds, in their own words with commas."""
    return joined(
        *(
            Case(When(**{f"{field}__contains": [value]}, then=Value(str(label))), output_field=TextField())
            for value, label in choices
        ),
        by=", ",
    )


def words(*parts: Any) -> Func:
    """The parts one after another."""
    return Func(*(Cast(part, TextField()) for part in parts), function="concat", output_field=TextField())
