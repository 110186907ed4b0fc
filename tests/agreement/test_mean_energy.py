"""The mean energy in closed form against the mean of the map of every grain, and of every stroke."""

from dataclasses import replace

import numpy as np
import pytest

from corneum.abrasion import Application, Mask, StrokePlan, mean_useful_j_m2, work
from corneum.abrasion.application import worked_cells
from corneum.abrasion.cloud import make_cloud
from corneum.abrasion.strokes import exposure_map, mean_exposure
from corneum.devices import configure
from corneum.evidence import Draws, load_evidence
from corneum.units import parse_quantity

BOOK = load_evidence()
MIDDLE = Draws(BOOK, central=True)
# A steady hand on a zone of whole strokes: what is left is the chance of the grains and the coarse cloud.
STEADY = StrokePlan(40, 40, passes=2, overlap_share=0.2)


def settings(device, **given):
    return configure(device, {name: parse_quantity(text) for name, text in given.items()}, BOOK)


def interior(energy, pitch_um, rim_mm=0.5):
    rim = round(rim_mm * 1000 / pitch_um)
    return float(energy[rim:-rim, rim:-rim].mean(dtype=np.float64))


@pytest.mark.parametrize(
    ("device", "given"),
    [
        ("crystal-venturi", {}),
        ("crystal-venturi", {"vacuum": "10 kPa", "flow": "30 g/min"}),
        ("crystal-venturi", {"vacuum": "60 kPa", "grain": "180 um", "opening": "4 mm"}),
        ("crystal-pressure", {"vacuum": "20 kPa", "drive": "150 kPa", "grain": "60 um"}),
        ("home-crystal", {}),
    ],
)
def test_a_moving_jet(device, given):
    applied = Application(settings(device, **given), STEADY)
    done = work(applied, MIDDLE, pitch_um=200)
    assert interior(done.map_j_m2, 200) == pytest.approx(mean_useful_j_m2(applied, MIDDLE)[0], rel=0.03)


@pytest.mark.parametrize(
    "given", [{}, {"grit": "125 um", "tip": "8 mm"}, {"vacuum": "10 kPa", "load": "2 N", "tip": "4 mm"}]
)
@pytest.mark.parametrize("overlap", [0.0, 0.2, 0.5, 0.75])
def test_a_moving_diamond_tip(given, overlap):
    plan = StrokePlan(48, 48, passes=4, overlap_share=overlap)
    applied = Application(settings("diamond", **given), plan)
    done = work(applied, MIDDLE, pitch_um=200)
    assert interior(done.map_j_m2, 200) == pytest.approx(mean_useful_j_m2(applied, MIDDLE)[0], rel=0.03)


def test_a_pad():
    applied = Application(settings("pad"), StrokePlan(10, 10, passes=7))
    done = work(applied, MIDDLE, pitch_um=200)
    assert done.map_j_m2.mean() == pytest.approx(mean_useful_j_m2(applied, MIDDLE)[0], rel=1e-6)


def test_a_jet_that_stands_still():
    applied = Application(settings("crystal-venturi"), StrokePlan(8, 8, speed_mm_s=0, dwell_s=3))
    done = work(applied, MIDDLE, pitch_um=50)
    under = worked_cells(applied, MIDDLE, done.map_j_m2.shape, 50)
    assert done.map_j_m2[under].mean() == pytest.approx(mean_useful_j_m2(applied, MIDDLE)[0], rel=0.03)


def test_a_jet_through_a_mask():
    """Between the open jet and the holes stand the share of grains that fit and the place of the holes alone."""
    plan = StrokePlan(2, 2, speed_mm_s=0, dwell_s=60)
    free = Application(settings("crystal-venturi"), plan)
    masked = replace(free, mask=Mask(400, 500))
    done, through = work(free, MIDDLE, pitch_um=10), work(masked, MIDDLE, pitch_um=10)
    holes = worked_cells(masked, MIDDLE, done.map_j_m2.shape, 10)
    per_grain = mean_useful_j_m2(masked, MIDDLE)[0] / mean_useful_j_m2(free, MIDDLE)[0]
    # Footprints that reach over the edge of a hole count for it: nothing is lost, all of it went through.
    found = through.map_j_m2.sum(dtype=np.float64) / done.map_j_m2[holes].sum(dtype=np.float64)
    assert found == pytest.approx(per_grain, rel=0.05)


@pytest.mark.parametrize("device", ["crystal-venturi", "crystal-pressure", "home-crystal"])
@pytest.mark.parametrize("hole_um", [None, 250.0, 125.0])
def test_the_coarse_cloud_has_the_mean_of_the_fine_one(device, hole_um):
    for given in ({}, {"vacuum": "3 kPa"}, {"vacuum": "30 kPa", "grain": "180 um"}):
        fine, coarse = (
            make_cloud(settings(device, **given), MIDDLE, mask_hole_um=hole_um, fine=each).energy_j_kg[0]
            for each in (True, False)
        )
        assert coarse == pytest.approx(fine, rel=0.03)


@pytest.mark.parametrize("profile", ["jet", "disk"])
@pytest.mark.parametrize("overlap", [0.0, 0.2, 0.5, 0.8, 0.9])
@pytest.mark.parametrize("tip_mm", [4.0, 6.0])
def test_the_mean_of_an_exposure_map(profile, overlap, tip_mm):
    plan = StrokePlan(48, 48, passes=4, overlap_share=overlap)
    exposure = exposure_map(plan, tip_mm, profile, width_ratio=0.22, pitch_um=200, seed=5)
    expected = mean_exposure(plan, np.array([tip_mm]), profile, MIDDLE)[0]
    assert exposure.mean(dtype=np.float64) == pytest.approx(expected, rel=0.02)


@pytest.mark.parametrize("overlap", [0.2, 0.5, 0.9])
def test_the_edge_of_a_zone_gets_what_its_middle_gets(overlap):
    plan = StrokePlan(48, 48, passes=40, overlap_share=overlap, crossed=False)
    exposure = exposure_map(plan, 6.0, "disk", width_ratio=1.0, pitch_um=200, seed=5)[:, 0].astype(np.float64)
    edges = np.concatenate([exposure[:5], exposure[-5:]])
    assert edges.mean() == pytest.approx(exposure[100:140].mean(), rel=0.05)


def test_an_unsteady_hand_keeps_the_mean_within_its_own_chance():
    """Wandering lines and uneven pace move energy about; over many strokes the mean stays within a few percent."""
    plan = replace(STEADY, passes=30, wander_mm=0.4, speed_spread_ratio=0.15)
    exposure = exposure_map(plan, 5.0, "jet", width_ratio=0.22, pitch_um=200, seed=5)
    expected = mean_exposure(plan, np.array([5.0]), "jet", MIDDLE)[0]
    assert exposure.mean(dtype=np.float64) == pytest.approx(expected, rel=0.04)
