from django.apps import AppConfig


class Classroom(AppConfig):
    name = "takhai.classroom"
    label = "classroom"
    default_auto_field = "django.db.models.BigAutoField"
