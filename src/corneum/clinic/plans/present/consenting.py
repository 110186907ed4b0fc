"""What an approved plan says in the text of a consent."""

from uuid import UUID

from django.utils.translation import gettext as _

from corneum.clinic.consent.composing import PlanWords
from corneum.clinic.plans import queries
from corneum.clinic.plans.models import ZoneOfPlan


def consent_words(client_id: UUID) -> PlanWords | None:
    """Return where and how often a client is to be treated, or None where no plan is approved."""
    version = queries.approved(client_id)
    if version is None or version.plan is None:
        return None
    course = _("%(sessions)s sessions, %(days)s days apart.") % {
        "sessions": version.plan["sessions"],
        "days": version.plan["interval_d"],
    }
    return PlanWords(f"plan {version.number}", (course, *(_sentence(zone) for zone in version.zones())))


def _sentence(zone: ZoneOfPlan) -> str:
    said = {"zone": zone.title, "device": zone.label or zone.device, "passes": zone.passes, "vacuum": zone.vacuum}
    return _("%(zone)s: %(device)s, up to %(passes)s passes at %(vacuum)s.") % said
