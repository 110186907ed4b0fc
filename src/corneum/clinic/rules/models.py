"""A version of the clinic's rules: what is stricter than as shipped, and who signed it."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a version is."""

    DRAFT = "draft", _("draft")
    IN_FORCE = "in_force", _("in force")
    REPLACED = "replaced", _("replaced")


class RuleVersion(models.Model):
    """Changes by rule, stricter limits of a course, and the digests of the rules that were signed.

    ``changes`` holds verdict, wait_days and why by rule; once signed also who and when. A signed version never changes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(null=True, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    changes = models.JSONField(default=dict)
    limits = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    text = models.CharField(_("what is signed"), max_length=1000, blank=True)
    digests = models.JSONField(default=dict)
    program_version = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=State.values), name="rules_state_known"),
            models.UniqueConstraint(fields=["state"], condition=Q(state="draft"), name="rules_one_draft"),
            models.UniqueConstraint(fields=["state"], condition=Q(state="in_force"), name="rules_one_in_force"),
            models.CheckConstraint(
                condition=Q(state="draft", number__isnull=True, signed_at__isnull=True, signed_by__isnull=True)
                | ~Q(state="draft") & Q(number__isnull=False, signed_at__isnull=False, signed_by__isnull=False),
                name="rules_signed_by_someone",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number or 'draft'}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a draft; a signed version stays as it is, and services move its state."""
        if self.state != State.DRAFT:
            raise TypeError("a signed version of the rules is never changed: a new draft replaces it")
        super().save(*args, **kwargs)
