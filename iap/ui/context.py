"""What every page's frame shows."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from . import navigation

SEARCH = "pupils:search"  # by name, since this part knows no app
UNNAMED = "Internal alternative provision"


def shell(request: HttpRequest) -> dict[str, Any]:
    """The school, what it calls its provision, the navigation, and the schools to switch between.

    `section` is the key of the current item of the navigation; a view may name another in its own context.
    """
    school = getattr(request, "school", None)
    provision = getattr(school, "provision", None)
    shown = SimpleLazyObject(lambda: navigation.shown_to(request))
    return {
        "school": school,
        "provision_name": getattr(provision, "name", "") or UNNAMED,
        "navigation": shown,
        "section": SimpleLazyObject(lambda: shown.current),
        "search_url": SimpleLazyObject(lambda: navigation.opens(request, SEARCH)),
        "my_schools": getattr(request, "my_schools", []),
    }
