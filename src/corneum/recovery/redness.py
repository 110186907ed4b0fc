"""Redness, as the ratio of skin blood flow to its resting value."""

import numpy as np
from numpy.typing import NDArray

from corneum.recovery.insult import Insult
from corneum.recovery.pulse import decay
from corneum.recovery.state import RecoveryState

Array = NDArray[np.float64]


def flow_rise_share(state: RecoveryState, insult: Insult) -> Array:
    """Return the rise of blood flow just after a session, linear in its mechanical work up to a ceiling [1], (n,).

    Vessels that are wide open can open no further: what fades afterwards starts from the ceiling.

    References
    ----------
    recovery.redness.flow_rise_share (E06), recovery.redness.ceiling_share
    """
    rise = state.draws["recovery.redness.flow_rise_share"] * insult.work_ratio
    return np.asarray(np.minimum(rise, state.draws["recovery.redness.ceiling_share"]))


def deep_shares(state: RecoveryState, missing_um: Array) -> tuple[Array, Array]:
    """Return the area share that lacks living epidermis, and the share lacking there [0 to 1], each of shape (n,)."""
    lacking = np.maximum(missing_um - state.baseline.corneum_um[:, None], 0.0) / state.baseline.living_um[:, None]
    area = np.mean(lacking > 0, axis=1)
    depth = np.mean(lacking, axis=1) / np.where(area > 0, area, 1.0)
    return np.asarray(area, dtype=np.float64), np.minimum(depth, 1.0)


def blood_flow_ratio(state: RecoveryState, hours: Array) -> Array:
    """Return skin blood flow over its resting value, shape (n, t).

    Where only stratum corneum was lost the rise fades within the hour or hours; where living epidermis was lost, its
    half-time grows geometrically with the depth, up to that of a lost epidermis.

    Parameters
    ----------
    state
        Skin at its moment.
    hours
        Times after it [h], shape (t,) or (n, t).

    References
    ----------
    recovery.redness.flow_rise_share, recovery.redness.half_time_h (E01, E05, E08),
    recovery.redness.deep_half_time_h (E07), recovery.redness.ceiling_share
    """
    draws = state.draws
    short_h = draws["recovery.redness.half_time_h"]
    lengthening = np.maximum(draws["recovery.redness.deep_half_time_h"] / short_h, 1.0)
    rise = np.zeros((state.n, hours.shape[-1]))
    for past in state.sessions:
        since_h = past.hours_ago + hours
        long_h = (short_h * lengthening**past.deep_depth_share)[:, None]
        deep = past.deep_area_share[:, None]
        left = (1.0 - deep) * decay(since_h, short_h[:, None]) + deep * decay(since_h, long_h)
        rise += past.flow_rise_share[:, None] * left
    return np.asarray(1.0 + np.minimum(rise, draws["recovery.redness.ceiling_share"][:, None]))
