"""How much of a grain's energy reaches the skin (M08)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.abrasion.transfer import impact_energy_j, reaching_share
from tests.abrasion.builders import central, samples

speeds = st.floats(0, 300)


def share(speed_m_s, draws=None):
    draws = draws or central()
    return reaching_share(np.full((draws.n, 1), float(speed_m_s)), draws)[:, 0]


@pytest.mark.parametrize(("speed_m_s", "measured"), [(2, 0.05), (10, 0.55)])
def test_both_measured_points_lie_on_the_curve(speed_m_s, measured):
    assert share(speed_m_s)[0] == pytest.approx(measured, rel=0.01)


def test_a_resting_grain_brings_nothing_and_a_fast_one_all():
    assert share(0)[0] == 0
    assert share(1000)[0] == pytest.approx(1)


@given(speeds, speeds, st.integers(0, 2**32))
def test_the_share_is_a_share_and_never_falls_with_speed(one, other, seed):
    draws = samples(seed=seed)
    slow, fast = share(min(one, other), draws), share(max(one, other), draws)
    assert np.all((slow >= 0) & (slow <= fast) & (fast <= 1))


def test_shape_of_the_speeds_is_kept():
    draws = samples(n=4)
    assert reaching_share(np.ones((4, 3, 2)), draws).shape == (4, 3, 2)
    assert reaching_share(np.ones(4), draws).shape == (4,)


def energy(speed_m_s, angle_deg, draws=None, mass_kg=2e-9):
    draws = draws or central()
    every = (np.full((draws.n, 1), float(value)) for value in (mass_kg, speed_m_s, angle_deg))
    return impact_energy_j(*every, draws)[:, 0]


def test_a_normal_impact_brings_its_kinetic_energy_times_the_share():
    assert energy(30, 90)[0] == pytest.approx(0.5 * 2e-9 * 900 * share(30)[0])


def test_a_grazing_impact_brings_the_grazing_share_of_that():
    draws = central(**{"abrasion.crystal.grazing_share": 0.25})
    assert energy(30, 0, draws)[0] == pytest.approx(0.25 * energy(30, 90, draws)[0])
    assert energy(30, 0, central(**{"abrasion.crystal.grazing_share": 0.0}))[0] == 0


@given(speeds, st.floats(0, 180), st.integers(0, 2**32))
def test_no_impact_brings_more_than_its_kinetic_energy(speed_m_s, angle_deg, seed):
    found = energy(speed_m_s, angle_deg, samples(seed=seed))
    assert np.all(found >= 0)
    assert np.all(found <= 0.5 * 2e-9 * speed_m_s**2 * (1 + 1e-12))


@given(st.floats(0, 300), st.floats(0, 90))
def test_an_impact_from_the_left_equals_one_from_the_right(speed_m_s, angle_deg):
    assert energy(speed_m_s, angle_deg)[0] == pytest.approx(energy(speed_m_s, 180 - angle_deg)[0], rel=1e-9, abs=1e-30)


@given(speeds, speeds, st.floats(0, 180))
def test_a_faster_impact_never_brings_less(one, other, angle_deg):
    assert energy(min(one, other), angle_deg)[0] <= energy(max(one, other), angle_deg)[0]
