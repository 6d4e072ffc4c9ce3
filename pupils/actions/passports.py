"""A passport is written in versions, read by those it concerns, and a new one is told to those alone."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Conflict, Refused
from iap.inbox.actions import tell
from iap.schools.models import User
from pupils.models import Passport, PassportRead, Pupil
from pupils.taught import passport_address, teachers_of


@transaction.atomic
def save_passport(pupil: Pupil, *, by: Any, seen: int | None = None, **parts: str) -> Passport:
    """Keep a new version. `seen` is the version its author began from, 0 for none.

    Conflict if somebody saved one since. Raises Refused without the pupil's own words and what helps, and where
    nothing differs from the version that stands.
    """
    pupil = Pupil.objects.select_for_update(no_key=True).get(school=pupil.school_id, pk=pupil.pk)
    if unknown := set(parts) - set(Passport.PARTS):
        raise TypeError(f"A passport has no {', '.join(sorted(unknown))}.")
    newest = Passport.objects.filter(school=pupil.school_id, pupil=pupil).newest_first().first()
    number = newest.version if newest else 0
    if seen is not None and seen != number:
        raise Conflict(
            "Somebody saved a new version since you opened the page. What you typed is still below; what they saved "
            "is shown beside it. Save again to keep yours as the next version."
        )
    written = {name: parts.get(name, "").strip() for name in Passport.PARTS}
    if not written["own_words"] or not written["helps"]:
        raise Refused("Write the pupil’s own words, and what helps.")
    if newest and newest.stands and all(getattr(newest, name) == text for name, text in written.items()):
        raise Refused("Nothing has changed since the version that stands.")
    passport = Passport.objects.create(
        school_id=pupil.school_id,
        pupil=pupil,
        version=number + 1,
        day=timezone.localdate(),
        by=by,
        **written,
    )
    record("passport.saved", passport, by=by, version=passport.version)
    _tell(passport, pupil)
    return passport


def note_passport_read(passport: Passport, *, by: Any) -> None:
    """This person has read this version; once for each."""
    read = PassportRead(school_id=passport.school_id, passport=passport, by=by, at=timezone.now())
    PassportRead.objects.bulk_create([read], ignore_conflicts=True)


def _tell(passport: Passport, pupil: Pupil) -> None:
    """Those who teach a lesson the pupil has returned to, or will by a published step; nobody else."""
    taught = teachers_of(pupil, passport.day)
    users = User.objects.filter(pk__in={each.teacher.user_id for each in taught if each.teacher.user_id})
    if not taught or not (link := passport_address(pupil)):
        return
    tell(
        pupil.school,
        users,
        kind="passport",
        text="What helps a pupil in your lessons has changed. It takes a minute to read.",
        link=link,
        key=f"passport:{pupil.uuid}:{passport.version}",
    )
