from django.apps import AppConfig
from django.core import checks


class UiConfig(AppConfig):
    """The look: templates' tags, navigation, fragments, charts. Knows no model."""

    name = "iap.ui"
    label = "ui"

    def ready(self) -> None:
        from . import navigation

        checks.register(navigation.check_addresses)
