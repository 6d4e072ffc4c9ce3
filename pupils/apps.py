from django.apps import AppConfig


class PupilsConfig(AppConfig):
    """Pupils, their records, their places, and what staff log through the day."""

    name = "pupils"

    def ready(self) -> None:
        from iap.imports import kinds

        from .imports import evidence, marks, roll

        for kind in (roll.KIND, *evidence.KINDS, marks.KIND):
            kinds.register(kind)
