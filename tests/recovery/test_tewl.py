import numpy as np
import pytest

from corneum.recovery import LAWS, UnknownLawError, advance, barrier_back_d, curves, injure
from tests.recovery.builders import even, resting

NO_FAST_PHASE = {"recovery.lipid.excess_share": 0.0, "recovery.overshoot.depth_share": 0.0}
NOW = np.array([0.0])


def stripped(fixed=None, **skin):
    state = resting(n=1, central=True, fixed=fixed, **skin)
    return injure(state, even(state, float(state.baseline.corneum_um[0]), kind="tape"))


def test_exponential_law_gives_the_published_ceiling_on_bare_skin():
    seen = curves(stripped(tewl_g_m2_h=9.7), NOW)
    assert seen.tewl_exponential_g_m2_h[0, 0] == pytest.approx(9.7 + 55)


def test_reciprocal_law_gives_the_residual_on_bare_skin():
    assert curves(stripped(), NOW).tewl_reciprocal_g_m2_h[0, 0] == pytest.approx(12 / 0.12)


def test_reciprocal_law_is_a_line_in_what_was_removed():
    removed = np.array([0.0, 2.0, 4.0, 6.0, 8.0])
    state = resting(n=5, central=True)
    seen = curves(injure(state, even(state, removed)), NOW)
    steps = np.diff(1 / seen.tewl_reciprocal_g_m2_h[:, 0])
    np.testing.assert_allclose(steps, steps[0])


def test_thick_skin_without_fast_phase_recovers_as_the_two_published_numbers_say():
    seen = curves(stripped(NO_FAST_PHASE, corneum_um=60.0, tewl_g_m2_h=9.7), np.array([24.0, 72.0, 168.0]))
    recovered = 1 - (seen.tewl_exponential_g_m2_h[0] - 9.7) / 55
    np.testing.assert_allclose(recovered, [0.30, 0.66, 0.92], atol=0.005)


def test_laws_differ_and_are_not_averaged():
    seen = curves(stripped(), NOW)
    assert seen.tewl_exponential_g_m2_h[0, 0] != seen.tewl_reciprocal_g_m2_h[0, 0]
    assert [seen.tewl_g_m2_h(law)[0, 0] for law in LAWS] == [
        seen.tewl_exponential_g_m2_h[0, 0],
        seen.tewl_reciprocal_g_m2_h[0, 0],
    ]


def test_a_wound_loses_more_than_bare_living_skin():
    state = resting(n=3, central=True)
    state = injure(state, even(state, [12.0, 42.0, 72.0]))
    for law in LAWS:
        bare, half, wound = curves(state, NOW).tewl_g_m2_h(law)[:, 0]
        assert half == pytest.approx((bare + wound) / 2)
        assert wound == pytest.approx(120)


def test_fast_phase_halves_its_share_in_its_half_time():
    fixed = {
        **NO_FAST_PHASE,
        "recovery.lipid.excess_share": 1.0,
        "recovery.lipid.half_time_h": 6.0,
        "recovery.corneum.regrowth_um_d": 1e-9,
    }
    seen = curves(stripped(fixed), np.array([0.0, 6.0, 12.0]))
    excess = seen.tewl_exponential_g_m2_h[0] - 12
    np.testing.assert_allclose(excess / excess[0], [1, 0.5, 0.25], rtol=1e-6)


def test_second_session_opens_the_fast_phase_for_what_it_removed_only():
    state = resting(n=1, central=True, fixed={"recovery.corneum.regrowth_um_d": 1e-9})
    state = advance(injure(state, even(state, 3.0)), 30.0)
    assert state.lipid_open_share[0] == pytest.approx(0, abs=1e-9)
    state = injure(state, even(state, 1.0))
    assert state.lipid_open_share[0] == pytest.approx(0.25)


def test_water_loss_falls_below_rest_within_the_stated_depth_and_returns():
    state = resting(n=200)
    state = injure(state, even(state, 4.0))
    tewl = curves(state, np.array([7 * 24.0, 200 * 24.0])).tewl_exponential_g_m2_h
    assert tewl[:, 0].min() < 12
    assert np.all(tewl >= 12 * 0.85 - 1e-9)
    np.testing.assert_allclose(tewl[:, 1], 12, rtol=1e-6)


def test_unknown_law_is_refused():
    with pytest.raises(UnknownLawError, match="exponential, reciprocal"):
        barrier_back_d(stripped(), "linear")
    with pytest.raises(UnknownLawError, match="exponential, reciprocal"):
        curves(stripped(), NOW).tewl_g_m2_h("linear")
