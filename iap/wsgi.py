"""The web application as a WSGI server starts it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iap.settings")
application = get_wsgi_application()

from iap.tenancy.roles import refuse_if_privileged  # noqa: E402  settings must be loaded first

refuse_if_privileged()
