"""What the self-review said would be done, once its day has come."""

import datetime as dt
from typing import Any

from django.urls import reverse

from iap.inbox import duties
from iap.inbox.duties import Due, Duty

from .access import KEEPERS
from .actions.reviews import due_steps


def next_steps(school: Any, day: dt.date) -> list[Due]:
    """Next steps of the newest self-review whose day has come: two queries."""
    url = reverse("reporting:review")
    return [
        Due(f"{step.next_step} ({step.who})", url, step.due_on)
        for step in due_steps(school, day)
        if step.due_on is not None
    ]


def offer() -> None:
    duties.register(Duty("self-review-steps", "Next steps of the self-review", KEEPERS, next_steps, 80))
