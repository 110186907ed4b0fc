"""The living epidermis: faster renewal for days, and the thickness it may gain over a series."""

from dataclasses import dataclass, replace
from math import log

import numpy as np
from numpy.typing import NDArray

from corneum.evidence import Draws
from corneum.recovery.corneum import HOURS_PER_DAY
from corneum.recovery.pulse import hump, united
from corneum.recovery.state import RecoveryState

Array = NDArray[np.float64]


def mitosis_ratio(state: RecoveryState, hours: Array) -> Array:
    """Return the mitotic rate over its resting value, shape (n, t) or (n, 1) at rest; linear in the share removed.

    References
    ----------
    recovery.mitosis.rise_share, recovery.mitosis.peak_h (B43, B44)
    """
    peak_h = state.draws["recovery.mitosis.peak_h"][:, None]
    shares = (past.removed_share[:, None] * hump(past.hours_ago + hours, peak_h) for past in state.sessions)
    return np.asarray(1.0 + state.draws["recovery.mitosis.rise_share"][:, None] * united(shares))


@dataclass(frozen=True, eq=False)
class Gain:
    """Gain of living epidermis over its resting thickness; shapes broadcast.

    Parameters
    ----------
    set_off_share
        What past sessions have set off and that has not appeared yet [1].
    present_share
        What is there [1].
    """

    set_off_share: Array
    present_share: Array


def set_off_with(state: RecoveryState, strength_share: Array) -> Array:
    """Return the gain that is set off and still to appear after one more session [1], shape (n,).

    A session adds a share of what the plateau leaves, so that a series tends to the plateau and never passes it.

    References
    ----------
    recovery.epidermis.session_share, recovery.epidermis.course_gain_share (T27 to T31)
    """
    now = Gain(state.set_off_share, state.gain_share)
    moved = state.draws["recovery.epidermis.session_share"] * strength_share
    return _set_off_with(now, moved, plateau_share(state.draws))


def plateau_share(draws: Draws) -> Array:
    """Return the gain that endless ordinary sessions tend to at most [1], shape (n,).

    The gain after the published course is proportional to it: the course is run for a plateau of 1.

    References
    ----------
    recovery.epidermis.course_gain_share, recovery.epidermis.course_sessions, recovery.epidermis.course_interval_d
    """
    gain, one = Gain(np.zeros(draws.n), np.zeros(draws.n)), np.ones(draws.n)
    interval_h = draws["recovery.epidermis.course_interval_d"] * HOURS_PER_DAY
    for _ in range(round(float(draws["recovery.epidermis.course_sessions"][0]))):
        gain = replace(gain, set_off_share=_set_off_with(gain, draws["recovery.epidermis.session_share"], one))
        gain = _later(gain, draws, interval_h)
    return np.asarray(draws["recovery.epidermis.course_gain_share"] / gain.present_share)


def gain_at(state: RecoveryState, hours: Array) -> Gain:
    """Return the gain of living epidermis at times after the state's moment, shape (n, t).

    What was set off appears with one half-time and is lost with another: two exponentials in closed form.

    Parameters
    ----------
    state
        Skin at its moment.
    hours
        Times after it [h], shape (t,) or (n, t).

    References
    ----------
    recovery.epidermis.growth_half_time_d, recovery.epidermis.fade_half_time_d (T32, T33)
    """
    return _later(Gain(state.set_off_share[:, None], state.gain_share[:, None]), state.draws, hours)


def _set_off_with(gain: Gain, moved_share: Array, plateau: Array) -> Array:
    left = np.maximum(plateau - gain.present_share - gain.set_off_share, 0.0)
    return np.asarray(gain.set_off_share + moved_share * left)


def _later(gain: Gain, draws: Draws, hours: Array) -> Gain:
    column = (-1,) + (1,) * (gain.present_share.ndim - 1)
    growth_per_h, fade_per_h = (
        (log(2) / (draws[f"recovery.epidermis.{name}_half_time_d"] * HOURS_PER_DAY)).reshape(column)
        for name in ("growth", "fade")
    )
    slow_per_h = np.minimum(growth_per_h, fade_per_h)
    gap_per_h = np.abs(growth_per_h - fade_per_h)
    # Equal rates are the limit of the difference quotient, not a division by zero.
    apart = gap_per_h > 0
    spread_h = np.where(apart, -np.expm1(-gap_per_h * hours) / np.where(apart, gap_per_h, 1.0), hours)
    appeared = gain.set_off_share * growth_per_h * np.exp(-slow_per_h * hours) * spread_h
    return Gain(
        np.asarray(gain.set_off_share * np.exp(-growth_per_h * hours)),
        np.asarray(gain.present_share * np.exp(-fade_per_h * hours) + appeared),
    )
