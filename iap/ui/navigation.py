"""The main navigation: what the apps offer, and what one person sees of it.

An app registers its items in `AppConfig.ready()`:

    navigation.register(Item("today", "Today", "timetables:today", "home", roles={"staff", "lead"}, order=10))

Somebody sees the items whose roles meet theirs in the present school, in order. What does not fit the bar
goes behind "More".
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core import checks
from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse

SHOWN = 6  # as many as a phone's bar takes at a readable size


@dataclass(frozen=True)
class Item:
    """A place in the navigation.

    `badge(request)` gives a number that waits for this person, or None; `badge_words` says what it counts
    ("need a decision"). It is asked only when a whole page is drawn.
    """

    key: str
    label: str
    url_name: str
    icon: str
    roles: Iterable[str]
    order: int
    badge: Callable[[HttpRequest], int | None] | None = None
    badge_words: str = "waiting"

    @property
    def url(self) -> str:
        """Its address, or nothing while no view answers to the name."""
        try:
            return reverse(self.url_name)
        except NoReverseMatch:
            return ""


@dataclass(frozen=True)
class Link:
    """An item as one person sees it."""

    item: Item
    url: str
    count: int | None = None

    @property
    def key(self) -> str:
        return self.item.key


@dataclass
class Navigation:
    """What this request's person may open. Counted and resolved when the template first asks."""

    request: HttpRequest
    items: list[Item] = field(default_factory=list)

    @cached_property
    def links(self) -> list[Link]:
        return [Link(item, item.url, _count(item, self.request)) for item in self.items if item.url]

    @property
    def shown(self) -> list[Link]:
        return self.links if len(self.links) <= SHOWN else self.links[: SHOWN - 1]

    @property
    def more(self) -> list[Link]:
        return self.links[len(self.shown) :]

    @cached_property
    def current(self) -> str:
        """The key of the item this address lies under; the longest address wins."""
        under = [link for link in self.links if _lies_under(self.request.path, link.url)]
        return max(under, key=lambda link: len(link.url)).key if under else ""


_items: dict[str, Item] = {}


def register(item: Item) -> None:
    """Offer an item. A second one under the same key is a mistake."""
    if item.key in _items:
        raise ValueError(f"Two items in the navigation are called {item.key!r}.")
    _items[item.key] = item


def registered() -> list[Item]:
    return sorted(_items.values(), key=lambda item: (item.order, item.key))


def shown_to(request: HttpRequest) -> Navigation:
    """The navigation for the roles this person holds in the present school."""
    roles = set(getattr(request, "roles", ()))
    return Navigation(request, [item for item in registered() if roles & set(item.roles)])


def opens(request: HttpRequest, url_name: str) -> str:
    """The address of a page, if it exists and this person's roles in the present school open it.

    Reads what the view declares about itself (`access_policy`: a set of roles, or a word for pages without).
    """
    try:
        url = reverse(url_name)
    except NoReverseMatch:
        return ""
    policy = getattr(resolve(url).func, "access_policy", None)
    if isinstance(policy, frozenset):
        return url if policy & set(getattr(request, "roles", ())) else ""
    return url if policy else ""


def check_addresses(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """A system check: every item leads somewhere."""
    return [
        checks.Error(
            f"The navigation's {item.key!r} names {item.url_name!r}, which no view answers to.", id="ui.E001"
        )
        for item in registered()
        if not item.url
    ]


def _count(item: Item, request: HttpRequest) -> int | None:
    return item.badge(request) if item.badge else None


def _lies_under(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url if url.endswith("/") else f"{url}/"))
