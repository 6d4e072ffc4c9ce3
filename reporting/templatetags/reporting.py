"""`{% load reporting %}`: figures, their links, and the small parts of a report's pages."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from iap.ui import moments, svg
from reporting.fairness import Cell, Line
from reporting.lists import Column
from reporting.overview import Shown
from reporting.periods import Period

register = template.Library()


@register.filter
def get(shown: Mapping[str, Any], key: str) -> Any:
    return shown.get(key)


@register.filter
def pounds(amount: int) -> str:
    return f"£{amount:,}"


@register.filter
def words(text: str) -> list[str]:
    return text.split()


@register.filter
def group_name(name: str) -> str:
    """A group as people read it: a day that is kept as `2026-03-02`, a month as `2026-03`, a size as a number."""
    if name.isdigit():
        return f"{name} {'pupil' if name == '1' else 'pupils'}"
    try:
        if len(name) == 7:
            return f"{dt.date.fromisoformat(name + '-01'):%B %Y}"
        return moments.day(dt.date.fromisoformat(name), weekday=False)
    except ValueError:
        return name


@register.simple_tag
def figure_link(key: str, period: Period, group: str = "", pupil: Any = None) -> str:
    """The list behind a figure of the school or, of check-ins, of one pupil."""
    query = {"period": period.key, **({"group": group} if group else {})}
    where = (
        reverse("reporting:pupil_figure", args=[pupil.uuid, key])
        if pupil
        else reverse("reporting:figure", args=[key])
    )
    return f"{where}?{urlencode(query)}"


@register.simple_tag
def figure_more(key: str, period: Period, pupil: Any = None) -> SafeString:
    """How a card's figure is counted, and from what."""
    return format_html(
        '<a class="iap-link small" href="{}">What is counted</a>', figure_link(key, period, "", pupil)
    )


@register.simple_tag
def figure_name(shown: Mapping[str, Shown], key: str, period: Period) -> SafeString:
    return format_html('<a href="{}">{}</a>', figure_link(key, period), shown[key].label)


@register.simple_tag
def figure_line(shown: Mapping[str, Shown], key: str, period: Period) -> SafeString:
    """Joined the waiting list: 4 pupils."""
    each = shown[key]
    return format_html(
        '<span class="d-block"><a href="{}">{}</a>: {} {}</span>',
        figure_link(key, period),
        each.label,
        each.said,
        each.unit,
    )


@register.simple_tag
def figure_tile(shown: Mapping[str, Shown], key: str, period: Period) -> SafeString:
    each = shown[key]
    return format_html(
        '<a class="iap-kpi iap-kpi--link" href="{}"><span class="iap-kpi__l">{}</span>'
        '<span class="iap-kpi__v">{}</span><span class="iap-kpi__d">{}</span></a>',
        figure_link(key, period),
        each.label,
        each.said,
        each.beside,
    )


@register.simple_tag
def bar_of(part: int, whole: int, number: int) -> SafeString:
    """Part of a whole; of several bars below each other, each in its place's colour."""
    return svg.bar([("iap" if number == 1 else "main", part)], whole)


@register.simple_tag
def share_cell(cell: Cell, group: str, period: Period) -> SafeString:
    """Its share of the column; which pupils these are is one tap away."""
    return NOT_SHOWN if cell.percent is None else _to_pupils(cell, group, period, f"{cell.percent}%")


@register.simple_tag
def count_cell(cell: Cell, of: Cell, group: str, period: Period) -> SafeString:
    """12 of 19."""
    if cell.count is None or of.count is None:
        return NOT_SHOWN
    if not of.count:
        return SafeString("–")
    return _to_pupils(cell, group, period, f"{cell.count} of {of.count}")


def _to_pupils(cell: Cell, group: str, period: Period, words: str) -> SafeString:
    """A link to the pupils of a cell, where there are any."""
    if not cell.count:
        return SafeString(words)
    return format_html('<a href="{}">{}</a>', figure_link(cell.measure, period, group), words)


@register.simple_tag
def difference(line: Line) -> SafeString:
    """Percentage points, drawn from the middle."""
    if line.difference is None:
        return NOT_SHOWN
    wide = min(abs(line.difference), 50)
    return format_html(
        '<span class="iap-diffcell"><span class="num">{}{}</span><span class="iap-diff">'
        '<svg class="iap-bar ch" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="b-n2" x="{}" y="0" width="{}" height="8"/><path class="target" d="M50 0v8"/></svg></span></span>',
        "+" if line.difference > 0 else "−" if line.difference < 0 else "",
        abs(line.difference),
        50 if line.difference > 0 else 50 - wide,
        wide,
    )


NOT_SHOWN = SafeString('<span class="muted nowrap">not shown</span>')


# Longer words may break in a narrow column; a day or a number stays in one piece.
SHORT = 13


@register.simple_tag
def line_cells(columns: Sequence[Column], cells: Sequence[str]) -> SafeString:
    """The cells of one line; a dash says nothing beside its label on a phone, and is left out there."""
    return format_html_join(
        "",
        '<td class="{}" data-th="{}">{}</td>',
        ((_class(column, text), column.name, text) for column, text in zip(columns, cells, strict=False)),
    )


def _class(column: Column, text: str) -> str:
    if text == "–":
        return "is-none"
    return "n" if column.is_last else "nowrap" if len(text) <= SHORT else ""
