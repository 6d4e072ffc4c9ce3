"""The style of charts where no style sheet reaches: the very rules of the site's own, with its light colours."""

import functools
import re
from pathlib import Path

from django.conf import settings

FONT = "Libertinus Serif"  # comes with Typst, as every font of our papers does

_TOKEN = re.compile(r"(--iap-[\w-]+):\s*(#[0-9a-f]{3,8})")
_RULE = re.compile(r"(?m)^\s*(\.ch [^{}]+\{[^{}]*\}(?:[^\n]*\})?)")


@functools.cache
def style() -> str:
    """Every rule for `.ch` of the theme, with values where it has names of colours."""
    theme = (Path(settings.BASE_DIR) / "static" / "css" / "iap.css").read_text()
    tokens = dict(_TOKEN.findall(theme[: theme.index("prefers-color-scheme: dark")]))
    rules = " ".join(_RULE.findall(theme[theme.rindex("@layer iap.charts {\n") :]))
    rules = re.sub(r"var\((--iap-[\w-]+)\)", lambda name: tokens.get(name[1], FONT), rules)
    return rules.replace(".ch ", "")


def colour(css: str) -> str:
    """The colour that a class of a chart fills or strokes with."""
    rule = re.search(rf"\.{css} \{{([^}}]*)\}}", style())
    found = re.search(r"#[0-9a-f]{6}", rule[1]) if rule else None
    if found is None:
        raise LookupError(f"No class {css!r} colours a chart.")
    return found[0]
