"""Django's settings. What differs between machines comes from the environment, secrets from the home."""

from pathlib import Path
from typing import Any

import pgtrigger

from takhai.site import database, embedded, secret_key

DEBUG = False
SECRET_KEY = secret_key.read()
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.staticfiles",
    "pgtrigger",
    "pghistory",
    "django_cotton.apps.SimpleAppConfig",
    "takhai.platform",
    "takhai.access",
    "takhai.registry",
    "takhai.programmes",
    "takhai.ledger",
    "takhai.screening",
    "takhai.classroom",
    "takhai.benefits",
    "takhai.payments",
    "takhai.reporting",
    "takhai.web",
]
AUTH_USER_MODEL = "access.User"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "takhai.site.headers.StrictHeaders",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "takhai.site.urls"
WSGI_APPLICATION = "takhai.site.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
            "context_processors": ["django.template.context_processors.request"],
        },
    }
]

_urls = embedded.urls()
DATABASES = {
    "default": database.django(url=_urls.app, max_age=60),
    # Migrations, the flush of tests and DDL only; no code of a room may name it.
    "owner": database.django(url=_urls.owner or _urls.app),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Row level is quadratic in bulk (FOUNDATIONS: not finished after seven minutes at a million rows).
PGHISTORY_LEVEL = pgtrigger.Statement

LANGUAGE_CODE = "th"
USE_I18N = True
TIME_ZONE = "Asia/Bangkok"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS: list[Path] = []
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"nameless": {"()": "takhai.site.scrub.NamelessFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "nameless"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}},
}
