from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


class TenancyConfig(AppConfig):
    """The net under every query: row security, same-school keys, and the role that obeys them."""

    name = "iap.tenancy"
    label = "tenancy"

    def ready(self) -> None:
        from . import roles

        checks.register(roles.check_role, checks.Tags.database)
        post_migrate.connect(roles.grant_after_migrating, sender=self)
