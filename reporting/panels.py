"""What reports put on a pupil's page."""

import datetime as dt
from typing import Any

from pupils.access import SENSITIVE
from pupils.panels import Area, Panel, register


def case_file(request: Any, pupil: Any, day: dt.date) -> dict[str, Any]:
    return {}


def offer() -> None:
    register(Panel("case-file", SENSITIVE, case_file, "reporting/panels/case_file.html", Area.MORE, 80))
