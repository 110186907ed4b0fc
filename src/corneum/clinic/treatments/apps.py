"""The app."""

from django.apps import AppConfig


class TreatmentsConfig(AppConfig):
    """Treatment sessions and what comes after them."""

    name = "corneum.clinic.treatments"
    label = "treatments"

    def ready(self) -> None:
        """Tell when sessions began, which plans are in use, and what a client's page shows of a treatment."""
        from django.utils.translation import gettext_lazy as _

        from corneum.clinic.intake.models import Scope
        from corneum.clinic.intake.own import OwnWay, show_own_way
        from corneum.clinic.measured.told import tell_sessions_by
        from corneum.clinic.plans.services import hold_by
        from corneum.clinic.treatments.flags import looks_due
        from corneum.clinic.treatments.queries import began, is_open_on
        from corneum.clinic.visits.flags import flags_from

        tell_sessions_by(began)
        hold_by(is_open_on)
        flags_from(looks_due)
        about = _("What to do, what to leave out and when to call, with the days on which it holds.")
        show_own_way(OwnWay(Scope.AFTERCARE, "treatments:own_aftercare", _("After your treatment"), about))
