"""The kernel and the reference do the same job: every cell must agree on random input."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corneum.abrasion.footprint import make_stencil
from corneum.abrasion.grid import strike
from corneum.abrasion.reference import strike_reference
from tests.abrasion.jobs import random_stencil, varied_grains


def dose_map(kind: str, shape: tuple[int, int], grains: float, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    shares = {
        "even": np.ones(shape),
        "rough": rng.random(shape),
        "sparse": (rng.random(shape) < 0.1) + 1e-3,
        "striped": np.arange(shape[1]) // 7 % 2 * np.ones(shape) + 1e-6,
        "faint": 10.0 ** rng.uniform(-9, 0, shape),
    }[kind]
    # At most two grains per cell: the reference looks at 4096 candidates per tile and grain of the largest dose.
    return (shares * min(grains / shares.sum(), 2.0 / shares.max())).astype(np.float32)


def assert_agree(job, pitch_um, seed, threads=2):
    fast = strike(*job, pitch_um=pitch_um, seed=seed, threads=threads)
    slow = strike_reference(*job, pitch_um=pitch_um, seed=seed)
    assert fast.impacts == slow.impacts
    np.testing.assert_allclose(fast.energy_j_m2, slow.energy_j_m2, rtol=1e-5)
    assert fast.brought_j == pytest.approx(slow.brought_j, rel=1e-6)
    assert fast.spilled_j == pytest.approx(slow.spilled_j, rel=1e-5, abs=1e-9 * slow.brought_j)


@settings(max_examples=60)
@given(
    kind=st.sampled_from(["even", "rough", "sparse", "striped", "faint"]),
    shape=st.tuples(st.integers(1, 150), st.integers(1, 150)),
    grains=st.floats(0, 1500),
    rows=st.sampled_from([3, 5, 7, 9, 11, 17, 25]),
    pitch_um=st.floats(1, 500),
    seed=st.integers(-(2**65), 2**65),
)
def test_agrees_with_the_reference(kind, shape, grains, rows, pitch_um, seed):
    dose = dose_map(kind, shape, grains, seed % 1000)
    assert_agree((dose, varied_grains(), random_stencil(rows, seed % 7)), pitch_um, seed)


@settings(max_examples=20)
@given(st.floats(8, 120), st.floats(0.2, 1.0), st.integers(0, 2**64 - 1))
def test_agrees_with_the_reference_on_real_footprints(pitch_um, smallest, seed):
    stencil = make_stencil(np.linspace(smallest, 1.0, 8) * 45.0, pitch_um)
    assert_agree((dose_map("rough", (75, 66), 600, seed % 1000), varied_grains(), stencil), pitch_um, seed)


@pytest.mark.parametrize("rows", [61, 63])
def test_agrees_with_the_reference_on_the_widest_footprints(rows):
    assert_agree((dose_map("rough", (140, 131), 900, 1), varied_grains(), random_stencil(rows, 2)), 2.0, 11)


@pytest.mark.parametrize("grains_per_cell", [1 / 4096, 0.249, 0.25, 0.26, 1.3])
def test_agrees_with_the_reference_around_a_full_chunk(grains_per_cell):
    """A tile draws 1024 candidates at a time: 0.25 per cell. The last may be alone."""
    for seed in range(6):
        dose = np.full((64, 64), grains_per_cell, np.float32)
        assert_agree((dose, varied_grains(), random_stencil(3, 2)), 50.0, seed)


def test_agrees_with_the_reference_where_the_dose_is_near_its_resolution():
    dose = np.full((64, 64), 60 * 0.7 / 2**17, np.float32)
    dose[3, 5] = 60.0
    for seed in range(3):
        assert_agree((dose, varied_grains(), random_stencil(3, 2)), 50.0, seed)
