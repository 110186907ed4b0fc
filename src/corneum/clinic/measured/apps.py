"""The app."""

from django.apps import AppConfig


class MeasuredConfig(AppConfig):
    """Measured change."""

    name = "corneum.clinic.measured"
    label = "measured"
