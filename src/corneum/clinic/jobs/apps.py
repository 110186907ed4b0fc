"""The app."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Slow work."""

    name = "corneum.clinic.jobs"
    label = "jobs"
