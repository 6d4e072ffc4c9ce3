"""`{% load passports %}`: the parts of a passport, worded and drawn alike wherever it is read."""

from django import template

from pupils.labels import label
from pupils.models import Passport

register = template.Library()
ICONS = {
    "strengths": "star",
    "helps": "hand-thumb-up",
    "avoid": "minus-circle",
    "early_signs": "eye",
    "script": "chat-bubble-left-right",
    "exit_card": "arrow-right-circle",
}


@register.filter
def parts(passport: Passport) -> list[tuple[str, list[str], str]]:
    """Title, lines and icon of each part that is written, after the pupil's own words."""
    found = []
    for name, icon in ICONS.items():
        lines = Passport.lines_of(getattr(passport, name))
        if lines:
            found.append((label(Passport, name), lines, icon))
    return found
