"""The app."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The look."""

    name = "corneum.clinic.ui"
    label = "ui"
