import numpy as np
import pytest

from corneum.evidence import Draws, load_evidence
from corneum.recovery import Baseline, BaselineError, rest
from corneum.recovery.state import age_slowing
from tests.recovery.builders import baseline, resting


def test_rest_lacks_nothing():
    state = resting(n=3, k=4)
    assert (state.n, state.k) == (3, 4)
    assert not state.missing_um.any()
    assert state.sessions == ()


@pytest.mark.parametrize("name", ["corneum_um", "living_um", "tewl_g_m2_h", "transit_age_ratio"])
@pytest.mark.parametrize("bad", [0.0, -1.0, np.nan, np.inf])
def test_impossible_resting_values_are_refused(name, bad):
    fields = {**vars(baseline(2)), name: np.array([1.0, bad])}
    with pytest.raises(BaselineError, match=f"{name} must be finite and above 0"):
        Baseline(**fields)


def test_shapes_must_agree():
    with pytest.raises(BaselineError, match="living_um has the shape"):
        Baseline(**{**vars(baseline(2)), "living_um": np.ones(3)})
    with pytest.raises(BaselineError, match=r"shape \(n,\)"):
        Baseline(**{**vars(baseline(2)), "corneum_um": np.ones((2, 1))})


@pytest.mark.parametrize("age_y", [0.0, np.nan])
def test_impossible_age_is_refused(age_y):
    with pytest.raises(BaselineError, match="age_y"):
        baseline(age_y=age_y)


def test_draws_and_classes_must_fit():
    draws = Draws(load_evidence(), n=4)
    with pytest.raises(BaselineError, match="5 samples, the draws 4"):
        rest(baseline(5), draws)
    with pytest.raises(BaselineError, match="at least 1, not 0"):
        rest(baseline(4), draws, k=0)


def test_slowing_follows_transit_by_the_analogy():
    state = resting(age_ratio=1.5, fixed={"recovery.age.analogy_exponent": 2.0})
    np.testing.assert_allclose(age_slowing(state), 2.25)
    assert np.all(age_slowing(resting(age_ratio=1.0)) == 1)
