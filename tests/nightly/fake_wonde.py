"""A server that answers as Wonde does, over real HTTP on this machine, and fails as it is told to."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

KEY = "7e76896f9aca62569048c667db292d72dd84f224"
SCHOOL = "A1930499544"
Thing = dict[str, Any]
Answer = tuple[int, dict[str, str], bytes]


def moment(day: str) -> Thing:
    return {"date": f"{day} 00:00:00.000000", "timezone_type": 3, "timezone": "Europe/London"}


def pupil(number: int, upn: str, **more: Any) -> Thing:
    return {
        "id": f"A{number}", "mis_id": str(number), "forename": "Kai", "surname": "Mensah", "legal_forename": "Kai",
        "legal_surname": f"Mensah{number}", "gender": "MALE", "date_of_birth": moment("2014-03-05"),
        "education_details": {"data": {"upn": upn, "admission_number": f"00{number}", "current_nc_year": "8"}},
        "extended_details": {"data": {"sen_status": "K", "premium_pupil_indicator": True, "in_lea_care": None,
                                      "first_language": "Polish"}},
        "groups": {"data": [{"id": "G1", "type": "REGISTRATION", "name": "8R"}]},
        **more,
    }  # fmt: skip


def contact(name: str, *, priority: int | None, **more: Any) -> Thing:
    kin = {
        "relationship": "Mother",
        "parental_responsibility": True,
        "priority": priority,
        "lives_with_pupil": True,
    }
    phones = {"phone": None, "primary": "", "home": "020 7946 0001", "work": None, "mobile": "07700 900123"}
    emails = {"email": "home@family.example", "primary": None, "home": None, "work": None}
    details = {"phones": phones, "emails": emails, "addresses": {"home": None}}
    named = {"id": f"C{name}", "title": "Ms", "forename": name, "surname": "Mensah", "relationship": kin}
    return {**named, "contact_details": {"data": details}, **more}


def with_included(thing: Any, included: list[str]) -> Any:
    """A thing with what was asked to be included alone, as `contacts` or `contacts.contact_details`."""
    if not isinstance(thing, dict):
        return thing
    kept = {}
    for name, value in thing.items():
        if isinstance(value, dict) and set(value) == {"data"}:
            if name not in {each.partition(".")[0] for each in included}:
                continue
            deeper = [each.partition(".")[2] for each in included if each.startswith(f"{name}.")]
            data = value["data"]
            some = isinstance(data, list)
            value = {
                "data": [with_included(x, deeper) for x in data] if some else with_included(data, deeper)
            }
        kept[name] = value
    return kept


class FakeWonde:
    """`things` by resource. `fails` are answers given instead, one for each request, before any good one."""

    def __init__(self) -> None:
        self.things: dict[str, list[Thing]] = {}
        self.fails: list[Answer | Callable[[], None]] = []
        self.asked: list[str] = []
        self.keys: set[str] = set()
        self.per_page = 2
        self.base = ""

    def answer(self, path: str, key: str) -> Answer | None:
        self.asked.append(path)
        self.keys.add(key)
        if self.fails:
            fail = self.fails.pop(0)
            if callable(fail):
                return fail()
            if fail[0]:
                return fail
        parts = urlsplit(path)
        resource = parts.path.removeprefix(f"/v1.0/schools/{SCHOOL}/").strip("/")
        if key != f"Bearer {KEY}":
            return 401, {}, b'{"error": "invalid token"}'
        if SCHOOL not in parts.path:
            return 404, {}, b"{}"
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        page, included = int(asked.get("page", 1)), asked.get("include", "").split(",")
        things, first = self.things.get(resource, []), (page - 1) * self.per_page
        more = len(things) > first + self.per_page
        query = urlencode({**asked, "page": page + 1})
        following = f"{self.base}/schools/{SCHOOL}/{resource}?{query}" if more else None
        paging = {"next": following, "more": more, "per_page": self.per_page, "current_page": page}
        found = [with_included(thing, included) for thing in things[first : first + self.per_page]]
        body = {"data": found, "meta": {"pagination": paging}}
        return 200, {"Content-Type": "application/json"}, json.dumps(body).encode()


@contextmanager
def serving() -> Iterator[FakeWonde]:
    fake = FakeWonde()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            found = fake.answer(self.path, self.headers.get("Authorization", ""))
            if found is None:
                self.close_connection = True
                self.connection.close()
                return
            status, headers, body = found
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    fake.base = f"http://127.0.0.1:{server.server_port}/v1.0"
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
