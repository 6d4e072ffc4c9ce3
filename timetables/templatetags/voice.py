"""The symbols of a pupil's own page."""

from django import template
from django.utils.safestring import SafeString

from iap.ui import svg
from pupils.models import Helped

register = template.Library()

SYMBOLS = {
    Helped.ADULT: "chat-bubble-left-right",
    Helped.FRIENDS: "user-group",
    Helped.BREAK: "pause-circle",
    Helped.QUIET: "moon",
    Helped.MOVING: "arrows-right-left",
    Helped.MAKING: "paint-brush",
    Helped.LESSON: "book-open",
    Helped.FOOD: "cake",
}


@register.simple_tag
def helped_icon(value: str) -> SafeString:
    """What helped, as a symbol; its word stands beside it."""
    return svg.icon(SYMBOLS[Helped(value)])
