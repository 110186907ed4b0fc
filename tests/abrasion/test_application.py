"""A device worked over a zone: books that balance, maps that repeat, refusals."""

from dataclasses import replace

import numpy as np
import pytest

from corneum.abrasion import GridError, Mask, MaskError, StrokePlan, mean_useful_j_m2, work
from corneum.abrasion.application import worked_cells
from corneum.abrasion.cloud import make_cloud
from corneum.devices import DEVICES
from tests.abrasion.builders import PATCH, STANDING, application, central, samples

CRYSTAL = [name for name, device in DEVICES.items() if device.kind == "crystal"]
WIDE = StrokePlan(10, 10, speed_mm_s=0, dwell_s=3)


@pytest.mark.parametrize("device", DEVICES)
def test_every_device_leaves_a_finite_map_that_is_nowhere_negative(device):
    done = work(application(device), samples(), pitch_um=200)
    assert done.map_j_m2.shape == (60, 60)
    assert np.all(np.isfinite(done.map_j_m2)) and np.all(done.map_j_m2 >= 0)
    assert np.all(done.class_j_m2 >= 0) and done.class_share.sum() == pytest.approx(1)
    assert np.all(np.isfinite(done.sample_ratio)) and np.all(done.sample_ratio >= 0)
    assert np.all(done.blister_index >= 0)
    assert all(value >= 0 for value in done.books_j.values())
    assert (done.impacts > 0) == (device in CRYSTAL)


@pytest.mark.parametrize("device", ["vacuum", "tape"])
def test_what_brings_no_energy_has_an_empty_map(device):
    done = work(application(device), samples(), pitch_um=200)
    assert not done.map_j_m2.any()
    np.testing.assert_array_equal(done.sample_ratio, 1)


@pytest.mark.parametrize("device", CRYSTAL)
def test_energy_is_conserved_from_the_grains_to_the_map(device):
    """The kernel sums what grains bring apart from the map: both must agree, nothing is lost or made."""
    applied = application(device)
    done = work(applied, central(), pitch_um=100)
    books = done.books_j
    useful = central()["abrasion.delamination_share"][0]
    on_map = done.map_j_m2.sum(dtype=np.float64) * (done.pitch_um * 1e-6) ** 2
    assert books["brought"] == pytest.approx(books["held"] + books["spilled"], rel=1e-6)
    assert on_map == pytest.approx(books["held"] * useful, rel=1e-5)
    assert 0 < books["spilled"] < 0.02 * books["brought"]
    assert books["brought"] < books["kinetic"]


def test_nothing_spills_where_the_jet_ends_inside_the_zone():
    done = work(application(plan=WIDE), central(), pitch_um=50)
    useful = central()["abrasion.delamination_share"][0]
    on_map = done.map_j_m2.sum(dtype=np.float64) * 50e-6**2
    assert done.books_j["spilled"] == 0
    assert on_map == pytest.approx(done.books_j["brought"] * useful, rel=1e-5)


def test_as_many_grains_strike_as_flow_and_time_send():
    applied = application(plan=WIDE, flow="15 g/min", vacuum="30 kPa")
    done = work(applied, central(), pitch_um=50)
    cloud = make_cloud(applied.settings, central())
    expected = 15e-3 / 60 * 3 / cloud.mass_kg[0]
    assert done.impacts == pytest.approx(expected, abs=5 * expected**0.5 + 0.01 * expected)
    assert done.books_j["brought"] == pytest.approx(done.impacts * cloud.energy_j.mean(), rel=0.01)


def test_class_means_equal_the_mean_of_the_map():
    done = work(application(), central(), pitch_um=100)
    assert done.class_j_m2 @ done.class_share == pytest.approx(done.map_j_m2.mean(dtype=np.float64), rel=1e-6)


def test_class_means_of_a_standing_tip_equal_the_mean_under_its_opening():
    applied = application(plan=WIDE)
    done = work(applied, central(), pitch_um=50)
    inside = worked_cells(applied, central(), done.map_j_m2.shape, 50)
    assert inside.mean() == pytest.approx(np.pi / 4 * 25 / 100, rel=0.01)
    assert done.class_j_m2 @ done.class_share == pytest.approx(done.map_j_m2[inside].mean(dtype=np.float64), rel=1e-6)


def test_a_tip_that_moves_works_everywhere():
    assert worked_cells(application(), central(), (30, 30), 400).all()


def test_through_a_mask_only_the_holes_are_worked_on():
    applied = application(plan=StrokePlan(2, 2, speed_mm_s=0, dwell_s=5), mask=Mask(250, 500))
    done = work(applied, central(), pitch_um=25)
    inside = worked_cells(applied, central(), done.map_j_m2.shape, 25)
    assert 0.1 < inside.mean() < 0.25
    outside_energy = done.map_j_m2[~inside].sum(dtype=np.float64) / done.map_j_m2.sum(dtype=np.float64)
    assert outside_energy < 0.02, "what goes through a hole must not work under the metal"
    free = work(replace(applied, mask=None), central(), pitch_um=25)
    assert done.impacts < inside.mean() * free.impacts


def test_the_same_seed_gives_the_same_map_for_any_number_of_threads():
    applied = application()
    one, three, auto = (work(applied, samples(), seed=7, pitch_um=50, threads=count) for count in (1, 3, None))
    np.testing.assert_array_equal(one.map_j_m2, three.map_j_m2)
    np.testing.assert_array_equal(one.map_j_m2, auto.map_j_m2)
    assert one.impacts == three.impacts and one.books_j == three.books_j
    other = work(applied, samples(), seed=8, pitch_um=50)
    assert np.any(other.map_j_m2 != one.map_j_m2)


def test_samples_differ_from_the_map_by_their_own_energy():
    applied, draws = application(), samples(n=12)
    ratio = work(applied, draws, pitch_um=200).sample_ratio
    np.testing.assert_allclose(ratio, mean_useful_j_m2(applied, draws) / mean_useful_j_m2(applied, central())[0])
    assert np.ptp(ratio) > 0
    np.testing.assert_allclose(work(applied, central(), pitch_um=200).sample_ratio, 1)


def test_no_passes_do_nothing():
    for device in ("crystal-venturi", "diamond", "pad", "vacuum"):
        done = work(application(device, replace(PATCH, passes=0)), samples(), pitch_um=200)
        assert not done.map_j_m2.any()
        assert done.impacts == 0
        assert np.all(np.isfinite(done.sample_ratio))


def test_a_pitch_too_coarse_for_the_mask_is_refused():
    applied = application(plan=STANDING, mask=Mask(100, 5000))
    with pytest.raises(GridError, match="pitch is too coarse for the opening or the mask"):
        work(applied, central(), pitch_um=900)


def test_a_mask_that_no_grain_passes_is_refused():
    with pytest.raises(MaskError, match="no grain passes a mask"):
        work(application(plan=STANDING, mask=Mask(20, 50)), central(), pitch_um=10)


@pytest.mark.parametrize("pitch_um", [0.0, -50.0, float("nan"), float("inf")])
def test_a_pitch_that_is_no_length_is_refused(pitch_um):
    for device in ("crystal-venturi", "diamond", "pad"):
        with pytest.raises(GridError, match="the pitch must be a positive number"):
            work(application(device), central(), pitch_um=pitch_um)


def test_a_map_that_would_not_fit_into_memory_is_refused():
    with pytest.raises(GridError, match="choose a larger pitch or a smaller area"):
        work(application("diamond", StrokePlan(400, 400)), central(), pitch_um=2)
