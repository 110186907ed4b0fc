"""The cloud of grains: representative, equally likely, within what physics allows."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as run
from hypothesis import strategies as st

from corneum.abrasion.cloud import make_cloud
from corneum.abrasion.kernel import FOOTPRINTS, GRAIN_BITS
from corneum.abrasion.mask import MaskError
from tests.abrasion.builders import central, samples, settings


def test_shapes():
    fine = make_cloud(settings(), central())
    assert fine.energy_j.shape == (1, 1 << GRAIN_BITS)
    assert fine.contact_um.shape == (FOOTPRINTS,)
    coarse = make_cloud(settings(), samples(n=5), fine=False)
    assert coarse.energy_j.shape[0] == 5
    assert coarse.mass_kg.shape == coarse.kinetic_j.shape == coarse.passing_share.shape == (5,)


def test_a_grain_of_100_um_weighs_what_a_sphere_of_corundum_weighs():
    """R33: 2.07 ug; with grains of one size only."""
    draws = central(**{"devices.crystal.size_spread_ratio": 1e-6})
    assert make_cloud(settings(grain="100 um"), draws).mass_kg[0] == pytest.approx(2.07e-9, rel=2e-3)


def test_the_mean_mass_of_lognormal_sizes_has_its_closed_form():
    draws = central()
    spread = draws["devices.crystal.size_spread_ratio"][0]
    density = draws["devices.alumina.density_kg_m3"][0]
    median = density * math.pi / 6 * (100e-6) ** 3
    found = make_cloud(settings(grain="100 um"), draws).mass_kg[0]
    assert found == pytest.approx(median * math.exp(4.5 * spread**2), rel=5e-3)


def test_footprints_grow_with_the_grains():
    contact = make_cloud(settings(), central()).contact_um
    assert np.all(np.diff(contact) > 0)
    usual = 0.5 * 0.6 * 100
    assert contact[0] < usual < contact[-1]


def test_grains_are_sorted_by_size_so_that_footprints_fit():
    """Mean energy per footprint class rises with the class: mass wins over the lower speed of larger grains."""
    energy = make_cloud(settings(), central()).energy_j[0].reshape(FOOTPRINTS, -1).mean(axis=1)
    assert np.all(np.diff(energy) > 0)


def test_without_a_mask_every_grain_passes():
    assert make_cloud(settings(), central()).passing_share[0] == 1


def test_through_a_mask_fewer_and_smaller_grains_pass():
    free, wide, narrow = (make_cloud(settings(), central(), mask_hole_um=hole) for hole in (None, 250.0, 125.0))
    assert 1 > wide.passing_share[0] > narrow.passing_share[0] > 0
    assert free.contact_um.mean() > wide.contact_um.mean() > narrow.contact_um.mean()
    assert free.kinetic_j[0] > wide.kinetic_j[0] > narrow.kinetic_j[0]
    assert free.mass_kg[0] == wide.mass_kg[0] == narrow.mass_kg[0], "the mass of a grain that is thrown"


def test_a_huge_hole_is_no_mask():
    free, huge = (make_cloud(settings(), central(), mask_hole_um=hole) for hole in (None, 1e7))
    assert huge.passing_share[0] == pytest.approx(1, rel=1e-4)
    assert huge.energy_j_kg[0] == pytest.approx(free.energy_j_kg[0], rel=5e-3)


def test_a_hole_that_no_grain_fits_is_refused():
    with pytest.raises(MaskError, match="no grain passes a mask with holes of 10 um"):
        make_cloud(settings(grain="100 um"), central(), mask_hole_um=10.0)


@run(max_examples=25)
@given(
    st.sampled_from(["crystal-venturi", "crystal-pressure", "home-crystal"]),
    st.sampled_from(["alumina", "salt", "bicarbonate"]),
    st.floats(1, 30),
    st.floats(20, 200),
    st.integers(0, 2**32),
)
def test_energy_is_positive_and_never_above_the_kinetic_energy(device, material, vacuum_kpa, grain_um, seed):
    chosen = settings(device, material, vacuum=f"{vacuum_kpa} kPa", grain=f"{grain_um} um")
    cloud = make_cloud(chosen, samples(n=4, seed=seed), fine=False)
    assert np.all(np.isfinite(cloud.energy_j)) and np.all(cloud.energy_j > 0)
    assert np.all(cloud.energy_j.mean(axis=1) <= cloud.kinetic_j)
    assert np.all(cloud.mass_kg > 0)


@run(max_examples=25)
@given(st.floats(1, 79), st.floats(0.1, 40), st.integers(0, 2**32))
def test_more_vacuum_never_lowers_the_energy_per_kilogram(vacuum_kpa, more, seed):
    draws = samples(n=4, seed=seed)
    less, higher = (
        make_cloud(settings(vacuum=f"{kpa} kPa"), draws, fine=False).energy_j_kg
        for kpa in (vacuum_kpa, min(80.0, vacuum_kpa + more))
    )
    assert np.all(less <= higher)
