"""A version of a client's plan: what was asked, what came of it, who made and who approved it."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corneum.clinic.people.models import Client
from corneum.evidence import load_evidence
from corneum.units import Quantity


class State(models.TextChoices):
    """Where a version is."""

    COMPUTING = "computing", _("being planned")
    REFUSED = "refused", _("nothing planned")
    DRAFT = "draft", _("draft")
    SHOWN = "shown", _("shown to the client")
    APPROVED = "approved", _("approved")
    REPLACED = "replaced", _("replaced")


@dataclass(frozen=True)
class ZoneOfPlan:
    """What is planned for one zone, as it is set.

    Parameters
    ----------
    zone, title
        Body site.
    device, label
        Device by its name in the catalogue, and as the clinic calls it.
    vacuum
        As its gauge shows it.
    passes
        Number of passes.
    speed_mm_s
        Speed of the handpiece, mm/s; None where nobody measured it.
    flow, grit
        As read; None where the device has none or nobody gave it.
    end_point
        When to stop, in words.
    area_cm2, minutes
        Of the zone, and of the strokes over it.
    needs_clinician
        Whether a clinician must answer something first.
    """

    zone: str
    title: str
    device: str
    label: str
    vacuum: Quantity
    passes: int
    speed_mm_s: float | None
    flow: Quantity | None
    grit: Quantity | None
    end_point: str
    area_cm2: float
    minutes: float
    needs_clinician: bool


class PlanVersion(models.Model):
    """One version of a plan. What was asked and what came of it never changes: a new draft replaces it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="plans")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.COMPUTING)
    request = models.JSONField()
    overrides = models.JSONField(default=list)
    plan = models.JSONField(null=True)
    refusal = models.JSONField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    day = models.DateField()
    seed = models.PositiveIntegerField(default=0)
    program_version = models.CharField(max_length=40)
    evidence_digest = models.CharField(max_length=64, blank=True)
    job_id = models.UUIDField(null=True)
    shown_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    shown_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    approved_why = models.CharField(max_length=500, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["client", "number"], name="plan_number_once"),
            models.UniqueConstraint(fields=["client"], condition=Q(state="approved"), name="plan_approved_one"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="plan_state_known"),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="plan_approved_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["computing", "refused", "replaced"]) | Q(plan__isnull=False),
                name="plan_there",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new version; an old one stays as it is, and services move its state."""
        if not self._state.adding:
            raise TypeError("a version of a plan is never changed: a new draft replaces it")
        super().save(*args, **kwargs)

    @property
    def can_be_approved(self) -> bool:
        """Whether it waits for a clinician's word."""
        return self.state in (State.DRAFT, State.SHOWN)

    def zones(self) -> tuple[ZoneOfPlan, ...]:
        """Return what is planned, zone by zone; nothing where nothing is planned."""
        if self.plan is None:
            return ()
        end_point = load_evidence().rule("treatment.end_point").text
        return tuple(_zone(raw, end_point) for raw in self.plan["zones"])


def _zone(raw: dict[str, Any], end_point: str) -> ZoneOfPlan:
    chosen = raw["settings"]
    return ZoneOfPlan(
        zone=raw["zone"],
        title=raw["title"],
        device=chosen["device"],
        label=chosen["label"],
        vacuum=Quantity(**chosen["vacuum"]),
        passes=chosen["passes"],
        speed_mm_s=chosen["speed_mm_s"],
        flow=_quantity(chosen["settings"].get("flow_g_min")),
        grit=_quantity(chosen["settings"].get("grit_um")),
        end_point=end_point,
        area_cm2=chosen["area_cm2"],
        minutes=chosen["minutes"],
        needs_clinician=raw["needs_clinician"],
    )


def _quantity(raw: dict[str, Any] | None) -> Quantity | None:
    return None if raw is None else Quantity(**raw)
