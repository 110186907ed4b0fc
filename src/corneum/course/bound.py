"""How sure a probability is that was counted over samples: the limit is held against its upper bound."""

from functools import cache
from math import ceil, log

SURE = 0.95
"""One-sided confidence of the bound."""


@cache
def upper_bound(probability: float, samples: int) -> float:
    """Return the upper bound (one-sided 95 %, exact binomial) of a probability that was counted over samples.

    Parameters
    ----------
    probability
        Part of the samples in which it was so, 0 to 1.
    samples
        How many samples, n.

    References
    ----------
    Clopper and Pearson, Biometrika 1934.

    Examples
    --------
    >>> round(upper_bound(0.0, 200), 4)
    0.0149
    """
    from scipy.stats import beta

    count = round(probability * samples)
    return 1.0 if count >= samples else float(beta.ppf(SURE, count + 1, samples - count))


def samples_needed(limit: float) -> int:
    """Return the fewest samples that can show that a probability is under ``limit``, if none of them is over."""
    return ceil(log(1 - SURE) / log(1 - limit))
