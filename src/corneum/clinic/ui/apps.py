"""The app."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The look."""

    name = "corneum.clinic.ui"
    label = "ui"

    def ready(self) -> None:
        """Tell the day of the week from the light: Django's short name of Sunday is a word that the core says too."""
        from django.utils.dates import WEEKDAYS_ABBR
        from django.utils.translation import pgettext_lazy

        WEEKDAYS_ABBR[6] = pgettext_lazy("day of the week", "Sun")  # type: ignore[assignment]
