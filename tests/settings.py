"""The product's settings, with what only tests need."""

import atexit
import os
import shutil
import tempfile

os.environ.setdefault("IAP_PROFILE", "test")

from iap.settings import *  # noqa: F403
from iap.settings import CACHES, STORAGES

_worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
# A worker empties its cache before each test; its own Redis database keeps that from its neighbours.
CACHES["default"]["OPTIONS"] = {"db": 1 + int(_worker)}
# The manifest of hashed names is made when the site is put together, and tests run before.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick; nobody's password is kept
# Files are served from where they are written, as no folder of collected ones exists.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True

CELERY_TASK_ALWAYS_EAGER = True  # a task runs where it is sent
CELERY_TASK_EAGER_PROPAGATES = True
MEDIA_ROOT = tempfile.mkdtemp(prefix="iap-media-")
atexit.register(shutil.rmtree, MEDIA_ROOT, ignore_errors=True)
