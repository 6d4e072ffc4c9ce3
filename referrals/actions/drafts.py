"""A referral is begun, written section by section on any device, sent, and taken back."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Conflict, Refused
from iap.schools.models import School
from pupils.models import Pupil
from referrals.models import GoodLesson, Referral, Strategy, TeacherView
from referrals.states import State
from referrals.teaching import teachers_of_pupil
from referrals.telling import ask_teacher, tell_deciders, tell_referrer

from .moves import locked, move

WRITABLE = (State.DRAFT, State.MORE_INFORMATION)
# What must not be empty: how it is asked for, and in which section of the form.
ASKED = {
    "happening": ("Say what is happening.", "happening"),
    "goes_well": ("Say what goes well, even if it is small.", "happening"),
    "reasons": ("Choose at least one reason.", "worries"),
    "pupil_words": ("Write down the pupil’s own words.", "views"),
    "family_agrees": ("Say whether the parent or carer agrees.", "views"),
    "outcomes": ("Say what you hope for.", "views"),
}


@transaction.atomic
def start(pupil: Pupil, *, by: Any) -> Referral:
    """Begin a draft. Raises Refused for a pupil who has left, or who has an open referral."""
    pupil = Pupil.objects.select_for_update(no_key=True).get(school=pupil.school_id, pk=pupil.pk)
    if not pupil.is_on_roll(timezone.localdate()):
        raise Refused(f"{pupil.full_name} is no longer on roll here.")
    held = Referral.objects.filter(school=pupil.school_id, pupil=pupil).open().first()
    if held is not None:
        raise Refused(
            "You have begun a referral for this pupil; it is among yours below."
            if held.referrer_id == by.pk
            else f"{pupil.known_as} already has an open referral. Tell the lead what you would add."
        )
    now = timezone.now()
    try:
        with transaction.atomic():
            referral = Referral.objects.create(
                school_id=pupil.school_id, pupil=pupil, referrer=by, state_at=now, begun_at=now, saved_at=now
            )
    except IntegrityError as error:
        raise Refused(f"{pupil.known_as} already has an open referral.") from error
    record("referral.begun", referral, by=by)
    return referral


@transaction.atomic
def save_section(
    referral: Referral,
    *,
    by: Any,
    fields: dict[str, Any],
    strategies: Sequence[dict[str, Any]] | None = None,
    classes: Iterable[Any] | None = None,
    seen: str = "",
) -> Referral:
    """Keep what was written in a section. Only its writer, in a draft or when more information is asked for.

    `seen` is `version_of` the referral when the page was opened: Conflict where another device saved since.
    """
    held = locked(referral)
    _refuse_unless_writing(held, by)
    if seen and seen != version_of(held):
        raise Conflict(
            "This referral was saved on another device since you opened this page. What you typed is still "
            "below; what was saved there is shown beside it. Save again to keep yours."
        )
    for name, value in fields.items():
        setattr(held, name, value)
    held.saved_at = timezone.now()
    held.save(update_fields=[*fields, "saved_at"])
    if strategies is not None:
        held.strategies.all().delete()
        Strategy.objects.bulk_create(
            Strategy(school=held.school, referral=held, **strategy) for strategy in strategies
        )
    if classes is not None:
        held.good_lessons.all().delete()
        GoodLesson.objects.bulk_create(
            GoodLesson(school=held.school, referral=held, mainstream_class=group) for group in classes
        )
    return held


@transaction.atomic
def submit(referral: Referral, *, by: Any) -> Referral:
    """Send a draft, or an answer to a question of the panel. Raises Refused naming all that is missing.

    Each of the pupil's teachers is asked once. A referral that names the place as a punishment is sent as well:
    it goes to the lead to talk about.
    """
    held = locked(referral)
    _refuse_unless_writing(held, by)
    if not held.pupil.is_on_roll(timezone.localdate()):
        raise Refused(
            f"{held.pupil.full_name} has left the school since you began. Withdraw the referral; "
            "what you wrote is kept."
        )
    if missing := what_is_missing(held):
        raise Refused(" ".join(words for words, _ in missing))
    now, fields = timezone.now(), {}
    if held.number is None:
        fields = {"number": _next_number(held.school), "submitted_at": now}
    if held.is_punishment:
        fields["said_punishment"] = True
    move(held, State.SUBMITTED, by=by, at=now, **fields)
    _ask_teachers(held, now)
    what = (
        f"{held} names the place as a punishment: talk first." if held.is_punishment else f"{held} was sent."
    )
    tell_deciders(held, what, kind="submitted", but=by)
    return held


@transaction.atomic
def withdraw(referral: Referral, *, by: Any, reason: str) -> Referral:
    """Take a referral back, or end it. A draft needs no reason; what is sent does."""
    held = locked(referral)
    if held.state == State.OFFERED:
        raise Refused("A place is offered. Take the offer back first.")
    if held.submitted_at and not reason.strip():
        raise Refused("Say why the referral is withdrawn.")
    sent = held.submitted_at is not None
    move(held, State.WITHDRAWN, by=by, ended_reason=reason.strip()[:300])
    if sent:
        tell_referrer(held, f"{held} was withdrawn.", kind="withdrawn", but=by)
        tell_deciders(held, f"{held} was withdrawn.", kind="withdrawn", but=by)
    return held


def version_of(referral: Referral) -> str:
    """Names what was last saved, to notice another device."""
    return f"{referral.saved_at.timestamp():.6f}"


def what_is_missing(referral: Referral) -> list[tuple[str, str]]:
    """A sentence for each part that must not be empty, with the section in which it is written."""
    missing = [asked for name, asked in ASKED.items() if not getattr(referral, name)]
    if not referral.strategies.exists():
        missing.append(("Name at least one thing that was tried, and its effect.", "tried"))
    if referral.family_informed_on is None:
        missing.append(("Say when the parent or carer was told.", "views"))
    if referral.supported_by_id is None:
        missing.append(("Choose the senior leader who supports it.", "views"))
    if referral.is_punishment is None:
        missing.append(("Answer whether this place is itself a punishment.", "worries"))
    return missing


def _refuse_unless_writing(held: Referral, by: Any) -> None:
    if held.referrer_id != by.pk:
        raise Refused("Only the colleague who began this referral writes in it.")
    if held.state not in WRITABLE:
        raise Refused(f"This referral is “{held.get_state_display().lower()}”; what was sent stands.")


def _next_number(school: School) -> int:
    """Counted per school; the school's row is the lock."""
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    last = Referral.objects.filter(school=school).aggregate(last=Max("number"))["last"]
    return int(last or 0) + 1


def _ask_teachers(held: Referral, now: dt.datetime) -> None:
    asked = set(held.views.values_list("teacher", flat=True))
    for teacher, classes in teachers_of_pupil(held.pupil, timezone.localdate(now)):
        if teacher.pk not in asked:
            ask_teacher(
                TeacherView.objects.create(
                    school=held.school, referral=held, teacher=teacher, classes=classes, asked_at=now
                )
            )
