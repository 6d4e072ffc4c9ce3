from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    """Schools, their calendar and bell, and the people with roles in them."""

    name = "iap.schools"
    label = "schools"

    def ready(self) -> None:
        from iap.ui.navigation import Item, register

        register(
            Item("people", "People", "schools:people", "users", roles={"lead", "leader", "data"}, order=90)
        )
        register(
            Item("settings", "Settings", "schools:settings", "cog-6-tooth", roles={"lead", "data"}, order=95)
        )
