"""How a referral's numbers look."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from iap.ui import svg
from referrals.models import Agrees, Hardest, Reason
from referrals.priority import Part, Priority
from referrals.queue import Clock

register = template.Library()

# One shade for each part, in their order; the words beside them say the same.
SHADES = ("n1", "n2", "n3", "n4", "sand", "iap")
HEADLINES = {
    Reason.EXCLUSION: "at risk of exclusion",
    Reason.ABSENCE: "finds coming in hard",
    Reason.LEARNING: "finds learning in class hard",
    Reason.WELLBEING: "wellbeing",
    Reason.TRANSITION: "settling in",
    Reason.OTHER: "something else",
}


@register.simple_tag
def priority_bar(priority: Priority, css: str = "") -> SafeString:
    """The parts of the number beside each other, each in its shade."""
    parts = [(shade, part.points) for shade, part in zip(SHADES, priority.parts, strict=True)]
    said = ", ".join(f"{part.name} {part.points} of {part.of}" for part in priority.parts)
    return svg.bar(parts, 100, css, None, said)


@register.simple_tag
def clock_bar(clock: Clock) -> SafeString:
    """Days gone, with the target as a line."""
    total = max(clock.days, clock.target) * 1.15 or 1
    shade = "clay" if clock.late else "sand"
    return svg.bar(
        [(shade, clock.days)], total, "", clock.target, f"{clock.days} of {clock.target} school days"
    )


@register.filter
def shaded(priority: Priority) -> list[tuple[str, Part]]:
    """Each part with its shade, for a table."""
    return list(zip(SHADES, priority.parts, strict=True))


@register.simple_tag
def key(shade: str) -> SafeString:
    return svg.bar([(shade, 100)], 100, "iap-bar--key")


@register.filter
def headline(referral: Any) -> str:
    """Why a place is asked for, in three or four words."""
    return HEADLINES[Reason(referral.reasons[0])] if referral.reasons else ""


@register.filter
def reasons(referral: Any) -> list[str]:
    return [str(Reason(reason).label) for reason in referral.reasons]


@register.filter
def hardest(referral: Any) -> list[str]:
    return [str(Hardest(when).label) for when in referral.hardest]


@register.filter
def family(referral: Any) -> str:
    """How the family stands to it, for a tag."""
    words = {
        Agrees.YES: "Family agrees",
        Agrees.NOT_YET: "Family not decided",
        Agrees.NO: "Family does not agree",
    }
    return words.get(referral.family_agrees, "Family not asked yet")
