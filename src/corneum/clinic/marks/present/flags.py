"""What the day list says beside a visit."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from corneum.clinic.marks.queries import waiting_on
from corneum.clinic.visits.flags import LOOK, Flag
from corneum.clinic.visits.models import Visit


def doctor_first(visits: Sequence[Visit], now: datetime) -> Mapping[UUID, Sequence[Flag]]:
    """Return a flag for each visit of a client of whom a mark waits for a doctor."""
    waiting = waiting_on(visit.client_id for visit in visits)
    flag = Flag(_("a mark waits for a doctor"), "wait", "checks", ("marks:client",), LOOK)
    return {visit.pk: [flag] for visit in visits if visit.client_id in waiting}
