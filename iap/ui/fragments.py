"""A page and its fragment are one template."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def wants_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of a page: not for a boosted link, nor to restore one from history."""
    htmx: Any = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def render_page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    fragment: str,
    status: int = 200,
) -> HttpResponse:
    """The page, or only its `{% partialdef fragment %}` when htmx asks for that.

    Decide who may see what before calling: the fragment can be asked for alone. Answers always vary by
    `HX-Request`, so that no cache shows a fragment as a page.
    """
    name = f"{template}#{fragment}" if wants_fragment(request) else template
    response = render(request, name, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
