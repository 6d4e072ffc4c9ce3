"""The daily e-mail: how many messages wait and a link, and no word of what they say."""

from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from iap.schools.calendar import Calendar
from iap.schools.models import School, User
from iap.tenancy.tasks import SchoolTask
from iap.ui.words import plural

from .models import Digest, Message, Preference


@shared_task
def sweep_each_day() -> None:
    """Send each school its own task."""
    for school in School.objects.values_list("pk", flat=True):
        digest.delay(school_id=school)


@shared_task(base=SchoolTask)
def digest(*, school_id: int) -> None:
    """One e-mail to each person with messages that are unread and not yet mailed, on school days.

    The rows are locked and noted as mailed first, and the mail goes out once that is kept: two runs at once
    share the rows between them, and a crash in between costs one reminder, never sends two.
    """
    school = School.objects.select_related("provision").get(pk=school_id)
    today = timezone.localdate()
    if not Calendar.of(school, today, today).is_open(today):
        return
    waiting = (
        Message.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(school=school, read_at=None, mailed_at=None, to__is_active=True)
        .exclude(to__in=Preference.objects.filter(school=school, digest=Digest.NEVER).values("user"))
    )
    numbers: dict[int, int] = {}
    keys = []
    for key, user in waiting.values_list("pk", "to"):
        keys.append(key)
        numbers[user] = numbers.get(user, 0) + 1
    Message.objects.filter(school=school, pk__in=keys).update(mailed_at=timezone.now())
    for user in User.objects.filter(pk__in=numbers).order_by("pk"):
        _mail_once_kept(user.email, numbers[user.pk], str(school.provision))


def _mail_once_kept(address: str, number: int, provision: str) -> None:
    words = plural(number, "new message")
    origin = (settings.CSRF_TRUSTED_ORIGINS or [f"http://{settings.ALLOWED_HOSTS[0]}"])[0]
    body = f"You have {words} in {provision}.\n\nRead them here: {origin}{reverse('inbox:list')}\n"

    def send() -> None:
        send_mail(f"{words[0].upper()}{words[1:]} in {provision}", body, None, [address])

    transaction.on_commit(send, robust=True)
