"""A photograph of a client, and the copies of it that were given out."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from corneum.clinic.consent.models import Purpose
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


COPY_PURPOSES = (Purpose.SHOW, Purpose.TEACH, Purpose.PUBLISH)
"""Uses for which a copy leaves the record."""
_COPY_USES = [one.value for one in COPY_PURPOSES]


class Copy(models.Model):
    """A copy of a photograph that was given out: for which use, to whom, and why.

    ``fetched_at`` says that its file left. Once the use is withdrawn it waits from ``call_back_since`` on, until
    somebody wrote down that its holder was asked to delete it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="photo_copies")
    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="copies")
    purpose = models.CharField(_("use"), max_length=12, choices=Purpose)
    to = models.CharField(_("to whom"), max_length=200)
    why = models.CharField(_("what for"), max_length=500)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    fetched_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    call_back_since = models.DateTimeField(null=True)
    called_back_at = models.DateTimeField(null=True)
    called_back_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    called_back_note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("-given_at",)
        constraints = (
            models.CheckConstraint(condition=Q(purpose__in=_COPY_USES), name="copy_use_known"),
            models.CheckConstraint(
                condition=Q(called_back_at__isnull=True, called_back_by__isnull=True)
                | Q(called_back_at__isnull=False, called_back_by__isnull=False, call_back_since__isnull=False),
                name="copy_called_back_by_someone",
            ),
        )
        indexes = (
            models.Index(fields=["client", "-given_at"], name="copy_of_client"),
            models.Index(
                fields=["call_back_since"],
                condition=Q(call_back_since__isnull=False, called_back_at__isnull=True),
                name="copy_to_call_back",
            ),
        )

    def __str__(self) -> str:
        return f"{self.purpose} {self.given_at:%Y-%m-%d}"

    @property
    def file_name(self) -> str:
        """The name of its file, which tells nothing of anybody."""
        return f"photograph-{self.pk.hex[:8]}.jpg"

    @property
    def waits(self) -> bool:
        """Whether its holder is still to be asked to delete it."""
        return self.call_back_since is not None and self.called_back_at is None
