"""Transepidermal water loss: two published laws of thickness, a fast phase, and the fall below baseline."""

from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from corneum.recovery.corneum import HOURS_PER_DAY, LocalMeasure, Missing
from corneum.recovery.pulse import decay, hump, united
from corneum.recovery.state import RecoveryState, age_slowing

Array = NDArray[np.float64]
Law = Literal["exponential", "reciprocal"]
LAWS: tuple[Law, ...] = get_args(Law)


class UnknownLawError(ValueError):
    """A law of water loss that is not one of `LAWS`."""


def local_excess(state: RecoveryState, law: Law, hours: Array) -> LocalMeasure:
    """Return the function from what a place lacks to its TEWL above baseline at ``hours`` [g/m2/h].

    Both laws give 0 for intact skin and never fall with more missing. The fast phase lowers what they give; where
    living epidermis is missing too, TEWL rises in proportion from that of bare living skin to that of a wound, which
    has no lipids to order.

    Parameters
    ----------
    state
        Skin at its moment.
    law
        "exponential" or "reciprocal".
    hours
        Times after the moment at which the function will be asked [h], shape (t,) or (n, t).

    Raises
    ------
    UnknownLawError
        If ``law`` is neither "exponential" nor "reciprocal".

    References
    ----------
    recovery.tewl.bare_excess_g_m2_h, recovery.tewl.depth_per_um (exponential, B12);
    recovery.tewl.residual_share (reciprocal, B18 with B25); recovery.tewl.wound_g_m2_h (B45)
    """
    if law not in LAWS:
        raise UnknownLawError(f"unknown law of TEWL {law!r}; allowed are {', '.join(LAWS)}")
    above = _exponential(state) if law == "exponential" else _reciprocal(state)
    rest_um = state.baseline.corneum_um[:, None]
    bare = above(Missing(rest_um, np.zeros_like(rest_um)))
    wound = state.draws["recovery.tewl.wound_g_m2_h"][:, None] - state.baseline.tewl_g_m2_h[:, None]
    per_um = np.maximum(wound - bare, 0.0) / state.baseline.living_um[:, None]
    unrepaired = unrepaired_share(state, hours)
    return lambda missing: above(missing) * unrepaired + per_um * missing.living_um


def _exponential(state: RecoveryState) -> LocalMeasure:
    """Return ``A (exp(-b x) - exp(-b C)) / (1 - exp(-b C))``, x present of C, written without cancellation."""
    bare = state.draws["recovery.tewl.bare_excess_g_m2_h"][:, None]
    per_um = state.draws["recovery.tewl.depth_per_um"][:, None]
    scale = bare / np.expm1(per_um * state.baseline.corneum_um[:, None])
    return lambda missing: np.asarray(scale * np.expm1(per_um * missing.corneum_um))


def _reciprocal(state: RecoveryState) -> LocalMeasure:
    """Return the excess of ``T / (r + (1 - r) x / C)``: resistances of residue and stratum corneum in series."""
    tewl = state.baseline.tewl_g_m2_h[:, None]
    lost_per_um = (1.0 - state.draws["recovery.tewl.residual_share"][:, None]) / state.baseline.corneum_um[:, None]

    def above(missing: Missing) -> Array:
        lost = lost_per_um * missing.corneum_um
        return np.asarray(tewl * lost / (1.0 - lost))

    return above


def lipid_half_time_h(state: RecoveryState) -> Array:
    """Return the half-time of the fast phase [h], shape (n,).

    References
    ----------
    recovery.lipid.half_time_h, recovery.age.analogy_exponent
    """
    return np.asarray(state.draws["recovery.lipid.half_time_h"] * age_slowing(state))


def unrepaired_share(state: RecoveryState, hours: Array) -> Array:
    """Return the share of the thickness law's excess that is left by the fast phase [0 to 1], shape (n, t).

    References
    ----------
    recovery.lipid.excess_share, recovery.lipid.half_time_h
    """
    fast = state.draws["recovery.lipid.excess_share"][:, None]
    still_open = state.lipid_open_share[:, None] * decay(hours, lipid_half_time_h(state)[:, None])
    return np.asarray(1.0 - fast * (1.0 - still_open))


def below_share(state: RecoveryState, hours: Array) -> Array:
    """Return how far past sessions hold TEWL below baseline [share of baseline], shape (n, t) or (1,) at rest.

    References
    ----------
    recovery.overshoot.depth_share, recovery.overshoot.peak_d, recovery.overshoot.shape_exponent (B02, B06: sign only)
    """
    peak_h = state.draws["recovery.overshoot.peak_d"][:, None] * HOURS_PER_DAY
    exponent = state.draws["recovery.overshoot.shape_exponent"][:, None]
    shares = (
        past.strength_share[:, None] * hump(past.hours_ago + hours, peak_h) ** exponent for past in state.sessions
    )
    return np.asarray(state.draws["recovery.overshoot.depth_share"][:, None] * united(shares))


def tewl_g_m2_h(state: RecoveryState, hours: Array, mean_excess_g_m2_h: Array) -> Array:
    """Return transepidermal water loss [g/m2/h], shape (n, t).

    Parameters
    ----------
    state
        Skin at its moment.
    hours
        Times after it [h], shape (t,) or (n, t).
    mean_excess_g_m2_h
        Area mean of `local_excess` at those times [g/m2/h], shape (n, t).
    """
    resting = state.baseline.tewl_g_m2_h[:, None] * (1.0 - below_share(state, hours))
    return np.asarray(resting + mean_excess_g_m2_h)
