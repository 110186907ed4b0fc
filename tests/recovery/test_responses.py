"""Redness, surface, epidermis, dermis and permeability."""

import numpy as np
import pytest

from corneum.recovery import advance, curves, injure
from corneum.recovery.epidermis import plateau_share
from corneum.recovery.waits import redness_gone_h
from tests.recovery.builders import even, resting

NOW = np.array([0.0])


def after(depth_um=2.76, hours=NOW, n=1, central=True, fixed=None, skin=None, **session):
    state = resting(n=n, central=central, fixed=fixed, **(skin or {}))
    return curves(injure(state, even(state, depth_um, **session)), np.asarray(hours, dtype=float))


def test_blood_flow_is_linear_in_work_up_to_a_ceiling():
    rise = [after(work=work).blood_flow_ratio[0, 0] - 1 for work in (0.5, 1.0, 2.0, 1000.0)]
    np.testing.assert_allclose(rise, [0.235, 0.47, 0.94, 5.0])


def test_redness_fades_from_its_ceiling():
    """Work beyond the ceiling reddens no longer: the session keeps the ceiling, not what would lie above it."""
    at, far_above = (after(hours=[0.0, 0.5, 2.0], work=work).blood_flow_ratio for work in (100.0, 1000.0))
    np.testing.assert_allclose(at, far_above)
    assert np.all(np.diff(far_above) < 0)


def test_ordinary_redness_lasts_minutes_and_deep_redness_may_pass_two_weeks():
    ordinary, deep = resting(n=200), resting(n=200)
    ordinary, deep = injure(ordinary, even(ordinary, 2.76)), injure(deep, even(deep, 72.0, work=3.0))
    assert 0.5 <= redness_gone_h(ordinary, 0.5) <= 1.0
    assert redness_gone_h(deep, 0.95) > 14 * 24


def test_redness_lasts_longer_the_deeper_the_living_layer_is_hurt():
    left = [after(depth, hours=[24.0]).blood_flow_ratio[0, 0] for depth in (12.0, 30.0, 50.0, 72.0)]
    assert np.all(np.diff(left) > 0)


def test_sebum_falls_at_once_and_is_back_within_the_hour():
    sebum = after(hours=[0.0, 1.0]).sebum_ratio[0]
    assert sebum[0] == pytest.approx(0.5)
    assert sebum[1] > 0.96


def test_hydration_is_up_at_a_day_and_over_at_a_week():
    hydration = after(hours=[0.0, 24.0, 168.0]).hydration_ratio[0]
    assert hydration[0] == 1
    assert hydration[1] == pytest.approx(1.10)
    assert hydration[2] < 1.01


def test_mitosis_peaks_at_two_days_and_is_over_by_two_weeks():
    hours = np.arange(0.0, 24 * 14 + 1)
    mitosis = after(12.0, hours=hours).mitosis_ratio[0]
    assert 40 <= hours[mitosis.argmax()] <= 48
    assert mitosis.max() == pytest.approx(4.0)
    assert mitosis[-1] < 1.05


def weekly(count, n=200, **fixed):
    state = resting(n=n, fixed={"treatment.ordinary.corneum_share": 0.23, **fixed})
    for _ in range(count):
        state = advance(injure(state, even(state, 2.76)), 7.0)
    return state


def test_eight_weekly_sessions_span_the_two_trials_that_contradict_each_other():
    low, high = np.quantile(weekly(8).gain_share, [0.025, 0.975])
    assert low < 0.02
    assert high > 0.44


def test_gain_after_the_published_course_is_the_row():
    state = weekly(8)
    np.testing.assert_allclose(state.gain_share, state.draws["recovery.epidermis.course_gain_share"], rtol=1e-9)


def test_gain_grows_with_sessions_below_its_plateau():
    gains = [weekly(count).gain_share for count in (1, 4, 8, 16)]
    assert np.all(np.diff(gains, axis=0) >= 0)
    assert np.all(gains[-1] <= plateau_share(weekly(0).draws))


