from django.apps import AppConfig


class NightlyConfig(AppConfig):
    """What a school's own system gives by itself: files in a folder, and Wonde."""

    name = "iap.nightly"
    label = "nightly"
