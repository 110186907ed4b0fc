"""The depth map of one skin, with its furrows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as run
from hypothesis import strategies as st

from corneum.abrasion import depth_map, remove, stack_of, work
from corneum.abrasion.relief import DepthMap, furrow_map
from tests.abrasion.builders import STANDING, application, central, skin_of


def test_skin_without_furrows_has_none():
    assert not furrow_map((20, 30), 50.0, share=0.0, spacing_um=400.0, seed=1).any()


@run(max_examples=25)
@given(st.floats(0.02, 0.6), st.floats(150, 900), st.integers(0, 2**32))
def test_furrows_cover_their_share(share, spacing_um, seed):
    found = furrow_map((80, 120), 50.0, share=share, spacing_um=spacing_um, seed=seed)
    assert found.shape == (80, 120)
    assert found.mean() == pytest.approx(share, abs=0.01)


def test_furrows_repeat_with_the_seed():
    one, same, other = (furrow_map((50, 50), 50.0, share=0.2, spacing_um=400.0, seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, same)
    assert np.any(one != other)


@pytest.fixture(scope="module")
def mapped():
    draws = central()
    skin = skin_of(draws)
    done = work(application(flow="30 g/min"), draws, pitch_um=100)
    return draws, skin, done, depth_map(done, skin, draws, seed=4)


def test_every_cell_is_as_deep_as_its_energy_reaches(mapped):
    draws, skin, done, found = mapped
    stack = stack_of(skin, draws)
    energy = done.map_j_m2 * np.where(found.furrow, skin.furrow_reach_share[0], 1.0)
    expected = stack.depth_um(energy.reshape(1, -1).astype(np.float64)).reshape(energy.shape)
    np.testing.assert_allclose(found.depth_um, expected, atol=0.02)
    assert np.all(found.depth_um >= 0) and np.all(np.isfinite(found.depth_um))


def test_the_map_and_the_removal_tell_the_same_mean(mapped):
    draws, skin, done, found = mapped
    assert found.depth_um.mean(dtype=np.float64) == pytest.approx(remove(done, skin, draws).mean_um[0], rel=0.02)


def test_the_map_knows_its_layers_and_pitch(mapped):
    _, skin, done, found = mapped
    assert found.pitch_um == done.pitch_um
    assert found.corneum_um == pytest.approx(skin.corneum_um[0])
    assert found.junction_um == pytest.approx(skin.corneum_um[0] + skin.living_um[0])


def test_an_untouched_zone_has_a_flat_map():
    draws = central()
    skin = skin_of(draws)
    assert not depth_map(work(application("vacuum"), draws, pitch_um=200), skin, draws).depth_um.any()


def test_tape_is_mapped_as_deep_as_it_removes():
    """Tape has no energy map of its own, yet its depth map must not show untouched skin."""
    draws = central()
    skin = skin_of(draws)
    done = work(application("tape", count="20 strips"), draws, pitch_um=200)
    assert depth_map(done, skin, draws).depth_um.mean() == pytest.approx(remove(done, skin, draws).mean_um[0], rel=0.02)


def test_cells_that_were_never_touched_make_no_hot_spots_and_no_streaks():
    """An even removal in a part of the zone is even, however large the rest of the zone is."""
    worked = np.zeros((40, 40), bool)
    worked[10:20, 5:15] = True
    flat = DepthMap(worked.astype(np.float32) * 4, np.zeros_like(worked), 50.0, 13.0, 70.0, worked, False)
    assert flat.hot_spot_share == 0
    assert flat.streak_ratio == pytest.approx(0, abs=1e-6)


def test_a_tip_that_stands_still_draws_no_streak():
    draws = central()
    found = depth_map(work(application(plan=STANDING), draws, pitch_um=100), skin_of(draws), draws)
    assert found.depth_um.any() and found.streak_ratio == 0
    assert 0 < found.worked.mean() < 0.8


def test_a_moving_tip_is_judged_over_the_whole_zone(mapped):
    found = mapped[3]
    assert found.worked.all()
    rows, columns = (found.depth_um.mean(axis=axis).std() for axis in (1, 0))
    assert found.streak_ratio == pytest.approx(float(np.hypot(rows, columns)) / found.depth_um.mean(), rel=1e-3)
