"""Diamond tips and pads: pressure, friction, and the share of it that delaminates."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.abrasion import StrokePlan
from corneum.abrasion.contact import (
    disk_pressure_kpa,
    disk_work_j_m2,
    disk_work_per_m,
    pad_work_j_m2,
    useful_disk_share,
)
from tests.abrasion.builders import central, samples, settings


def test_pressure_is_the_pull_of_the_vacuum_plus_the_hand():
    draws = central(**{"abrasion.diamond.pull_share": 0.5})
    chosen = settings("diamond", vacuum="30 kPa", tip="6 mm", load="0.3 N")
    hand_kpa = 0.3 / (math.pi / 4 * 0.006**2) / 1000
    assert disk_pressure_kpa(chosen, draws)[0] == pytest.approx(15 + hand_kpa)


def test_friction_work_is_pressure_times_friction():
    draws, chosen = samples(), settings("diamond")
    expected = draws["abrasion.friction_coefficient"] * disk_pressure_kpa(chosen, draws) * 1000
    np.testing.assert_allclose(disk_work_per_m(chosen, draws), expected)


def test_the_reference_grit_cuts_the_stated_share():
    draws = central()
    share = useful_disk_share(settings("diamond", grit="100 um"), draws)
    assert share[0] == draws["abrasion.grit.cutting_share"][0]


@given(st.floats(30, 240), st.floats(1, 8), st.integers(0, 2**32))
def test_coarser_grit_never_cuts_less_and_never_more_than_all(grit_um, more, seed):
    draws = samples(seed=seed)
    fine, coarse = (
        useful_disk_share(settings("diamond", grit=f"{um} um"), draws) for um in (grit_um, min(250.0, grit_um * more))
    )
    assert np.all((fine > 0) & (fine <= coarse) & (coarse <= 1))


def test_the_work_of_a_moving_tip_is_positive_and_grows_with_passes():
    chosen = settings("diamond")
    once, twice = (
        disk_work_j_m2(chosen, StrokePlan(10, 10, passes=count), central(), seed=3, pitch_um=200) for count in (1, 2)
    )
    assert once.dtype == np.float32 and once.shape == (50, 50)
    assert np.all(once >= 0) and np.all(twice >= once) and twice.sum() > once.sum()


def test_a_tip_that_stands_still_slides_over_nothing():
    plan = StrokePlan(10, 10, speed_mm_s=0, dwell_s=3)
    assert not disk_work_j_m2(settings("diamond"), plan, central(), seed=3, pitch_um=200).any()


@given(st.integers(0, 100), st.integers(0, 2**32))
def test_the_work_of_a_pad_is_proportional_to_its_passages(passages, seed):
    draws, chosen = samples(seed=seed), settings("pad")
    np.testing.assert_allclose(pad_work_j_m2(chosen, passages, draws), passages * pad_work_j_m2(chosen, 1, draws))


def test_the_work_of_a_pad_by_hand():
    draws = central(**{"abrasion.friction_coefficient": 0.5, "abrasion.grit.cutting_share": 0.1})
    chosen = settings("pad", grit="100 um", length="50 mm", load="10 kPa")
    assert pad_work_j_m2(chosen, 4, draws)[0] == pytest.approx(0.5 * 10_000 * 0.05 * 4 * 0.1)
