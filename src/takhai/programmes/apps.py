from django.apps import AppConfig


class Programmes(AppConfig):
    name = "takhai.programmes"
    label = "programmes"
