from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Who viewed and who changed what."""

    name = "iap.audit"
    label = "audit"

    def ready(self) -> None:
        from .migrating import spare_the_models

        spare_the_models()
