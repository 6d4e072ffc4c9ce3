from typing import Any

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """Referrals, panels and the waiting list."""

    name = "referrals"

    def ready(self) -> None:
        from iap.ui.navigation import Item, register
        from timetables import first_week

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
        first_week.register(going_well)


def going_well(placement: Any) -> set[str]:
    """The classes that the newest referral of the pupil named as going well."""
    from .models import GoodLesson, Referral

    newest = (
        Referral.objects.filter(school=placement.school_id, pupil=placement.pupil_id)
        .sent()
        .order_by("-submitted_at")[:1]
    )
    named = GoodLesson.objects.filter(school=placement.school_id, referral__in=newest.values("pk"))
    return set(named.values_list("mainstream_class__name", flat=True))
