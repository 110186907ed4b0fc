import numpy as np
import pytest

from corneum.recovery import InsultError, WaitError, advance, curves, injure, thinned
from tests.recovery.builders import even, resting


@pytest.mark.parametrize("days", [-1.0, np.nan, np.inf])
def test_impossible_waits_are_refused(days):
    with pytest.raises(WaitError, match="at least 0"):
        advance(resting(), days)


def test_session_must_fit_the_skin():
    with pytest.raises(InsultError, match=r"\(5, 4\); this skin needs \(5, 6\)"):
        injure(resting(k=6), even(resting(k=4), 1.0))
    with pytest.raises(InsultError, match=r"\(4, 6\); this skin needs \(5, 6\)"):
        injure(resting(n=5), even(resting(n=4), 1.0))


def test_steps_leave_the_earlier_state_alone():
    state = resting()
    advance(injure(state, even(state, 5.0)), 1.0)
    assert not state.missing_um.any()
    assert state.sessions == ()


def test_strength_is_full_from_an_ordinary_session_on():
    state = resting(n=3, central=True)
    state = injure(state, even(state, [1.38, 2.76, 9.0]))
    np.testing.assert_allclose(state.sessions[0].strength_share, [0.5, 1.0, 1.0])


def test_thinned_skin_lacks_thickness_and_remembers_no_session():
    state = thinned(resting(), np.full(5, 4.0))
    seen = curves(state, np.array([0.0]))
    np.testing.assert_allclose(seen.corneum_um, 4.0)
    assert np.all(seen.tewl_exponential_g_m2_h > 12)
    assert np.all(seen.blood_flow_ratio == 1)


def test_thinned_refuses_what_cannot_be():
    with pytest.raises(InsultError, match="from 0 to the resting thickness"):
        thinned(resting(), np.full(5, 13.0))
    with pytest.raises(InsultError, match="from 0 to the resting thickness"):
        thinned(resting(), np.full(4, 3.0))
    with pytest.raises(InsultError, match="already lacks"):
        thinned(thinned(resting(), np.full(5, 4.0)), np.full(5, 3.0))


def test_same_seed_gives_the_same_curves():
    hours = np.array([0.0, 30.0, 300.0])
    one, two = (curves(injure(state, even(state, 4.0)), hours) for state in (resting(seed=7), resting(seed=7)))
    other = curves(injure(resting(seed=8), even(resting(), 4.0)), hours)
    np.testing.assert_array_equal(one.tewl_exponential_g_m2_h, two.tewl_exponential_g_m2_h)
    assert np.any(one.tewl_exponential_g_m2_h != other.tewl_exponential_g_m2_h)
