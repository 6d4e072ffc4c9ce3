"""The pupils of the provision, and for those who answer for all of them, of the school."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from iap.audit.models import log_read
from iap.schools.access import only
from iap.ui.fragments import render_page
from pupils import finding
from pupils.access import READERS
from pupils.panels import columns_for

from .detail import year_in_words

PER_PAGE = 30
WHO = {"": "Now", "coming": "Coming", "ended": "Ended", "all": "Whole school"}


@only(*READERS)
@require_GET
def pupils(request: Any) -> HttpResponse:
    """Pupils with a place now; by filter those to come, those who had one, or the whole school."""
    day, school = timezone.localdate(), request.school
    who, text = _who(request), request.GET.get("q", "").replace("\0", "").strip()[:80]
    found = finding.named(_chosen(request, who, day), text)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    for pupil in shown:
        pupil.school = school
    log_read(request, "pupil-list", shown)
    columns = columns_for(request.roles)
    cells = [column.build(request, shown, day) for column in columns]
    context = {
        "page": page,
        "columns": columns,
        "rows": [(pupil, year_in_words(pupil.year_group), _row(pupil, columns, cells)) for pupil in shown],
        "who": who,
        "text": text,
        "choices": _choices(request, who),
    }
    return render_page(request, "pupils/list.html", context, fragment="list")


def _chosen(request: Any, who: str, day: Any) -> Any:
    pupils = finding.findable(request.school, request.roles, day)
    match who:
        case "all":
            return pupils.on_roll(day)
        case "coming":
            return finding.with_coming_place(pupils, request.school, day)
        case "ended":
            return finding.with_ended_place(pupils, request.school, day)
    return finding.with_place(pupils, request.school, day)


def _who(request: Any) -> str:
    asked = request.GET.get("who", "")
    return asked if asked in _offered(request) else ""


def _offered(request: Any) -> dict[str, str]:
    whole = finding.sees_whole_school(request.roles)
    return {key: words for key, words in WHO.items() if whole or key != "all"}


def _choices(request: Any, who: str) -> list[tuple[str, str, bool]]:
    return [(words, f"?who={key}" if key else "?", key == who) for key, words in _offered(request).items()]


def _row(pupil: Any, columns: list[Any], cells: list[Any]) -> list[tuple[str, str]]:
    return [(column.label, cell.get(pupil.pk, "")) for column, cell in zip(columns, cells, strict=True)]
