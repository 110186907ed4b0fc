"""The app."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Plans."""

    name = "corneum.clinic.plans"
    label = "plans"

    def ready(self) -> None:
        """Register the slow work, planning a course, and what consent tells of a plan."""
        from corneum.clinic.consent.composing import tell_plans_by
        from corneum.clinic.plans import work  # noqa: F401
        from corneum.clinic.plans.present.consenting import consent_words

        tell_plans_by(consent_words)
