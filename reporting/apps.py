from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Measures over everything; owns no rule of the others."""

    name = "reporting"

    def ready(self) -> None:
        from .measures import places

        places.offer()
