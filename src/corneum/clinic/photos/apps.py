"""The app."""

from django.apps import AppConfig


class PhotosConfig(AppConfig):
    """Photographs."""

    name = "corneum.clinic.photos"
    label = "photos"

    def ready(self) -> None:
        """Register the slow work, what the day list says of photographs, and the page for clients at home."""
        from django.utils.translation import gettext_lazy as _

        from corneum.clinic.intake.models import Scope
        from corneum.clinic.intake.own import OwnWay, show_own_way
        from corneum.clinic.photos import work  # noqa: F401
        from corneum.clinic.photos.flags import photographs_wanted
        from corneum.clinic.visits.flags import flags_from

        flags_from(photographs_wanted)
        about = _("Send a photograph of your skin to the clinic. It is looked at before it becomes part of your file.")
        for scope in (Scope.UPLOAD, Scope.AFTERCARE):
            show_own_way(OwnWay(scope, "photos:own", _("Photographs"), about))
