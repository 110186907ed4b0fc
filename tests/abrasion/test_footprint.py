import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corneum.abrasion.footprint import FootprintError, make_stencil

SIZES = np.linspace(25.0, 40.0, 8)


@settings(max_examples=20)
@given(st.floats(0.01, 4.0), st.floats(1.0, 200.0))
def test_every_footprint_is_whole_and_nowhere_negative(largest_cells, pitch_um):
    stencil = make_stencil(np.linspace(0.3, 1.0, 8) * largest_cells * pitch_um, pitch_um)
    assert stencil.dtype == np.float32
    assert stencil.min() >= 0
    np.testing.assert_allclose(stencil.sum(axis=(3, 4)), 1.0, atol=1e-5)


@pytest.mark.parametrize("pitch_um", [50.0, 12.0])
def test_the_middle_of_the_energy_is_where_the_grain_landed(pitch_um):
    stencil = make_stencil(SIZES, pitch_um)
    rows = stencil.shape[3]
    cells = np.arange(rows) - rows // 2 + 0.5
    # Cells know energy to their edges only: the middle over all places in the cell has no such error.
    x = (stencil[..., :rows].sum(axis=3) @ cells).mean(axis=(1, 2))
    np.testing.assert_allclose(x, 0.5, atol=1e-3)
    assert np.all(np.diff((stencil[..., :rows].sum(axis=3) @ cells), axis=2) > 0)


def test_the_width_is_that_of_a_paraboloid_cap():
    pitch_um = 2.0
    radius = 24.0
    stencil = make_stencil(np.full(8, radius), pitch_um)[0, 4, 4]
    rows = stencil.shape[0]
    x = np.arange(rows) - rows // 2 + 0.5 - 4.5 / 8
    second = float(stencil[:, :rows].sum(axis=0) @ x**2) - 1 / 12
    assert second * pitch_um**2 == pytest.approx(radius**2 / 6, rel=0.005)


def test_footprints_are_mirrored_with_their_places():
    stencil = make_stencil(SIZES, 20.0)
    rows = stencil.shape[3]
    square = stencil[..., :rows]
    np.testing.assert_allclose(square, square[:, ::-1, :, ::-1, :], atol=1e-6)
    np.testing.assert_allclose(square, square.transpose(0, 2, 1, 4, 3), atol=1e-6)


def test_added_columns_are_empty():
    stencil = make_stencil(SIZES, 10.0)
    assert stencil.shape == (8, 8, 8, 9, 16)
    assert not stencil[..., 9:].any()


def test_a_contact_far_smaller_than_a_cell_stays_in_it():
    stencil = make_stencil(np.full(8, 1e-9), 50.0)
    assert np.all(stencil[..., 1, 1] == 1.0)


@pytest.mark.parametrize(
    ("radius_um", "pitch_um", "told"),
    [
        (np.full(7, 30.0), 50.0, "8 contact radii"),
        (np.linspace(0.0, 30.0, 8), 50.0, "above 0 um"),
        (np.full(8, np.nan), 50.0, "above 0 um"),
        (np.full(8, np.inf), 50.0, "above 0 um"),
        (SIZES, 0.0, "pitch must be a positive"),
        (SIZES, np.nan, "pitch must be a positive"),
        (SIZES, 1.0, "at least 1.29 um"),
    ],
)
def test_impossible_footprints_are_refused(radius_um, pitch_um, told):
    with pytest.raises(FootprintError, match=told):
        make_stencil(radius_um, pitch_um)
