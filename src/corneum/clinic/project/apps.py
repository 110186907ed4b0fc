"""The project as an app: its check at start."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """The top floor."""

    name = "corneum.clinic.project"
    label = "project"

    def ready(self) -> None:
        """Register the check that every address has its row in the table of permissions."""
        from corneum.clinic.project import checks  # noqa: F401
