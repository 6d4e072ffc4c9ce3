"""Charts, drawn on the server as SVG. Colours come through classes, so dark mode, print and the CSP hold.

Altair describes a chart and vl-convert draws it. Both know colours only, so each class of the style sheet has
a colour that stands for it (`COLOURS`); afterwards every such colour is put back as its class.
"""

import hashlib
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

from django.core.cache import cache
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

EDITION = 2  # one more whenever a drawing changes, so that kept ones are not shown any longer
KEPT = 24 * 60 * 60
SIZES = {"v-wide": 760, "v-mid": 540, "v-narrow": 358}  # which of them shows, a container query decides

# Classes of `.ch` in the style sheet, each with the colour that stands for it while a chart is drawn.
CLASSES = ("main-l", "main-a", "grid", "axis", "lab", "label", "fwd", "hold", "back", "dot", "soft")
COLOURS = {name: f"#{number:06x}" for number, name in enumerate(CLASSES, start=0x010001)}
_NAMES = {colour: name for name, colour in COLOURS.items()}


def picture(title: str, desc: str, build: Callable[[int], Any], *, key: object) -> SafeString:
    """One chart drawn for several widths, so that its words stay readable.

    `build` gives an Altair chart for a width; `key` is what it draws, by which it is kept.
    """
    digest = hashlib.sha256(repr((EDITION, title, desc, key)).encode()).hexdigest()
    name = f"chart:{digest}"
    kept = cache.get(name)
    if kept is None:
        kept = _picture(title, desc, build, f"c{digest[:10]}")
        cache.set(name, kept, KEPT)
    return mark_safe(kept)  # noqa: S308  our own drawing; words in it are escaped


def _picture(title: str, desc: str, build: Callable[[int], Any], ident: str) -> str:
    drawings = ((css, f"{ident}-{css[2]}", *_draw(build(width))) for css, width in SIZES.items())
    return format_html(
        '<div class="iap-chart">{}</div>',
        format_html_join(
            "",
            '<svg class="ch {0}" viewBox="{2}" role="img" aria-labelledby="{1}t {1}d">'
            '<title id="{1}t">{4}</title><desc id="{1}d">{5}</desc>{3}</svg>',
            ((css, each, box, mark_safe(inside), title, desc) for css, each, box, inside in drawings),  # noqa: S308
        ),
    )


def _draw(chart: Any) -> tuple[str, str]:
    """The view box and the inside of one drawing, with classes where colours were."""
    import vl_convert  # a large library, loaded by the process that draws

    root = ET.fromstring(vl_convert.vegalite_to_svg(chart.to_dict()))  # noqa: S314  what we have just drawn
    inside = "".join(filter(None, (_tidy(child) for child in root)))
    return root.get("viewBox", ""), inside


DRAWN = {
    "d",
    "x",
    "y",
    "x1",
    "x2",
    "y1",
    "y2",
    "cx",
    "cy",
    "r",
    "width",
    "height",
    "transform",
    "text-anchor",
}


def _tidy(element: ET.Element) -> str:
    """An element with its geometry and class, and nothing that only styles it or that draws nothing."""
    name = element.tag.rpartition("}")[2]
    css = _NAMES.get(element.get("fill", "")) or _NAMES.get(element.get("stroke", ""))
    inside = "".join(filter(None, (_tidy(child) for child in element)))
    if name == "g":
        moved = element.get("transform", "translate(0,0)")
        return f'<g transform="{moved}">{inside}</g>' if inside and moved != "translate(0,0)" else inside
    if not css:
        return ""
    kept = {key: value for key, value in element.attrib.items() if key in DRAWN}
    if css != "label":
        kept["class"] = css
    attributes = format_html_join("", ' {}="{}"', kept.items())
    if name != "text":
        return format_html("<{}{}/>", name, attributes)
    return format_html("<text{}>{}{}</text>", attributes, element.text or "", mark_safe(inside))  # noqa: S308
