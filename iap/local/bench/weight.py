"""What a browser has to fetch."""

import gzip
import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

OURS = ("css/*.css", "js/**/*.js")


def compressed(content: bytes) -> int:
    return len(gzip.compress(content, 6, mtime=0))


def styles_and_scripts() -> dict[str, float]:
    """Kilobytes of all CSS and JavaScript together, as they are and compressed."""
    root = Path(settings.STATICFILES_DIRS[0])
    files = [file for pattern in OURS for file in sorted(root.glob(pattern))]
    files += [
        Path(str(finders.find(name))) for name in ("bootstrap/bootstrap.min.css", "django_htmx/htmx-2.min.js")
    ]
    contents = [file.read_bytes() for file in files]
    return {
        "files": len(files),
        "kb": _kb(sum(map(len, contents))),
        "compressed_kb": _kb(sum(map(compressed, contents))),
    }


def page(content: bytes) -> dict[str, float]:
    """Kilobytes of one page; what differs each time (tokens) is left as it is."""
    return {
        "kb": _kb(len(content)),
        "compressed_kb": _kb(compressed(content)),
        "icons": len(re.findall(rb"<svg", content)),
    }


def _kb(size: int) -> float:
    return round(size / 1024, 1)
