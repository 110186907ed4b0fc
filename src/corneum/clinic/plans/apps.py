"""The app."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Plans."""

    name = "corneum.clinic.plans"
    label = "plans"

    def ready(self) -> None:
        """Register the slow work: planning a course."""
        from corneum.clinic.plans import work  # noqa: F401
