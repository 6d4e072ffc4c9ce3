from django.apps import AppConfig


class ExportsConfig(AppConfig):
    """A school's own data out, all of it, for whoever may see it."""

    name = "iap.exports"
    label = "exports"

    def ready(self) -> None:
        from iap.imports.models import ImportRun
        from iap.inbox.models import Message, Preference
        from iap.schools import models as schools

        from . import tables

        tables.of_the_school(
            ImportRun,
            Preference,
            schools.AcademicYear,
            schools.Closure,
            schools.Code,
            schools.CycleWeek,
            schools.Membership,
            schools.Period,
            schools.Provision,
            schools.StaffMember,
            schools.Term,
        )
        tables.leave_out(Message, because="it only says that something waits elsewhere")
