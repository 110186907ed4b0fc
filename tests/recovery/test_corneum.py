import numpy as np
import pytest

from corneum.recovery import advance, curves, injure
from corneum.recovery.corneum import area_means, missing_after
from tests.recovery.builders import even, resting, uneven


def test_stratum_corneum_grows_back_in_a_line_at_the_published_rate():
    state = injure(resting(n=1, central=True), even(resting(n=1, central=True), 10.0))
    seen = curves(state, np.array([0.0, 24.0, 48.0, 240.0]))
    np.testing.assert_allclose(seen.corneum_um[0], [2.0, 4.3, 6.6, 12.0])


def test_age_slows_regrowth_in_proportion():
    state = resting(n=1, central=True, age_ratio=1.4)
    seen = curves(injure(state, even(state, 10.0)), np.array([24.0]))
    assert seen.corneum_um[0, 0] == pytest.approx(2.0 + 2.3 / 1.4)


def test_living_layer_closes_before_stratum_corneum_starts():
    fixed = {"recovery.living.regrowth_um_d": 10.0, "recovery.corneum.regrowth_um_d": 2.0}
    state = resting(n=1, fixed=fixed)
    state = injure(state, even(state, 12.0 + 20.0))
    seen = curves(state, np.array([0.0, 24.0, 48.0, 72.0]))
    np.testing.assert_allclose(seen.living_lost_um[0], [20.0, 10.0, 0.0, 0.0])
    np.testing.assert_allclose(seen.corneum_um[0], [0.0, 0.0, 0.0, 2.0], atol=1e-12)


def test_nothing_below_the_epidermis_is_followed():
    state = resting(n=2, corneum_um=10.0, living_um=50.0)
    state = injure(state, even(state, 500.0))
    np.testing.assert_array_equal(state.missing_um, 60.0)


def test_equal_depths_of_two_sessions_add():
    state = resting(n=1, central=True)
    state = injure(injure(state, even(state, 2.0)), even(state, 3.0))
    np.testing.assert_allclose(state.missing_um, 5.0)


def test_two_uneven_sessions_meet_independently():
    state = resting(n=1, k=2)
    session = uneven(state, [0.0, 4.0])
    state = injure(injure(state, session), session)
    # A quarter of the area got neither, half got one, a quarter both.
    np.testing.assert_allclose(state.missing_um, [[2.0, 6.0]])


def test_area_means_weigh_classes_equally():
    state = resting(n=1, k=2)
    state = injure(state, uneven(state, [0.0, 4.0]))
    (mean,) = area_means(state, np.array([0.0]), [lambda missing: missing.corneum_um**2])
    assert mean[0, 0] == 8.0


def test_missing_after_a_wait_equals_advance():
    state = resting()
    state = injure(state, uneven(state, [1, 5, 12, 20, 40, 80]))
    missing = missing_after(state, state.missing_um, np.array([60.0]))
    np.testing.assert_allclose(missing.corneum_um + missing.living_um, advance(state, 2.5).missing_um)
