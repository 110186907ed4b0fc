"""The app."""

from django.apps import AppConfig


class MarksConfig(AppConfig):
    """Marks on the skin."""

    name = "corneum.clinic.marks"
    label = "marks"

    def ready(self) -> None:
        """Register what the day list says of marks."""
        from corneum.clinic.marks.present.flags import doctor_first
        from corneum.clinic.visits.flags import flags_from

        flags_from(doctor_first)
