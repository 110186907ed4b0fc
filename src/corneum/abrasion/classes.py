"""Area classes: a map's distribution in a few numbers, with a fine upper tail for hot spots."""

import numpy as np
from numpy.typing import NDArray

_BODY, _TAIL, _RAREST = 160, 48, 1e-5
_SAMPLE = 1 << 21


def energy_classes(energy: NDArray[np.float32]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return mean energy and area share of classes of cells, from least to most energy.

    The upper 2 % are split ever finer, down to one part in 100,000 of the area.

    Parameters
    ----------
    energy
        Map, any shape; above two million cells every k-th is taken.

    Returns
    -------
    tuple of numpy.ndarray
        Mean (m,) in the map's unit and share (m,), which sums to 1. The weighted mean equals the map's mean.
    """
    flat = energy.ravel()
    mean = float(flat.mean(dtype=np.float64))
    step = max(1, flat.size // _SAMPLE)
    ordered = np.sort(flat[::step]).astype(np.float64)
    edges = np.concatenate([np.linspace(0, 0.98, _BODY, endpoint=False), 1 - np.geomspace(0.02, _RAREST, _TAIL), [1.0]])
    at = np.unique(np.round(edges * ordered.size).astype(np.int64))
    total = np.add.reduceat(ordered, at[:-1])
    count = np.diff(at)
    value, share = total / count, count / ordered.size
    found = float(value @ share)
    return (value * (mean / found) if found > 0 else value), share


def equal_area_classes(value: NDArray[np.float64], share: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """Return the means over ``count`` equal-area classes, sorted from low to high; the area mean is kept.

    Parameters
    ----------
    value, share
        Values and area shares per sample, shape (n, m); shares of a row sum to 1.
    count
        Number of classes.

    Returns
    -------
    numpy.ndarray
        Shape (n, count).
    """
    order = np.argsort(value, axis=1)
    weight = np.take_along_axis(share, order, axis=1)
    edges = np.concatenate([np.zeros((value.shape[0], 1)), np.cumsum(weight, axis=1)], axis=1)
    edges /= edges[:, -1:]
    held = np.concatenate(
        [np.zeros((value.shape[0], 1)), np.cumsum(weight * np.take_along_axis(value, order, axis=1), axis=1)], axis=1
    )
    wanted = np.linspace(0, 1, count + 1)
    integral = np.stack([np.interp(wanted, e, h) for e, h in zip(edges, held, strict=True)])
    means = np.maximum(np.diff(integral, axis=1) * count, 0.0)
    return np.maximum.accumulate(means, axis=1)  # rounding may leave equal classes out of order
