from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Measures over everything; owns no rule of the others."""

    name = "reporting"

    def ready(self) -> None:
        from iap.ui.navigation import Item, register

        from . import panels
        from .measures import classrooms, fairness, money, outcomes, places, sessions, waiting

        for topic in (places, sessions, waiting, classrooms, outcomes, money, fairness):
            topic.offer()
        panels.offer()
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
        register(Item("trust", "Trust", "reporting:trust", "building-office-2", roles={"trust"}, order=10))
