"""The web server's access log, without the secrets that some addresses hold."""

import re
from typing import Any

from gunicorn.glogging import Logger

# A calendar's address and a link to choose a password open something by themselves.
SECRET = re.compile(r"(/calendar/[^/\s]+/|/password/reset/key/)[^\s?#]+")
ATOMS = ("r", "U", "f")  # the request line, its path, and where it came from


def masked(text: str) -> str:
    return SECRET.sub(r"\1…", text)


class AccessLog(Logger):  # type: ignore[misc]
    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> dict[str, Any]:
        atoms: dict[str, Any] = super().atoms(resp, req, environ, request_time)
        return {**atoms, **{name: masked(str(atoms[name])) for name in ATOMS if atoms.get(name)}}
