"""The app."""

from django.apps import AppConfig


class MeasuredConfig(AppConfig):
    """Measured change."""

    name = "corneum.clinic.measured"
    label = "measured"

    def ready(self) -> None:
        """Register that its pictures go with the photographs."""
        from corneum.clinic.measured import files, services
        from corneum.clinic.photos.work import on_erased, on_sweep

        on_erased(services.forget)
        on_sweep(files.clear_unfinished)
