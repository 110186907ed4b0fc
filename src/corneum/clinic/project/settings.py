"""Settings, from the environment: what is not there has a default that is safe, and nonsense is refused.

========================  ==================================================================================
``CORNEUM_HOME``          folder of the clinic; without it everything is in memory and gone at the end
``CORNEUM_DATABASE_URL``  ``postgresql://user:password@host:port/name``; without it SQLite in the home
``CORNEUM_HOSTS``         names under which the clinic is opened, with commas; without it this machine only
``CORNEUM_HTTPS``         ``1`` behind a proxy that speaks HTTPS: cookies then travel no other way, and who
                          fails to log in is told apart by what the proxy writes last in ``X-Forwarded-For``
``CORNEUM_TIME_ZONE``     of a clinic that has not chosen its own, such as ``Europe/Vienna``
``CORNEUM_KEEP_YEARS``    how long the law asks to keep a record after the last treatment; without it 10
========================  ==================================================================================
"""

import os
import secrets
from pathlib import Path

import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from corneum.clinic.project.database import database_of
from corneum.clinic.project.home import Home

django_stubs_ext.monkeypatch()

_home = os.environ.get("CORNEUM_HOME", "")
HOME = Home(Path(_home)).prepared() if _home else None
_https = os.environ.get("CORNEUM_HTTPS", "0") == "1"

DEBUG = False
SECRET_KEY = HOME.secret_key() if HOME else secrets.token_urlsafe(64)
ALLOWED_HOSTS = [name.strip() for name in os.environ.get("CORNEUM_HOSTS", "127.0.0.1,localhost").split(",")]
CSRF_TRUSTED_ORIGINS = [f"https://{name}" for name in ALLOWED_HOSTS] if _https else []
DATABASES = {"default": database_of(os.environ.get("CORNEUM_DATABASE_URL", ""), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "corneum.clinic.ui",
    "corneum.clinic.audit",
    "corneum.clinic.jobs",
    "corneum.clinic.practice",
    "corneum.clinic.accounts",
    "corneum.clinic.people",
    "corneum.clinic.consent",
    "corneum.clinic.stock",
    "corneum.clinic.visits",
    "corneum.clinic.rules",
    "corneum.clinic.intake",
    "corneum.clinic.photos",
    "corneum.clinic.measured",
    "corneum.clinic.marks",
    "corneum.clinic.plans",
    "corneum.clinic.treatments",
    "corneum.clinic.reports",
    "corneum.clinic.project",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "csp",
]
MIDDLEWARE = [
    "corneum.clinic.project.timing.TimingMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "corneum.clinic.project.ceiling.CeilingMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "corneum.clinic.accounts.reading.ReadingMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "corneum.clinic.project.gate.GateMiddleware",
    "corneum.clinic.practice.middleware.PracticeMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "corneum.clinic.project.urls"
WSGI_APPLICATION = "corneum.clinic.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "corneum.clinic.project.navigation.navigation",
            ]
        },
    }
]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "accounts:login"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_HANDLER = "corneum.clinic.accounts.lockout.LockOut"
AXES_CLIENT_IP_CALLABLE = "corneum.clinic.accounts.lockout.client_address"
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address"]

IDLE_MINUTES = 30
KEEP_YEARS = int(os.environ.get("CORNEUM_KEEP_YEARS", "10"))
"""As section 630f (3) of the German civil code asks; other countries have other terms, so the clinic sets its own."""
SESSION_COOKIE_AGE = 60 * IDLE_MINUTES
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "corneum.clinic.project.views.expired"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if _https else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "blob:", "data:"],
        "media-src": [SELF, "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("de", _("German"))]
LOCALE_PATHS = [Path(__file__).parents[1] / "locale"]
FORMAT_MODULE_PATH = "corneum.clinic.ui.formats"
USE_TZ = True
TIME_ZONE = os.environ.get("CORNEUM_TIME_ZONE", "UTC")
STATIC_URL = "static/"
STATIC_ROOT = HOME.static if HOME else None
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Every logger of the program ends here, so that none of them writes down an address or what a person said.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"discreet": {"()": "corneum.clinic.project.logs.DiscreetFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "discreet"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "axes": {"level": "CRITICAL"},
    },
}
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
