"""The app."""

from django.apps import AppConfig


class RulesConfig(AppConfig):
    """Rules of the clinic."""

    name = "corneum.clinic.rules"
    label = "rules"
