import numpy as np
import pytest

from corneum.imaging.align.field import Field, sampled
from corneum.imaging.align.view import View

GRID = View(0, 0, 400, 300, 80, 60)
AFFINE = np.array([[1.02, -0.05, 7.0], [0.04, 0.98, -3.0]])


def affine_field():
    zero = np.zeros(GRID.shape, np.float32)
    return Field(AFFINE, GRID, zero, zero)


@pytest.mark.parametrize("shape", [(5,), (7, 9), (2, 3, 4), (0,), (40_000,)])
def test_positions_keep_the_shape_and_follow_the_affine_part(shape):
    dice = np.random.default_rng(3)
    columns, rows = dice.uniform(0, 400, shape), dice.uniform(0, 300, shape)
    there = affine_field().positions(columns, rows)
    assert there[0].shape == there[1].shape == shape
    expected = np.stack([columns, rows, np.ones(shape)], axis=-1) @ AFFINE.T
    assert np.allclose(there[0], expected[..., 0], atol=1e-3) and np.allclose(there[1], expected[..., 1], atol=1e-3)


def test_a_motion_comes_before_the_map():
    columns, rows = GRID.places()
    moved = affine_field().moved(np.full(GRID.shape, 3.0, np.float32), np.full(GRID.shape, -2.0, np.float32))
    expected = affine_field().positions(columns + 3, rows - 2)
    said = moved.positions(columns, rows)
    assert np.allclose(said[0], expected[0], atol=1e-3) and np.allclose(said[1], expected[1], atol=1e-3)


def test_a_smooth_local_part_is_sampled_to_a_hundredth_of_a_pixel():
    columns, rows = GRID.places()
    field = Field(AFFINE, GRID, np.sin(columns / 60), np.cos(rows / 50))
    x, y = np.meshgrid(np.linspace(20, 380, 97), np.linspace(20, 280, 83))
    there = field.positions(x, y)
    assert np.abs(there[0] - (1.02 * x - 0.05 * y + 7 + np.sin(x / 60))).max() < 0.02
    assert np.abs(there[1] - (0.04 * x + 0.98 * y - 3 + np.cos(y / 50))).max() < 0.02


def test_outside_the_nearest_edge_holds():
    layer = np.arange(12, dtype=np.float32).reshape(3, 4)
    assert sampled(layer, np.float32([-50, 50]), np.float32([-50, 50])).tolist() == [0.0, 11.0]
