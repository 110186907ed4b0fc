"""The app."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Intake."""

    name = "corneum.clinic.intake"
    label = "intake"

    def ready(self) -> None:
        """Register what the day list says, and that the clinic hears of what is withdrawn at home."""
        from corneum.clinic.consent.services import on_withdrawal
        from corneum.clinic.intake.flags import checks_open, unseen
        from corneum.clinic.intake.weighing import weigh_soon
        from corneum.clinic.intake.withdrawn import withdrawn_at_home
        from corneum.clinic.rules.services import on_signing
        from corneum.clinic.visits.flags import flags_from

        on_withdrawal(withdrawn_at_home)
        on_signing(weigh_soon)
        flags_from(checks_open)
        flags_from(unseen)
