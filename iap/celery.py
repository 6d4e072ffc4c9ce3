"""The Celery application and the base of every task that touches a school's rows."""

import os

from celery import Celery
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iap.settings")

app = Celery("iap")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def refuse_a_privileged_role(**_: object) -> None:
    """A worker whose database role could bypass row security does not start."""
    from iap.tenancy.roles import refuse_if_privileged

    refuse_if_privileged()
