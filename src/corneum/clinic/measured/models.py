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
    """What changed from one photograph to a later one; the pictures lie in the clinic's folder by id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="measurements")
    baseline = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="+")
    followup = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    outcome = models.CharField(max_length=20, blank=True)
    table = models.JSONField(default=dict)
    refusal = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-asked_at",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=State.values), name="measurement_state_known"),
            models.CheckConstraint(condition=~Q(baseline=F("followup")), name="measurement_of_two"),
            models.UniqueConstraint(fields=["baseline", "followup"], name="measurement_once"),
        )
        indexes = (models.Index(fields=["client", "-asked_at"], name="measurement_of_client"),)

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d}"


class Rating(models.Model):
    """Pairs of photographs shown to one rater in a hidden order, some of them two baselines; sealed until scored."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="ratings")
    rater = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    hidden = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at",)
        indexes = (models.Index(fields=["client", "-made_at"], name="rating_of_client"),)

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"
