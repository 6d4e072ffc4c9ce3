from django.apps import AppConfig


class PupilsConfig(AppConfig):
    """Pupils, their records, their places, and what staff log through the day."""

    name = "pupils"

    def ready(self) -> None:
        from iap.exports import tables
        from iap.imports import kinds
        from iap.inbox import duties
        from iap.inbox.duties import Duty
        from iap.schools import code_uses
        from iap.schools.models import CodeSet, Role
        from iap.ui.navigation import Item, register

        from . import contact_streams, correcting, handoffs, parts, records, streams
        from .access import READERS
        from .follow_ups import follow_ups_due
        from .imports import evidence, marks, roll, scores
        from .models import AttendanceMark, AttendanceTotal, Contact, Incident, Pupil, Suspension
        from .review import chased, logged, stream
        from .schedule import assessments_due
        from .staff_duties import learning_due

        for kind in (roll.KIND, *evidence.KINDS, marks.KIND, scores.KIND):
            kinds.register(kind)
        for code_set, model, field in (
            (CodeSet.ATTENDANCE, AttendanceMark, "code"),
            (CodeSet.SEN_STAGE, Pupil, "sen_stage"),
            (CodeSet.SEN_TYPE, Pupil, "sen_type"),
            (CodeSet.YEAR_GROUP, Pupil, "year_group"),
            (CodeSet.ETHNICITY, Pupil, "ethnicity"),
            (CodeSet.SUSPENSION, Suspension, "reasons"),
        ):
            code_uses.register(code_set, model, field)
        tables.of_the_school(AttendanceMark, AttendanceTotal, Contact, Incident, Pupil, Suspension)
        tables.about(Pupil)
        correcting.offer()
        parts.offer()
        records.offer()
        duties.register(
            Duty(
                "assessments-due",
                "Assessments that are due",
                {Role.STAFF, Role.LEAD, Role.SENCO},
                assessments_due,
                40,
            )
        )
        streams.offer()
        handoffs.offer()
        duties.register(
            Duty("staff-learning", "Training and qualifications that run out", {Role.LEAD}, learning_due, 80)
        )
        contact_streams.offer()
        duties.register(
            Duty("follow-ups", "Places that have ended: does it hold?", {Role.LEAD}, follow_ups_due, 30)
        )
        register(Item("hand-offs", "Hand-offs", "pupils:hand_offs", "lifebuoy", roles={Role.DSL}, order=25))
        for offers in (logged, stream, chased):
            offers.offer()
        register(Item("pupils", "Pupils", "pupils:list", "user-group", roles=READERS, order=20))
