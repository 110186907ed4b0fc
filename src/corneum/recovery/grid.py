"""The times at which a course is looked at."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corneum.recovery.corneum import HOURS_PER_DAY

Array = NDArray[np.float64]

# Where the curves bend: minutes to hours for redness and sebum, hours to three days for the barrier.
_FINE_H = (
    0.0,
    0.25,
    0.5,
    0.75,
    1.0,
    1.5,
    2.0,
    3.0,
    4.0,
    6.0,
    8.0,
    12.0,
    18.0,
    24.0,
    30.0,
    36.0,
    42.0,
    48.0,
    60.0,
    72.0,
)


class GridError(ValueError):
    """Session days or a follow-up from which no times can be made."""


def time_grid(session_days: Sequence[float], follow_up_d: float) -> Array:
    """Return the times at which to look at a course: fine for 72 hours after each session, daily otherwise.

    Parameters
    ----------
    session_days
        Days of the sessions from the start of the course, 0 or later, in rising order [d]; may be empty.
    follow_up_d
        Time to look on after the last session, above 0 [d].

    Returns
    -------
    array
        Times from the start of the course [h], shape (t,), rising. A session's own time stands in it once and is
        meant as the moment just after it.

    Raises
    ------
    GridError
        If a day is negative, not finite or not after the one before, or the follow-up is not above 0.

    Examples
    --------
    >>> time_grid([0.0], 5.0)[-4:]
    array([ 60.,  72.,  96., 120.])
    """
    days = np.asarray(session_days, dtype=np.float64)
    if not np.all(np.isfinite(days)) or np.any(days < 0) or np.any(np.diff(days) <= 0):
        raise GridError(f"session days must be finite, at least 0 and rising, not {list(session_days)}")
    if not np.isfinite(follow_up_d) or follow_up_d <= 0:
        raise GridError(f"the follow-up must be finite and above 0 d, not {follow_up_d}")
    last_h = HOURS_PER_DAY * (follow_up_d + (days[-1] if days.size else 0.0))
    fine = (HOURS_PER_DAY * days[:, None] + np.array(_FINE_H)).ravel()
    daily = np.arange(0.0, last_h, HOURS_PER_DAY)
    every = np.concatenate([fine, daily, [last_h]])
    return np.unique(every[every <= last_h])
