"""The app."""

from django.apps import AppConfig


class ConsentConfig(AppConfig):
    """Consent."""

    name = "corneum.clinic.consent"
    label = "consent"
