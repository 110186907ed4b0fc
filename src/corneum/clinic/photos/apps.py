"""The app."""

from django.apps import AppConfig


class PhotosConfig(AppConfig):
    """Photographs."""

    name = "corneum.clinic.photos"
    label = "photos"

    def ready(self) -> None:
        """Register what the day list says, the page for clients, and what ends with a consent."""
        from django.utils.translation import gettext_lazy as _

        from corneum.clinic.consent.services import on_withdrawal
        from corneum.clinic.consent.withdrawing import tell_copies_by
        from corneum.clinic.intake.models import Scope
        from corneum.clinic.intake.own import OwnWay, add_to_check_in, show_own_way
        from corneum.clinic.photos import giving
        from corneum.clinic.photos.flags import photographs_wanted
        from corneum.clinic.photos.from_home import with_check_in
        from corneum.clinic.visits.flags import flags_from

        flags_from(photographs_wanted)
        add_to_check_in(with_check_in())
        tell_copies_by(giving.copies_out)
        on_withdrawal(giving.uses_withdrawn)
        about = _("Send a photograph of your skin to the clinic. It is looked at before it becomes part of your file.")
        for scope in (Scope.UPLOAD, Scope.AFTERCARE):
            show_own_way(OwnWay(scope, "photos:own", _("Photographs"), about))
