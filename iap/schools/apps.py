from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    """Schools, their calendar and bell, and the people with roles in them."""

    name = "iap.schools"
    label = "schools"
