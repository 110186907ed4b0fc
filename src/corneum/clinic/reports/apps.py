"""The app."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Reports."""

    name = "corneum.clinic.reports"
    label = "reports"

    def ready(self) -> None:
        """Register what a consent that ends, or one photograph, takes with it."""
        from corneum.clinic.consent.services import on_permission, on_withdrawal
        from corneum.clinic.photos.services import on_record
        from corneum.clinic.photos.work import on_sweep
        from corneum.clinic.reports import files
        from corneum.clinic.reports.leaving.withdrawal import permitted_again, photo_changed, purposes_withdrawn

        on_withdrawal(purposes_withdrawn)
        on_permission(permitted_again)
        on_record(photo_changed)
        on_sweep(files.clear_unfinished)
