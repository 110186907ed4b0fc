"""Area classes: the same mean in fewer numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.abrasion.classes import energy_classes, equal_area_classes

seeds = st.integers(0, 2**32)


def rough(seed, size, spread=1.0):
    return np.random.default_rng(seed).lognormal(0, spread, size).astype(np.float32)


@given(seeds, st.integers(1, 4000), st.floats(0, 3))
def test_energy_classes_keep_the_mean_and_share_out_the_whole_area(seed, size, spread):
    energy = rough(seed, size, spread)
    value, share = energy_classes(energy)
    assert value.shape == share.shape
    assert share.sum() == pytest.approx(1)
    assert np.all(share > 0)
    assert value @ share == pytest.approx(energy.mean(dtype=np.float64), rel=1e-6)
    assert np.all(np.diff(value) >= -1e-9 * value[:-1])
    assert value[0] >= energy.min() * (1 - 1e-6) and value[-1] <= energy.max() * (1 + 1e-6)


def test_energy_classes_of_a_map_are_those_of_its_cells():
    energy = rough(1, 2500)
    for one, other in zip(energy_classes(energy), energy_classes(energy.reshape(50, 50)), strict=True):
        np.testing.assert_array_equal(one, other)


def test_an_empty_dose_has_classes_of_nothing():
    value, share = energy_classes(np.zeros((30, 30), np.float32))
    assert not value.any()
    assert share.sum() == pytest.approx(1)


def test_ten_hot_spots_in_a_million_cells_are_seen():
    energy = np.ones(1_000_000, np.float32)
    energy[::100_000] = 1000
    value, share = energy_classes(energy)
    assert value[-1] == pytest.approx(1000)
    assert share[-1] == pytest.approx(1e-5)


def test_a_map_above_two_million_cells_keeps_its_mean():
    energy = rough(2, (2100, 2100), 0.5)
    value, share = energy_classes(energy)
    assert value @ share == pytest.approx(energy.mean(dtype=np.float64), rel=1e-6)


def areas(seed, n, m):
    rng = np.random.default_rng(seed)
    share = rng.random((n, m)) + 1e-3
    return rng.lognormal(0, 1, (n, m)), share / share.sum(axis=1, keepdims=True)


@given(seeds, st.integers(1, 5), st.integers(1, 60), st.integers(1, 30))
def test_equal_area_classes_keep_the_mean_and_are_sorted(seed, n, m, count):
    value, share = areas(seed, n, m)
    found = equal_area_classes(value, share, count)
    assert found.shape == (n, count)
    np.testing.assert_allclose(found.mean(axis=1), (value * share).sum(axis=1), rtol=1e-9)
    assert np.all(np.diff(found, axis=1) >= 0)
    assert np.all(found >= value.min(axis=1, keepdims=True) * (1 - 1e-9))
    assert np.all(found <= value.max(axis=1, keepdims=True) * (1 + 1e-9))


@given(seeds, st.integers(1, 40))
def test_equal_areas_in_are_equal_areas_out(seed, m):
    value = np.random.default_rng(seed).random((2, m))
    found = equal_area_classes(value, np.full((2, m), 1 / m), m)
    np.testing.assert_allclose(found, np.sort(value, axis=1), rtol=1e-9, atol=1e-12)


def test_one_class_is_the_mean():
    value, share = areas(5, 3, 20)
    np.testing.assert_allclose(equal_area_classes(value, share, 1)[:, 0], (value * share).sum(axis=1))


def test_even_depth_is_even_in_every_class():
    assert np.all(equal_area_classes(np.full((2, 7), 4.0), np.full((2, 7), 1 / 7), 24) == pytest.approx(4.0))


def test_nothing_stays_exactly_nothing():
    assert not equal_area_classes(np.zeros((3, 9)), np.full((3, 9), 1 / 9), 24).any()
