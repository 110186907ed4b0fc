"""The app."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """Appointments."""

    name = "corneum.clinic.visits"
    label = "visits"
