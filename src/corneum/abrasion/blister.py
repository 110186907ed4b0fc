"""Micro-blisters under a tip that does not move: suction peels before grains can select."""

import numpy as np
from numpy.typing import NDArray

from corneum.abrasion.mask import Mask
from corneum.abrasion.strokes import StrokePlan, stroke_speed_mm_s
from corneum.devices import Settings
from corneum.evidence import Draws


def blister_index(settings: Settings, plan: StrokePlan, mask: Mask | None, draws: Draws) -> NDArray[np.float64]:
    """Return the time that suction holds one place over the time to the first micro-blisters, shape (n,).

    Above 1 the model expects micro-blisters in place of selective removal. The peeling energy of a thin membrane
    grows with (pressure x span) to the power 4/3; delamination creeps below its critical energy (M04), so the
    time to onset falls in the same proportion. A mask holds the skin down: the span is then one hole.

    Parameters
    ----------
    settings, plan, mask
        Device and settings, path, mask or None.
    draws
        Sampled rows.

    References
    ----------
    Rows ``abrasion.blister.*``; R01 (none in 20 s through a mask), R07 (stationary tip), M04.
    """
    if settings.device.kind not in ("crystal", "vacuum", "diamond"):
        return np.zeros(draws.n)
    tip = settings.value("tip_mm" if settings.device.kind == "diamond" else "opening_mm", draws)
    span = tip if mask is None else np.full(draws.n, mask.hole_um * 1e-3)
    pull = settings.value("vacuum_kpa", draws) / draws["abrasion.blister.vacuum_kpa"]
    relative = (pull * span / draws["abrasion.blister.span_mm"]) ** draws["abrasion.blister.membrane_exponent"]
    held_s = plan.dwell_s if plan.stationary else tip / stroke_speed_mm_s(plan, draws)
    return np.asarray(held_s * relative / draws["abrasion.blister.onset_s"])
