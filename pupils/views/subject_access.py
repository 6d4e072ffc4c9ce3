"""All that is kept about a pupil, for the family or the pupil who asks for it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from iap.audit.models import log_read, record
from iap.exports import one
from iap.schools.access import only
from pupils.access import SUBJECT_ACCESS, pupil_or_404

README = """All that {provision} at {school} keeps about {pupil}, as of {moment}.

record.json holds all of it; each CSV file holds one table of it. tables.csv says what each table is, and
dictionary.csv what each column means. Other pupils are not named: where a row names one, it says "another person".

Read it through before it is handed on. What would harm somebody, or was told in confidence by somebody else, may
have to be left out; your data protection officer knows what applies.
"""


@only(*SUBJECT_ACCESS)
def everything(request: Any, uuid: UUID) -> HttpResponse:
    """What will be in it; posted, the zip itself, kept in the audit and as a read."""
    pupil = pupil_or_404(request, uuid)
    log_read(request, "subject-access", [pupil])
    if request.method != "POST":
        return render(request, "pupils/everything.html", {"pupil": pupil})
    moment = f"{timezone.localtime():%d/%m/%Y %H:%M}"
    words = {"provision": pupil.school.provision, "school": pupil.school, "pupil": pupil, "moment": moment}
    content, rows = one.zipped(pupil, readme=README.format(**words))
    record("pupil.taken_out", pupil, by=request.user, rows=rows)
    answer = HttpResponse(content, content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="all-that-is-kept.zip"'
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
