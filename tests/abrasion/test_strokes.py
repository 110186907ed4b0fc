"""The path of the handpiece: what no hand can do, and the dose that the rest leaves."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as run
from hypothesis import strategies as st

from corneum.abrasion import StrokeError, StrokePlan
from corneum.abrasion.strokes import exposure_map, mean_exposure, stroke_speed_mm_s
from tests.abrasion.builders import central, samples


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"width_mm": 0}, "the zone must be"),
        ({"height_mm": -3}, "the zone must be"),
        ({"width_mm": math.nan}, "the zone must be"),
        ({"width_mm": 1001}, "the zone must be"),
        ({"passes": -1}, "passes must be 0 to 100"),
        ({"passes": 101}, "passes must be 0 to 100"),
        ({"overlap_share": -0.1}, "the overlap must be"),
        ({"overlap_share": 0.95}, "the overlap must be"),
        ({"overlap_share": math.nan}, "the overlap must be"),
        ({"speed_mm_s": -1}, "the speed must be at least 0"),
        ({"speed_mm_s": math.nan}, "the speed must be at least 0"),
        ({"speed_mm_s": math.inf}, "the speed must be at least 0"),
        ({"speed_mm_s": 0}, "needs a dwell time above 0 s"),
        ({"speed_mm_s": 0, "dwell_s": -1}, "needs a dwell time above 0 s"),
        ({"dwell_s": 3}, "give a speed or a dwell time, not both"),
        ({"speed_mm_s": 0, "dwell_s": math.nan}, "dwell time"),
        ({"speed_mm_s": 0, "dwell_s": math.inf}, "dwell time"),
        ({"wander_mm": -1}, "at least 0"),
        ({"wander_mm": math.nan}, "at least 0"),
        ({"speed_spread_ratio": -0.1}, "at least 0"),
    ],
)
def test_a_plan_that_no_hand_can_follow_is_refused(changes, message):
    with pytest.raises(StrokeError, match=message):
        StrokePlan(**({"width_mm": 10, "height_mm": 10} | changes))


def test_every_mistake_is_told_at_once():
    with pytest.raises(StrokeError) as caught:
        StrokePlan(-1, 10, passes=1000, overlap_share=2)
    assert str(caught.value).count(";") == 2


def jet(plan, tip_mm=5.0, pitch_um=200.0, seed=1, width_ratio=0.22):
    return exposure_map(plan, tip_mm, "jet", width_ratio=width_ratio, pitch_um=pitch_um, seed=seed)


def disk(plan, tip_mm=6.0, pitch_um=200.0, seed=1):
    return exposure_map(plan, tip_mm, "disk", width_ratio=1.0, pitch_um=pitch_um, seed=seed)


MOVING = StrokePlan(16, 12, passes=2, wander_mm=0.4, speed_spread_ratio=0.15)
STANDING = StrokePlan(9, 9, speed_mm_s=0, dwell_s=3)


def test_a_map_has_a_cell_per_pitch_and_at_least_one():
    assert jet(MOVING).shape == (60, 80)
    assert jet(replace(MOVING, passes=1), pitch_um=100_000).shape == (1, 1)


def test_no_passes_leave_no_dose():
    assert not jet(replace(MOVING, passes=0)).any()
    assert not disk(replace(MOVING, passes=0)).any()


def test_the_same_seed_is_the_same_path_and_another_seed_another():
    np.testing.assert_array_equal(jet(MOVING), jet(MOVING))
    assert np.any(jet(MOVING) != jet(MOVING, seed=2))
    assert np.all(np.isfinite(jet(MOVING, seed=-5))), "any integer is a seed"


def test_strokes_of_one_pass_run_along_the_zone_and_of_the_second_across():
    first = jet(replace(MOVING, passes=1))
    assert np.all(first == first[:, :1])
    second = jet(MOVING) - first
    np.testing.assert_allclose(second, np.broadcast_to(second[:1], second.shape), rtol=1e-4)
    parallel = jet(replace(MOVING, crossed=False))
    assert np.all(parallel == parallel[:, :1])


@run(max_examples=25)
@given(st.integers(1, 6), st.integers(0, 2**32), st.booleans())
def test_another_pass_adds_dose_everywhere(passes, seed, crossed):
    plan = replace(MOVING, crossed=crossed)
    for each in (jet, disk):
        fewer, more = (each(replace(plan, passes=count), seed=seed) for count in (passes, passes + 1))
        assert np.all(fewer >= 0)
        assert np.all(more >= fewer)
        assert more.sum() > fewer.sum()


@run(max_examples=25)
@given(st.floats(2, 100), st.floats(1.01, 5), st.integers(0, 2**32))
def test_a_slower_hand_leaves_proportionally_more_of_a_jet_and_no_more_of_a_tip(speed_mm_s, faster, seed):
    slow, fast = (replace(MOVING, speed_mm_s=speed) for speed in (speed_mm_s, speed_mm_s * faster))
    np.testing.assert_allclose(jet(slow, seed=seed), jet(fast, seed=seed) * faster, rtol=1e-4)
    np.testing.assert_array_equal(disk(slow, seed=seed), disk(fast, seed=seed))


@run(max_examples=25)
@given(st.floats(0.1, 60), st.floats(1.01, 5), st.integers(1, 4))
def test_a_longer_dwell_leaves_proportionally_more(dwell_s, longer, passes):
    usual, more = (replace(STANDING, dwell_s=time, passes=passes) for time in (dwell_s, dwell_s * longer))
    np.testing.assert_allclose(jet(usual) * longer, jet(more), rtol=1e-5)


@run(max_examples=25)
@given(st.floats(2, 8), st.floats(0.12, 0.6), st.floats(0.5, 30), st.integers(1, 3))
def test_a_standing_jet_leaves_its_whole_time_under_the_opening(tip_mm, width_ratio, dwell_s, passes):
    plan = replace(STANDING, dwell_s=dwell_s, passes=passes)
    found = jet(plan, tip_mm, 50.0, width_ratio=width_ratio)
    assert found.sum(dtype=np.float64) * (50e-6) ** 2 == pytest.approx(dwell_s * passes, rel=0.01)
    y, x = (np.indices(found.shape) + 0.5) * 0.05 - 4.5
    assert not found[np.hypot(x, y) > tip_mm / 2 + 1e-9].any()


def test_a_standing_jet_is_densest_in_the_middle_and_round():
    found = jet(STANDING, pitch_um=200.0)
    assert found.argmax() == np.ravel_multi_index((22, 22), found.shape)
    np.testing.assert_allclose(found, found.T, rtol=1e-6)
    np.testing.assert_allclose(found, found[::-1], rtol=1e-6)


def test_a_standing_tip_slides_over_nothing():
    assert not disk(STANDING).any()
    assert not mean_exposure(STANDING, np.full(3, 6.0), "disk", samples(n=3)).any()


def test_the_mean_exposure_of_a_moving_jet_by_hand():
    plan = StrokePlan(50, 50, passes=3, speed_mm_s=20, overlap_share=0.2)
    assert mean_exposure(plan, np.array([5.0]), "jet", central())[0] == pytest.approx(3 / (20 * 4) * 1e6)


def test_the_mean_exposure_under_a_moving_tip_by_hand():
    plan = StrokePlan(50, 50, passes=3, overlap_share=0.25)
    assert mean_exposure(plan, np.array([6.0]), "disk", central())[0] == pytest.approx(
        3 * math.pi / 4 * 36 / 4.5 * 1e-3
    )


def test_the_mean_exposure_of_a_standing_jet_is_time_over_the_opening():
    assert mean_exposure(STANDING, np.array([5.0]), "jet", central())[0] == pytest.approx(3 / (math.pi / 4 * 25e-6))


def test_speed_and_overlap_that_nobody_wrote_down_are_drawn():
    draws = samples(n=20)
    tip = np.full(20, 5.0)
    assert np.ptp(stroke_speed_mm_s(MOVING, draws)) == 0
    assert np.ptp(mean_exposure(MOVING, tip, "jet", draws)) == 0
    unknown = replace(MOVING, speed_known=False)
    np.testing.assert_array_equal(stroke_speed_mm_s(unknown, draws), draws["abrasion.stroke.speed_mm_s"])
    assert np.ptp(mean_exposure(unknown, tip, "jet", draws)) > 0
    assert np.ptp(mean_exposure(replace(MOVING, overlap_known=False), tip, "jet", draws)) > 0


def test_a_standing_tip_has_no_speed_to_draw():
    assert not stroke_speed_mm_s(replace(STANDING, speed_known=False), samples()).any()
