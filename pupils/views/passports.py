"""A pupil's passport: the version that stands, writing the next one, and who has read which."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from iap.audit.models import log_read
from iap.errors import Conflict, Refused
from iap.schools.access import only
from pupils import papers, passport_reads
from pupils.access import PLANNERS, READERS, pupil_or_404
from pupils.actions.passports import save_passport
from pupils.forms.passports import PassportForm
from pupils.models import Passport, Pupil
from pupils.needs import in_lines, noted_of
from pupils.record import record_of

from .papers import pdf_of
from .plans import may_plan, strikable


@only(*READERS)
@require_GET
def passport(request: Any, uuid: UUID) -> HttpResponse:
    """The version that stands, or an earlier one by `?version=`; with who has read it."""
    pupil = pupil_or_404(request, uuid)
    log_read(request, "passport", [pupil])
    versions = _versions(pupil)
    wanted = request.GET.get("version", "")
    shown = next((each for each in versions if str(each.version) == wanted), None)
    newest = next((each for each in versions if each.stands), None)
    shown = shown or newest
    context = {
        "pupil": pupil,
        "passport": shown,
        "newest": newest,
        "versions": versions,
        "readers": passport_reads.readers_of(pupil, newest, timezone.localdate()) if newest else [],
        "key_adult": _key_adult(request, pupil),
        "strikable": strikable(request, [shown] if shown else []),
        "may_write": may_plan(request),
    }
    return render(request, "pupils/passport.html", context)


def _first(pupil: Pupil) -> dict[str, str]:
    """A first version begins with the strengths that are noted already."""
    return {"strengths": in_lines(noted_of(pupil).strengths)}


@only(*PLANNERS)
def passport_write(request: Any, uuid: UUID) -> HttpResponse:
    """Write the next version, beginning from the one that stands. Two at once: the second is shown both."""
    pupil = pupil_or_404(request, uuid)
    versions = _versions(pupil)
    newest = next((each for each in versions if each.stands), None)
    number = versions[0].version if versions else 0
    initial = {name: getattr(newest, name) for name in Passport.PARTS} if newest else _first(pupil)
    form = PassportForm(request.POST or None, initial=initial | {"seen": number})
    status, saved = 422 if form.is_bound else 200, None
    if form.is_bound and form.is_valid():
        try:
            seen, parts = form.opened_at()
            made = save_passport(pupil, by=request.user, seen=seen, **parts)
        except Conflict as conflict:
            form.add_error(None, str(conflict))
            form.look_again(number)
            status, saved = 409, newest
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Version {made.version} stands. Teachers it concerns are told.")
            return redirect("pupils:passport", pupil.uuid)
    log_read(request, "passport-write", [pupil])
    context = {"pupil": pupil, "form": form, "number": number, "saved": saved}
    return render(request, "pupils/passport_write.html", context, status=status)


@only(*READERS)
@require_GET
def passport_paper(request: Any, uuid: UUID, edition: str) -> HttpResponse:
    """One page as a PDF: for the family, or for staff."""
    pupil = pupil_or_404(request, uuid)
    newest = record_of(request, pupil, timezone.localdate()).passport
    if newest is None or edition not in papers.EDITIONS:
        raise Http404("This pupil has no such paper.")
    log_read(request, "passport-paper", [pupil])
    content = papers.passport(request.school, pupil, newest, _key_adult(request, pupil), edition=edition)
    return pdf_of(content, f"passport-{pupil.known_as}")


def _key_adult(request: Any, pupil: Pupil) -> Any:
    record = record_of(request, pupil, timezone.localdate())
    return record.placement.key_adult if record.placement and not record.has_ended(record.placement) else None


def _versions(pupil: Pupil) -> list[Passport]:
    """Every version, the newest first: one query."""
    held = Passport.objects.filter(school=pupil.school_id, pupil=pupil).select_related("by", "in_error_by")
    return list(held.newest_first())
