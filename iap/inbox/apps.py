from django.apps import AppConfig


class InboxConfig(AppConfig):
    """What people are told in the product, and by a daily e-mail without sensitive words."""

    name = "iap.inbox"
    label = "inbox"
