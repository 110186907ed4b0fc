"""Find versions of plans; absent and of another client look the same."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.http import Http404

from corneum.clinic.plans.models import PlanVersion, State

_WITHOUT = ("plan", "request", "refusal")


def versions(client_id: UUID) -> list[PlanVersion]:
    """Return the versions of a client's plan, newest first, without what they hold."""
    return list(
        PlanVersion.objects.filter(client_id=client_id)
        .select_related("made_by", "approved_by", "shown_by")
        .defer(*_WITHOUT)
    )


def version(client_id: UUID, plan_id: UUID) -> PlanVersion:
    """Return one version with all that it holds.

    Raises
    ------
    Http404
        If there is none, or it is another client's.
    """
    some = PlanVersion.objects.select_related("client", "made_by", "approved_by", "shown_by", "withdrawn_by")
    found = some.filter(client_id=client_id, pk=plan_id).first()
    if found is None:
        raise Http404
    return found


def approved(client_id: UUID) -> PlanVersion | None:
    """Return the version that a clinician approved and that no later one replaced, or None."""
    return (
        PlanVersion.objects.filter(client_id=client_id, state=State.APPROVED)
        .select_related("made_by", "approved_by")
        .first()
    )


def approved_numbers(client_ids: Collection[UUID]) -> dict[UUID, int]:
    """Return the number of the approved version of each client that has one, without what it holds."""
    found = PlanVersion.objects.filter(client_id__in=client_ids, state=State.APPROVED, plan__isnull=False)
    return dict(found.values_list("client_id", "number"))


def latest_request(client_id: UUID) -> dict[str, Any]:
    """Return what the newest version asked, whatever came of it; empty where there is none."""
    return PlanVersion.objects.filter(client_id=client_id).values_list("request", flat=True).first() or {}


def others(found: PlanVersion) -> list[PlanVersion]:
    """Return the other versions of the same client that hold a plan, newest first, without what they hold."""
    some = PlanVersion.objects.filter(client_id=found.client_id, plan__isnull=False).exclude(pk=found.pk)
    return list(some.defer(*_WITHOUT))