def test_gain_partly_persists_at_ninety_days():
    state = weekly(6)
    late = advance(state, 90.0).gain_share
    assert np.all(late < state.gain_share)
    assert 0.1 < np.median(late / state.gain_share) < 0.6


def test_gain_is_smooth_where_its_two_half_times_meet():
    same = {"recovery.epidermis.growth_half_time_d": 30.0, "recovery.epidermis.fade_half_time_d": 30.0}
    near = {**same, "recovery.epidermis.fade_half_time_d": 30.0 + 1e-6}
    np.testing.assert_allclose(weekly(3, **same).gain_share, weekly(3, **near).gain_share, rtol=1e-6)


@pytest.mark.parametrize(("grit_um", "low", "high"), [(100.0, 0.0, 0.05), (125.0, 0.95, 1.0)])
def test_dermal_response_to_diamond_is_gated_by_grit(grit_um, low, high):
    assert low <= after(kind="diamond", grit_um=grit_um).dermal_probability[0] <= high


def test_dermal_response_to_an_ordinary_crystal_session_is_two_of_eleven():
    assert after().dermal_probability[0] == pytest.approx(0.182)
    low, high = np.quantile(after(n=200, central=False).dermal_probability, [0.025, 0.975])
    assert low < 0.05 < 0.45 < high


@pytest.mark.parametrize("kind", ["vacuum", "tape", "pad"])
def test_dermal_response_to_anything_else_is_none(kind):
    assert after(12.0, kind=kind, work=5.0).dermal_probability[0] == 0


def test_dermal_probability_rises_with_removal_and_starts_at_none():
    probability = [after(depth).dermal_probability[0] for depth in (0.0, 1.0, 2.76, 6.0, 12.0)]
    assert probability[0] == 0
    assert np.all(np.diff(probability) > 0)


def test_share_of_samples_that_respond_is_the_probability():
    hours = [4 * 24.0]
    seen = after(6.0, hours=hours, n=400, central=False)
    assert np.mean(seen.procollagen1_fold[:, 0] > 1) == pytest.approx(seen.dermal_probability.mean(), abs=0.06)


def test_those_who_respond_to_a_mild_session_respond_to_a_rough_one():
    hours = [4 * 24.0]
    mild, rough = (after(depth, hours=hours, n=100, central=False).hsp47_fold[:, 0] for depth in (2.76, 8.0))
    assert np.all((mild == 1) | (rough > 1))
    assert np.any(mild > 1)


def test_folds_peak_at_their_rows():
    seen = after(hours=[96.0], kind="diamond", grit_um=125.0)
    folds = (seen.procollagen1_fold[0, 0], seen.procollagen3_fold[0, 0], seen.hsp47_fold[0, 0])
    assert folds == pytest.approx((3.2, 2.6, 7.5))


def test_collagen_background_falls_with_age():
    young, old = (after(skin={"age_y": age}).dermal_background_ratio[0] for age in (20.0, 69.5))
    assert (young, old) == pytest.approx((1.0, 0.76))


def hours_until(ratio, hours, limit):
    """Return the first of ``hours`` from which each row of a falling ratio is at or below its limit."""
    return hours[np.argmax(ratio <= limit, axis=1)]


@pytest.mark.parametrize("depth_um", [1.4, 2.76, 6.0, 12.0])
def test_permeability_returns_to_the_same_ratio_after_water_loss(depth_um):
    hours = np.arange(0.0, 24 * 300)
    central = after(depth_um, hours=hours, n=1)
    spread = after(depth_um, hours=hours, n=60, central=False)
    for seen, share in ((central, 1.0), (spread, 0.8)):
        closed = hours_until(seen.permeability_ratio, hours, 1.1)
        for tewl in (seen.tewl_exponential_g_m2_h, seen.tewl_reciprocal_g_m2_h):
            assert np.mean(closed >= hours_until(tewl / 12, hours, 1.1)) >= share


def test_permeability_of_bare_skin_holds_the_published_fold():
    assert after(12.0).permeability_ratio[0, 0] == pytest.approx(60 + 20 - 1)
