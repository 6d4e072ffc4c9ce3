"""Small drawings, inlined. Presentation through classes only, so that dark mode, print and the CSP hold."""

import functools
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib.resources import as_file, files

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from . import words

# What the set lacks, drawn on the same 24-unit grid.
OWN = {
    "walk": '<circle cx="13" cy="4" r="1.75"/><path d="m12.2 8.5-1.4 6 3.6 2.6.9 4.4M10.8 14.5 9.6 18l-3 3.3'
    'M7.3 12.6l1-3.1 3.9-1 2.2 2.9 3.3 1"/>',
    # Lighter than the set's own: it stands on every tile of Today.
    "lifebuoy": '<circle cx="12" cy="12" r="9"/><circle cx="12" cy="12" r="3.75"/>'
    '<path d="m5.65 5.65 3.7 3.7m5.3 0 3.7-3.7m0 12.7-3.7-3.7m-5.3 0-3.7 3.7"/>',
}


class UnknownIcon(LookupError):
    """No drawing has that name."""


@functools.cache
def _outline(name: str) -> str:
    """The inside of one icon of the outline set."""
    if name in OWN:
        return OWN[name]
    with as_file(files("heroicons") / "heroicons.zip") as path, zipfile.ZipFile(path) as drawings:
        try:
            drawing = drawings.read(f"outline/{name}.svg").decode()
        except KeyError:
            raise UnknownIcon(f"There is no icon called {name!r}.") from None
    inside = re.sub(r"\s*</?svg[^>]*>\s*| stroke-line(cap|join)=\"round\"", "", drawing)
    return re.sub(r">\s+<", "><", inside)


def icon(name: str, css: str = "") -> SafeString:
    """An icon beside a word, with the style sheet's round ends. To a screen reader the word speaks."""
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75"'
        ' aria-hidden="true">{}</svg>',
        f"icon {css}".strip(),
        mark_safe(_outline(name)),  # noqa: S308  from the wheel or from OWN, by name
    )


# Mouths differ in shape, not only in angle, so that they read at 24 pixels.
_MOUTHS = {
    1: '<path d="M8.4 16.4c.9-1.7 2.1-2.5 3.6-2.5s2.7.8 3.6 2.5"/><path d="m7.3 8.7 2.6-1M16.7 8.7l-2.6-1"/>',
    2: '<path d="M8 15.6c.8-1 1.6-1 2.4-.2s1.6.9 2.4.1 1.8-1 3-.2"/>',
    3: '<path d="M8.6 15.2h6.8"/>',
    4: '<path d="M8.4 14.2c.9 1.4 2.1 2.1 3.6 2.1s2.7-.7 3.6-2.1"/>',
    5: '<path d="M7.8 13.4h8.4c-.2 2.8-1.8 4.3-4.2 4.3s-4-1.5-4.2-4.3Z"/>',
}


def face_paths(value: int) -> str:
    return (
        f'<circle cx="12" cy="12" r="9.25"/>{_MOUTHS[value]}'
        '<path d="M9 10.4v.6M15 10.4v.6" stroke-width="2.4"/>'
    )


def face(value: object, css: str = "iap-face", *, spoken: bool = True) -> SafeString:
    """A face for a readiness of 1 to 5, otherwise nothing. `spoken=False` where the word stands beside it."""
    number = words.as_readiness(value)
    if not number:
        return SafeString("")
    says = (
        format_html('role="img" aria-label="{}"', words.READINESS[number])
        if spoken
        else SafeString('aria-hidden="true" focusable="false"')
    )
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75"'
        ' stroke-linecap="round" stroke-linejoin="round" {}>{}</svg>',
        f"{css} mood-{number}".strip(),
        says,
        mark_safe(face_paths(number)),  # noqa: S308  our own drawing
    )


_MARKS = {
    "well": ("w", '<circle cx="6" cy="6" r="4.5"/>'),
    "mixed": (
        "m",
        '<circle cx="6" cy="6" r="4.5" fill="none"/><path d="M6 1.5a4.5 4.5 0 0 1 0 9Z" stroke="none"/>',
    ),
    "hard": ("h", '<circle cx="6" cy="6" r="4.5"/>'),
    "absent": ("a", '<path d="M3 6h6"/>'),
}


def mark(outcome: object) -> SafeString:
    """One lesson: filled went well, half mixed, ring found it hard, dash not there."""
    key = words.outcome(outcome)
    if not key:
        return SafeString("")
    css, drawing = _MARKS[key]
    return format_html(
        '<svg class="{}" viewBox="0 0 12 12" stroke-width="1.5" aria-hidden="true"'
        ' focusable="false">{}</svg>',
        css,
        mark_safe(drawing),  # noqa: S308  our own drawing
    )


def marks(outcomes: Iterable[object]) -> SafeString:
    """The last lessons, newest right, with one sentence for a screen reader. Unrated ones are left out."""
    rated = [key for key in map(words.outcome, outcomes) if key]
    if not rated:
        return SafeString("")
    counted = Counter(rated)
    said = ", ".join(f"{counted[key]} {word}" for key, word in words.OUTCOMES.items() if counted[key])
    return format_html(
        '<span class="iap-marks" role="img" aria-label="Last {}: {}">{}</span>',
        len(rated),
        said,
        format_html_join("", "{}", ((mark(key),) for key in rated)),
    )


