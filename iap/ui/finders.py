"""Where static files come from that are neither ours nor an app's."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bootstrap_wrapper import get_bootstrap_css_dir
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

PREFIX = "bootstrap"
# The map is named at the end of the style sheet, and the manifest refuses names it cannot find.
FILES = ("bootstrap.min.css", "bootstrap.min.css.map")


class BootstrapFinder(BaseFinder):
    """Serves Bootstrap's style sheet from its wheel as `bootstrap/bootstrap.min.css`, and no more of it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=get_bootstrap_css_dir())
        self.storage.prefix = PREFIX  # type: ignore[attr-defined]  # read by collectstatic
        super().__init__(*args, **kwargs)

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        folder, _, name = path.partition("/")
        found = [str(Path(self.storage.path(name)))] if folder == PREFIX and name in FILES else []
        return found if find_all or kwargs.get("all") else next(iter(found), [])

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        yield from ((name, self.storage) for name in FILES)
