"""Masks: round holes on a square lattice."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.abrasion import Mask, MaskError
from corneum.abrasion.mask import hole_map, through_mask


@pytest.mark.parametrize(
    ("hole_um", "spacing_um"), [(250, 250), (500, 250), (0, 250), (-1, 250), (math.nan, 250), (250, math.nan), (250, 0)]
)
def test_holes_that_do_not_fit_their_spacing_are_refused(hole_um, spacing_um):
    with pytest.raises(MaskError, match="holes above 0 um that are smaller than their spacing"):
        Mask(hole_um, spacing_um)


@given(st.floats(60, 400), st.floats(1.05, 3))
def test_holes_cover_the_share_of_the_area_that_they_should(hole_um, ratio):
    mask = Mask(hole_um, hole_um * ratio)
    pitch = mask.spacing_um / 40
    covered = hole_map(mask, (120, 120), pitch).mean()
    assert covered == pytest.approx(math.pi / 4 / ratio**2, rel=0.06)


def test_holes_stand_on_a_lattice():
    holes = hole_map(Mask(250, 500), (60, 90), 25.0)
    assert holes.shape == (60, 90)
    one = holes[:20, :20]
    np.testing.assert_array_equal(holes, np.tile(one, (3, 5))[:, :90])
    assert one[10, 10] and not one[0, 0]
    np.testing.assert_array_equal(one, one.T)
    np.testing.assert_array_equal(one, one[::-1])


@given(st.floats(100, 400), st.floats(0.1, 0.95), st.floats(5, 40))
def test_as_many_grains_pass_wherever_their_middles_may_lie(hole_um, grain_share, pitch_um):
    mask = Mask(hole_um, 2 * hole_um)
    dose = np.full((90, 70), 3.0, np.float32)
    held = through_mask(dose, mask, np.linspace(0.3, 1, 9) * grain_share * hole_um, pitch_um)
    holes = hole_map(mask, dose.shape, pitch_um)
    assert held.sum(dtype=float) == pytest.approx(dose[holes].sum(dtype=float), rel=1e-4)
    assert not held[~holes].any()


def test_grains_keep_half_a_diameter_from_the_edge():
    held = through_mask(np.ones((100, 100), np.float32), Mask(250, 500), np.array([100.0]), 5.0)
    y, x = np.nonzero(held)
    assert np.hypot((x + 0.5) * 5 - 250, (y + 0.5) * 5 - 250).max() <= 75
