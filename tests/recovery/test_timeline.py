import numpy as np
import pytest

from corneum.recovery import (
    BLISTER_NOTE,
    DERMAL_NOTE,
    PIGMENT_NOTE,
    HoursError,
    advance,
    curves,
    injure,
    joined,
    time_grid,
)
from tests.recovery.builders import CURVE_NAMES, even, resting


@pytest.mark.parametrize("hours", [[], [-1.0], [np.nan], [[1.0]]])
def test_impossible_times_are_refused(hours):
    with pytest.raises(HoursError, match="at least 0 h"):
        curves(resting(), np.array(hours, dtype=float))


def test_notes_say_what_is_not_simulated():
    state = resting()
    moving = curves(injure(state, even(state, 2.0)), np.array([0.0]))
    still = curves(injure(state, even(state, 2.0, stationary=True)), np.array([0.0]))
    assert PIGMENT_NOTE in moving.notes
    assert DERMAL_NOTE in moving.notes
    assert BLISTER_NOTE not in moving.notes
    assert BLISTER_NOTE in still.notes


def test_a_course_is_joined_from_its_segments():
    state = resting()
    state = injure(state, even(state, 3.0))
    grid = time_grid([0.0, 7.0], 10.0)
    first = curves(state, grid[grid < 168])
    state = advance(state, 7.0)
    second = curves(injure(state, even(state, 3.0)), grid[grid >= 168] - 168)
    whole = joined([first, second], [0.0, 168.0])
    np.testing.assert_allclose(whole.hours, grid)
    for name in CURVE_NAMES:
        assert getattr(whole, name).shape == (5, grid.size)
    np.testing.assert_array_equal(whole.corneum_um[:, : first.hours.size], first.corneum_um)
    np.testing.assert_array_equal(whole.dermal_probability, second.dermal_probability)


def test_pieces_that_cannot_follow_each_other_are_refused():
    piece = curves(resting(), np.array([0.0, 48.0]))
    with pytest.raises(HoursError, match="overlap"):
        joined([piece, piece], [0.0, 24.0])
    with pytest.raises(HoursError, match="as many starts as pieces"):
        joined([piece], [0.0, 24.0])
    with pytest.raises(HoursError, match="at least one"):
        joined([], [])


def test_every_number_used_is_recorded_with_its_row():
    state = resting()
    curves(injure(state, even(state, 3.0)), np.array([0.0]))
    used = state.draws.used
    assert "recovery.tewl.residual_share" in used
    assert all(key.startswith(("recovery.", "treatment.")) for key in used)
