"""The two steps of a course: a session, and days without one."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from corneum.recovery.corneum import HOURS_PER_DAY, missing_after, missing_with
from corneum.recovery.dermal import response_probability
from corneum.recovery.epidermis import gain_at, set_off_with
from corneum.recovery.insult import Insult, InsultError
from corneum.recovery.pulse import decay
from corneum.recovery.redness import deep_shares, flow_rise_share
from corneum.recovery.state import PastSession, RecoveryState
from corneum.recovery.tewl import lipid_half_time_h

Array = NDArray[np.float64]


class WaitError(ValueError):
    """A wait that is not a finite number of days of at least 0."""


def injure(state: RecoveryState, insult: Insult) -> RecoveryState:
    """Return the skin just after a session.

    Parameters
    ----------
    state
        The skin just before; it need not have recovered from earlier sessions.
    insult
        What the session did, with the same n and k as the state.

    Raises
    ------
    InsultError
        If the session has other numbers of samples or area classes than the skin.

    References
    ----------
    treatment.ordinary.corneum_share (IN-032)
    """
    if (insult.n, insult.k) != (state.n, state.k):
        raise InsultError(f"removed_um has the shape {insult.removed_um.shape}; this skin needs ({state.n}, {state.k})")
    missing_um = missing_with(state, insult)
    strength = np.minimum(insult.removed_share / state.draws["treatment.ordinary.corneum_share"], 1.0)
    deep_area, deep_depth = deep_shares(state, missing_um)
    session = PastSession(
        kind=insult.kind,
        hours_ago=0.0,
        removed_share=insult.removed_share,
        strength_share=strength,
        flow_rise_share=flow_rise_share(state, insult),
        deep_area_share=deep_area,
        deep_depth_share=deep_depth,
        response_probability=response_probability(state, insult, strength),
        stationary=insult.stationary,
    )
    return replace(
        state,
        missing_um=missing_um,
        lipid_open_share=_lipid_open_with(state, missing_um),
        set_off_share=set_off_with(state, strength),
        sessions=(*state.sessions, session),
    )


def advance(state: RecoveryState, days: float) -> RecoveryState:
    """Return the skin ``days`` later without a session; two waits in a row equal one of their sum.

    Parameters
    ----------
    state
        The skin now.
    days
        Time to pass, 0 or more [d].

    Raises
    ------
    WaitError
        If ``days`` is negative or not finite.
    """
    if not np.isfinite(days) or days < 0:
        raise WaitError(f"the days to wait must be finite and at least 0, not {days}")
    hours = days * HOURS_PER_DAY
    at = np.array([hours])
    missing, gain = missing_after(state, state.missing_um, at), gain_at(state, at)
    return replace(
        state,
        missing_um=missing.corneum_um + missing.living_um,
        lipid_open_share=state.lipid_open_share * decay(at, lipid_half_time_h(state)),
        set_off_share=gain.set_off_share[:, 0],
        gain_share=gain.present_share[:, 0],
        sessions=tuple(replace(past, hours_ago=past.hours_ago + hours) for past in state.sessions),
    )


def thinned(state: RecoveryState, corneum_um: Array) -> RecoveryState:
    """Return the skin with only this much stratum corneum left everywhere, and no memory of what took the rest.

    For skin that comes to its first session stripped.

    Parameters
    ----------
    state
        Skin that lacks nothing.
    corneum_um
        Stratum corneum that is left [um], shape (n,), from 0 to its resting thickness.

    Raises
    ------
    InsultError
        If the shape differs, a value is outside 0 to the resting thickness, or the skin lacks something already.
    """
    full_um = state.baseline.corneum_um
    if corneum_um.shape != full_um.shape or not np.all((corneum_um >= 0) & (corneum_um <= full_um)):
        raise InsultError(f"corneum_um must have the shape {full_um.shape}, from 0 to the resting thickness")
    if state.missing_um.any():
        raise InsultError("only skin that lacks nothing can be said to be thinned; this one already lacks some")
    missing_um = np.broadcast_to((full_um - corneum_um)[:, None], state.missing_um.shape)
    return replace(state, missing_um=missing_um)


def _lipid_open_with(state: RecoveryState, missing_um: Array) -> Array:
    """Return how much of the fast phase is to come: all of it for what is newly missing, the rest as it was."""
    before, after = state.missing_um.mean(axis=1), missing_um.mean(axis=1)
    new = np.maximum(after - before, 0.0)
    weight = np.where(after > 0, after, 1.0)
    return np.asarray(np.clip((state.lipid_open_share * before + new) / weight, 0.0, 1.0))
