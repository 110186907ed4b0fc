"""How much more treated skin lets through than intact skin."""

import numpy as np
from numpy.typing import NDArray

from corneum.recovery.corneum import LocalMeasure, Missing
from corneum.recovery.pulse import decay, united
from corneum.recovery.state import RecoveryState
from corneum.recovery.tewl import lipid_half_time_h

Array = NDArray[np.float64]


def local_opening(state: RecoveryState) -> LocalMeasure:
    """Return the function from what a place lacks to its permeability above intact [1].

    Resistances in series, as in the reciprocal law of TEWL, with what is left of them without stratum corneum.

    References
    ----------
    recovery.permeability.bare_fold (P07, P08)
    """
    residual = 1.0 / np.maximum(state.draws["recovery.permeability.bare_fold"][:, None], 1.0)
    lost_per_um = (1.0 - residual) / state.baseline.corneum_um[:, None]

    def opening(missing: Missing) -> Array:
        lost = lost_per_um * missing.corneum_um
        return np.asarray(lost / (1.0 - lost))

    return opening


def permeability_ratio(state: RecoveryState, hours: Array, mean_opening: Array) -> Array:
    """Return permeability over that of intact skin, shape (n, t).

    To what lost thickness opens comes the disorder of the stratum corneum that is left, which TEWL hardly shows; it
    passes more slowly than the fast phase of TEWL.

    Parameters
    ----------
    state
        Skin at its moment.
    hours
        Times after it [h], shape (t,) or (n, t).
    mean_opening
        Area mean of `local_opening` at those times [1], shape (n, t).

    References
    ----------
    recovery.permeability.disorder_fold (P01), recovery.permeability.lag_ratio (B39, B40)
    """
    draws = state.draws
    half_time_h = (lipid_half_time_h(state) * draws["recovery.permeability.lag_ratio"])[:, None]
    disorder = np.maximum(draws["recovery.permeability.disorder_fold"][:, None] - 1.0, 0.0)
    shares = (past.strength_share[:, None] * decay(past.hours_ago + hours, half_time_h) for past in state.sessions)
    return np.asarray(1.0 + mean_opening + disorder * united(shares))
