"""The room as a Django app."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """No tables: the room only renders what it is given."""

    name = "takhai.reporting"
    label = "reporting"
