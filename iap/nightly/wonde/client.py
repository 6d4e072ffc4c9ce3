"""Asks Wonde's REST API, page by page, with patience; its key is sent to its own address and said nowhere.

What is fetched lies in a folder, one line of JSON for each thing, beside a note of the page that comes next: a run
that was broken off goes on from there.
"""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import BaseHTTPResponse
from urllib3.util import Retry

PER_PAGE = 200
MOST_PAGES = 20_000  # of one resource; more is a server that never ends
LONGEST_WAIT = 120  # seconds that we wait because the server asks us to
PATIENCE = (10, 60)  # seconds for a connection, and for an answer
RESUMED_WITHIN = 6 * 60 * 60  # seconds; what was begun before that is fetched anew
ASKED_AGAIN = (429, 500, 502, 503, 504)


class Trouble(Exception):
    """Why nothing could be fetched, and what to do, in a sentence without any key."""


class _Patience(Retry):
    """Waits as long as the server asks, within reason."""

    def get_retry_after(self, response: BaseHTTPResponse) -> float | None:
        asked = super().get_retry_after(response)
        return None if asked is None else min(asked, LONGEST_WAIT)


class Client:
    """One school at Wonde. `tell(resource, things)` is called after each page."""

    def __init__(
        self,
        base: str,
        school: str,
        token: str,
        folder: Path,
        *,
        tell: Callable[[str, int], None] = lambda resource, things: None,
        wait: float = 1.0,
    ) -> None:
        if not token:
            raise Trouble("There is no key for Wonde. Whoever runs this service sets WONDE_TOKEN.")
        self.base, self.folder, self.tell = f"{base.rstrip('/')}/schools/{school}", folder, tell
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"Bearer {token}"
        self._session.trust_env = False  # a key of the machine's .netrc is not ours to send
        retry = _Patience(
            total=6, backoff_factor=wait, backoff_max=60, status_forcelist=ASKED_AGAIN, allowed_methods={"GET"},
            raise_on_status=False, respect_retry_after_header=True,
        )  # fmt: skip
        self._session.mount("http://", HTTPAdapter(max_retries=retry))
        self._session.mount("https://", HTTPAdapter(max_retries=retry))
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def __repr__(self) -> str:
        return f"Client({self.base})"

    def things(self, resource: str, **parameters: str) -> Iterator[dict[str, Any]]:
        """All things of a resource, such as `students`. Raises Trouble where the server does not give them."""
        name = resource.replace("/", "-")
        lines, note = self.folder / f"{name}.jsonl", self.folder / f"{name}.next"
        self._fetch(resource, parameters, lines, note)
        with lines.open(encoding="utf-8") as kept:
            for line in kept:
                yield json.loads(line)

    def _fetch(self, resource: str, parameters: Mapping[str, str], lines: Path, note: Path) -> None:
        """Bring the file to its end, from where it was left."""
        url, size = _resumed(note) or (self._first(resource, parameters), 0)
        if not lines.exists():
            url, size = self._first(resource, parameters), 0
        pages = 0
        with lines.open("ab") as out:
            out.truncate(size)  # half a page that a broken run has left
            while url:
                found, url = self._page(url)
                out.write(b"".join(json.dumps(thing).encode() + b"\n" for thing in found))
                out.flush()
                note.write_text(json.dumps([url, out.tell()]))
                self.tell(resource, len(found))
                pages += 1
                if pages > MOST_PAGES:
                    raise Trouble("Wonde’s answer had no end. Tell whoever runs this service.")

    def _first(self, resource: str, parameters: Mapping[str, str]) -> str:
        return f"{self.base}/{resource}?{urlencode({'per_page': PER_PAGE, **parameters})}"

    def _page(self, url: str) -> tuple[list[dict[str, Any]], str]:
        """The things of one page, and the address of the next."""
        if _origin(url) != _origin(self.base):
            raise Trouble("Wonde’s answer pointed to another address, where our key is not sent.")
        try:
            answer = self._session.get(url, timeout=PATIENCE, allow_redirects=False)
        except requests.RequestException:
            raise Trouble(
                "Wonde did not answer, though we asked several times. It is asked again next time."
            ) from None
        _refuse(answer.status_code)
        try:
            body = answer.json()
            found, paging = body["data"], (body.get("meta") or {}).get("pagination") or {}
            if not all(isinstance(thing, dict) for thing in found):
                raise TypeError
            return found, str(paging.get("next") or "") if paging.get("more") else ""
        except (ValueError, KeyError, TypeError, AttributeError):
            raise Trouble("Wonde’s answer could not be read. It is asked again next time.") from None

    def forget(self) -> None:
        """Take out what was fetched."""
        for file in self.folder.glob("*"):
            file.unlink()


def _refuse(status: int) -> None:
    if status in {401, 403}:
        raise Trouble("Wonde does not accept our key for this school. Check in Wonde that access is granted.")
    if status == 404:
        raise Trouble("Wonde does not know this school. Check its Wonde identifier.")
    if status in ASKED_AGAIN:
        raise Trouble("Wonde is too busy, though we asked several times. It is asked again next time.")
    if status != 200:
        raise Trouble(f"Wonde answered with {status}, which we do not know. Tell whoever runs this service.")


def _resumed(note: Path) -> tuple[str, int] | None:
    """The next page and the length of what is whole, if the last run is not too long ago."""
    try:
        if time.time() - note.stat().st_mtime > RESUMED_WITHIN:
            return None
        url, size = json.loads(note.read_text())
        return str(url), int(size)
    except (OSError, ValueError, TypeError):
        return None


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc
