"""The app."""

from django.apps import AppConfig


class TreatmentsConfig(AppConfig):
    """Treatment sessions and what comes after them."""

    name = "corneum.clinic.treatments"
    label = "treatments"
