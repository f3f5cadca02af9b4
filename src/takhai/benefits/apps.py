from django.apps import AppConfig


class Benefits(AppConfig):
    name = "takhai.benefits"
    label = "benefits"
    default_auto_field = "django.db.models.BigAutoField"
