"""Visits, the slots that they hold, what changed them, who is to be called, and calendars for elsewhere."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from corneum.clinic.people.models import Client
from corneum.clinic.stock.models import Device, Room

SLOT = timedelta(minutes=5)
"""Visits start and end on this grid, so that two that overlap share at least one slot."""
LONGEST = timedelta(hours=8)


class Kind(models.TextChoices):
    """What a visit is for."""

    CONSULTATION = "consultation", _("Consultation")
    TREATMENT = "treatment", _("Treatment")
    PHOTOGRAPHS = "photographs", _("Photographs")
    REVIEW = "review", _("Review")
    CHECK = "check", _("Check")


class Status(models.TextChoices):
    """Where a visit is."""

    BOOKED = "booked", pgettext_lazy("visit", "Booked")
    ARRIVED = "arrived", pgettext_lazy("visit", "Arrived")
    IN_ROOM = "in_room", pgettext_lazy("visit", "In the room")
    DONE = "done", pgettext_lazy("visit", "Done")
    MISSED = "missed", pgettext_lazy("visit", "Did not come")
    CANCELLED = "cancelled", pgettext_lazy("visit", "Cancelled")


HOLDING = (Status.BOOKED, Status.ARRIVED, Status.IN_ROOM, Status.DONE)
"""A visit in one of these keeps its room, device and people."""


class Visit(models.Model):
    """One appointment."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="visits")
    practitioner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="visits")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="visits")
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="visits", null=True, blank=True)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    status = models.CharField(max_length=10, choices=Status, default=Status.BOOKED)

    class Meta:
        ordering = ("starts", "id")
        constraints = (
            models.CheckConstraint(condition=models.Q(ends__gt=models.F("starts")), name="visit_takes_time"),
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="visit_kind_known"),
            models.CheckConstraint(condition=models.Q(status__in=Status.values), name="visit_status_known"),
        )
        indexes = (
            models.Index(fields=["starts"], name="visit_by_start"),
            models.Index(fields=["client", "starts"], name="visit_of_client"),
            models.Index(fields=["practitioner", "starts"], name="visit_of_practitioner"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.status}"

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return int((self.ends - self.starts) / timedelta(minutes=1))


class Held(models.TextChoices):
    """Of what a visit holds slots: none can be in two visits at once."""

    ROOM = "room", _("room")
    DEVICE = "device", _("device")
    PRACTITIONER = "practitioner", _("practitioner")
    CLIENT = "client", _("client")


class BookedSlot(models.Model):
    """Five minutes of a room, device or person that a visit holds: the database itself refuses them twice.

    Kept from now on only: what is over cannot be booked, and its slots are cleared away.
    """

    resource_kind = models.CharField(max_length=12, choices=Held)
    resource_id = models.UUIDField()
    slot = models.DateTimeField(db_index=True)
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="slots")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["resource_kind", "resource_id", "slot"], name="slot_held_once"),)

    def __str__(self) -> str:
        return f"{self.resource_kind} {self.slot:%Y-%m-%d %H:%M}"


class VisitChange(models.Model):
    """A visit was changed: what it was before, so that a slip can be undone and moves stay visible."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="changes")
    what = models.CharField(max_length=20)
    before = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    undone = models.BooleanField(default=False)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.what


class RecallKind(models.TextChoices):
    """Why a client is to be called."""

    COURSE = "course", _("Next session of the course")
    PHOTOGRAPH = "photograph", _("Follow-up photograph")
    MAINTENANCE = "maintenance", _("Maintenance")
    REVIEW = "review", _("Review")
    FOLLOW_UP = "follow_up", _("Look after a treatment")
    OTHER = "other", _("Other")


class Recall(models.Model):
    """A client is to be called; at most one open for each reason."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="recalls")
    kind = models.CharField(max_length=20, choices=RecallKind)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    visit = models.ForeignKey(Visit, on_delete=models.SET_NULL, related_name="recalls", null=True)

    class Meta:
        ordering = ("due_on", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["client", "kind"], condition=models.Q(done_at__isnull=True), name="recall_once_open"
            ),
            models.CheckConstraint(condition=models.Q(kind__in=RecallKind.values), name="recall_kind_known"),
        )
        indexes = (models.Index(fields=["done_at", "due_on"], name="recall_due"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.due_on}"


class CalendarFeed(models.Model):
    """The secret address at which a practitioner's own calendar program reads; only its digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    practitioner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="feeds")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return f"feed {self.made_at:%Y-%m-%d}"
