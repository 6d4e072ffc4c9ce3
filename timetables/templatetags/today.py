"""The board's words: names as they may be shown, the state of a tile, a session's head."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from iap.ui import parts, svg
from iap.ui.moments import clock
from iap.ui.words import plural
from pupils.models.entries import Readiness
from timetables.board.build import Board, Group, Tile
from timetables.board.moment import Moment

register = template.Library()


@register.filter
def of(values: dict[Any, Any], key: Any) -> Any:
    return values.get(key)


@register.simple_tag(takes_context=True)
def known(context: Any, pupil: Any) -> str:
    """First name and initial, or initials where a pupil might read over a shoulder."""
    return pupil.initials if context.get("initials") else pupil.short_name


@register.simple_tag
def act(tile: Tile, day: Any) -> str:
    """Where taps about this pupil in this session go."""
    return reverse("timetables:tap", args=[day, tile.session.uuid, tile.pupil.uuid])


ICONS = ("exclamation-circle", "arrows-right-left", "check", "x-mark", "pencil-square", "walk", "lifebuoy")
register.simple_tag(svg.ref, name="ref")
register.simple_tag(svg.face_ref, name="face_ref")


@register.simple_tag
def drawings(board: Board) -> SafeString:
    """The icons of the board's tiles, drawn once."""
    tiles = [tile for group in board.groups for tile in group.tiles]
    return svg.sheet([*ICONS, *sorted({tile.coming.look.icon for tile in tiles if tile.coming})])


@register.simple_tag
def board_at(tile: Tile, day: Any) -> str:
    """The board of the tile's session."""
    return reverse("timetables:today_at", args=[day, slugify(tile.session.period.name)])


@register.simple_tag(takes_context=True)
def entry_fields(context: Any, **more: str) -> SafeString:
    """What a plain form sends beside its button: the token, a UUID made here, and `more`."""
    fields = dict(more)
    if token := context.get("csrf_token"):
        fields["csrfmiddlewaretoken"] = str(token)
    fresh = context.get("fresh")
    fields |= {name: str(value) for name, value in (fresh() if callable(fresh) else fresh or {}).items()}
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', fields.items())


@register.inclusion_tag("ui/_session.html", takes_context=True)
def group_head(context: Any, group: Group, moment: Moment, coming: bool = False) -> dict[str, Any]:
    """A session's card: what, where, who, and its places."""
    size, staffing = group.size, group.staffing
    people = [(adult.role, adult.name + (", cover" if adult.covers else "")) for adult in staffing.adults]
    if not staffing.has_teacher:
        people.append(("none", "" if people else "No adult yet"))
    when = f"Next, {clock(group.session.period.starts)}" if coming else "Now" if moment.is_now else ""
    head = {
        "title": group.session.title,
        "strand": group.session.strand,
        "when": when,
        "room": group.session.room,
        "taken": size.planned,
        "places": group.places,
        "people": people,
        "ratio": _ratio(len(staffing.adults), size.planned),
        "notice": "" if size.actual is None or coming else f"{plural(size.actual, 'pupil')} marked here",
    }
    return parts.session_head(context, head, f"h-g{group.session.pk}", coming=coming)


def _ratio(adults: int, pupils: int) -> str:
    """2 adults to 5 pupils; nothing to say without either."""
    return f"{plural(adults, 'adult')} to {plural(pupils, 'pupil')}" if adults and pupils else ""


@register.simple_tag
def status_of(tile: Tile, may_tap: bool = True) -> SafeString:
    """The latest word about a pupil, with its time."""
    latest, pause = tile.check_in, tile.state.running_break
    if tile.here is False:
        return mark_safe("Not here")
    if pause is not None:
        return format_html("On a movement break since {}", clock(pause.at))
    if latest is None:
        return mark_safe("Not asked yet")
    was = f", was {tile.before}" if tile.before else ""
    word = "" if may_tap else f"{Readiness(latest.value).label}, "
    return format_html("{}{}{}", word, clock(latest.at), was)
