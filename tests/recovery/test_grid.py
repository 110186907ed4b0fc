import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.recovery import GridError, time_grid


def test_fine_after_a_session_and_daily_later():
    hours = time_grid([0.0, 7.0], 30.0)
    assert hours[0] == 0
    assert hours[-1] == 37 * 24
    for start in (0.0, 168.0):
        near = hours[(hours >= start) & (hours <= start + 72)]
        assert near.size >= 18
        assert np.diff(near).max() <= 12
    assert np.diff(hours).max() <= 24


@given(st.lists(st.floats(0, 400), unique=True, max_size=8).map(sorted), st.floats(0.5, 200))
def test_times_rise_and_hold_every_session(days, follow_up_d):
    hours = time_grid(days, follow_up_d)
    assert np.all(np.diff(hours) > 0)
    assert np.isin(np.array(days) * 24.0, hours).all()


@pytest.mark.parametrize(
    ("days", "follow_up_d", "says"),
    [
        ([-1.0], 10.0, "at least 0 and rising"),
        ([7.0, 7.0], 10.0, "rising"),
        ([np.nan], 10.0, "finite"),
        ([0.0], 0.0, "above 0 d"),
        ([0.0], np.inf, "above 0 d"),
    ],
)
def test_impossible_days_are_refused(days, follow_up_d, says):
    with pytest.raises(GridError, match=says):
        time_grid(days, follow_up_d)
