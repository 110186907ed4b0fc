"""How far repeated readings of the same skin differ: within a set-up, between set-ups, and beside the skins' spread."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class TooFewReadings(ValueError):
    """A repeatability study has no repeated captures, or a single set-up."""


@dataclass(frozen=True)
class Components:
    """Errors of one index, by analysis of variance. In the unit of the readings given.

    Parameters
    ----------
    repeat_sd
        Within a set-up: one standard deviation of a single reading.
    setup_sd
        Between set-ups, beyond what repeats explain.
    repeat_df, setup_df
        Degrees of freedom of the two.
    captures
        Mean number of captures in a set-up.
    """

    repeat_sd: float
    setup_sd: float
    repeat_df: float
    setup_df: float
    captures: float

    @property
    def within_sd(self) -> float:
        """One standard deviation of a single reading in a set-up of its own."""
        return float(np.hypot(self.repeat_sd, self.setup_sd))

    @property
    def df(self) -> float:
        """Degrees of freedom of `within_sd`, by Satterthwaite.

        References
        ----------
        Satterthwaite FE, Biometrics Bulletin 1946;2:110-114.
        """
        between = (self.setup_sd**2 * self.captures + self.repeat_sd**2) / self.captures
        rest = self.repeat_sd**2 * (1 - 1 / self.captures)
        spread = between**2 / self.setup_df + (rest**2 / self.repeat_df if self.repeat_df else 0.0)
        # What was cut off at nothing still counts once: a study with two set-ups cannot be surer than that.
        return float((between + rest) ** 2 / spread) if spread else self.setup_df + self.repeat_df

    @property
    def change_se(self) -> float:
        """Standard error of the difference of two single readings, each in a set-up of its own."""
        return float(np.sqrt(2) * self.within_sd)

    @property
    def mdc95(self) -> float:
        """Smallest difference of two readings that is beyond noise with 95 % confidence, by Student's t."""
        return change_limit(self.change_se, self.df)


def change_limit(se: float, df: float) -> float:
    """Return the 95 % limit of a difference with standard error ``se`` known to ``df`` degrees of freedom.

    Examples
    --------
    >>> round(change_limit(1.0, 5.0), 2), round(change_limit(1.0, float("inf")), 2)
    (2.57, 1.96)
    """
    if not np.isfinite(df):
        return 1.959964 * se
    # Only a clinic's own study needs it, and it takes longer to import than to measure.
    from scipy.special import stdtrit

    return float(stdtrit(df, 0.975)) * se


def components(readings: Sequence[Sequence[Sequence[float]]]) -> Components:
    """Return the errors of repeated readings.

    Parameters
    ----------
    readings
        By subject, set-up and capture. Sizes may differ; NaN is left out.

    Raises
    ------
    TooFewReadings
        If no subject has two set-ups, or no set-up two captures.

    Notes
    -----
    Set-ups are nested in subjects and random. Variances add up over subjects; one below nothing counts as nothing.
    """
    within, repeat_df, between, setup_df, sizes = 0.0, 0, 0.0, 0, []
    for subject in readings:
        groups = [_finite(setup) for setup in subject]
        groups = [group for group in groups if len(group)]
        within += sum(float(((group - group.mean()) ** 2).sum()) for group in groups)
        repeat_df += sum(len(group) - 1 for group in groups)
        sizes += [len(group) for group in groups]
        if len(groups) > 1:
            means = np.array([group.mean() for group in groups])
            between += float(((means - means.mean()) ** 2).sum())
            setup_df += len(groups) - 1
    if not repeat_df or not setup_df:
        raise TooFewReadings(
            "a repeatability study needs at least two set-ups of one person with two captures each; "
            "three captures in each of two set-ups is the usual design"
        )
    repeat = within / repeat_df
    captures = 1 / float(np.mean([1 / size for size in sizes]))
    setup = max(between / setup_df - repeat / captures, 0.0)
    return Components(float(np.sqrt(repeat)), float(np.sqrt(setup)), float(repeat_df), float(setup_df), captures)


def _finite(values: Sequence[float]) -> Floats:
    found = np.asarray(values, float)
    return np.asarray(found[np.isfinite(found)])


@dataclass(frozen=True)
class Agreement:
    """Intraclass correlation of single readings: the share of the variance that lies between subjects.

    Parameters
    ----------
    one_way
        ICC(1,1).
    absolute
        ICC(A,1): two-way, absolute agreement.
    """

    one_way: float
    absolute: float


def agreement(table: Floats) -> Agreement:
    """Return the intraclass correlations of a table of readings; NaN with fewer than two subjects or readings.

    Parameters
    ----------
    table
        Shape (subjects, readings); a subject with a missing reading is left out.

    References
    ----------
    McGraw KO, Wong SP, Psychol Methods 1996;1:30-46.

    Examples
    --------
    >>> found = agreement(
    ...     np.array([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]])
    ... )
    >>> round(found.one_way, 2), round(found.absolute, 2)
    (0.17, 0.29)
    """
    whole = np.asarray(table, float)
    whole = whole[np.isfinite(whole).all(axis=1)] if whole.ndim == 2 else np.empty((0, 0))
    n, k = whole.shape
    if n < 2 or k < 2:
        return Agreement(float("nan"), float("nan"))
    total = whole.mean()
    rows = k * float(((whole.mean(axis=1) - total) ** 2).sum()) / (n - 1)
    columns = n * float(((whole.mean(axis=0) - total) ** 2).sum()) / (k - 1)
    within = float(((whole - whole.mean(axis=1, keepdims=True)) ** 2).sum()) / (n * (k - 1))
    error = (within * n * (k - 1) - columns * (k - 1)) / ((n - 1) * (k - 1))
    one = rows + (k - 1) * within
    two = rows + (k - 1) * error + k * (columns - error) / n
    return Agreement((rows - within) / one if one else float("nan"), (rows - error) / two if two else float("nan"))
