from django.apps import AppConfig


class PupilsConfig(AppConfig):
    """Pupils, their records, their places, and what staff log through the day."""

    name = "pupils"

    def ready(self) -> None:
        from iap.imports import kinds
        from iap.ui.navigation import Item, register

        from . import parts
        from .access import READERS
        from .imports import evidence, marks, roll

        for kind in (roll.KIND, *evidence.KINDS, marks.KIND):
            kinds.register(kind)
        parts.offer()
        register(Item("pupils", "Pupils", "pupils:list", "user-group", roles=READERS, order=20))
