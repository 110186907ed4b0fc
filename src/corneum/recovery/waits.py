"""How long until treated skin is back: the barrier, redness, permeability."""

from collections.abc import Callable, Sequence
from math import ceil, inf

import numpy as np
from numpy.typing import NDArray

from corneum.recovery.corneum import HOURS_PER_DAY, area_means
from corneum.recovery.permeability import local_opening, permeability_ratio
from corneum.recovery.redness import blood_flow_ratio
from corneum.recovery.state import RecoveryState
from corneum.recovery.tewl import Law, local_excess
from corneum.units import convert

Array = NDArray[np.float64]

_LATEST_H = HOURS_PER_DAY * 365.0
# Halving a year this often leaves less than a minute.
_HALVINGS = 20


class ProbabilityError(ValueError):
    """A probability that is not between 0 and 1."""


def barrier_back_d(state: RecoveryState, law: Law = "exponential", probability: float = 0.95) -> float:
    """Return the days until the excess of TEWL is small against baseline, with the stated probability.

    Parameters
    ----------
    state
        The skin at its moment; no further session comes.
    law
        Law of TEWL.
    probability
        Share of the samples that must be back, above 0 and at most 1.

    Returns
    -------
    float
        Time from the state's moment [d]; infinity if more than a year.

    Raises
    ------
    ProbabilityError
        If ``probability`` is not above 0 and at most 1.
    UnknownLawError
        If the law is unknown.

    References
    ----------
    recovery.barrier.back_share and the rows of TEWL
    """

    def above(hours: Array) -> Array:
        return area_means(state, hours, [local_excess(state, law, hours)])[0]

    limit = state.draws["recovery.barrier.back_share"] * state.baseline.tewl_g_m2_h
    return _reached_by(_hours_until(above, limit), probability) / HOURS_PER_DAY


def actives_wait_h(state: RecoveryState, probability: float = 0.95) -> float:
    """Return the hours until treated skin is closed to actives with the stated probability, at least the rule's.

    Parameters
    ----------
    state
        The skin at its moment, for example just after a session; no further session comes.
    probability
        Share of the samples that must be closed, above 0 and at most 1.

    Returns
    -------
    float
        Time from the state's moment [h]; infinity if more than a year.

    Raises
    ------
    ProbabilityError
        If ``probability`` is not above 0 and at most 1.

    References
    ----------
    recovery.permeability.closed_ratio and the rows of permeability; the rule treatment.actives.earliest (IN-033)
    """
    return actives_waits_h(state, (probability,))[0]


def actives_waits_h(state: RecoveryState, probabilities: Sequence[float]) -> tuple[float, ...]:
    """Return the same for several probabilities, from one search; see `actives_wait_h`."""
    opening = local_opening(state)

    def ratio(hours: Array) -> Array:
        return permeability_ratio(state, hours, area_means(state, hours, [opening])[0])

    times = _hours_until(ratio, state.draws["recovery.permeability.closed_ratio"])
    rule = state.draws.book.rule("treatment.actives.earliest")
    least_h = convert(rule.value, rule.unit, "h") if rule.value is not None else 0.0
    return tuple(max(_reached_by(times, probability), least_h) for probability in probabilities)


def redness_gone_h(state: RecoveryState, probability: float = 0.95) -> float:
    """Return the hours until redness no longer shows, with the stated probability.

    Parameters
    ----------
    state
        The skin at its moment; no further session comes.
    probability
        Share of the samples in which it must be gone, above 0 and at most 1.

    Returns
    -------
    float
        Time from the state's moment [h]; infinity if more than a year.

    Raises
    ------
    ProbabilityError
        If ``probability`` is not above 0 and at most 1.

    References
    ----------
    recovery.redness.visible_ratio and the rows of redness
    """
    return redness_gone_each_h(state, (probability,))[0]


def redness_gone_each_h(state: RecoveryState, probabilities: Sequence[float]) -> tuple[float, ...]:
    """Return the same for several probabilities, from one search; see `redness_gone_h`."""
    times = _hours_until(lambda hours: blood_flow_ratio(state, hours), state.draws["recovery.redness.visible_ratio"])
    return tuple(_reached_by(times, probability) for probability in probabilities)


def _hours_until(falling: Callable[[Array], Array], limit: Array) -> Array:
    """Return when a quantity that only falls is first at or below its limit [h], shape (n,), by halving the year."""

    def above(hours: Array) -> NDArray[np.bool_]:
        return np.asarray(falling(hours[:, None])[:, 0] > limit, dtype=np.bool_)

    early, late = np.zeros(limit.shape), np.full(limit.shape, _LATEST_H)
    never, already = above(late), np.logical_not(above(early))
    for _ in range(_HALVINGS):
        middle = (early + late) / 2.0
        still = above(middle)
        early, late = np.where(still, middle, early), np.where(still, late, middle)
    return np.where(already, 0.0, np.where(never, inf, late))


def _reached_by(times: Array, probability: float) -> float:
    """Return the least of ``times`` by which at least this share of the samples is through."""
    if not 0.0 < probability <= 1.0:
        raise ProbabilityError(f"the probability must be above 0 and at most 1, not {probability}")
    return float(np.sort(times)[ceil(probability * times.size) - 1])
