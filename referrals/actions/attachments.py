"""Files sent with a referral: known by their content, kept out of reach of the web, served as downloads only."""

import hashlib
import os
import zipfile
from pathlib import Path
from typing import Any

import puremagic
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from iap.audit.models import record
from iap.errors import Refused
from referrals.models import Attachment, Referral

from .drafts import WRITABLE
from .moves import locked

LARGEST = 20 * 1024 * 1024
MOST = 10
HEAD = 4096  # bytes by which a kind is known
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "image/heif": ".heic",
    "image/heic": ".heic",
    WORD: ".docx",
    "application/msword": ".doc",
}
TAKEN = "PDF files, photographs and Word documents"


@transaction.atomic
def attach(referral: Referral, file: Any, *, by: Any) -> Attachment:
    """Keep an uploaded file. Raises Refused where it is too large, one too many, or of another kind."""
    held = locked(referral)
    if held.referrer_id != by.pk or held.state not in WRITABLE:
        raise Refused("Files are added while the referral is written, by who writes it.")
    if file.size > LARGEST:
        megabytes = round(file.size / 1024 / 1024)
        raise Refused(
            f"{file.name} has {megabytes} MB; the most is {LARGEST // 1024 // 1024} MB. "
            "Send a smaller photograph, or print it to a PDF."
        )
    if held.attachments.filter(removed_at=None).count() >= MOST:
        raise Refused(f"There are {MOST} files already. Remove one first.")
    kind = kind_of(file)
    attachment = Attachment(
        school=held.school,
        referral=held,
        name=_safe_name(file.name, kind),
        kind=kind,
        size=file.size,
        digest=_digest(file),
        added_by=by,
        added_at=timezone.now(),
    )
    attachment.save()
    record("referral.file_added", held, by=by)
    _write(path_of(attachment), file)
    return attachment


@transaction.atomic
def remove(attachment: Attachment, *, by: Any) -> None:
    """Take a file back: the row says that there was one, the content is gone once this is kept."""
    held = locked(attachment.referral)
    if held.referrer_id != by.pk or held.state not in WRITABLE:
        raise Refused("What was sent stands, with its files.")
    attachment.removed_at = timezone.now()
    attachment.save(update_fields=["removed_at"])
    record("referral.file_removed", held, by=by)
    transaction.on_commit(lambda: path_of(attachment).unlink(missing_ok=True))


def kind_of(file: Any) -> str:
    """The kind by the content, never by the name. Raises Refused for one that is not taken."""
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    if _is_word(file):
        return WORD
    try:
        found = [match.mime_type for match in puremagic.magic_string(head, filename=None)]
    except (puremagic.PureError, ValueError):  # nothing known, or nothing there
        found = []
    kind = next((each for each in found[:1] if each in KINDS and each != WORD), "")
    if not kind:
        raise Refused(f"{file.name} is none of these: {TAKEN}. Save it as a PDF and add that.")
    return kind


def path_of(attachment: Attachment) -> Path:
    root = Path(settings.MEDIA_ROOT) / "referrals" / str(attachment.school.uuid)
    return root / str(attachment.uuid)


def file_of(attachment: Attachment) -> tuple[str, Path] | None:
    """Its name and where its content lies, while it was not taken back."""
    path = path_of(attachment)
    return (attachment.name, path) if path.is_file() else None


def _is_word(file: Any) -> bool:
    """A zip with a Word document in it."""
    try:
        with zipfile.ZipFile(file) as archive:
            return "word/document.xml" in archive.namelist()
    except zipfile.BadZipFile:
        return False
    finally:
        file.seek(0)


def _safe_name(name: str, kind: str) -> str:
    """As it was called, without a path, with the ending of its real kind."""
    stem = Path(name.replace("\\", "/")).stem.replace('"', "'").strip()
    stem = "".join(letter for letter in stem if letter.isprintable())[:100] or "file"
    return f"{stem}{KINDS[kind]}"


def _digest(file: Any) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _write(path: Path, file: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        for chunk in file.chunks():
            out.write(chunk)
