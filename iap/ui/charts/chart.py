"""A chart as a value: what it shows, its words, its table. Drawn for pages and for papers from the same data."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from . import drawing, paper

Swatch = tuple[str, str]  # a class of `.ch` that fills, and what it stands for


@dataclass(frozen=True, kw_only=True)
class Chart:
    """One chart. `title` is a finding in words, `desc` a sentence or two for those who do not see it.

    A kind of chart is a subclass with plain data: it turns into JSON and back (`as_json`, `chart_of`), so that a
    figure that was kept can be drawn again to the letter.
    """

    title: str
    desc: str

    KINDS: ClassVar[dict[str, type["Chart"]]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        Chart.KINDS[cls.__name__.lower()] = cls

    def __post_init__(self) -> None:
        for words in (self.title, self.desc):
            if len(words.split()) < 3:
                raise ValueError(f"A chart says in a sentence what it shows; {words!r} says too little.")

    def table(self) -> tuple[Sequence[str], list[Sequence[Any]]]:
        """The names of the columns and the rows, the first of each being its heading."""
        raise NotImplementedError

    def build(self, width: int) -> Any:
        """The chart for Altair, in colours of `drawing.COLOURS`, for a width of the whole drawing."""
        raise NotImplementedError

    def key(self) -> list[Swatch]:
        """What colours and hatching say, where they are not labelled directly."""
        return []

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw; the page then says why in words."""
        return False

    def as_json(self) -> dict[str, Any]:
        return {"kind": type(self).__name__.lower(), **asdict(self)}

    @cached_property
    def digest(self) -> str:
        content = json.dumps(self.as_json(), sort_keys=True, default=str)
        return hashlib.sha256(f"{drawing.EDITION}{content}".encode()).hexdigest()

    def picture(self) -> SafeString:
        """The drawings alone, in every width."""
        return drawing.picture(self.title, self.desc, self._build, key=self.digest)

    def html(self) -> SafeString:
        """A `<figure>`: the finding, the picture, its key, and its numbers in a closed table."""
        return figure(self.title, self.picture(), _swatches(self.key()), *self.table())

    __html__ = html

    def svg(self, size: str = "v-wide") -> str:
        """One drawing with its colours inside, for a paper."""
        name = f"paper:{size}:{self.digest}"
        kept = cache.get(name)
        if kept is None:
            build = (self.title, self.desc, self._build, f"c{self.digest[:10]}")
            kept = str(drawing.drawings(*build, sizes=[size], style=paper.style())[0])
            cache.set(name, kept, drawing.KEPT)
        return kept

    def _build(self, width: int) -> Any:
        """Without Altair's own checks of every part, which take longer than drawing does; tests turn them on."""
        from altair.utils import schemapi

        with schemapi.debug_mode(CHECKED):
            return self.build(width)


CHECKED = False


def chart_of(kept: dict[str, Any]) -> Chart:
    """The chart that `as_json` gave."""
    data = dict(kept)
    return Chart.KINDS[data.pop("kind")](**data)


def figure(
    title: str, picture: SafeString, key: SafeString, head: Sequence[str], rows: Sequence[Sequence[Any]]
) -> SafeString:
    context = {"caption": title, "head": head, "rows": rows, "summary": "See this as a table"}
    return format_html(
        '<figure class="iap-figure"><figcaption>{}</figcaption>{}{}{}</figure>',
        title,
        picture,
        key,
        mark_safe(render_to_string("ui/_table_details.html", context)),  # noqa: S308  a template's, which escapes
    )


def _swatches(key: list[Swatch]) -> SafeString:
    rows = ((_swatch(css), words) for css, words in key)
    drawn = format_html_join("", "<li>{}{}</li>", rows)
    return format_html('<ul class="iap-key">{}</ul>', drawn) if drawn else SafeString("")


def _swatch(css: str) -> SafeString:
    """A square of the colour; of the hatching, three of its lines."""
    inside = '<rect class="{}" x="1" y="1" width="14" height="14" rx="2"/>'
    if css == "hatch":
        inside = (
            '<rect class="hatch-bg" x="1" y="1" width="14" height="14" rx="2"/>'
            '<path class="hatch-ln" d="M1 8l7-7M2 14L14 2M8 15l7-7"/>'
        )
    elif css.startswith("line"):
        inside = '<path class="{}" d="M1 8h14"/>'
    return format_html(
        '<svg class="ch icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{}</svg>',
        mark_safe(inside.replace("{}", css)),  # noqa: S308  our own drawing
    )
