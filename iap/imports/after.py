"""What apps do once an import has been kept: they register a function here in `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from iap.schools.models import School
from iap.tenancy import context

After = Callable[[School, frozenset[str]], None]
_registered: list[After] = []


def register(act: After) -> None:
    """Call `act(school, kinds)` after each import that was applied; `kinds` are those its files held."""
    if act not in _registered:
        _registered.append(act)


@dataclass(frozen=True)
class Page:
    """A page to look at after an import of some kinds, and who may open it."""

    kinds: frozenset[str]
    sentence: str
    url_name: str
    roles: frozenset[str]


_pages: list[Page] = []


def look_at(page: Page) -> None:
    """Name a page on the record of each import that held one of its kinds."""
    if page not in _pages:
        _pages.append(page)


def pages_for(kinds: set[str], roles: set[str]) -> list[tuple[str, str]]:
    """Sentences, each with the address if these roles may open it."""
    fitting = (page for page in _pages if page.kinds & kinds)
    return [(page.sentence, reverse(page.url_name) if page.roles & roles else "") for page in fitting]


def run(school_id: int, kinds: frozenset[str]) -> None:
    """Each in a transaction of its own, which sees this school alone."""
    school = School.objects.get(pk=school_id)
    for act in _registered:
        with context.within(school_id):
            act(school, kinds)
