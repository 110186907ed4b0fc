"""The app."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Plans."""

    name = "corneum.clinic.plans"
    label = "plans"

    def ready(self) -> None:
        """Register what consent, measured courses and the day tell of a plan."""
        from corneum.clinic.consent.composing import tell_plans_by
        from corneum.clinic.measured.told import tell_predicted_by
        from corneum.clinic.plans.flags import plan_missing
        from corneum.clinic.plans.present.consenting import consent_versions, consent_words
        from corneum.clinic.plans.present.expected import expected
        from corneum.clinic.visits.flags import flags_from

        tell_plans_by(consent_words, consent_versions)
        tell_predicted_by(expected)
        flags_from(plan_missing)
