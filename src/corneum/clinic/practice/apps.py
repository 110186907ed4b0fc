"""The app."""

from django.apps import AppConfig


class PracticeConfig(AppConfig):
    """The clinic's own data."""

    name = "corneum.clinic.practice"
    label = "practice"
