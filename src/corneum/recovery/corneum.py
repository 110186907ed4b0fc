"""Thickness: what a session takes away, and how it grows back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corneum.recovery.insult import Insult
from corneum.recovery.state import RecoveryState, age_slowing

Array = NDArray[np.float64]
HOURS_PER_DAY = 24.0


@dataclass(frozen=True, eq=False)
class Missing:
    """What one area class lacks.

    Parameters
    ----------
    corneum_um
        Missing stratum corneum [um], shape (n, t).
    living_um
        Missing living epidermis [um], shape (n, t).
    """

    corneum_um: Array
    living_um: Array


LocalMeasure = Callable[[Missing], Array]


def regrowth_um_d(state: RecoveryState) -> Array:
    """Return the growth of injured stratum corneum [um/d], shape (n,).

    The measured rate, slowed as the person's transit time is longer than that of young adults.

    References
    ----------
    recovery.corneum.regrowth_um_d (B13), with the age ratio of transit (T17)
    """
    return np.asarray(state.draws["recovery.corneum.regrowth_um_d"] / state.baseline.transit_age_ratio)


def living_regrowth_um_d(state: RecoveryState) -> Array:
    """Return the growth of injured living epidermis [um/d], shape (n,).

    References
    ----------
    recovery.living.regrowth_um_d, recovery.age.analogy_exponent
    """
    return np.asarray(state.draws["recovery.living.regrowth_um_d"] / age_slowing(state))


def missing_after(state: RecoveryState, missing_um: Array, hours: Array) -> Missing:
    """Return what is missing ``hours`` later: the living layer grows back first, the stratum corneum on top of it.

    Parameters
    ----------
    state
        Skin whose rates apply.
    missing_um
        Depth missing now [um], shape (n, 1) or (n, k).
    hours
        Time from now, 0 or later [h]; broadcasts against ``missing_um``.
    """
    days = hours / HOURS_PER_DAY
    full_um = state.baseline.corneum_um[:, None]
    living_um_d, corneum_um_d = living_regrowth_um_d(state)[:, None], regrowth_um_d(state)[:, None]
    living_um = np.maximum(missing_um - full_um, 0.0)
    left_d = np.maximum(days - living_um / living_um_d, 0.0)
    corneum_um = np.maximum(np.minimum(missing_um, full_um) - corneum_um_d * left_d, 0.0)
    return Missing(corneum_um, np.maximum(living_um - living_um_d * days, 0.0))


def area_means(state: RecoveryState, hours: Array, measures: Sequence[LocalMeasure]) -> list[Array]:
    """Return area means of local ``measures`` at ``hours`` after the state's moment.

    Parameters
    ----------
    state
        Skin at its moment.
    hours
        Times [h], shape (t,) or (n, t).
    measures
        Functions of what one area class lacks, each returning shape (n, t) and 0 where nothing is missing.

    Returns
    -------
    list of array
        One mean per measure, shape (n, t).
    """
    times = np.broadcast_to(hours, (state.n, hours.shape[-1]))
    if times.shape[1] == 1:
        return _means_at_once(state, times, measures)
    totals = [np.zeros(times.shape) for _ in measures]
    for j in range(state.k):
        if not state.missing_um[:, j].any():
            continue
        missing = missing_after(state, state.missing_um[:, j : j + 1], times)
        for total, measure in zip(totals, measures, strict=True):
            total += measure(missing)
    return [total / state.k for total in totals]


def _means_at_once(state: RecoveryState, moment: Array, measures: Sequence[LocalMeasure]) -> list[Array]:
    """Return the same for one moment, shape (n, 1): all classes side by side, added in the order of the classes."""
    injured = state.missing_um[:, state.missing_um.any(axis=0)]
    if not injured.shape[1]:
        return [np.zeros(moment.shape) for _ in measures]
    missing = missing_after(state, injured, moment)
    return [np.cumsum(measure(missing), axis=1)[:, -1:] / state.k for measure in measures]


def missing_with(state: RecoveryState, insult: Insult) -> Array:
    """Return the depth missing after a session on skin that may not have recovered [um], shape (n, k).

    Where this session removed much and where an earlier one did are independent in place: every class of one
    meets every class of the other on an equal area. The k * k depths are sorted, and k neighbors at a time are
    replaced by their mean, which keeps the mean depth. What lies below the epidermis is not followed.
    """
    if not insult.removed_um.any():
        return state.missing_um
    most_um = (state.baseline.corneum_um + state.baseline.living_um)[:, None]
    if not state.missing_um.any():
        return np.minimum(insult.removed_um, most_um)
    pairs = state.missing_um[:, :, None] + insult.removed_um[:, None, :]
    depths = np.minimum(pairs.reshape(state.n, -1), most_um)
    depths.sort(axis=1)
    return np.asarray(depths.reshape(state.n, state.k, state.k).mean(axis=2))
