from django.apps import AppConfig


class Access(AppConfig):
    name = "takhai.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"
