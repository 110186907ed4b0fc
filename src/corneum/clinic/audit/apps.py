"""The app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The log of actions."""

    name = "corneum.clinic.audit"
    label = "audit"
