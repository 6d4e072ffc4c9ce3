"""What somebody meets whose session has ended: what they typed is never taken from them."""

import re
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

NOT_SAVED = "You had been signed out, so what you sent was not saved. Please send it again."
KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
CHOICE = re.compile(r"[a-z0-9_:.-]*")  # of a list, or a number, a date, a time: nothing that somebody wrote


def ask_to_sign_in(request: Any) -> HttpResponse:
    """Lead to signing in, and from there to the page that was open.

    A part of a page is answered with 401 and nothing else: a page to sign in must not take the place of a
    part, nor of a form in which somebody has typed; the page's own script says what to do. Words that were
    sent without that script go back, to be read by nobody but who has just sent them.
    """
    if request.htmx:
        return HttpResponse(status=401)
    if request.method in {"GET", "HEAD"}:
        return redirect_to_login(request.get_full_path())
    page_left = _page_left(request)
    typed = _typed(request.POST)
    if not all(CHOICE.fullmatch(words) for _, words in typed):
        return render(
            request, "schools/signed_out.html", {"typed": typed, "page_left": page_left}, status=401
        )
    messages.warning(request, NOT_SAVED)
    return redirect_to_login(page_left)


def _typed(sent: QueryDict) -> list[tuple[str, str]]:
    """What stood in a form that was sent, each with its field's name as words."""
    return [
        (name.rpartition("-")[2].replace("_", " ").capitalize(), value)
        for name, values in sent.lists()
        for value in values
        if name != "csrfmiddlewaretoken" and value.strip() and not KEY.fullmatch(value)
    ]


def _page_left(request: Any) -> str:
    """The page of ours from which something was sent; the address it was sent to may not be one to look at."""
    came_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(
        came_from, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return "/"
    parts = urlsplit(came_from)
    return urlunsplit(("", "", parts.path, parts.query, "")) if parts.path.startswith("/") else "/"
