"""Micro-blisters under a tip that stands still (R07), and not through a mask (R01)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.abrasion import Mask, StrokePlan
from corneum.abrasion.blister import blister_index
from tests.abrasion.builders import BOOK, central, samples, settings


def index(device="vacuum", plan=None, mask=None, draws=None, **given_):
    plan = plan or StrokePlan(8, 8, speed_mm_s=0, dwell_s=5)
    return blister_index(settings(device, **given_), plan, mask, draws or central())


def standing(dwell_s):
    return StrokePlan(8, 8, speed_mm_s=0, dwell_s=dwell_s)


def test_the_stated_onset_gives_an_index_of_one():
    onset_s = BOOK.number("abrasion.blister.onset_s").value
    assert index(plan=standing(onset_s), vacuum="30 kPa", opening="5 mm")[0] == pytest.approx(1)


@pytest.mark.parametrize(("device", "given_"), [("tape", {"count": "20 strips"}), ("pad", {})])
def test_what_does_not_suck_does_not_blister(device, given_):
    assert np.all(index(device, draws=samples(), **given_) == 0)


def test_a_mask_holds_the_skin_down():
    free = index("crystal-venturi", standing(20), vacuum="30 kPa")[0]
    masked = index("crystal-venturi", standing(20), Mask(250, 500), vacuum="30 kPa")[0]
    assert free > 1 > masked


def test_a_tip_that_moves_blisters_far_less_than_one_that_stands():
    moving = index("diamond", StrokePlan(8, 8, speed_mm_s=20), tip="6 mm")[0]
    assert moving < 0.1 * index("diamond", standing(3), tip="6 mm")[0]


@given(st.floats(0.1, 60), st.floats(1, 10), st.floats(1, 40), st.floats(1, 2), st.integers(0, 2**32))
def test_more_time_and_more_vacuum_never_lower_the_index(dwell_s, longer, vacuum_kpa, stronger, seed):
    draws = samples(seed=seed)
    usual = index(plan=standing(dwell_s), draws=draws, vacuum=f"{vacuum_kpa} kPa")
    assert np.all(usual >= 0)
    assert np.all(usual <= index(plan=standing(dwell_s * longer), draws=draws, vacuum=f"{vacuum_kpa} kPa"))
    assert np.all(usual <= index(plan=standing(dwell_s), draws=draws, vacuum=f"{vacuum_kpa * stronger} kPa"))
