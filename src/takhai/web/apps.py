"""The room as a Django app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates and styles; no tables."""

    name = "takhai.web"
    label = "web"
