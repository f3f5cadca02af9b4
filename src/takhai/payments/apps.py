from django.apps import AppConfig


class Payments(AppConfig):
    name = "takhai.payments"
    label = "payments"
    default_auto_field = "django.db.models.BigAutoField"
