from django.apps import AppConfig


class PupilsConfig(AppConfig):
    """Pupils, their records, their places, and what staff log through the day."""

    name = "pupils"
