"""Outcomes as they were counted, copies of data that wait to be fetched, and erasures."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Outcomes(models.Model):
    """The outcomes of one calendar year, counted beside the pages; numbers of few people are hidden before it is kept.

    Years do not overlap, so that no two of them, subtracted, tell of a few people.
    """

    year = models.PositiveSmallIntegerField(primary_key=True)
    counted_at = models.DateTimeField()
    table = models.JSONField()

    class Meta:
        ordering = ("-year",)

    def __str__(self) -> str:
        return f"{self.year}"


class ExportState(models.TextChoices):
    """Where a copy of data is."""

    ASKED = "asked", _("being put together")
    READY = "ready", _("ready to be fetched")
    FETCHED = "fetched", pgettext_lazy("copy", "fetched")
    EXPIRED = "expired", pgettext_lazy("copy", "expired")
    WITHDRAWN = "withdrawn", _("deleted, since something in it was taken back or erased")
    FAILED = "failed", _("could not be put together")


class Export(models.Model):
    """A copy of one client's data, or of the clinic's: fetched once, then deleted; deleted unfetched after a while."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client_id = models.UUIDField(null=True)
    state = models.CharField(max_length=10, choices=ExportState, default=ExportState.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    job_id = models.UUIDField(null=True)
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    fetched_at = models.DateTimeField(null=True)
    fetched_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    size = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("-asked_at",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=ExportState.values), name="export_state_known"),
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("asked_at")), name="export_expires_later"),
        )
        indexes = (models.Index(fields=["client_id", "-asked_at"], name="export_of_client"),)

    def __str__(self) -> str:
        return f"{self.state} {self.asked_at:%Y-%m-%d}"

    def can_be_fetched(self, now: datetime) -> bool:
        """Return whether it waits, and not for too long."""
        return self.state == ExportState.READY and now < self.expires_at


class CaseState(models.TextChoices):
    """Where an erasure is."""

    ASKED = "asked", pgettext_lazy("erasure", "asked for")
    APPROVED = "approved", _("approved by a clinician")
    CANCELLED = "cancelled", pgettext_lazy("erasure", "cancelled")
    ERASED = "erased", _("erased; files are being deleted")
    DONE = "done", _("erased, with its files")


class ErasureCase(models.Model):
    """The erasure of one record, from wish to proof. Done, it holds numbers and times, nothing of the person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client_id = models.UUIDField()
    state = models.CharField(max_length=10, choices=CaseState, default=CaseState.ASKED)
    why = models.CharField(_("why"), max_length=500, blank=True)
    keep_until = models.DateField(null=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    approved_why = models.CharField(_("why it may be erased before"), max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    rows = models.PositiveIntegerField(default=0)
    folders = models.PositiveIntegerField(default=0)
    files_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-asked_at",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=CaseState.values), name="case_state_known"),
            models.UniqueConstraint(
                fields=["client_id"], condition=Q(state__in=["asked", "approved"]), name="case_open_one"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["erased", "done"]) | Q(why="", approved_why=""), name="case_says_nothing_after"
            ),
        )

    def __str__(self) -> str:
        return f"{self.state} {self.asked_at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        """Whether it waits for somebody."""
        return self.state in (CaseState.ASKED, CaseState.APPROVED)

    @property
    def needs_clinician(self) -> bool:
        """Whether the record must still be kept and no clinician has said why it need not."""
        return self.state == CaseState.ASKED and self.keep_until is not None
