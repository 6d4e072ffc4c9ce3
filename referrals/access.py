"""Who reads which referral. A draft is its writer's alone; what is sent, the lead, leaders and the SENCO read whole."""

from typing import Any
from uuid import UUID

from django.http import Http404

from iap.schools.access import choose_school
from iap.schools.models import Role

from .models import Referral

READERS = (Role.LEAD, Role.LEADER, Role.SENCO)
DECIDERS = (Role.LEAD, Role.LEADER)
REFERRERS = (Role.STAFF, Role.LEAD, Role.LEADER, Role.SENCO, Role.DSL, Role.TEACHER)


def sent_or_404(request: Any, uuid: UUID) -> Referral:
    """A referral that was sent, in one of the schools the view was opened for; the request works in that school."""
    found = (
        Referral.objects.at(request.schools)
        .sent()
        .filter(uuid=uuid)
        .select_related("pupil", "referrer", "override_by", "supported_by", "talked_by")
        .first()
    )
    if found is None:
        raise Http404("No such referral in your schools.")
    school = next(school for school in request.schools if school.pk == found.school_id)
    choose_school(request, [school])
    found.school = found.pupil.school = school
    return found
