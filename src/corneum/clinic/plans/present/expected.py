"""What an approved plan expects of redness and texture, to be drawn beside what was measured."""

from collections.abc import Mapping
from datetime import datetime, time
from functools import lru_cache
from uuid import UUID

import numpy as np
from django.utils import timezone
from django.utils.translation import gettext as _

from corneum.clinic.measured.told import Predicted, sessions
from corneum.clinic.plans import queries
from corneum.clinic.plans.models import PlanVersion
from corneum.clinic.plans.translate import is_readable, plan_of
from corneum.course import Plan, simulate_plan
from corneum.treatment import ZoneResult

_KEPT = 4


def expected(client_id: UUID, index: str) -> tuple[Predicted, ...]:
    """Return the curve that stands beside an index, zone by zone; nothing where no plan is approved or none does.

    Day 0 is the first session since the approval; before it, the first day that is planned.
    """
    version = queries.approved(client_id)
    if version is None or version.approved_at is None or not is_readable(version):
        return ()
    # The drawings of reports bring Matplotlib, which takes a second to load.
    from corneum.reports.figures.curves import with_jumps
    from corneum.reports.photographs.beside import COMPARISONS

    one = next((found for found in COMPARISONS if index in found.indices), None)
    if one is None:
        return ()
    start = _start(version, plan_of(version))
    made = []
    for zone, result in _simulated(version.pk).items():
        values = getattr(result.curves, one.curve)
        shown = 100 * values / values[:, :1] if one.as_percent else values
        hours = 24 * np.array([session.day for session in result.sessions], float)
        line = with_jumps(result.curves.hours, shown, hours, one.curve)
        made.append(
            Predicted(
                site=zone,
                index=index,
                title=_("%(curve)s, plan %(number)s") % {"curve": one.curve_title, "number": version.number},
                unit=one.unit,
                start=start,
                days=[float(hour) / 24 for hour in line.hours],
                low=line.found.low.tolist(),
                middle=line.found.middle.tolist(),
                high=line.found.high.tolist(),
                said=f"{one.said} {_('Not validated on this person.')}",
            )
        )
    return tuple(made)


def _start(version: PlanVersion, plan: Plan) -> datetime:
    begun = next((moment for moment in sessions(version.client_id) if moment >= (version.approved_at or moment)), None)
    return begun or timezone.make_aware(datetime.combine(plan.session_days[0], time()))


@lru_cache(maxsize=_KEPT)
def _simulated(version_id: UUID) -> Mapping[str, ZoneResult]:
    """Return the full simulation of a version; it never changes, so it is made once in a process."""
    version = PlanVersion.objects.get(pk=version_id)
    return {zone: result.zones[0] for zone, result in simulate_plan(plan_of(version)).items()}