def seats(taken: int, places: int) -> SafeString:
    """A dot for each place: filled, open, or over the limit. The numbers stand beside it in words."""
    dots = max(taken, places)
    drawn = format_html_join(
        "",
        '<circle cx="{}" cy="6" r="4.5" class="{}"/>',
        ((7 + i * 14, "over" if i >= places else "on" if i < taken else "off") for i in range(dots)),
    )
    return format_html(
        '<svg viewBox="0 0 {} 12" width="{}" height="12" aria-hidden="true" focusable="false">{}</svg>',
        dots * 14,
        dots * 14,
        drawn,
    )


def bar(
    parts: Sequence[tuple[str, float]],
    total: float = 100,
    css: str = "",
    target: float | None = None,
    label: str = "",
) -> SafeString:
    """Parts of a whole, stretched to its box; each is a kind (`main`, `iap`, `sand` …) and an amount."""
    x, drawn = 0.0, []
    for kind, amount in parts:
        drawn.append(
            format_html(
                '<rect class="b-{}" x="{}" y="0" width="{}" height="8"/>',
                kind,
                _part(x, total),
                _part(amount, total),
            )
        )
        x += amount
        if x < total:
            drawn.append(format_html('<path class="gap" d="M{} 0v8"/>', _part(x, total)))
    if target is not None:
        drawn.append(format_html('<path class="target" d="M{} 0v8"/>', _part(target, total)))
    says = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="{}" viewBox="0 0 100 8" preserveAspectRatio="none" {}>{}</svg>',
        f"iap-bar {css}".strip(),
        says,
        format_html_join("", "{}", ((d,) for d in drawn)),
    )


def _part(amount: float, total: float) -> str:
    return f"{amount / total * 100 if total else 0:.2f}"


def sparkline(values: Sequence[float], label: str, low: float = 0, high: float = 100) -> SafeString:
    """A line without axes. The label says its range; the last value stands beside it in text."""
    width, height = 96, 28
    if len(values) < 2:
        return SafeString("")
    xs = [3 + i * (width - 8) / (len(values) - 1) for i in range(len(values))]
    ys = [3 + (high - v) / (high - low) * (height - 6) for v in values]
    return format_html(
        '<svg class="iap-spark ch" viewBox="0 0 {w} {h}" role="img" aria-label="{label}">'
        '<path class="grid" d="M0 {base}H{w}"/><polyline class="main-l" points="{points}"/>'
        '<circle class="now" cx="{x}" cy="{y}" r="3.5"/></svg>',
        w=width,
        h=height,
        base=height - 3,
        label=conditional_escape(label),
        points=" ".join(f"{x:.1f},{y:.1f}" for x, y in zip(xs, ys, strict=True)),
        x=f"{xs[-1]:.1f}",
        y=f"{ys[-1]:.1f}",
    )


def brand() -> SafeString:
    """The leaf beside the provision's name."""
    return SafeString(
        '<svg viewBox="0 0 36 36" aria-hidden="true" focusable="false"><path class="leaf"'
        ' d="M6 21C6 11 14 5 30 5c0 16-6 24-16 24-3.3 0-5.8-1.3-7.1-3.4C6.3 24.4 6 22.8 6 21Z"/>'
        '<path class="vein" fill="none" stroke-width="2"'
        ' stroke-linecap="round" d="M4 32c4-9 10-15 18-19M13.5 20.5V14M17.5 17.3h6.5"/></svg>'
    )


_INSIDE = re.compile(r"<svg([^>]*)>(.*)</svg>", re.DOTALL)
_DRAWN_WITH = re.compile(r'\b(?:fill|stroke[a-z-]*)="[^"]*"')


def sheet(names: Iterable[str]) -> SafeString:
    """Icons and the five faces drawn once, out of sight, for a page that repeats them: see `ref` and `face_ref`."""
    drawn = [_symbol(f"i-{name}", icon(name)) for name in names]
    drawn += [_symbol(f"face-{number}", face(number, spoken=False)) for number in words.READINESS]
    return mark_safe(f'<svg class="iap-drawings" aria-hidden="true">{"".join(drawn)}</svg>')  # noqa: S308  our own


def _symbol(name: str, drawing: str) -> str:
    found = _INSIDE.search(drawing)
    if found is None:
        raise ValueError(f"{name} is no drawing.")
    style = " ".join(_DRAWN_WITH.findall(found[1]))
    return f'<symbol id="{name}" viewBox="0 0 24 24"><g {style}>{found[2].strip()}</g></symbol>'


def ref(name: str) -> SafeString:
    """An icon of the page's sheet."""
    return format_html('<svg class="icon" aria-hidden="true"><use href="#i-{}"/></svg>', name)


def face_ref(number: int) -> SafeString:
    """A face of the page's sheet, in a button with its word: what a button draws says nothing of itself."""
    return format_html('<svg><use href="#face-{}"/></svg>', number)
