"""Telling people that a pack is ready. The message names nobody and holds no figure; the link is behind sign-in."""

from django.urls import reverse

from iap.inbox.actions import tell
from reporting.models import Pack


def tell_readers(pack: Pack) -> None:
    people = [each.user for each in pack.readers.select_related("user")]
    link = reverse("reporting:pack", args=[pack.uuid])
    tell(pack.school, people, kind="pack", text=f"{pack} is ready.", link=link, key=f"pack-{pack.uuid}")
