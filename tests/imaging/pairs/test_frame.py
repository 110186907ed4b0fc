"""The common frame: where its pixels lie, and what is seen there."""

import numpy as np
import pytest

from corneum.imaging.faces import Face
from corneum.imaging.pairs.frame import Frame, _blurred, frame_of, sampled
from tests.imaging.pairs.taken import NEUTRAL, flat, prepared


def ramp(height, width, across=1.0, down=0.0):
    """Levels that rise by whole steps, so that a place can be read off its level."""
    rows, columns = np.mgrid[:height, :width]
    return np.repeat((20 + across * columns + down * rows).astype(np.uint8)[..., None], 3, axis=-1)


class Level:
    """A correction that hands on the levels as they are: a ramp stays straight."""

    absolute = True
    residual_de = 0.0

    def linear(self, pixels):
        return pixels.astype(np.float32)


def test_pixels_of_the_canvas_lie_at_the_middle_of_what_they_cover():
    frame = Frame(left=10.0, top=4.0, rows=3, columns=5, step=2.0, px_per_mm=5.0, resolution_px_per_mm=6.0)
    columns, rows = frame.positions()
    assert columns.shape == rows.shape == frame.shape == (3, 5)
    assert columns[0] == pytest.approx([10.5, 12.5, 14.5, 16.5, 18.5])
    assert rows[:, 0] == pytest.approx([4.5, 6.5, 8.5])


def test_a_face_moves_with_the_frame():
    frame = Frame(10.0, 4.0, 30, 50, 2.5, 5.0, 6.0)
    columns, rows = frame.positions()
    points = np.array([[columns[7, 11], rows[7, 11], 5.0]])
    assert frame.face(Face(points, 1.0)).points == pytest.approx(np.array([[11, 7, 2.0]]), abs=1e-4)


@pytest.mark.parametrize(("across", "down"), [(1, 0), (0, 1)])
def test_a_ramp_is_read_exactly_at_the_places_asked_for(across, down):
    """Pixels three times as wide: half a pixel wrong would be a whole level off."""
    one = flat(ramp(180, 210, across, down), 8.0, Level())
    frame = frame_of(one, 3.0)
    columns, rows = frame.positions()
    found = sampled(one, columns, rows, frame.px_per_mm)
    inner = (slice(3, -3), slice(3, -3))
    assert frame.step == pytest.approx(8 / 2.55)
    assert np.abs(found[..., 0] - 20 - across * columns - down * rows)[inner].max() < 0.08


def test_a_crop_of_the_photograph_changes_nothing():
    one = flat(ramp(200, 200, 1.0, 0.0), 8.0, Level())
    columns, rows = np.meshgrid(np.arange(80.3, 120, 1.0), np.arange(90.7, 110, 1.0))
    found = sampled(one, columns.astype(np.float32), rows.astype(np.float32), 8.0)
    assert np.abs(found[..., 0] - 20 - columns).max() < 0.08


def test_the_frame_is_coarser_than_the_poorer_photograph_and_never_finer_than_useful():
    one = flat(np.zeros((400, 300, 3), np.uint8), 8.0)
    frame = frame_of(one, 4.0)
    assert frame.px_per_mm == pytest.approx(3.4)
    assert frame.resolution_px_per_mm == 4.0
    assert frame.shape == (170, 127)
    assert frame_of(flat(np.zeros((400, 300, 3), np.uint8), 40.0), 40.0).px_per_mm == 10.0


@pytest.mark.parametrize("px_per_mm", [24.0, 13.0, 10.6])
def test_both_photographs_are_low_passed_alike(px_per_mm):
    """Fine stripes, seen by cameras of two resolutions, are equally strong in the frame."""
    swings = []
    for scale in (px_per_mm, 11.76):
        columns = (np.arange(480) + 0.5) / scale
        blur = np.exp(-2 * (np.pi * 3 * 0.5 / scale) ** 2)
        levels = np.tile(120 + 100 * blur * np.sin(2 * np.pi * 3 * columns), (90, 1))
        one = flat(np.repeat(np.round(levels).astype(np.uint8)[..., None], 3, axis=-1), scale, Level())
        frame = frame_of(one, 10.6)
        found = sampled(one, *frame.positions(), frame.px_per_mm)
        swings.append(found[10:-10, 20:-20, 0].std())
    assert swings[0] == pytest.approx(swings[1], rel=0.025)
    assert swings[0] < 0.75 * 100 / np.sqrt(2)


def test_blur_has_the_variance_asked_for():
    point = np.zeros((41, 41), np.float32)
    point[20, 20] = 1
    away = np.arange(41) - 20
    for variance in (0.02, 0.11, 0.3, 0.5, 0.6, 2.0):
        found = _blurred(point, variance)
        assert float((found.sum(axis=0) * away**2).sum()) == pytest.approx(variance, rel=0.03)
        assert found.sum() == pytest.approx(1, abs=1e-4)


def test_the_frame_holds_all_of_a_face():
    one = prepared(NEUTRAL)
    frame = frame_of(one, one.scale.px_per_mm)
    inside = frame.face(one.face).points[:, :2]
    assert inside.min() > 0
    assert (inside.max(axis=0) < [frame.columns, frame.rows]).all()
