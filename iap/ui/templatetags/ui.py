"""`{% load ui %}`: the drawings, words and parts that pages are put together from.

Drawings    icon face mark marks seats bar spark brand
Labels      place_tag strand_tag step_tag tag role avatar note
Parts       error_summary empty_state mood session_head tile_head week cell week_key facts stat
            table_details pager search_box seg
Filters     day day_only short_day clock when readiness initials plural plain

Each part is a template in `templates/ui/` that can also be included; its opening comment lists what it reads.
Whatever people typed is escaped.
"""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from iap.ui import moments, parts, svg, words

register = template.Library()

register.filter("day", moments.day)
register.filter("short_day", moments.short_day)
register.filter("clock", moments.clock)
register.filter("when", moments.when)
register.filter("readiness", words.readiness)
register.filter("initials", words.initials)
register.simple_tag(svg.brand, name="brand")
register.simple_tag(svg.icon, name="icon")
register.simple_tag(svg.face, name="face")
register.simple_tag(svg.mark, name="mark")
register.simple_tag(svg.marks, name="marks")
register.simple_tag(svg.seats, name="seats")
register.simple_tag(svg.sparkline, name="spark")


@register.filter
def day_only(value: Any) -> str:
    """`3 March`, without the weekday."""
    return moments.day(value, weekday=False)


@register.filter
def thousands(number: int) -> str:
    """A number as it is read: 21,840."""
    return f"{number:,}"


@register.filter
def plural(number: int, forms: str) -> str:
    """`{{ 2|plural:"pupil" }}` → 2 pupils; `{{ 2|plural:"child,children" }}` → 2 children."""
    one, _, many = forms.partition(",")
    return words.plural(number, one, many)


@register.filter
def plain(form: Any) -> Any:
    """A library's form in our hand: labels in sentence case, and no placeholder that repeats them."""
    for field in form.fields.values():
        field.label = str(field.label or "").capitalize()
        field.widget.attrs.pop("placeholder", None)
    return form


@register.simple_tag
def bar(
    parts: str | Iterable[tuple[str, float]],
    total: float = 100,
    css: str = "",
    target: float | None = None,
    label: str = "",
) -> SafeString:
    """Parts of a whole: `{% bar "main:12,plan:2" total=30 label="12 now, 2 planned, of 30" %}`."""
    if isinstance(parts, str):
        pairs = (part.partition(":") for part in parts.split(",") if part)
        parts = [(kind.strip(), float(amount)) for kind, _, amount in pairs]
    return svg.bar(list(parts), float(total), css, target, label)


def _tag(look: words.Look, label: str = "", css: str = "") -> SafeString:
    return format_html(
        '<span class="{}">{}{}</span>',
        f"iap-tag {look.css} {css}".strip(),
        svg.icon(look.icon, "icon--sm"),
        label or look.label,
    )


@register.simple_tag(takes_context=True)
def place_tag(context: Any, kind: str, strand: str = "", label: str = "", css: str = "") -> SafeString:
    """Where a pupil is, as icon and word. A session is named after the provision, or after its strand."""
    return _tag(words.place(kind, strand, context.get("provision_name", "")), label, css)


@register.simple_tag
def strand_tag(kind: str, label: str = "", css: str = "") -> SafeString:
    """A session's strand: assessment, intervention, enrichment, vocational or curriculum."""
    return _tag(words.strand(kind), label, css)


@register.simple_tag
def step_tag(kind: str, label: str = "", css: str = "") -> SafeString:
    """A step of a hybrid timetable: start, forward, hold, back or correction."""
    return _tag(words.step(kind), label, css)


@register.simple_tag
def tag(hue: str, icon: str, label: str, css: str = "") -> SafeString:
    """Any other fact: `{% tag "look" "bell-alert" "Needs attention" %}`. `iap-tag--dash` means planned."""
    return _tag(words.Look(f"k-{hue}", icon, label), css=css)


@register.simple_tag
def role(kind: str, label: str = "") -> SafeString:
    """What an adult is in a session: `qt` Teacher, `support` Support, `none` No teacher."""
    look = words.ROLES.get(kind, words.ROLES["support"])
    return format_html('<span class="iap-role {}">{}</span>', look.css, label or look.label)


@register.simple_tag
def avatar(name: str, size: str = "") -> SafeString:
    """A disc with initials, beside the name it repeats. Size: empty, `sm` or `lg`."""
    css = f"iap-avatar iap-avatar--{size}" if size else "iap-avatar"
    return format_html('<span class="{}" aria-hidden="true">{}</span>', css, words.initials(name))


@register.simple_tag
def note(text: str, hue: str = "iap", icon: str = "", css: str = "") -> SafeString:
    """One or two sentences that explain (`iap`), ask to look (`look`) or say what waits (`social`)."""
    drawing = svg.icon(icon or ("exclamation-circle" if hue in {"look", "err"} else "information-circle"))
    return format_html(
        '<p class="{}">{}<span>{}</span></p>', f"iap-note k-{hue} {css}".strip(), drawing, text
    )


register.inclusion_tag("ui/_errors.html", name="error_summary")(parts.error_summary)
register.inclusion_tag("ui/_empty.html", name="empty_state")(parts.empty_state)
register.inclusion_tag("ui/_mood.html", takes_context=True, name="mood")(parts.mood)
register.inclusion_tag("ui/_session.html", takes_context=True, name="session_head")(parts.session_head)
register.inclusion_tag("ui/_tile_head.html", name="tile_head")(parts.tile_head)
register.inclusion_tag("ui/_week.html", takes_context=True, name="week")(parts.week)
register.inclusion_tag("ui/_cell.html", takes_context=True, name="cell")(parts.cell)
register.inclusion_tag("ui/_weekkey.html", takes_context=True, name="week_key")(parts.week_key)
register.inclusion_tag("ui/_facts.html", name="facts")(parts.facts)
register.inclusion_tag("ui/_stat.html", name="stat")(parts.stat)
register.inclusion_tag("ui/_table_details.html", name="table_details")(parts.table_details)
register.inclusion_tag("ui/_pager.html", takes_context=True, name="pager")(parts.pager)
register.inclusion_tag("ui/_search.html", takes_context=True, name="search_box")(parts.search_box)
register.inclusion_tag("ui/_seg.html", name="seg")(parts.seg)
