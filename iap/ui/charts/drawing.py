"""Charts, drawn on the server as SVG. Colours come through classes, so dark mode, print and the CSP hold.

Altair describes a chart and vl-convert draws it. Both know colours only, so each class of the style sheet has
a colour that stands for it (`COLOURS`); afterwards every such colour is put back as its class.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterable
from typing import Any
from xml.etree import ElementTree as ET

from django.core.cache import cache
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

EDITION = 6  # one more whenever a drawing changes, so that kept ones are not shown any longer
KEPT = 24 * 60 * 60
SIZES = {"v-wide": 760, "v-mid": 540, "v-narrow": 358}  # which of them shows, a container query decides

# Classes of `.ch` in the style sheet, each with the colour that stands for it while a chart is drawn.
# `hatch` is a pattern of each drawing's own, for what lies outside the guide.
CLASSES = (
    *("main-l", "main-a", "grid", "axis", "lab", "label", "fwd", "hold", "back", "dot", "soft"),
    *("main-f", "iap-f", "iap-a", "sand-f", "sand-t", "plum-f", "plum-t", "line-iap", "line-sand"),
    *("band", "ref", "now", "hatch", "main-t"),
)
COLOURS = {name: f"#{number:06x}" for number, name in enumerate(CLASSES, start=0x010001)}
HATCH = (
    '<defs><pattern id="{}" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="7" height="7" class="hatch-bg"/><path d="M0 0V7" class="hatch-ln"/></pattern></defs>'
)
_NAMES = {colour: name for name, colour in COLOURS.items()}


def picture(
    title: str, desc: str, build: Callable[[int], Any], *, key: object, sizes: Iterable[str] = tuple(SIZES)
) -> SafeString:
    """One chart drawn for several widths, so that its words stay readable.

    `build` gives an Altair chart for a width; `key` is what it draws, by which it is kept. Each time it is shown
    its parts get names of their own, as the same chart may stand twice on a page.
    """
    digest = hashlib.sha256(repr((EDITION, title, desc, key)).encode()).hexdigest()
    name, ident = f"chart:{digest}", f"c{digest[:10]}"
    kept = cache.get(name)
    if kept is None:
        drawn = drawings(title, desc, build, ident, sizes)
        kept = format_html(
            '<div class="iap-chart">{}</div>', format_html_join("", "{}", ((svg,) for svg in drawn))
        )
        cache.set(name, kept, KEPT)
    own = kept.replace(ident, f"c{secrets.token_hex(5)}")
    return mark_safe(own)  # noqa: S308  our own drawing; words in it are escaped


def drawings(
    title: str,
    desc: str,
    build: Callable[[int], Any],
    ident: str,
    sizes: Iterable[str],
    style: str = "",
) -> list[SafeString]:
    """The drawing in each of these sizes, under names of its own. `style` is for where no style sheet reaches."""
    drawn = []
    for css in sizes:
        name = f"{ident}-{css[2]}"
        box, inside = _draw(build(SIZES[css]), f"{name}h")
        drawn.append(
            format_html(
                '<svg class="ch {0}" viewBox="{2}" role="img" aria-labelledby="{1}t {1}d"{6}>'
                '<title id="{1}t">{4}</title><desc id="{1}d">{5}</desc>{7}{3}</svg>',
                *(css, name, box, mark_safe(inside), title, desc),  # noqa: S308  our own drawing
                mark_safe(' xmlns="http://www.w3.org/2000/svg"' if style else ""),  # noqa: S308
                format_html("<style>{}</style>", mark_safe(style)) if style else "",  # noqa: S308
            )
        )
    return drawn


def _draw(chart: Any, hatch: str) -> tuple[str, str]:
    """The view box and the inside of one drawing, with classes where colours were."""
    import vl_convert  # a large library, loaded by the process that draws

    root = ET.fromstring(vl_convert.vegalite_to_svg(chart.to_dict(validate=False)))  # noqa: S314  just drawn
    inside = "".join(filter(None, (_tidy(child, hatch) for child in root)))
    defs = HATCH.format(hatch) if f"url(#{hatch})" in inside else ""
    return root.get("viewBox", ""), defs + inside


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


def _tidy(element: ET.Element, hatch: str) -> str:
    """An element with its geometry and class, and nothing that only styles it or that draws nothing."""
    name = element.tag.rpartition("}")[2]
    css = _NAMES.get(element.get("fill", "")) or _NAMES.get(element.get("stroke", ""))
    inside = "".join(filter(None, (_tidy(child, hatch) for child in element)))
    if name == "g":
        moved = element.get("transform", "translate(0,0)")
        return f'<g transform="{moved}">{inside}</g>' if inside and moved != "translate(0,0)" else inside
    if not css:
        return ""
    kept = {key: value for key, value in element.attrib.items() if key in DRAWN}
    if css == "hatch":
        kept |= {"class": "ol", "fill": f"url(#{hatch})"}
    elif css != "label":
        kept["class"] = css
    attributes = format_html_join("", ' {}="{}"', kept.items())
    if name != "text":
        return format_html("<{}{}/>", name, attributes)
    return format_html("<text{}>{}{}</text>", attributes, element.text or "", mark_safe(inside))  # noqa: S308
