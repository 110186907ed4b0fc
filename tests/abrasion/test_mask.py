"""Masks: round holes on a square lattice."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.abrasion import Mask, MaskError
from corneum.abrasion.mask import hole_map


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
