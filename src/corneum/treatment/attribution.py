"""Which uncertain rows a band comes from."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corneum.evidence import Draws


@dataclass(frozen=True)
class RowInfluence:
    """How much of the spread of an outcome one evidence row goes with.

    Parameters
    ----------
    key
        The row.
    share
        Squared rank correlation over the samples, 0 to 1. Shares need not sum to 1.
    rises
        Whether the outcome rises with the row.
    """

    key: str
    share: float
    rises: bool


def influences(draws: Draws, outcome: NDArray[np.float64], *, most: int = 6) -> tuple[RowInfluence, ...]:
    """Return the rows that the spread of ``outcome`` goes with, the strongest first.

    Parameters
    ----------
    draws
        The samples.
    outcome
        One value per sample, shape (n,).
    most
        How many rows to return. Rows within chance (below 9 / n) are left out.
    """
    if draws.n < 10 or np.ptp(outcome) == 0:
        return ()
    varied = [key for key in draws.used if np.ptp(draws[key]) > 0]
    if not varied:
        return ()
    ranks = np.stack([_ranks(draws[key]) for key in varied])
    ranks = (ranks - ranks.mean(axis=1, keepdims=True)) / ranks.std(axis=1, keepdims=True)
    target = _ranks(outcome)
    target = (target - target.mean()) / target.std()
    correlation = ranks @ target / draws.n
    order = np.argsort(-(correlation**2))[:most]
    return tuple(
        RowInfluence(varied[at], float(correlation[at] ** 2), bool(correlation[at] > 0))
        for at in order
        if correlation[at] ** 2 > 9 / draws.n
    )


def _ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ranks from 1, ties at their mean; done here because importing scipy.stats costs most of a command's start."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    return np.asarray((last - (count - 1) / 2)[place], np.float64)
