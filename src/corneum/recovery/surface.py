"""Hydration and sebum of the surface."""

import numpy as np
from numpy.typing import NDArray

from corneum.recovery.pulse import decay, hump, united
from corneum.recovery.state import RecoveryState

Array = NDArray[np.float64]

SEBUM_NOTE = (
    "Sebum is followed for the hour after a session only. Effects of a series contradict each other "
    "(Davari 2008; Iran J Dermatol 98056) and are not simulated."
)


def hydration_ratio(state: RecoveryState, hours: Array) -> Array:
    """Return hydration of the stratum corneum over its resting value, shape (n, t) or (n, 1) at rest.

    References
    ----------
    recovery.hydration.peak_share, recovery.hydration.peak_h (B03: sign only)
    """
    peak_h = state.draws["recovery.hydration.peak_h"][:, None]
    shares = (past.strength_share[:, None] * hump(past.hours_ago + hours, peak_h) for past in state.sessions)
    return np.asarray(1.0 + state.draws["recovery.hydration.peak_share"][:, None] * united(shares))


def sebum_ratio(state: RecoveryState, hours: Array) -> Array:
    """Return sebum on the surface over its resting value, shape (n, t) or (n, 1) at rest.

    References
    ----------
    recovery.sebum.drop_share, recovery.sebum.half_time_h (B07)
    """
    half_time_h = state.draws["recovery.sebum.half_time_h"][:, None]
    shares = (past.strength_share[:, None] * decay(past.hours_ago + hours, half_time_h) for past in state.sessions)
    return np.asarray(1.0 - state.draws["recovery.sebum.drop_share"][:, None] * united(shares))
