from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """Referrals, panels and the waiting list."""

    name = "referrals"

    def ready(self) -> None:
        from django.db.models import Q

        from iap.exports import tables
        from iap.ui.navigation import Item, register
        from timetables import apart, first_week

        from . import duties, panels, streams
        from .actions.attachments import file_of
        from .apart import apart as kept_apart
        from .going_well import going_well, known
        from .models import Attachment, Referral

        register(
            Item(
                "referrals",
                "Referrals",
                "referrals:queue",
                "inbox",
                roles={"lead", "leader", "senco"},
                order=30,
            )
        )
        register(
            Item(
                "refer",
                "Refer",
                "referrals:mine",
                "inbox-arrow-down",
                roles={"teacher", "staff", "dsl"},
                order=50,
            )
        )
        register(
            Item(
                "capacity",
                "Capacity",
                "referrals:capacity",
                "table-cells",
                roles={"lead", "leader"},
                order=35,
            )
        )
        first_week.register(going_well)
        first_week.register_known(known)
        apart.register(kept_apart)
        panels.offer()
        duties.offer()
        tables.only(Referral, Q(submitted_at__isnull=False))  # a draft is its writer's own
        tables.with_file(Attachment, file_of)
        streams.offer()
