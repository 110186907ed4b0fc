"""A mark on the skin, and a look for marks on photographs."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from corneum.clinic.people.models import Client
from corneum.clinic.photos.models import Photo


class State(models.TextChoices):
    """What the last look at it gave; never what it is."""

    KNOWN = "known", pgettext_lazy("mark", "known")
    UNCHANGED = "unchanged", _("no measured change")
    NEW = "new", pgettext_lazy("mark", "new")
    CHANGED = "changed", _("looks different")
    NOT_FOUND = "not_found", _("not found again")


class Mark(models.Model):
    """A mark, on the body map by zone and place in the zone's box (0 to 1, right and down as seen)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="marks")
    zone = models.CharField(_("zone"), max_length=40)
    right = models.FloatField(null=True)
    down = models.FloatField(null=True)
    diameter = models.CharField(_("longest extent"), max_length=20)
    error_share = models.FloatField(default=0.0)
    note = models.CharField(_("note"), max_length=500, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.KNOWN)
    found_on = models.DateField(_("seen on"))
    looked_at_on = models.DateField(_("a doctor looked at it on"), null=True, blank=True)
    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="marks", null=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    ended_why = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("zone", "added_at")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=State.values), name="mark_state_known"),
            models.CheckConstraint(
                condition=Q(right__isnull=True, down__isnull=True)
                | Q(right__gte=0, right__lte=1, down__gte=0, down__lte=1),
                name="mark_in_its_zone",
            ),
            models.CheckConstraint(condition=Q(error_share__gte=0, error_share__lte=1), name="mark_error_is_a_share"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_why=""),
                name="mark_ended_with_a_reason",
            ),
        )
        indexes = (models.Index(fields=["client", "zone"], name="mark_of_client"),)

    def __str__(self) -> str:
        return self.zone


class LookState(models.TextChoices):
    """Where a look for marks is."""

    ASKED = "asked", _("being looked for")
    DONE = "done", _("done")
    REFUSED = "refused", _("not possible")


class Look(models.Model):
    """A look for marks on one photograph, or on two of the same person; the drawings lie with each photograph.

    ``found`` holds one entry for each mark, ``boxes`` the extent of the zones of the later photograph, mm.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="mark_looks")
    earlier = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="+", null=True)
    later = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="+")
    px_per_mm = models.FloatField(null=True)
    state = models.CharField(max_length=10, choices=LookState, default=LookState.ASKED)
    refusal = models.TextField(blank=True)
    found = models.JSONField(default=list)
    boxes = models.JSONField(default=dict)
    least_mm = models.FloatField(null=True)
    skipped = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    listed_at = models.DateTimeField(null=True)
    listed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    job_id = models.UUIDField(null=True)

    class Meta:
        ordering = ("-asked_at",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=LookState.values), name="look_state_known"),
            models.CheckConstraint(condition=Q(earlier__isnull=True) | ~Q(earlier=F("later")), name="look_at_two"),
            models.CheckConstraint(
                condition=Q(state="asked", ended_at__isnull=True) | ~Q(state="asked") & Q(ended_at__isnull=False),
                name="look_ended",
            ),
        )
        indexes = (models.Index(fields=["client", "-asked_at"], name="look_of_client"),)

    def __str__(self) -> str:
        return f"look {self.asked_at:%Y-%m-%d}"

    @property
    def is_of_two(self) -> bool:
        """Whether it follows marks from one photograph to another."""
        return self.earlier_id is not None
