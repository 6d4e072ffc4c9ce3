from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """Referrals, panels and the waiting list."""

    name = "referrals"
