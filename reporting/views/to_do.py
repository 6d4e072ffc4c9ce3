"""What is to do this week, from everything that the apps know to be due."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from iap.audit.models import log_read
from iap.inbox import duties
from iap.schools.access import only
from iap.ui.fragments import render_page
from reporting.access import READERS

FIRST = 3  # of each kind are shown before the rest is asked for


@only(*READERS)
def to_do(request: Any) -> HttpResponse:
    """What waits for somebody with the reader's roles, by kind. The overview asks for it once it is shown, so that
    its figures wait for nobody's list.
    """
    day = timezone.localdate()
    found = [(duty, duty.find(request.school, day)) for duty in duties.of(request.roles)]
    kinds = [(duty, due[:FIRST], due[FIRST:]) for duty, due in found if due]
    log_read(request, "to-do", (each.pupil for _, due in found for each in due if each.pupil is not None))
    context = {"kinds": kinds, "number": sum(len(due) for _, due in found)}
    return render_page(request, "reporting/to_do.html", context, fragment="to_do")
