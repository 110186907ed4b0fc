"""The app."""

from django.apps import AppConfig


class MarksConfig(AppConfig):
    """Marks on the skin."""

    name = "corneum.clinic.marks"
    label = "marks"
