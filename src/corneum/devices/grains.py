"""The crystals: their material, and how many kilograms of them fly per second."""

import numpy as np
from numpy.typing import NDArray

from corneum.evidence import Draws
from corneum.units import convert

GRAIN_MATERIALS = {"alumina": "aluminum oxide", "salt": "sodium chloride", "bicarbonate": "sodium bicarbonate"}


def grain_flow_kg_s(
    flow_g_min: NDArray[np.float64], vacuum_kpa: NDArray[np.float64], draws: Draws, *, feeds_by_vacuum: bool
) -> NDArray[np.float64]:
    """Return the mass flow of crystals, shape (n,), kg/s.

    Where the vacuum draws the crystals, the flow setting is read at the reference vacuum and the flow follows
    a power of the vacuum: the drag that lifts grains into the stream is proportional to the dynamic pressure of
    the air, so the exponent is near 1. Where the flow is metered, the vacuum does not matter.

    Parameters
    ----------
    flow_g_min
        Flow setting, shape (n,), g/min.
    vacuum_kpa
        Vacuum, shape (n,), kPa below ambient.
    draws
        Sampled rows.
    feeds_by_vacuum
        Whether the vacuum draws the crystals.

    References
    ----------
    Rows ``devices.crystal.feed_exponent``, ``devices.crystal.reference_vacuum_kpa`` (R03, R04, contradiction 1).
    """
    flow = flow_g_min * convert(1.0, "g/min", "kg/s")
    if not feeds_by_vacuum:
        return np.asarray(flow)
    relative = vacuum_kpa / draws["devices.crystal.reference_vacuum_kpa"]
    return np.asarray(flow * relative ** draws["devices.crystal.feed_exponent"])
