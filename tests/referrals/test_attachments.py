"""Attachments: known by content, kept out of the web's reach, served as downloads to those who may read them."""

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from iap.errors import Refused
from referrals.actions import attachments, drafts
from referrals.models import Attachment, Referral
from tests.factories import MembershipFactory, PupilFactory, ReferralFactory

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 40
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 40


def word() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>")
    return content.getvalue()


def upload(content: bytes, name: str = "plan.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def draft(school: Any, teacher: Any, settings: Any, tmp_path: Any) -> Referral:
    settings.MEDIA_ROOT = tmp_path
    return drafts.start(PupilFactory(school=school), by=teacher)


@pytest.mark.parametrize(
    ("content", "kind", "name"),
    [
        (PDF, "application/pdf", "plan.pdf"),
        (PNG, "image/png", "plan.png"),
        (JPEG, "image/jpeg", "plan.jpg"),
        (word(), attachments.WORD, "plan.docx"),
    ],
)
def test_papers_and_photographs_are_kept_by_their_real_kind(
    draft: Referral, teacher: Any, content: bytes, kind: str, name: str
) -> None:
    kept = attachments.attach(draft, upload(content, "plan.exe"), by=teacher)
    assert (kept.kind, kept.name, kept.size) == (kind, name, len(content))
    path = attachments.path_of(kept)
    assert path.read_bytes() == content
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "content", [b"MZ" + b"\x00" * 90, b"<html><script>alert(1)</script>", b"hello", b"", b"PK\x03\x04 no zip"]
)
def test_whatever_its_name_says_another_kind_is_refused(
    draft: Referral, teacher: Any, content: bytes
) -> None:
    with pytest.raises(Refused, match="Save it as a PDF"):
        attachments.attach(draft, upload(content, "plan.pdf"), by=teacher)
    assert not Attachment.objects.exists()


def test_a_photograph_of_40_megabytes_says_what_to_do_and_loses_nothing(
    draft: Referral, teacher: Any, client: Any
) -> None:
    drafts.save_section(draft, by=teacher, fields={"happening": "Leaves after ten minutes"})
    client.force_login(teacher)
    large = upload(JPEG + b"\x00" * (40 * 1024 * 1024), "photo.jpg")
    answer = client.post(reverse("referrals:attach", args=[draft.uuid]), {"files": large}, follow=True)
    assert "photo.jpg has 40 MB; the most is 20 MB" in answer.content.decode()
    assert Referral.objects.get(pk=draft.pk).happening == "Leaves after ten minutes"


def test_of_several_the_good_ones_are_kept(draft: Referral, teacher: Any, client: Any) -> None:
    client.force_login(teacher)
    files = [upload(PDF, "one.pdf"), upload(b"hello", "two.pdf")]
    page = client.post(
        reverse("referrals:attach", args=[draft.uuid]), {"files": files}, follow=True
    ).content.decode()
    assert "one.pdf is added." in page and "two.pdf is none of these" in page


def test_at_most_ten(draft: Referral, teacher: Any) -> None:
    for _ in range(attachments.MOST):
        attachments.attach(draft, upload(PDF), by=teacher)
    with pytest.raises(Refused, match="10 files already"):
        attachments.attach(draft, upload(PDF), by=teacher)


def test_a_path_in_a_name_stays_a_name(draft: Referral, teacher: Any) -> None:
    for name in ("..\\..\\secret.pdf", 'a"b\r\nX: y.pdf'):
        kept = attachments.attach(draft, upload(PDF, name), by=teacher)
        assert not set(kept.name) & set('/\\"\r\n')


def test_a_file_is_a_download_that_no_cache_keeps(draft: Referral, teacher: Any, client: Any) -> None:
    kept = attachments.attach(draft, upload(PDF), by=teacher)
    client.force_login(teacher)
    answer = client.get(reverse("referrals:file", args=[draft.uuid, kept.uuid]))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


def test_a_drafts_file_is_its_writers_and_a_sent_ones_also_theirs_who_decide(
    draft: Referral, teacher: Any, lead: Any, senco: Any, iap_staff: Any, school: Any, client: Any
) -> None:
    kept = attachments.attach(draft, upload(PDF), by=teacher)
    address = reverse("referrals:file", args=[draft.uuid, kept.uuid])

    def status(user: Any) -> int:
        client.force_login(user)
        return int(client.get(address).status_code)

    assert [status(user) for user in (teacher, lead, senco)] == [200, 404, 404]
    sent = ReferralFactory(school=school, referrer=teacher)
    Attachment.objects.filter(pk=kept.pk).update(referral=sent)
    address = reverse("referrals:file", args=[sent.uuid, kept.uuid])
    uninvolved = MembershipFactory(school=school, role="teacher").user
    assert [status(user) for user in (teacher, lead, senco, iap_staff, uninvolved)] == [
        200,
        200,
        200,
        404,
        404,
    ]


def test_a_removed_file_is_gone_and_the_row_says_that_there_was_one(
    draft: Referral, teacher: Any, client: Any, django_capture_on_commit_callbacks: Any
) -> None:
    kept = attachments.attach(draft, upload(PDF), by=teacher)
    client.force_login(teacher)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("referrals:remove_file", args=[draft.uuid, kept.uuid]))
    assert not attachments.path_of(kept).exists()
    kept.refresh_from_db()
    assert kept.removed_at is not None
    assert client.get(reverse("referrals:file", args=[draft.uuid, kept.uuid])).status_code == 404


def test_what_was_sent_takes_no_more_files(school: Any, teacher: Any, draft: Referral) -> None:
    with pytest.raises(Refused, match="while the referral is written"):
        attachments.attach(ReferralFactory(school=school, referrer=teacher), upload(PDF), by=teacher)
