"""The app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """Slow work."""

    name = "corneum.clinic.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Let the module ``work`` of each room register its slow work."""
        autodiscover_modules("work")
