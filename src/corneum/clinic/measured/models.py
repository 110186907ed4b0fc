"""A measured pair of photographs, and a blinded rating of pairs."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corneum.clinic.people.models import Client
from corneum.clinic.photos.models import Photo


class State(models.TextChoices):
    """Where a measurement is."""

    ASKED = "asked", _("being measured")
    DONE = "done", _("measured")
    REFUSED = "refused", _("cannot be compared")
    FAILED = "failed", _("could not be finished")


class Measurement(models.Model):
    """What changed from one photograph to a later one; the pictures lie in the clinic's folder by id.

    ``table`` is what `corneum.reports.photographs.writing.pair_table` wrote; ``pictures`` holds width and height of
    the aligned photographs and the indices that have a map.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="measurements")
    baseline = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="+")
    followup = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    outcome = models.CharField(max_length=20, blank=True)
    scale_px_per_mm = models.FloatField(_("pixels per millimeter"), null=True)
    table = models.JSONField(default=dict)
    pictures = models.JSONField(default=dict)
    refusal = models.TextField(blank=True)
    program_version = models.CharField(max_length=40, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    job_id = models.UUIDField(null=True)

    class Meta:
        ordering = ("-asked_at",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=State.values), name="measurement_state_known"),
            models.CheckConstraint(condition=~Q(baseline=F("followup")), name="measurement_of_two"),
            models.UniqueConstraint(fields=["baseline", "followup"], name="measurement_once"),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(ended_at__isnull=False) & ~Q(outcome=""), name="measurement_ended"
            ),
        )
        indexes = (models.Index(fields=["client", "-asked_at"], name="measurement_of_client"),)

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d}"


class Rating(models.Model):
    """Pairs of photographs shown in a hidden order, some of them two baselines; sealed until it is closed.

    ``hidden`` is the drawing of `corneum.imaging.rating`: its seed and its items, with photographs by id.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="ratings")
    hidden = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ("-made_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="rating_closed_by_someone",
            ),
        )
        indexes = (models.Index(fields=["client", "-made_at"], name="rating_of_client"),)

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"

    @property
    def length(self) -> int:
        """How many pairs it shows."""
        return len(self.hidden["items"])


class RatingSheet(models.Model):
    """What one rater answered: number of the pair to label and side; it counts once it is handed in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, related_name="sheets")
    rater = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("begun_at",)
        constraints = (models.UniqueConstraint(fields=["rating", "rater"], name="rating_sheet_once"),)

    def __str__(self) -> str:
        return f"{len(self.answers)}"
