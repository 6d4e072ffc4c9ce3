"""Changes to a school's code sets."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Max

from iap.audit.models import record
from iap.errors import Refused
from iap.schools import code_uses
from iap.schools.codes import standard
from iap.schools.models import Code, CodeSet, School

from .settings import lock, provision_of


@transaction.atomic
def add_code(
    school: School,
    *,
    by: Any,
    code_set: str,
    code: str,
    label: str,
    category: str,
    valid_from: dt.date,
    valid_to: dt.date | None,
) -> Code:
    """Add a code to a set. The same one may come again after it has ended, counting as what it always did."""
    lock(school)
    earlier = Code.objects.at([school]).of_set(code_set).filter(code=code).first()
    if earlier is not None and earlier.category != category:
        raise Refused(f"{code} counted as something else before. Choose another code, or the same meaning.")
    _refuse_overlap(school, code_set, code, valid_from, valid_to)
    last = Code.objects.at([school]).of_set(code_set).aggregate(last=Max("position"))["last"]
    made = Code.objects.create(
        school=school,
        set=code_set,
        code=code,
        label=label,
        category=category,
        valid_from=valid_from,
        valid_to=valid_to,
        position=min((last or 0) + 1, 32767),
    )
    record("code.added", made, by=by, set=code_set, code=code)
    return made


@transaction.atomic
def change_code(code: Code, *, by: Any, label: str, valid_from: dt.date, valid_to: dt.date | None) -> Code:
    """Change what a code is called and the days on which it holds; giving it an end is how it is ended."""
    lock(code.school)
    code = Code.objects.at([code.school]).get(pk=code.pk)
    _refuse_overlap(code.school, code.set, code.code, valid_from, valid_to, except_for=code)
    before = {"label": code.label, "valid_from": code.valid_from, "valid_to": code.valid_to}
    after = {"label": label, "valid_from": valid_from, "valid_to": valid_to}
    if before == after:
        return code
    code.label, code.valid_from, code.valid_to = label, valid_from, valid_to
    code.save(update_fields=list(after))
    record(
        "code.changed", code, by=by, set=code.set, code=code.code, before=_said(before), after=_said(after)
    )
    return code


@transaction.atomic
def remove_code(code: Code, *, by: Any) -> None:
    """Take out a code that the school added and nothing holds. Others are ended, never removed."""
    lock(code.school)
    code = Code.objects.at([code.school]).get(pk=code.pk)
    if why := why_it_stays(code):
        raise Refused(why)
    record("code.removed", provision_of(code.school), by=by, set=code.set, code=code.code, label=code.label)
    code.delete()


def why_it_stays(code: Code) -> str:
    """What stands against removing a code, in words; empty where nothing does."""
    if (code.set, code.code) in standard():
        return "Every school has this code. Give it a last day if yours no longer uses it."
    if code_uses.in_use(code):
        return "Records hold this code. Give it a last day, and it stays readable there."
    return ""


def _refuse_overlap(
    school: School,
    code_set: str,
    code: str,
    valid_from: dt.date,
    valid_to: dt.date | None,
    except_for: Code | None = None,
) -> None:
    """The constraint's rule, asked first so that the answer is a sentence."""
    same = Code.objects.at([school]).of_set(code_set).filter(code=code).standing_from(valid_from)
    if valid_to is not None:
        same = same.filter(valid_from__lt=valid_to)
    if same.exclude(pk=except_for.pk if except_for else None).exists():
        raise Refused(
            f"{code} already has a meaning in the set “{CodeSet(code_set).label}” on some of those days."
        )


def _said(values: dict[str, Any]) -> dict[str, str]:
    return {name: str(value or "") for name, value in values.items()}
