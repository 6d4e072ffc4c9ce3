from django.apps import AppConfig


class TimetablesConfig(AppConfig):
    """Mainstream lessons, IAP sessions and the hybrid weeks that join them."""

    name = "timetables"
