"""The app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Clients."""

    name = "corneum.clinic.people"
    label = "people"
