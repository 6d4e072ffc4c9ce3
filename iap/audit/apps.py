from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Who viewed and who changed what."""

    name = "iap.audit"
    label = "audit"
