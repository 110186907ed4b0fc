"""What must hold for every skin, every session and every draw of the evidence."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corneum.recovery import LAWS, actives_wait_h, advance, barrier_back_d, curves, injure, redness_gone_h
from tests.recovery.builders import CURVE_NAMES, K, depths, kinds, resting, skins, uneven

HOURS = np.array([0.0, 0.5, 2.0, 12.0, 30.0, 72.0, 168.0, 400.0, 2000.0])
some = settings(max_examples=40)
gaps = st.floats(0.1, 40)
works = st.floats(0, 10)


def course(skin, sessions):
    """Return the skin just after the last of sessions, each (days before it, depths, work, kind)."""
    state = resting(**skin)
    for gap_d, removed_um, work, kind in sessions:
        state = advance(state, gap_d)
        state = injure(state, uneven(state, removed_um, work, kind))
    return state


sessions = st.lists(st.tuples(gaps, depths, works, kinds), min_size=1, max_size=4)


@some
@given(skins)
def test_untreated_skin_stays_exactly_at_rest(skin):
    state = advance(resting(**skin), 3.0)
    still = injure(state, uneven(state, [0.0] * K, work=0.0))
    for one in (state, advance(still, 1.5)):
        seen = curves(one, HOURS)
        assert np.all(seen.corneum_um == one.baseline.corneum_um[:, None])
        assert np.all(seen.living_lost_um == 0)
        for law in LAWS:
            assert np.all(seen.tewl_g_m2_h(law) == one.baseline.tewl_g_m2_h[:, None])
        for name in CURVE_NAMES[4:]:
            assert np.all(getattr(seen, name) == 1), name
        assert np.all(seen.dermal_probability == 0)


@some
@given(skins, sessions)
def test_nothing_is_negative_and_shares_stay_shares(skin, sessions):
    state = course(skin, sessions)
    seen = curves(state, HOURS)
    for name in CURVE_NAMES:
        values = getattr(seen, name)
        assert values.shape == (state.n, HOURS.size), name
        assert np.all(np.isfinite(values)), name
        assert values.min() >= 0, name
    for name in ("tewl_exponential_g_m2_h", "tewl_reciprocal_g_m2_h"):
        assert getattr(seen, name).min() > 0
    assert np.all(seen.corneum_um <= state.baseline.corneum_um[:, None] * (1 + 1e-12))
    assert np.all(seen.living_lost_um <= state.baseline.living_um[:, None] * (1 + 1e-12))
    for share in (state.lipid_open_share, seen.dermal_probability, seen.dermal_background_ratio):
        assert np.all((share >= 0) & (share <= 1))
    for name in ("blood_flow_ratio", "mitosis_ratio", "permeability_ratio", "procollagen1_fold", "hydration_ratio"):
        assert getattr(seen, name).min() >= 1, name


@some
@given(skins, sessions)
def test_treated_skin_returns_to_rest(skin, sessions):
    state = course(skin, sessions)
    seen = curves(state, np.array([24.0 * 365 * 30]))
    assert np.all(seen.corneum_um == state.baseline.corneum_um[:, None])
    assert np.all(seen.living_lost_um == 0)
    for law in LAWS:
        np.testing.assert_allclose(seen.tewl_g_m2_h(law)[:, 0], state.baseline.tewl_g_m2_h, rtol=1e-9)
    for name in CURVE_NAMES[4:]:
        np.testing.assert_allclose(getattr(seen, name), 1, rtol=1e-6, err_msg=name)


@some
@given(skins, sessions, gaps, gaps)
def test_two_waits_equal_one_of_their_sum(skin, sessions, first_d, second_d):
    state = course(skin, sessions)
    at_once, in_two = advance(state, first_d + second_d), advance(advance(state, first_d), second_d)
    np.testing.assert_allclose(in_two.missing_um, at_once.missing_um, rtol=1e-9, atol=1e-9)
    one, two = curves(at_once, HOURS), curves(in_two, HOURS)
    later = curves(state, HOURS + 24 * (first_d + second_d))
    for name in CURVE_NAMES:
        np.testing.assert_allclose(getattr(two, name), getattr(one, name), rtol=1e-9, atol=1e-9, err_msg=name)
        np.testing.assert_allclose(getattr(later, name), getattr(one, name), rtol=1e-9, atol=1e-9, err_msg=name)


@some
@given(skins, sessions, depths, st.floats(0, 3), works)
def test_more_removal_never_leaves_less_water_loss_just_after(skin, sessions, removed_um, factor, work):
    state = advance(course(skin, sessions), 2.0)
    more_um = np.asarray(removed_um) * (1 + factor)
    less, more = (curves(injure(state, uneven(state, um, work)), HOURS[:1]) for um in (removed_um, more_um))
    before = curves(state, HOURS[:1])
    for name in ("tewl_exponential_g_m2_h", "tewl_reciprocal_g_m2_h", "permeability_ratio", "living_lost_um"):
        low, middle, high = getattr(before, name), getattr(less, name), getattr(more, name)
        assert np.all(middle <= high * (1 + 1e-9) + 1e-9), name
        assert np.all(low <= middle * (1 + 1e-9) + 1e-9), name
    assert np.all(more.corneum_um <= less.corneum_um + 1e-9)


@some
@given(skins, sessions)
def test_thickness_and_permeability_only_return(skin, sessions):
    seen = curves(course(skin, sessions), HOURS)
    assert np.all(np.diff(seen.corneum_um) >= -1e-9)
    for name in ("living_lost_um", "permeability_ratio", "blood_flow_ratio"):
        assert np.all(np.diff(getattr(seen, name)) <= 1e-9), name


@some
@given(skins, depths, st.floats(1, 1.5), kinds)
def test_older_skin_is_never_back_sooner(skin, removed_um, slower, kind):
    older = {**skin, "age_ratio": skin["age_ratio"] * slower}
    first, second = (
        injure(state, uneven(state, removed_um, 1.0, kind)) for state in (resting(**skin), resting(**older))
    )
    younger_curves, older_curves = curves(first, HOURS), curves(second, HOURS)
    assert np.all(older_curves.corneum_um <= younger_curves.corneum_um + 1e-9)
    for name in ("tewl_exponential_g_m2_h", "tewl_reciprocal_g_m2_h", "permeability_ratio", "living_lost_um"):
        assert np.all(getattr(older_curves, name) >= getattr(younger_curves, name) - 1e-9), name
    for law in LAWS:
        assert barrier_back_d(second, law) >= barrier_back_d(first, law)
    assert actives_wait_h(second) >= actives_wait_h(first)


@some
@given(skins, sessions, st.floats(0.05, 1), st.floats(0, 0.95))
def test_a_surer_answer_is_never_an_earlier_one(skin, sessions, probability, less):
    state = course(skin, sessions)
    for wait in (barrier_back_d, actives_wait_h, redness_gone_h):
        assert wait(state, probability=probability) >= wait(state, probability=probability * (1 - less)) >= 0


@some
@given(skins, st.lists(depths, min_size=1, max_size=4), works)
def test_mean_thickness_is_kept_when_sessions_meet(skin, every, work):
    state = resting(**skin)
    most_um = float(state.baseline.corneum_um[0] + state.baseline.living_um[0])
    for removed_um in every:
        pairs = np.minimum(state.missing_um[0][:, None] + np.sort(removed_um)[None, :], most_um)
        state = injure(state, uneven(state, removed_um, work))
        assert state.missing_um[0].mean() == pytest.approx(pairs.mean(), rel=1e-12, abs=1e-12)
        assert np.all(np.diff(state.missing_um) >= -1e-9)


@some
@given(skins, st.floats(0, 40), st.floats(0, 40))
def test_barrier_is_back_when_the_wait_says_so(skin, first_um, second_um):
    state = advance(injure(resting(**skin), uneven(resting(**skin), [first_um] * K)), 1.0)
    state = injure(state, uneven(state, [second_um] * K))
    for law in LAWS:
        wait_d = barrier_back_d(state, law, probability=1.0)
        limit = state.baseline.tewl_g_m2_h * (1 + state.draws["recovery.barrier.back_share"])
        after = curves(state, np.array([24 * wait_d])).tewl_g_m2_h(law)[:, 0]
        assert np.all(after <= limit * (1 + 1e-9))
