"""One thing that happened."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models


class Event(models.Model):
    """One thing that happened; the database itself refuses to change or delete it.

    ``data`` holds names of fields, counts and versions, never what a person said or is called.
    """

    at = models.DateTimeField(db_index=True)
    action = models.CharField(max_length=60)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    by_link = models.BooleanField(default=False)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    client_id = models.UUIDField(null=True)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(fields=["client_id", "-id"], name="audit_of_client"),
            models.Index(fields=["action", "-id"], name="audit_by_action"),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new event; an old one stays as it is."""
        if not self._state.adding:
            raise TypeError("an audit event is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise TypeError("an audit event is never deleted")
