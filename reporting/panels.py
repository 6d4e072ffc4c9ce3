"""What reports put on a pupil's page."""

import datetime as dt
from typing import Any

from pupils.access import READERS, SENSITIVE
from pupils.panels import Area, Panel, register


def link(request: Any, pupil: Any, day: dt.date) -> dict[str, Any]:
    """The way to a page or a paper of the pupil's; it reads nothing."""
    return {}


def offer() -> None:
    register(Panel("check-in-patterns", READERS, link, "reporting/panels/check_ins.html", Area.MORE, 25))
    register(Panel("case-file", SENSITIVE, link, "reporting/panels/case_file.html", Area.MORE, 80))
