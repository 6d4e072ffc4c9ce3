from django.apps import AppConfig
from django.core import checks


class UiConfig(AppConfig):
    """The look: templates' tags, navigation, fragments, charts. Knows no model."""

    name = "iap.ui"
    label = "ui"

    def ready(self) -> None:
        from django.forms import Field

        from . import navigation

        Field.default_error_messages = Field.default_error_messages | {"required": "Fill this in."}
        checks.register(navigation.check_addresses)
