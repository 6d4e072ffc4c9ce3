"""Who may open pupils' support records, and for which school."""

from typing import Any
from uuid import UUID

from django.http import Http404

from iap.schools.access import choose_school
from iap.schools.models import Role

from .models import Pupil

# People who work with support records. Data managers, teachers and trust leaders have none of these pages.
READERS = (Role.STAFF, Role.LEAD, Role.LEADER, Role.SENCO, Role.DSL)
# Suspensions and incidents go no wider than those who decide or answer for them.
SENSITIVE = (Role.LEAD, Role.LEADER, Role.SENCO, Role.DSL)
# A family's request to see what is kept is answered by those who answer for it.
SUBJECT_ACCESS = (Role.LEAD, Role.DSL)
WRITERS = (Role.STAFF, Role.LEAD, Role.SENCO, Role.DSL)
# People who plan with a pupil and hold the reviews: the provision's own, and the SENCO.
PLANNERS = (Role.STAFF, Role.LEAD, Role.SENCO)
# People who put right what the school's own system says of a pupil.
CORRECTORS = (Role.LEAD, Role.DATA)
# People who take a pupil's plan out as data, for a statutory plan.
EXPORTERS = (Role.LEAD, Role.SENCO)


def pupil_or_404(request: Any, uuid: UUID) -> Pupil:
    """The pupil at this address, among the schools the view was opened for.

    The request then works in that pupil's school: its roles, its name and its provision's are that school's,
    also for somebody with roles in several.
    """
    pupil = Pupil.objects.at(request.schools).filter(uuid=uuid).first()
    if pupil is None:
        raise Http404("No such pupil in your schools.")
    school = next(school for school in request.schools if school.pk == pupil.school_id)
    choose_school(request, [school])
    pupil.school = school
    return pupil
