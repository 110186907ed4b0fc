"""The forms in which a session's passing effects come and go."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def hump(time: Array, peak: Array) -> Array:
    """Return a hump that starts at 0, is 1 at its peak and returns to 0.

    Parameters
    ----------
    time
        Time since the session, 0 or later, any unit.
    peak
        Time of the highest value, above 0, the same unit; shapes broadcast.

    Examples
    --------
    >>> hump(np.array([0.0, 2.0]), np.array([2.0]))
    array([0., 1.])
    """
    x = time / peak
    return np.asarray(x * np.exp(1.0 - x))


def decay(time: Array, half_time: Array) -> Array:
    """Return an exponential decay from 1, halved every ``half_time``; shapes broadcast."""
    return np.asarray(np.exp2(-time / half_time))


def united(shares: Iterable[Array]) -> Array:
    """Return the effect of several sessions together, as shares of the largest possible effect.

    Each takes its share of what the others leave: the result stays in 0 to 1, never falls when one is added,
    and is 0 without any.

    Parameters
    ----------
    shares
        Effects of single sessions [0 to 1]; shapes broadcast.

    Examples
    --------
    >>> united([np.array([0.5]), np.array([0.5])])
    array([0.75])
    """
    left: Array = np.ones(1)
    for share in shares:
        left = left * (1.0 - share)
    return np.asarray(1.0 - left)
