"""Settings, read from the environment; without one, the servers of `iap.local` are used."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


def env(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def flag(name: str, default: bool) -> bool:
    return env(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


LOCAL = "DATABASE_URL" not in os.environ
if LOCAL:
    from iap.local import servers

    _local = servers.addresses(env("IAP_PROFILE", "demo"))
    os.environ["DATABASE_URL"] = _local.database_url
    os.environ["DATABASE_OWNER_URL"] = _local.owner_url
    os.environ.setdefault("REDIS_URL", _local.redis_url)

DEBUG = flag("DEBUG", False)
SECRET_KEY = env("SECRET_KEY")
if not SECRET_KEY:
    if not LOCAL and not DEBUG and env("IAP_PROFILE") == "":
        raise ImproperlyConfigured("Set SECRET_KEY to a long random value.")
    SECRET_KEY = "only-for-one-machine-and-tests"  # noqa: S105  a deployment never gets here
ALLOWED_HOSTS = env("ALLOWED_HOSTS", "127.0.0.1,localhost").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in env("CSRF_TRUSTED_ORIGINS").split(",") if o]
BEHIND_TLS = flag("BEHIND_TLS", False)

INSTALLED_APPS = [
    "iap.tenancy",
    "iap.audit",
    "iap.schools",
    "iap.ui",
    "iap.imports",
    "iap.exports",
    "iap.nightly",
    "iap.inbox",
    "pupils",
    "timetables",
    "referrals",
    "reporting",
    "iap.local",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "pgtrigger",
    "pghistory",
    "django_htmx",
    "template_partials",
    "crispy_forms",
    "crispy_bootstrap5",
    "heroicons",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "iap.schools.access.SchoolContextMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "iap.urls"
WSGI_APPLICATION = "iap.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "iap.ui.context.shell",
            ]
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"


def database(url: str) -> dict[str, object]:
    """Django's form of a `postgresql://user:password@host:port/name?host=/socket` address."""
    parts = urlsplit(url)
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host") or parts.hostname or ""),
        "PORT": str(query.get("port") or parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


# Migrations run as the owner of the tables, everything else as a role that row security binds.
DATABASE_ROLE = env("DATABASE_ROLE", "runtime")
DATABASE_RUNTIME_ROLE = urlsplit(env("DATABASE_URL")).username or ""
DATABASE_OWNER_URL = env("DATABASE_OWNER_URL")
DATABASES = {
    "default": database(
        DATABASE_OWNER_URL if DATABASE_ROLE == "owner" and DATABASE_OWNER_URL else env("DATABASE_URL")
    )
}
DATABASE_RUNTIME_ROLE = env("DATABASE_RUNTIME_ROLE", DATABASE_RUNTIME_ROLE)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL", "redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "iap",
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 60 * 60 * 10  # a school day, so that a tablet left behind is signed out by the evening
SESSION_COOKIE_HTTPONLY = True

CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 600}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = "Europe/London"
CELERY_BEAT_SCHEDULE = {
    "exports-each-hour": {"task": "iap.exports.tasks.sweep", "schedule": crontab(minute=20)},
    "nightly-folders": {"task": "iap.nightly.tasks.sweep_folders", "schedule": 300.0},
    "nightly-wonde": {"task": "iap.nightly.tasks.sweep_wonde", "schedule": crontab(hour=2, minute=30)},
    "nightly-needs": {"task": "iap.nightly.tasks.sweep_needs", "schedule": 600.0},
    "inbox-each-day": {"task": "iap.inbox.tasks.sweep_each_day", "schedule": crontab(hour=7, minute=0)},
    "referrals-each-morning": {
        "task": "referrals.tasks.sweep_each_morning",
        "schedule": crontab(hour=6, minute=30),
    },
    "hand-offs-through-the-day": {
        "task": "pupils.tasks.sweep_hand_offs",
        "schedule": crontab(minute="*/15"),
    },
    "follow-ups-each-morning": {
        "task": "pupils.tasks.sweep_each_morning",
        "schedule": crontab(hour=6, minute=45),
    },
    "packs-each-morning": {
        "task": "reporting.tasks.sweep_each_morning",
        "schedule": crontab(hour=6, minute=50),
    },
    "imports-lost": {"task": "iap.imports.tasks.sweep_lost", "schedule": 60.0},
    "imports-old": {"task": "iap.imports.tasks.sweep_old", "schedule": crontab(minute=25)},
    "reduced-hours-each-morning": {
        "task": "timetables.tasks.sweep_each_morning",
        "schedule": crontab(hour=6, minute=40),
    },
}

AUTH_USER_MODEL = "schools.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "iap.schools.sign_in.NoSignUp"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by the school, never by signing up
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
# A whole school shares one address, so the limits count failures by account rather than sign-ins by address.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "200/5m/ip,8/5m/key",
    "reset_password": "60/m/ip,5/m/key",
    "reauthenticate": "10/m/user",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "IAP"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "iap.ui.finders.BootstrapFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "iap.ui.storage.NamedByContent"},
}
MEDIA_ROOT = Path(env("MEDIA_ROOT", str(BASE_DIR / "var" / "media")))
IMPORT_FOLDER = env("IMPORT_FOLDER")  # holds a folder for each school, named by its URN; empty watches none
WONDE_URL = env("WONDE_URL", "https://api.wonde.com/v1.0")  # its key is WONDE_TOKEN, read when it is needed

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_HSTS_SECONDS = 31536000 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SESSION_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_HTTPONLY = True

EMAIL_BACKEND = env("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
EMAIL_HOST = env("EMAIL_HOST", "localhost")
EMAIL_PORT = int(env("EMAIL_PORT", "25"))
EMAIL_HOST_USER = env("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS", False)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", "no-reply@iap.example")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", "WARNING")},
}
