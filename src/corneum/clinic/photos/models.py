"""A photograph of a client."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from corneum.clinic.people.models import Client
from corneum.clinic.visits.models import Visit


class Origin(models.TextChoices):
    """Where a photograph came from."""

    CAMERA = "camera", _("taken here")
    UPLOAD = "upload", _("brought in as a file")
    HOME = "home", _("sent by the client")


class State(models.TextChoices):
    """Whether somebody of the clinic took it into the record."""

    WAITING = "waiting", _("waits for review")
    KEPT = "kept", pgettext_lazy("photograph", "kept")
    TURNED_DOWN = "turned_down", _("not taken into the record")


class Photo(models.Model):
    """One photograph, written anew by this program: upright, sRGB, without what the camera wrote of place and owner.

    The files lie in the clinic's folder by id (see `files`), never under an address of their own. ``check_result`` is
    what the gates said of it; empty while they are still at it. ``withheld`` names purposes that the client took back
    for this photograph alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="photos")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="photos", null=True)
    view = models.CharField(_("view"), max_length=20)
    site = models.CharField(_("body site"), max_length=40, blank=True)
    origin = models.CharField(max_length=10, choices=Origin)
    state = models.CharField(max_length=12, choices=State, default=State.KEPT)
    taken_at = models.DateTimeField(_("taken"))
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    review_note = models.CharField(_("reason"), max_length=500, blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    source_digest = models.CharField(max_length=64)
    camera = models.JSONField(default=dict)
    check_result = models.JSONField(default=dict)
    withheld = models.JSONField(default=list)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ("-taken_at",)
        constraints = (
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="photo_origin_known"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="photo_state_known"),
            models.UniqueConstraint(
                fields=["client", "source_digest"], condition=Q(removed_at__isnull=True), name="photo_once"
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="photo_removed_by_someone",
            ),
        )
        indexes = (
            models.Index(fields=["client", "view", "-taken_at"], name="photo_of_client"),
            models.Index(fields=["state", "added_at"], condition=Q(state="waiting"), name="photo_waiting"),
        )

    def __str__(self) -> str:
        return f"{self.view} {self.taken_at:%Y-%m-%d}"
