"""Running an internal alternative provision: wiring, and what every app stands on."""

from .celery import app as celery_app

__all__ = ["celery_app"]
