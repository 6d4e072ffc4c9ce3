from django.apps import AppConfig


class ExportsConfig(AppConfig):
    """A school's own data out, all of it, for whoever may see it."""

    name = "iap.exports"
    label = "exports"

    def ready(self) -> None:
        from iap.imports import models as imports
        from iap.inbox.models import Message, Preference
        from iap.schools import models as schools

        from . import tables

        tables.of_the_school(
            imports.FieldRule,
            imports.ImportRun,
            imports.KeptAnswer,
            imports.RunUndone,
            imports.SavedMapping,
            Preference,
            schools.AcademicYear,
            schools.Closure,
            schools.Code,
            schools.Correction,
            schools.CycleWeek,
            schools.Membership,
            schools.Period,
            schools.Provision,
            schools.StaffMember,
            schools.Term,
        )
        tables.leave_out(imports.ImportJob, because="it is files on their way in, and becomes an import")
        tables.leave_out(imports.RunWrite, because="it only repeats what an import wrote, to undo it")
        tables.leave_out(Message, because="it only says that something waits elsewhere")
