import numpy as np
import pytest

from corneum.recovery import LAWS, InsultError, WaitError, advance, curves, injure, thinned
from tests.recovery.builders import CURVE_NAMES, even, resting


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


def test_stripped_skin_shows_the_whole_law_of_thickness():
    state = thinned(resting(n=2), np.array([4.0, 12.0]))
    np.testing.assert_array_equal(state.lipid_open_share, [1.0, 0.0])
    after = injure(resting(n=2), even(resting(n=2), [8.0, 0.0]))
    for law in LAWS:
        one, other = (curves(each, np.zeros(1)).tewl_g_m2_h(law) for each in (state, after))
        np.testing.assert_allclose(one, other)


@pytest.mark.parametrize("depth_um", [0.5, 2.0, 6.0])
@pytest.mark.parametrize("kind", ["crystal", "diamond", "tape"])
def test_two_steps_at_once_are_one_session_of_both(depth_um, kind):
    """A protocol may write two passes as one step or as two steps: the skin cannot know."""
    grit_um = 112.0 if kind == "diamond" else None
    start = advance(injure(resting(n=20), even(resting(n=20), 3.0)), 5.0)
    whole = injure(start, even(start, 2 * depth_um, kind, 1.0, grit_um))
    half = even(start, depth_um, kind, 0.5, grit_um)
    halves = injure(injure(start, half), half)
    assert len(halves.sessions) == len(whole.sessions) == 2
    np.testing.assert_allclose(halves.set_off_share, whole.set_off_share)
    np.testing.assert_allclose(halves.sessions[-1].response_probability, whole.sessions[-1].response_probability)
    hours = np.array([0.0, 5.0, 50.0, 200.0, 500.0])
    one, other = curves(halves, hours), curves(whole, hours)
    for name in CURVE_NAMES:
        np.testing.assert_allclose(getattr(one, name), getattr(other, name), rtol=1e-9, err_msg=name)


def test_after_a_wait_a_new_session_begins():
    state = resting()
    session = even(state, 2.0)
    assert len(injure(advance(injure(state, session), 0.01), session).sessions) == 2
    assert len(injure(advance(injure(state, session), 0.0), session).sessions) == 1


def test_a_weak_step_after_a_rough_one_does_not_soften_the_session():
    state = resting()
    rough = injure(state, even(state, 6.0, "diamond", 1.0, 200.0))
    both = injure(rough, even(state, 8.0, "pad"))
    assert both.sessions[0].kind == "pad"
    assert np.all(both.sessions[0].response_probability >= rough.sessions[0].response_probability)
