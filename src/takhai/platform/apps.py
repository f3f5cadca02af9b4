from django.apps import AppConfig


class Platform(AppConfig):
    name = "takhai.platform"
    label = "platform"
    default_auto_field = "django.db.models.BigAutoField"
