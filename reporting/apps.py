from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ReportingConfig(AppConfig):
    """Measures over everything; owns no rule of the others."""

    name = "reporting"

    def ready(self) -> None:
        from iap.ui.navigation import Item, register

        from . import duties, panels, versions
        from .measures import (
            check_ins,
            classrooms,
            fairness,
            money,
            outcomes,
            places,
            sessions,
            staff,
            waiting,
            way_back,
        )

        for topic in (
            places, sessions, waiting, classrooms, outcomes, staff, money, way_back, fairness, check_ins,
        ):  # fmt: skip
            topic.offer()
        panels.offer()
        duties.offer()
        register(
            Item(
                "overview",
                "Overview",
                "reporting:overview",
                "chart-bar",
                roles={"lead", "leader", "senco"},
                order=33,
            )
        )
        # Those who open the overview find the check-ins there.
        register(
            Item("check-ins", "Check-ins", "reporting:check_ins", "face-smile", roles={"staff"}, order=60)
        )
        register(Item("trust", "Trust", "reporting:trust", "building-office-2", roles={"trust"}, order=10))
        post_migrate.connect(versions.watch_after_migrating, sender=self)
