"""What I was told, newest first, and how I wish to hear of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from iap.schools.access import only
from iap.schools.models import Role

from . import actions
from .models import Digest, Message, Preference

PER_PAGE = 30


@only(*Role)
def inbox(request: Any) -> HttpResponse:
    """My messages at the schools where I work; below, whether an e-mail reminds me."""
    if request.method == "POST":
        actions.prefer(request.school, by=request.user, digest=request.POST.get("digest", ""))
        messages.success(request, "Kept.")
        return redirect("inbox:list")
    mine = Message.objects.at(request.schools).to(request.user).newest_first()
    page = Paginator(mine, PER_PAGE).get_page(request.GET.get("page"))
    held = Preference.objects.filter(school=request.school, user=request.user).first()
    context = {
        "page": page,
        "unread": mine.unread().count(),
        "digest": held.digest if held else Digest.DAILY,
        "digests": Digest.choices,
    }
    return render(request, "inbox/inbox.html", context)


@only(*Role)
@require_GET
def open_message(request: Any, uuid: UUID) -> HttpResponse:
    """Go to what it is about; it is read then."""
    message = get_object_or_404(Message.objects.at(request.schools).to(request.user), uuid=uuid)
    actions.read(message, by=request.user)
    return redirect(message.link)


@only(*Role)
@require_POST
def read_all(request: Any) -> HttpResponse:
    for school in request.schools:
        actions.read_all(school, by=request.user)
    return redirect("inbox:list")


@only(*Role)
@require_GET
def count(request: Any) -> HttpResponse:
    """How many are unread, for the mark beside my account; asked for after the page, so that no page waits for it."""
    unread = Message.objects.at(request.schools).to(request.user).unread().count()
    return render(request, "inbox/count.html", {"unread": unread})
