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
from corneum.recovery.state import OpenSession, PastSession, RecoveryState
from corneum.recovery.tewl import lipid_half_time_h

Array = NDArray[np.float64]


class WaitError(ValueError):
    """A wait that is not a finite number of days of at least 0."""


def injure(state: RecoveryState, insult: Insult) -> RecoveryState:
    """Return the skin just after a session, or after one more step of the session of this moment.

    Steps without a wait between them are one session: their work and the stratum corneum that they took add up, so
    that one step of two passes is the same session as two steps of one.

    Parameters
    ----------
    state
        The skin just before; it need not have recovered from earlier sessions.
    insult
        What the session or the step did, with the same n and k as the state.

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
    opened = state.opened or OpenSession(replace(state, opened=None), ())
    opened = replace(opened, steps=(*opened.steps, insult))
    missing_um = missing_with(state, insult)
    session = _session_of(opened, missing_um)
    return replace(
        state,
        missing_um=missing_um,
        lipid_open_share=_lipid_open_with(state, missing_um),
        set_off_share=set_off_with(opened.before, session.strength_share),
        sessions=(*opened.before.sessions, session),
        opened=opened,
    )


def _session_of(opened: OpenSession, missing_um: Array) -> PastSession:
    """Return the one session that all steps make; ``missing_um`` is what the skin lacks after them."""
    before, steps = opened.before, opened.steps
    strongest = max(steps, key=lambda step: (float(step.removed_share.mean()), float(step.work_ratio.mean())))
    removed_share = np.minimum(np.sum([step.removed_share for step in steps], axis=0), 1.0)
    total = replace(
        strongest, removed_share=removed_share, work_ratio=np.sum([step.work_ratio for step in steps], axis=0)
    )
    ordinary = before.draws["treatment.ordinary.corneum_share"]
    strength = np.minimum(removed_share / ordinary, 1.0)
    # A weak step after a rough one must not make the session a weaker one: each step alone is the least there is.
    alone = [response_probability(before, step, np.minimum(step.removed_share / ordinary, 1.0)) for step in steps]
    deep_area, deep_depth = deep_shares(before, missing_um)
    return PastSession(
        kind=total.kind,
        hours_ago=0.0,
        removed_share=removed_share,
        strength_share=strength,
        flow_rise_share=flow_rise_share(before, total),
        deep_area_share=deep_area,
        deep_depth_share=deep_depth,
        response_probability=np.max([response_probability(before, total, strength), *alone], axis=0),
        stationary=any(step.stationary for step in steps),
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
    if days == 0:
        return state
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
        opened=None,
    )


def thinned(state: RecoveryState, corneum_um: Array) -> RecoveryState:
    """Return the skin with only this much stratum corneum left everywhere, and no memory of what took the rest.

    For skin that comes to its first session stripped. It was stripped just now: TEWL follows the whole law of
    thickness, and the fast phase is still to come.

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
    return replace(state, missing_um=missing_um, lipid_open_share=np.where(corneum_um < full_um, 1.0, 0.0))


def _lipid_open_with(state: RecoveryState, missing_um: Array) -> Array:
    """Return how much of the fast phase is to come: all of it for what is newly missing, the rest as it was."""
    before, after = state.missing_um.mean(axis=1), missing_um.mean(axis=1)
    new = np.maximum(after - before, 0.0)
    weight = np.where(after > 0, after, 1.0)
    return np.asarray(np.clip((state.lipid_open_share * before + new) / weight, 0.0, 1.0))
