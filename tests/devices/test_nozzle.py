"""Grain speed: limits that need no measurement to be known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corneum.devices import configure, gas_speed_m_s, grain_speed_m_s, jet_speed_m_s
from corneum.evidence import Draws, load_evidence
from corneum.units import Quantity

BOOK = load_evidence()
some = settings(max_examples=30)


def speed(gas_m_s, diameter_um, density_kg_m3=3950.0, length_mm=15.0, draws=None):
    draws = draws or Draws(BOOK, central=True)
    gas, density, length = (np.full(draws.n, float(value)) for value in (gas_m_s, density_kg_m3, length_mm))
    return grain_speed_m_s(gas, np.atleast_1d(np.asarray(diameter_um, dtype=float)), density, length, draws)


def test_bernoulli():
    draws = Draws(BOOK, central=True, fixed={"devices.air.density_kg_m3": 1.2})
    assert gas_speed_m_s(np.array([6.0]), draws)[0] == pytest.approx(100.0)


def test_no_pressure_drop_moves_nothing():
    draws = Draws(BOOK, central=True)
    gas = gas_speed_m_s(np.zeros(1), draws)
    assert gas[0] == 0
    assert np.all(speed(gas[0], [50.0, 100.0]) == 0)


def test_in_a_very_long_tube_grains_fly_with_the_gas():
    np.testing.assert_allclose(speed(100, [50.0, 100.0, 200.0], length_mm=1e6), 100, rtol=0.01)


def test_in_no_tube_grains_rest():
    assert np.all(speed(100, [50.0, 100.0], length_mm=0) == 0)


def test_shape_is_samples_by_grains():
    draws = Draws(BOOK, n=7)
    assert speed(80, [50.0, 100.0, 150.0], draws=draws).shape == (7, 3)
    each = np.linspace(50, 150, 21).reshape(7, 3)
    assert speed(80, each, draws=draws).shape == (7, 3)


gases = st.floats(5, 250)
sizes = st.floats(15, 300)
densities = st.floats(1000, 8000)
lengths = st.floats(1, 100)


@some
@given(gases, sizes, densities, lengths)
def test_a_grain_is_never_faster_than_the_gas_nor_slower_than_rest(gas, size, density, length):
    found = speed(gas, size, density, length)[0, 0]
    assert 0 < found <= gas


@some
@given(gases, sizes, densities, lengths, st.floats(1.05, 3))
def test_a_heavier_grain_is_slower(gas, size, density, length, more):
    assert speed(gas, size, density * more, length)[0, 0] <= speed(gas, size, density, length)[0, 0]


@some
@given(gases, sizes, densities, lengths, st.floats(1.05, 3))
def test_a_larger_grain_is_slower(gas, size, density, length, more):
    assert speed(gas, size * more, density, length)[0, 0] <= speed(gas, size, density, length)[0, 0]


@some
@given(gases, sizes, densities, lengths, st.floats(1.05, 3))
def test_faster_gas_and_a_longer_tube_drive_faster_grains(gas, size, density, length, more):
    usual = speed(gas, size, density, length)[0, 0]
    assert speed(gas * more, size, density, length)[0, 0] >= usual
    assert speed(gas, size, density, length * more)[0, 0] >= usual


@some
@given(st.floats(1, 79), st.floats(0.1, 40), st.integers(0, 2**32))
def test_more_vacuum_drives_faster_grains_in_both_kinds_of_device(vacuum, more, seed):
    draws = Draws(BOOK, n=6, seed=seed)
    diameter = np.array([60.0, 100.0, 160.0])
    for name in ("crystal-venturi", "crystal-pressure"):
        less, higher = (
            jet_speed_m_s(configure(name, {"vacuum": Quantity(kpa, "kPa")}, BOOK), diameter, draws)
            for kpa in (vacuum, min(vacuum + more, 80.0))
        )
        assert less.shape == (6, 3)
        assert np.all(less <= higher)


def test_compressed_air_drives_faster_than_the_vacuum_alone():
    draws, diameter = Draws(BOOK, central=True), np.array([100.0])
    given_ = {"vacuum": Quantity(30, "kPa")}
    drawn = jet_speed_m_s(configure("crystal-venturi", given_, BOOK), diameter, draws)
    driven = jet_speed_m_s(configure("crystal-pressure", given_, BOOK), diameter, draws)
    assert driven[0, 0] > drawn[0, 0]


def test_light_salt_flies_faster_than_alumina():
    draws, diameter = Draws(BOOK, central=True), np.array([100.0])
    alumina, salt = (
        jet_speed_m_s(configure("crystal-venturi", {}, BOOK, material=name), diameter, draws)[0, 0]
        for name in ("alumina", "salt")
    )
    assert salt > alumina
