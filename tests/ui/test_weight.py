"""A page is light enough for a school's tablet."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

MOST = 75 * 1024
pytestmark = pytest.mark.urls("tests.ui.urls")
STATIC = Path(__file__).parents[2] / "static"


def _packed(path):
    return len(gzip.compress(Path(path).read_bytes(), 6))


def _linked(page):
    """The files a page asks for at once, and what those ask for."""
    names = set(re.findall(r'(?:src|href)="/static/([^"]+\.(?:css|js))"', page))
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        path = Path(finders.find(name) or pytest.fail(f"{name} is linked and not there"))
        for other in re.findall(r'(?:from |@import url\()"(\.{1,2}/[^"]+)"', path.read_text()):
            name = str((path.parent / other).resolve())
            found = name.rpartition("/static/")[2]
            if found not in names:
                names.add(found)
                waiting.append(found)
    return names


def test_styles_and_scripts_of_every_page_stay_light(client, lead):
    client.force_login(lead)
    names = _linked(client.get("/parts/").content.decode())
    assert {
        "bootstrap/bootstrap.min.css",
        "css/iap.css",
        "css/print.css",
        "js/iap.js",
        "js/focus.js",
    } <= names
    assert any("htmx" in name for name in names)
    weights = {name: _packed(finders.find(name)) for name in names}
    assert sum(weights.values()) <= MOST, weights


def test_every_script_of_ours_is_small():
    for path in (STATIC / "js").glob("*.js"):
        assert _packed(path) < 6 * 1024, path.name


def test_no_file_asks_another_site_for_anything():
    for path in [*STATIC.rglob("*.css"), *STATIC.rglob("*.js")]:
        assert not re.search(r"(?<!xmlns=')https?://(?!www\.w3\.org)", path.read_text()), path.name
