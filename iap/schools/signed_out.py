"""What somebody is told whose session has ended: what they typed is never taken from them."""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

NOT_SAVED = (
    "You had been signed out, so what you sent was not saved. "
    "Go back in your browser: what you typed may still stand there to be copied."
)


def ask_to_sign_in(request: Any) -> HttpResponse:
    """Lead to signing in, and from there to the page that was open.

    A part of a page is answered with 401 and nothing else: a page to sign in must not take the place of a
    part, nor of a form in which somebody has typed. The page's own script says what to do.
    """
    if request.htmx:
        return HttpResponse(status=401)
    if request.method in {"GET", "HEAD"}:
        return redirect_to_login(request.get_full_path())
    messages.warning(request, NOT_SAVED)
    return redirect_to_login(_page_left(request))


def _page_left(request: Any) -> str:
    """The page of ours from which something was sent; the address it was sent to may not be one to look at."""
    came_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(
        came_from, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return "/"
    parts = urlsplit(came_from)
    return urlunsplit(("", "", parts.path, parts.query, "")) if parts.path.startswith("/") else "/"
