"""A mark on the skin."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
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
    note = models.CharField(_("note"), max_length=500, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.KNOWN)
    found_on = models.DateField(_("seen on"))
    looked_at_on = models.DateField(_("a doctor looked at it on"), null=True, blank=True)
    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="marks", null=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
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
        )
        indexes = (models.Index(fields=["client", "zone"], name="mark_of_client"),)

    def __str__(self) -> str:
        return self.zone
