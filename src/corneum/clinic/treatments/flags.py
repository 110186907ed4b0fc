"""What the day list says of reactions."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corneum.clinic.treatments.queries import with_looks_due
from corneum.clinic.visits.flags import LOOK, Flag
from corneum.clinic.visits.models import Visit

_DUE = Flag(_("a reaction is to be looked at"), "stop", "checks", ("treatments:course",), LOOK)


def looks_due(visits: Sequence[Visit], now: datetime) -> Mapping[UUID, Sequence[Flag]]:
    """Return a flag for each visit of a client of whom an open reaction is to be looked at by now."""
    due = with_looks_due({visit.client_id for visit in visits}, timezone.localdate(now))
    return {visit.pk: [_DUE] for visit in visits if visit.client_id in due}
