"""What an approved plan says in the text of a consent."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from corneum.clinic.consent.composing import PlanWords
from corneum.clinic.plans import queries
from corneum.clinic.plans.models import ZoneOfPlan
from corneum.clinic.ui.phrases import spoken


def consent_words(client_id: UUID) -> PlanWords | None:
    """Return where and how often a client is to be treated, or None where no plan is approved."""
    version = queries.approved(client_id)
    if version is None or version.plan is None:
        return None
    course = _("%(sessions)s sessions, %(days)s days apart.") % {
        "sessions": version.plan["sessions"],
        "days": version.plan["interval_d"],
    }
    return PlanWords(_name(version.number), (course, *(_sentence(zone) for zone in version.zones())))


def consent_versions(client_ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Return the name of the approved version of each client that has one."""
    return {client_id: _name(number) for client_id, number in queries.approved_numbers(client_ids).items()}


def _name(number: int) -> str:
    return f"plan {number}"


def _sentence(zone: ZoneOfPlan) -> str:
    said = {
        "zone": spoken(zone.title),
        "device": zone.label or zone.device,
        "passes": zone.passes,
        "vacuum": zone.vacuum,
    }
    return _("%(zone)s: %(device)s, up to %(passes)s passes at %(vacuum)s.") % said
