from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """A school's own files in: read, check, try, apply."""

    name = "iap.imports"
    label = "imports"

    def ready(self) -> None:
        from iap.ui import navigation

        from . import kinds
        from .school import bell, correcting, staff, weeks

        for kind in (staff.KIND, bell.KIND, weeks.KIND):
            kinds.register(kind)
        correcting.offer()
        navigation.register(
            navigation.Item("imports", "Imports", "imports:new", "arrow-up-tray", roles={"data"}, order=70)
        )
