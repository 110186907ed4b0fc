"""What the day list says of plans."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from corneum.clinic.plans.queries import approved_numbers
from corneum.clinic.visits.flags import Flag
from corneum.clinic.visits.models import Kind, Visit


def plan_missing(visits: Sequence[Visit], now: datetime) -> Mapping[UUID, Sequence[Flag]]:
    """Return a flag for each treatment of a client who has no approved plan."""
    treated = [visit for visit in visits if visit.kind == Kind.TREATMENT]
    there = approved_numbers([visit.client_id for visit in treated])
    flag = Flag(_("no approved plan"), "wait", "checks", ("plans:versions",))
    return {visit.pk: [flag] for visit in treated if visit.client_id not in there}
