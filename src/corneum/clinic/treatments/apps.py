"""The app."""

from django.apps import AppConfig


class TreatmentsConfig(AppConfig):
    """Treatment sessions and what comes after them."""

    name = "corneum.clinic.treatments"
    label = "treatments"

    def ready(self) -> None:
        """Tell when sessions began: photographs soon after one show no durable result."""
        from corneum.clinic.measured.told import tell_sessions_by
        from corneum.clinic.treatments.queries import began

        tell_sessions_by(began)
