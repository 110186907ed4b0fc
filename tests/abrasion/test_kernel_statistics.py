"""Where the kernel's grains fall and what they bring, against probability theory and an independent simulation.

All seeds are fixed: a failure is a change of the kernel, never chance.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corneum.abrasion.footprint import make_stencil
from corneum.abrasion.grid import strike
from tests.abrasion.jobs import EQUAL, GRAINS, empty_stencil, point_stencil, random_stencil, varied_grains


def chi_square_score(seen: np.ndarray, expected: np.ndarray | float) -> float:
    """Return by how many standard deviations the chi-square of Poisson counts is off."""
    chance = (seen - expected) ** 2 / expected
    return float((chance.sum() - chance.size) / np.sqrt((2 + 1 / np.broadcast_to(expected, chance.shape)).sum()))


def counts(dose: np.ndarray, seed: int) -> np.ndarray:
    struck = strike(dose, EQUAL, point_stencil(), pitch_um=1000.0, seed=seed)
    return np.rint(struck.energy_j_m2)


@pytest.mark.parametrize("seed", range(4))
def test_grains_fall_evenly_and_independently(seed):
    seen = counts(np.full((200, 190), 4.0, np.float32), seed)
    assert abs(chi_square_score(seen, 4.0)) < 4
    offset = seen - 4.0
    for neighbor in (offset[1:, :] * offset[:-1, :], offset[:, 1:] * offset[:, :-1], offset[64:] * offset[:-64]):
        assert abs(neighbor.mean() / 4.0) * np.sqrt(neighbor.size) < 4


@pytest.mark.parametrize("seed", range(4))
def test_a_varying_dose_is_met_in_every_cell(seed):
    rng = np.random.default_rng(seed)
    dose = (rng.random((150, 140)) ** 3 * 6 + 0.02).astype(np.float32)
    seen = counts(dose, seed)
    assert abs(chi_square_score(seen, dose.astype(np.float64))) < 4
    assert abs(seen.sum() - dose.sum()) < 4 * np.sqrt(dose.sum())


def test_a_faint_dose_beside_a_strong_one_is_met():
    dose = np.full((64, 64), 0.002, np.float32)
    dose[:, 0] = 40.0
    faint = sum(counts(dose, seed)[:, 1:].sum() for seed in range(60))
    expected = 0.002 * 63 * 64 * 60
    assert abs(faint - expected) < 4 * np.sqrt(expected)


def single_cell_histogram(stencil: np.ndarray) -> np.ndarray:
    dose = np.zeros((41, 41), np.float32)
    dose[20, 20] = 3000.0
    return np.rint(strike(dose, EQUAL, stencil, pitch_um=1000.0, seed=9).energy_j_m2)


def test_grains_fall_evenly_inside_a_cell():
    stencil = empty_stencil(17)
    for sub_y in range(8):
        for sub_x in range(8):
            stencil[:, sub_y, sub_x, sub_y, sub_x] = 1.0
    seen = single_cell_histogram(stencil)[12:20, 12:20]
    assert seen.sum() == pytest.approx(3000, abs=250)
    assert abs(chi_square_score(seen, 3000 / 64)) < 4


def test_all_sizes_are_equally_frequent():
    stencil = empty_stencil(17)
    for size in range(8):
        stencil[size, :, :, 8, size] = 1.0
    seen = single_cell_histogram(stencil)[20, 12:20]
    assert abs(chi_square_score(seen, 3000 / 8)) < 4


def test_the_size_of_a_grain_goes_with_its_energy():
    stencil = empty_stencil(17)
    for size in range(8):
        stencil[size, :, :, 8, size] = 1.0
    dose = np.zeros((41, 41), np.float32)
    dose[20, 20] = 2000.0
    ladder = np.repeat(10.0 ** np.arange(-9, -1), GRAINS // 8)
    energy = strike(dose, ladder, stencil, pitch_um=1000.0, seed=1).energy_j_m2[20, 12:20]
    in_units = energy * 1e-6 / 10.0 ** np.arange(-9, -1)
    np.testing.assert_allclose(in_units, np.rint(in_units), rtol=1e-4)
    assert in_units.sum() == pytest.approx(2000, abs=250)


def test_every_representative_is_used():
    mean = varied_grains().mean()
    struck = strike(np.full((256, 256), 8.0, np.float32), varied_grains(), point_stencil(), pitch_um=50.0, seed=3)
    spread = varied_grains().std() / np.sqrt(struck.impacts)
    assert abs(struck.brought_j / struck.impacts - mean) < 4 * spread


@settings(max_examples=40)
@given(
    shape=st.tuples(st.integers(1, 200), st.integers(1, 200)),
    dose=st.floats(0, 20),
    rows=st.sampled_from([3, 5, 9, 17]),
    seed=st.integers(0, 2**64 - 1),
)
def test_energy_is_conserved_in_the_books(shape, dose, rows, seed):
    rough = (np.random.default_rng(seed).random(shape) * dose).astype(np.float32)
    struck = strike(rough, varied_grains(), random_stencil(rows, 1), pitch_um=30.0, seed=seed)
    held_j = struck.energy_j_m2.sum(dtype=np.float64) * 30e-6**2
    assert held_j + struck.spilled_j == pytest.approx(struck.brought_j, rel=1e-6)
    assert struck.energy_j_m2.min() >= 0
    assert min(struck.brought_j, struck.spilled_j, struck.impacts) >= 0


@settings(max_examples=20)
@given(st.integers(0, 2**32), st.sampled_from([0.5, 2.0, 8.0]))
def test_energy_is_additive(seed, factor):
    dose = np.full((80, 80), 0.6, np.float32)
    job = {"pitch_um": 50.0, "seed": seed}
    once = strike(dose, varied_grains(), random_stencil(5, 1), **job)
    scaled = strike(dose, varied_grains() * factor, random_stencil(5, 1), **job)
    assert np.array_equal(scaled.energy_j_m2, once.energy_j_m2 * np.float32(factor))


def independent_map(rng: np.random.Generator, cells: int, dose: float, radius: float, grains_j: np.ndarray):
    """Simulate grains at continuous places with NumPy alone; lengths in cells, J per cell."""
    count = rng.poisson(dose * cells**2)
    place = rng.random((count, 2)) * cells
    energy = rng.choice(grains_j, count)
    fine = 16
    reach = int(np.ceil(radius))
    offset = (np.arange((2 * reach + 1) * fine) + 0.5) / fine - reach
    corner = np.floor(place).astype(int)
    y, x = (offset - (place - corner)[:, axis, None] for axis in (0, 1))
    cap = np.maximum(0.0, 1.0 - (y[:, :, None] ** 2 + x[:, None, :] ** 2) / radius**2)
    shares = cap.reshape(count, 2 * reach + 1, fine, 2 * reach + 1, fine).sum(axis=(2, 4))
    shares *= (energy / shares.sum(axis=(1, 2)))[:, None, None]
    book = np.zeros((cells + 2 * reach, cells + 2 * reach))
    for (row, col), share in zip(corner, shares, strict=True):
        book[row : row + 2 * reach + 1, col : col + 2 * reach + 1] += share
    return book[2 * reach : cells, 2 * reach : cells]


@pytest.mark.parametrize(("pitch_um", "dose"), [(50.0, 1.5), (25.0, 0.4)])
def test_agrees_with_an_independent_simulation(pitch_um, dose):
    radius_um, cells, runs = 36.0, 60, 4
    stencil = make_stencil(np.full(8, radius_um), pitch_um)
    fast, slow = [], []
    for seed in range(runs):
        struck = strike(
            np.full((cells, cells), dose, np.float32), varied_grains(), stencil, pitch_um=pitch_um, seed=seed
        )
        fast.append(struck.energy_j_m2[4:-4, 4:-4].astype(np.float64) * (pitch_um * 1e-6) ** 2)
        rng = np.random.default_rng(seed)
        slow.append(independent_map(rng, cells, dose, radius_um / pitch_um, varied_grains()))
    expected = dose * varied_grains().mean()
    error = np.sqrt((varied_grains() ** 2).mean() * dose / (runs * cells**2))
    for maps in (fast, slow):
        assert abs(np.mean(maps) - expected) < 4 * error
    assert np.std(fast) == pytest.approx(np.std(slow), rel=0.05)
    for shift in (1, 2):
        near_fast, near_slow = (
            np.mean([np.mean((m[shift:] - m.mean()) * (m[:-shift] - m.mean())) / m.var() for m in maps])
            for maps in (fast, slow)
        )
        assert near_fast == pytest.approx(near_slow, abs=0.05)
