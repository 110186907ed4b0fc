"""The app."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Intake."""

    name = "corneum.clinic.intake"
    label = "intake"
