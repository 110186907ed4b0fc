"""The project as an app: its check at start."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """The top floor."""

    name = "corneum.clinic.project"
    label = "project"

    def ready(self) -> None:
        """Register the check that every address has its row in the table of permissions."""
        from django.core.checks import Tags, register

        from corneum.clinic.project.checks import every_address_has_a_permission

        register(every_address_has_a_permission, Tags.security)
