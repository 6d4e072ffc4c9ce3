"""What runs out of staff's training and qualifications, as a duty of the lead: duties stand above schools."""

import datetime as dt
from typing import Any

from django.urls import reverse

from iap.inbox.duties import Due
from iap.schools.learning import runs_out


def learning_due(school: Any, day: dt.date) -> list[Due]:
    url = reverse("schools:learning")
    return [Due(f"{each.what}: {each.staff}", url, each.on) for each in runs_out(school, day)]
